"""The file as it comes: a GEDCOM file, or an archive with one and its pictures (GEDZip, or any zip)."""

import lzma
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from memory_road.gedcom.limits import MEBIBYTE, MOST_BYTES, MOST_MEMBERS
from memory_road.gedcom.refusal import RefusalCode, TreeRefused

GEDZIP_TREE = "gedcom.ged"
"""What the tree is called in an archive by the standard (FamilySearch GEDZip 7.0)."""
LOCKED = 0x1
PIECE = 256 * 1024
HEAD_BYTES = 16
BROKEN = (BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class OtherFormat(StrEnum):
    """Kinds of files that people send for a tree; the sentence says what to do with each."""

    PACKED = "packed"
    """An archive of another kind, or a Gramps file, which is one."""
    PICTURE = "picture"
    DOCUMENT = "document"
    OWN = "own"
    """What a genealogy program keeps for itself."""


MAGIC = (
    (b"\x1f\x8b", OtherFormat.PACKED),
    (b"Rar!", OtherFormat.PACKED),
    (b"7z\xbc\xaf", OtherFormat.PACKED),
    (b"\xff\xd8\xff", OtherFormat.PICTURE),
    (b"\x89PNG", OtherFormat.PICTURE),
    (b"GIF8", OtherFormat.PICTURE),
    (b"%PDF", OtherFormat.DOCUMENT),
    (b"{\\rtf", OtherFormat.DOCUMENT),
    (b"\xd0\xcf\x11\xe0", OtherFormat.DOCUMENT),
    (b"<", OtherFormat.OWN),
    (b"SQLite format 3", OtherFormat.OWN),
)


@dataclass(frozen=True, slots=True)
class Container:
    """The tree's bytes, and the archive that its pictures lie in, if any."""

    tree: bytes
    archive: ZipFile | None = None


@contextmanager
def opened(path: Path) -> Generator[Container]:
    """Open the file at ``path``. Raises ``TreeRefused``. Nothing is unpacked to a path that the archive names."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip(b"\0\t\r\n "):
        raise TreeRefused(RefusalCode.EMPTY)
    if not head.startswith(b"PK"):
        _refuse_others(head)
        yield Container(_whole(path))
        return
    try:
        archive = ZipFile(path)
    except BROKEN:
        raise TreeRefused(RefusalCode.DAMAGED) from None
    with archive:
        yield Container(read_member(archive, _tree_of(archive), MOST_BYTES), archive)


def _refuse_others(head: bytes) -> None:
    for magic, other in MAGIC:
        if head.startswith(magic):
            raise TreeRefused(RefusalCode.OTHER_FORMAT, {"format": other})


def _whole(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise TreeRefused(RefusalCode.TOO_LARGE, {"limit": MOST_BYTES // MEBIBYTE})
    return path.read_bytes()


def _tree_of(archive: ZipFile) -> ZipInfo:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise TreeRefused(RefusalCode.TOO_DEMANDING)
    trees = [member for member in members if _is_tree(PurePosixPath(member.filename))]
    of_standard = [member for member in trees if member.filename == GEDZIP_TREE]
    if not trees:
        raise TreeRefused(RefusalCode.NO_TREE_INSIDE)
    if len(trees) > 1 and len(of_standard) != 1:
        raise TreeRefused(RefusalCode.SEVERAL_TREES)
    return (of_standard or trees)[0]


def _is_tree(name: PurePosixPath) -> bool:
    """Macs add a shadow of every file."""
    return name.suffix.lower() == ".ged" and not name.name.startswith("._") and name.parts[0] != "__MACOSX"


def read_member(archive: ZipFile, member: ZipInfo, most: int) -> bytes:
    """The bytes of one member; what its directory says of their number is not believed. Raises ``TreeRefused``."""
    if member.flag_bits & LOCKED:
        raise TreeRefused(RefusalCode.LOCKED)
    read = bytearray()
    try:
        with archive.open(member) as file:
            while piece := file.read(PIECE):
                read += piece
                if len(read) > most:
                    raise TreeRefused(RefusalCode.TOO_LARGE, {"limit": most // MEBIBYTE})
    except BROKEN:
        raise TreeRefused(RefusalCode.DAMAGED) from None
    return bytes(read)
