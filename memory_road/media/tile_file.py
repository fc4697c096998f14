"""Find one tile in the file that holds all tiles of a picture: an archive without compression, so that a tile lies in
it as it goes to the browser."""

from collections.abc import Mapping
from io import SEEK_CUR
from typing import BinaryIO
from zipfile import ZipFile

_HEADER, _NAME_LENGTH, _EXTRA_LENGTH = 30, slice(26, 28), slice(28, 30)
"""A member's own header: its length without name and extra field, and where it tells theirs (APPNOTE.TXT, 4.3.7)."""

Places = Mapping[str, tuple[int, int]]
"""Where each member begins and how many bytes it has, by its name."""


def places(file: BinaryIO) -> Places:
    """Read the table of contents at the end of the file. It never changes: tiles made anew get another key."""
    with ZipFile(file) as archive:
        return {member.filename: (member.header_offset, member.file_size) for member in archive.infolist()}


def read(file: BinaryIO, place: tuple[int, int]) -> bytes:
    """The bytes of one member, and nothing else of the file."""
    start, length = place
    file.seek(start)
    header = file.read(_HEADER)
    file.seek(sum(int.from_bytes(header[part], "little") for part in (_NAME_LENGTH, _EXTRA_LENGTH)), SEEK_CUR)
    return file.read(length)
