"""A file's kind is told by its first bytes; its name is never asked."""

import pytest

from memory_road.media.formats import MEDIA_TYPES, PictureFormat, Unsupported, recognise


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    box = b"ftyp" + major + bytes(4) + b"".join(compatible)
    return (len(box) + 4).to_bytes(4) + box + b"\0\0\0\x08free" + b"avif"


TAKEN = [
    (b"\xff\xd8\xff\xe0\0\x10JFIF", PictureFormat.JPEG, "a JPEG with a JFIF header"),
    (b"\xff\xd8\xff\xe1\x20\0Exif\0\0", PictureFormat.JPEG, "a JPEG straight from a camera"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", PictureFormat.PNG, "a PNG"),
    (b"RIFF\x24\0\0\0WEBPVP8 ", PictureFormat.WEBP, "a WebP"),
    (b"II*\0\x08\0\0\0", PictureFormat.TIFF, "a little-endian TIFF"),
    (b"MM\0*\0\0\0\x08", PictureFormat.TIFF, "a big-endian TIFF"),
    (b"II+\0\x08\0\0\0", PictureFormat.TIFF, "a BigTIFF"),
    (ftyp(b"heic", b"mif1", b"heic"), PictureFormat.HEIC, "a phone's HEIC"),
    (ftyp(b"mif1", b"heic"), PictureFormat.HEIC, "a HEIC that states only the general brand first"),
]

KNOWN_BUT_NOT_TAKEN = [
    (ftyp(b"avif", b"mif1"), PictureFormat.AVIF, "an AVIF"),
    (ftyp(b"mif1", b"avif"), PictureFormat.AVIF, "an AVIF that states only the general brand first"),
    (ftyp(b"crx ", b"crx "), Unsupported.RAW, "Canon's newer raw files"),
    (b"II*\0\x10\0\0\0CR\x02\0", Unsupported.RAW, "Canon's older raw files, which look like TIFF"),
    (b"FUJIFILMCCD-RAW 0201", Unsupported.RAW, "Fujifilm's raw files"),
    (ftyp(b"isom", b"mp41"), Unsupported.VIDEO, "an MP4"),
    (ftyp(b"qt  "), Unsupported.VIDEO, "a phone's film"),
    (ftyp(b"3gp4"), Unsupported.VIDEO, "an old phone's film"),
    (b"\x1a\x45\xdf\xa3\x01", Unsupported.VIDEO, "a Matroska film"),
    (b"RIFF\x24\0\0\0AVI LIST", Unsupported.VIDEO, "an AVI"),
    (b"%PDF-1.7\n", Unsupported.PDF, "a PDF"),
    (b"8BPS\0\x01", Unsupported.PSD, "Photoshop's own format"),
    (b"GIF89a", PictureFormat.GIF, "a GIF"),
    (b"BM\x36\0\x0c\0\0\0\0\0\x36\0\0\0", PictureFormat.BMP, "a BMP"),
    (b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg xmlns', Unsupported.SVG, "an SVG with a byte order mark"),
    (b'  <svg width="1">', Unsupported.SVG, "a bare SVG"),
    (b"PK\x03\x04\x14\0", Unsupported.DOCUMENT, "a Word document or an archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unsupported.DOCUMENT, "an old Word document"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", Unsupported.JPEG_2000, "an archive's JPEG 2000"),
]

NO_PICTURE = [
    (b"", "nothing at all"),
    (b"Dear sirs, ", "a letter"),
    (b"BMW was the motorcycle that he rode", "a text that begins like a BMP"),
    (b"<!DOCTYPE html><html><svg>", "a saved web page, even one with a drawing in it"),
    (b"ID3\x04\0", "music"),
    (ftyp(b"M4A "), "a voice recording"),
    (b"RIFF\x24\0\0\0WAVEfmt ", "a sound"),
    (b"\xff\xd8", "the first two bytes of a JPEG"),
]


@pytest.mark.parametrize(("head", "kind", "what"), [*TAKEN, *KNOWN_BUT_NOT_TAKEN])
def test_recognises(head: bytes, kind: PictureFormat | Unsupported, what: str) -> None:
    assert recognise(head) is kind, what


@pytest.mark.parametrize(("head", "what"), NO_PICTURE)
def test_does_not_take_for_a_picture(head: bytes, what: str) -> None:
    assert recognise(head) is None, what


def test_every_format_that_is_taken_has_a_media_type() -> None:
    assert set(MEDIA_TYPES) == set(PictureFormat)
