"""Find metadata in published files by their bytes alone, without any picture library: an eye of its own on what the
portal promises to have removed."""

import io
from collections.abc import Iterator
from zipfile import ZipFile

JPEG_START, JPEG_END, JPEG_SCAN = 0xD8, 0xD9, 0xDA
JPEG_STANDALONE = {0x01, *range(0xD0, 0xD8)}
JPEG_COMMENT = 0xFE
JPEG_ALLOWED = {0xE0: (b"JFIF\0",), 0xEE: (b"Adobe",)}
WEBP_ALLOWED = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
WEBP_FLAGS_OF_METADATA = 0b0010_1100
"""In VP8X: a colour profile, Exif, XMP (RFC 9649, section 2.7)."""


def metadata_in(name: str, content: bytes) -> list[str]:
    """What a published file holds beside its picture: an entry for each find, empty for none."""
    if name.endswith(".zip"):
        return list(_in_archive(content))
    if content.startswith(b"\xff\xd8"):
        return list(_in_jpeg(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return list(_in_webp(content))
    return ["a file of no known kind"]


def _in_archive(content: bytes) -> Iterator[str]:
    with ZipFile(io.BytesIO(content)) as archive:
        if archive.comment:
            yield "a comment of the archive"
        for member in archive.infolist():
            if member.comment:
                yield f"{member.filename}: a comment"
            if member.filename.endswith((".jpg", ".jpeg", ".webp")):
                for find in metadata_in(member.filename, archive.read(member)):
                    yield f"{member.filename}: {find}"


def _in_jpeg(content: bytes) -> Iterator[str]:
    place = 2
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            yield f"no marker at {place}"
            return
        marker = content[place + 1]
        if marker == 0xFF or marker in JPEG_STANDALONE:
            place += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        body = content[place + 4 : place + 2 + length]
        if marker == JPEG_COMMENT:
            yield "a comment"
        elif 0xE0 <= marker <= 0xEF and not body.startswith(JPEG_ALLOWED.get(marker, (b"\0never",))):
            yield f"APP{marker - 0xE0} {body[:20]!r}"
        elif marker == 0xE0 and body[12:14] != b"\0\0":
            yield "a thumbnail"
        place += 2 + length
        if marker == JPEG_SCAN:
            place = _end_of_scan(content, place)
            if content[place : place + 2] == b"\xff\xd9":
                if place + 2 != len(content):
                    yield f"{len(content) - place - 2} bytes after the end"
                return
    yield "no end of the picture"


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker stands that is neither a stuffed byte nor a restart."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            return len(content)
        if content[place + 1] == 0 or 0xD0 <= content[place + 1] <= 0xD7:
            place += 2
        else:
            return place


def _in_webp(content: bytes) -> Iterator[str]:
    size = int.from_bytes(content[4:8], "little")
    if size + 8 != len(content):
        yield f"{len(content) - size - 8} bytes after the end"
    place = 12
    while place + 8 <= len(content):
        kind, length = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        if kind not in WEBP_ALLOWED:
            yield f"a chunk {kind!r}"
        elif kind == b"VP8X" and content[place + 8] & WEBP_FLAGS_OF_METADATA:
            yield "flags that announce metadata"
        place += 8 + length + length % 2
