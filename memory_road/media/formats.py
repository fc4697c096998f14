"""Which files are taken as pictures, told by their first bytes. A file's name and stated type are never asked.

Imports nothing heavy: the decoding child reads this too, and starts once for every picture.
"""

from enum import StrEnum

HEAD_BYTES = 1024
"""How much of a file's beginning ``recognise`` wants to see."""


class PictureFormat(StrEnum):
    """What is taken. Of several pictures in one file the first is the photograph: of a phone's multi-picture JPEG,
    of a TIFF's pages, of a GIF, a PNG, a WebP or an AVIF that moves."""

    AVIF = "avif"
    BMP = "bmp"
    GIF = "gif"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    TIFF = "tiff"
    HEIC = "heic"


class Unsupported(StrEnum):
    """What is known but not taken, so that the refusal can say how to convert it."""

    DJVU = "djvu"
    DOCUMENT = "document"
    """A word processor's file or an archive: the pictures have to be taken out of it."""
    JPEG_2000 = "jpeg_2000"
    JPEG_XL = "jpeg_xl"
    PDF = "pdf"
    POSTSCRIPT = "postscript"
    PSD = "psd"
    RAW = "raw"
    """A camera's raw file, to be exported as JPEG."""
    SVG = "svg"
    VIDEO = "video"


MEDIA_TYPES = {
    PictureFormat.AVIF: "image/avif",
    PictureFormat.BMP: "image/bmp",
    PictureFormat.GIF: "image/gif",
    PictureFormat.JPEG: "image/jpeg",
    PictureFormat.PNG: "image/png",
    PictureFormat.WEBP: "image/webp",
    PictureFormat.TIFF: "image/tiff",
    PictureFormat.HEIC: "image/heic",
}

PIXEL_CEILINGS = {PictureFormat.AVIF: 45_000_000, PictureFormat.HEIC: 80_000_000, PictureFormat.WEBP: 45_000_000}
"""Pixels above which a format's decoder needs more than 800 MB: it makes 16 bytes of each pixel in WebP, up to 16 in
AVIF and 8 in HEIC. The others need 4 bytes at most, or read by rows."""

_SIGNATURES: tuple[tuple[int, bytes, PictureFormat | Unsupported], ...] = (
    (0, b"\xff\xd8\xff", PictureFormat.JPEG),
    (0, b"\x89PNG\r\n\x1a\n", PictureFormat.PNG),
    (8, b"WEBPVP8", PictureFormat.WEBP),
    # Canon's and Panasonic's raw files are TIFF with a mark of their own, so they come before TIFF.
    (0, b"II*\0\x10\0\0\0CR", Unsupported.RAW),
    (0, b"II*\0", PictureFormat.TIFF),
    (0, b"MM\0*", PictureFormat.TIFF),
    (0, b"II+\0", PictureFormat.TIFF),
    (0, b"MM\0+", PictureFormat.TIFF),
    (0, b"IIU\0", Unsupported.RAW),
    (0, b"IIRO", Unsupported.RAW),
    (0, b"IIRS", Unsupported.RAW),
    (0, b"MMOR", Unsupported.RAW),
    (0, b"\0MRM", Unsupported.RAW),
    (0, b"FUJIFILMCCD-RAW", Unsupported.RAW),
    (0, b"FOVb", Unsupported.RAW),
    (0, b"GIF87a", PictureFormat.GIF),
    (0, b"GIF89a", PictureFormat.GIF),
    (0, b"%PDF-", Unsupported.PDF),
    (0, b"%!PS", Unsupported.POSTSCRIPT),
    (0, b"8BPS", Unsupported.PSD),
    (0, b"AT&TFORM", Unsupported.DJVU),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", Unsupported.JPEG_2000),
    (0, b"\xff\x4f\xff\x51", Unsupported.JPEG_2000),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", Unsupported.JPEG_XL),
    (0, b"\xff\x0a", Unsupported.JPEG_XL),
    (0, b"PK\x03\x04", Unsupported.DOCUMENT),
    (0, b"Rar!\x1a\x07", Unsupported.DOCUMENT),
    (0, b"7z\xbc\xaf\x27\x1c", Unsupported.DOCUMENT),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unsupported.DOCUMENT),
    (0, b"{\\rtf", Unsupported.DOCUMENT),
    (8, b"AVI LIST", Unsupported.VIDEO),
    (0, b"\x1a\x45\xdf\xa3", Unsupported.VIDEO),
    (0, b"\0\0\x01\xba", Unsupported.VIDEO),
    (4, b"moov", Unsupported.VIDEO),
    (4, b"mdat", Unsupported.VIDEO),
)

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_AVIF_BRANDS = {b"avif", b"avis"}
_GENERAL_BRANDS = {b"mif1", b"msf1"}
_VIDEO_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"qt  ", b"M4V ", b"MSNV"}


def recognise(head: bytes) -> PictureFormat | Unsupported | None:
    """Tell a file's kind by its first ``HEAD_BYTES`` bytes; None for what resembles no picture.

    Signatures are those of the formats' own specifications, the brands of HEIC and AVIF those of ISO/IEC 23008-12 and
    the AV1 Image File Format. A kind found here is a promise, not a proof: only decoding proves a picture.
    """
    for offset, magic, kind in _SIGNATURES:
        if head.startswith(magic, offset):
            return kind
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    # Two letters are too few for a signature: BMP also keeps four zero bytes there.
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return PictureFormat.BMP
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in text:
        return Unsupported.SVG
    return None


def _by_brand(head: bytes) -> PictureFormat | Unsupported | None:
    """Read the ``ftyp`` box: the general brands say nothing of the coding, so the compatible ones are read as well."""
    box = head[: max(16, int.from_bytes(head[:4]))]
    major, compatible = box[8:12], {box[at : at + 4] for at in range(16, len(box) - 3, 4)}
    brands = {major} | (compatible if major in _GENERAL_BRANDS else set[bytes]())
    if brands & _AVIF_BRANDS:
        return PictureFormat.AVIF
    if brands & (_HEIC_BRANDS | _GENERAL_BRANDS):
        return PictureFormat.HEIC
    if major == b"crx ":
        return Unsupported.RAW
    return Unsupported.VIDEO if major in _VIDEO_BRANDS or major.startswith(b"3g") else None
