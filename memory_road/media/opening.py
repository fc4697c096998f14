"""Open and decode a picture in the child: with the one decoder of its format, and never more pixels than allowed."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager, nullcontext
from importlib import import_module
from typing import Any

from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import TiffImageFile

from memory_road.media.formats import PictureFormat, Unsupported
from memory_road.media.protocol import Request
from memory_road.media.refusal import PictureRefused, RefusalCode
from memory_road.media.salvage import SturdyJpeg
from memory_road.media.scan import LargeScan
from memory_road.media.sizes import Size

_OPENERS = {
    PictureFormat.AVIF: ("PIL.AvifImagePlugin", "AvifImageFile"),
    PictureFormat.BMP: ("PIL.BmpImagePlugin", "BmpImageFile"),
    PictureFormat.GIF: ("PIL.GifImagePlugin", "GifImageFile"),
    PictureFormat.PNG: ("PIL.PngImagePlugin", "PngImageFile"),
    PictureFormat.WEBP: ("PIL.WebPImagePlugin", "WebPImageFile"),
    PictureFormat.HEIC: ("pi_heif", "HeifImageFile"),
}
"""The decoder's module and class. A class of its own, instead of a library that guesses: no other decoder can be
reached, a multi-picture JPEG is opened as the JPEG that it begins with, and only this one module has to be loaded."""

SIZED_BY_DECODER = (SturdyJpeg, LargeScan)
"""Pictures that can be asked for fewer pixels before they are decoded."""

_SCAN_PIXELS = 20_000_000
"""From so many pixels on a TIFF is read by rows: Pillow takes up to 16 bytes for each, libvips hardly any."""

_DNG_VERSION, _NEW_SUBFILE_TYPE, _SUB_IFDS = 0xC612, 0x00FE, 0x014A

_MOST_BYTES_PER_PIXEL = 12
"""What the hungriest decoder holds for each pixel: WebP two canvases of four bytes and the picture itself."""

_MEMORY_COMPLAINTS = ("decoder error -9", "Memory allocation error")
"""How libtiff (by Pillow) and libheif (by pi-heif) say that they ran out of memory."""


def open_picture(request: Request) -> ImageFile:
    """Read a picture's header, without decoding it.

    Raises ``PictureRefused`` for more pixels than allowed and for a camera's raw file dressed as TIFF; for a broken
    header it raises whatever the decoder raises, which can be anything.
    """
    kind, source = PictureFormat(request["format"]), request["source"]
    if kind is PictureFormat.TIFF:
        return _open_tiff(request)
    if kind is PictureFormat.JPEG:
        return _within_pixels(SturdyJpeg(source), request)
    module, name = _OPENERS[kind]
    if kind is PictureFormat.HEIC:
        _only_the_photograph()
    if kind is PictureFormat.AVIF:
        _without_threads()
    if kind is PictureFormat.WEBP:
        # This decoder makes room for the whole canvas as soon as it is opened.
        with open(source, "rb") as file:  # noqa: PTH123 -- pathlib would add a twentieth to the child's start
            canvas = _webp_canvas(file.read(30))
        _refuse_above(request, *canvas)
        with _memory_told_from_damage(request, *canvas):
            return getattr(import_module(module), name)(source)
    image: ImageFile = getattr(import_module(module), name)(source)
    return _within_pixels(image, request)


def decode(image: ImageFile, request: Request, wanted: Size) -> None:
    """Decode every byte of an opened picture; a JPEG at an eighth, a quarter or half its size where ``wanted`` allows,
    a large TIFF at any whole-numbered part. At its full size it takes up to 4 bytes for each pixel, 600 MB at most.

    Raises ``PictureRefused`` where memory did not suffice, and whatever the decoder raises where the file is broken.
    """
    # Large scans tell want of memory from damage by themselves.
    with nullcontext() if isinstance(image, LargeScan) else _memory_told_from_damage(request, *image.size):
        image.draft(None, wanted)
        image.load()


def _open_tiff(request: Request) -> ImageFile:
    """Have Pillow read a TIFF, or libvips where it is large or of a kind that Pillow does not know."""
    try:
        image = TiffImageFile(request["source"])
    except SyntaxError:
        return _within_pixels(LargeScan(request["source"]), request)
    _refuse_above(request, *image.size)
    if _is_raw(image.tag_v2):
        raise PictureRefused(RefusalCode.UNSUPPORTED, {"format": Unsupported.RAW})
    return image if image.width * image.height <= _SCAN_PIXELS else LargeScan(request["source"])


def _without_threads() -> None:
    plugin: Any = import_module("PIL.AvifImagePlugin")
    plugin.DEFAULT_MAX_THREADS = 1


def _only_the_photograph() -> None:
    """Leave a phone's depth map, thumbnails and other companions unread, and start no threads: on a busy server they
    take the processor from other requests without being counted anywhere."""
    options: Any = import_module("pi_heif.options")
    options.DECODE_THREADS = 1
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False


def _within_pixels(image: ImageFile, request: Request) -> ImageFile:
    _refuse_above(request, *image.size)
    return image


def _refuse_above(request: Request, width: int, height: int) -> None:
    if width * height > request["pixels"]:
        values: dict[str, str | int] = {
            "format": request["format"],
            "megapixels": -(-width * height // 1_000_000),
            "limit": request["pixels"] // 1_000_000,
        }
        raise PictureRefused(RefusalCode.TOO_MANY_PIXELS, values)


@contextmanager
def _memory_told_from_damage(request: Request, width: int, height: int) -> Generator[None]:
    """Refuse what ran out of memory as too demanding, though the decoder may call it broken.

    libjpeg and libwebp make no difference between the two. A family told that a good scan is damaged would look in
    vain for what is wrong with it, so a picture whose pixels might fill the memory gets the benefit of the doubt.
    """
    try:
        yield
    except (OSError, RuntimeError) as error:
        might_fill = width * height * _MOST_BYTES_PER_PIXEL > request["memory_bytes"]
        if might_fill or str(error).startswith(_MEMORY_COMPLAINTS):
            raise PictureRefused(RefusalCode.TOO_DEMANDING, {"format": request["format"]}) from error
        raise


def _webp_canvas(head: bytes) -> tuple[int, int]:
    """Width and height in pixels as a WebP file's first 30 bytes state them (RFC 9649, sections 2.5 to 2.7)."""
    match head[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case _:
            return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _is_raw(tags: Mapping[int, object]) -> bool:
    """A raw file's first picture is only a thumbnail of it: decoding that would lose the photograph unnoticed."""
    thumbnail = tags.get(_NEW_SUBFILE_TYPE)
    return _DNG_VERSION in tags or (_SUB_IFDS in tags and isinstance(thumbnail, int) and bool(thumbnail & 1))
