"""Find one tile in the file that holds all tiles of a picture: an archive without compression, so that a tile lies in
it as it goes to the browser."""

from collections.abc import Mapping
from io import SEEK_CUR
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

_MAGIC = b"PK\x03\x04"
_HEADER, _NAME_LENGTH, _EXTRA_LENGTH = 30, slice(26, 28), slice(28, 30)
"""A member's own header: its length without name and extra field, and where it tells theirs (APPNOTE.TXT, 4.3.7)."""

Places = Mapping[str, tuple[int, int]]
"""Where each member begins and how many bytes it has, by its name."""


def places(file: BinaryIO) -> Places:
    """Read the table of contents at the end of the file. Raises ``BadZipFile`` where there is none."""
    with ZipFile(file) as archive:
        return {member.filename: (member.header_offset, member.file_size) for member in archive.infolist()}


def read(file: BinaryIO, place: tuple[int, int], name: str) -> bytes:
    """The bytes of the member ``name``, and nothing else of the file. Raises ``BadZipFile`` where another one, or none,
    lies in its place: the file was damaged, or made anew after its table of contents was read."""
    start, length = place
    file.seek(start)
    header = file.read(_HEADER)
    found = file.read(int.from_bytes(header[_NAME_LENGTH], "little"))
    if not header.startswith(_MAGIC) or found != name.encode():
        raise BadZipFile(f"{name} does not lie at byte {start}")
    file.seek(int.from_bytes(header[_EXTRA_LENGTH], "little"), SEEK_CUR)
    return file.read(length)
