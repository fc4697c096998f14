# Pillow's own types are incomplete.
# pyright: reportUnknownMemberType=false
"""Decode a picture into clean pixels: upright, no larger than needed, 8-bit sRGB, without metadata."""

from collections.abc import Callable
from typing import NamedTuple

from PIL import Image

from memory_road.media.colour import eight_bits_of, on_white, to_eight_bits, to_srgb
from memory_road.media.formats import PictureFormat
from memory_road.media.opening import SIZED_BY_DECODER, decode, open_picture
from memory_road.media.protocol import Request
from memory_road.media.sizes import Size

_ORIENTATION = 0x0112

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by the value of its Orientation tag (Exif 3.0, section 4.6.5.1)."""

LYING = {5, 6, 7, 8}
"""Orientations of which width and height change places."""

_TURNED_BY_DECODER = {PictureFormat.HEIC}
"""Pillow turns a TIFF too as it decodes it, but then says that it is upright."""

_PIXELS_AT_ONCE = 4_000_000


class Upright(NamedTuple):
    """Clean pixels, the upright size of the whole picture that they were made from, and the percentage of it that could
    not be decoded, 0 to 99: grey stands there."""

    pixels: Image.Image
    size: Size
    undecoded: int = 0


def decode_upright(request: Request, target: Callable[[int, int], Size]) -> Upright:
    """Decode the whole picture, and give it at the size that ``target`` chooses by its upright width and height.

    Resizing comes before turning and before colours: both then work on a fraction of the pixels, which saves most of
    the memory. Every byte of the file is decoded even so; a JPEG and a large TIFF are only asked for fewer pixels of
    it, any other takes up to 4 bytes for each of its pixels (WebP and AVIF up to 16) and as much again for each that is
    wanted. ``whole`` gives all pixels of a large picture, piece by piece.
    """
    image = open_picture(request)
    full = image.size
    if not isinstance(image, SIZED_BY_DECODER):
        # Of these the size may change in decoding, and a PNG's Exif block may follow its pixels.
        decode(image, request, full)
        full = image.size
    orientation = orientation_of(image, request)
    lying = orientation in LYING
    size = (full[1], full[0]) if lying else full
    wanted = target(*size)
    stored = (wanted[1], wanted[0]) if lying else wanted
    decode(image, request, stored)
    profile: bytes | None = image.info.get("icc_profile")
    small = resized(_eight_bits_near(image, stored), stored)
    turned = small.transpose(TURNS[orientation]) if orientation in TURNS else small
    return Upright(clean(to_srgb(on_white(turned), profile)), size, getattr(image, "lost", 0))


def _eight_bits_near(image: Image.Image, size: Size) -> Image.Image:
    """Give a picture in 8 bits; one far larger than ``size`` is averaged to no less than twice that, or to just that,
    band by band, so that its own pixels are never there twice."""
    by = min(image.width // size[0], image.height // size[1])
    if by < 1 or (-(-image.width // by), -(-image.height // by)) != size:
        by //= 2
    if by <= 1:
        return to_eight_bits(image)
    convert = eight_bits_of(image)
    height = by * max(1, _PIXELS_AT_ONCE // (image.width * by))
    bands = range(0, image.height, height)
    parts = (convert(image.crop((0, top, image.width, min(image.height, top + height)))).reduce(by) for top in bands)
    first = next(parts)
    whole = Image.new(first.mode, (first.width, -(-image.height // by)))
    whole.paste(first)
    for number, part in enumerate(parts, 1):
        whole.paste(part, (0, number * height // by))
    return whole


def resized(image: Image.Image, size: Size) -> Image.Image:
    """Make a picture smaller. Far too large a one is first averaged to twice the wanted size.

    From two thirds of the size downwards the Hamming window loses less than WebP will (43 to 49 dB against Lanczos, on
    photographs of 1856 to 2018) at 60 % of the cost of the bicubic one; nearer to the full size it would show. At
    exactly half, the mean of four pixels is as good (41 to 43 dB, Hamming 42 to 43) at an eighth of the cost.
    """
    if image.size == size:
        return image
    if image.size == (2 * size[0], 2 * size[1]):
        return image.reduce(2)
    much_smaller = image.width >= 1.5 * size[0]
    kernel = Image.Resampling.HAMMING if much_smaller else Image.Resampling.BICUBIC
    return image.resize(size, kernel, reducing_gap=2.0)


def orientation_of(image: Image.Image, request: Request) -> int:
    """How an opened picture has to be turned still, as a key of ``TURNS``; 1 where it is upright."""
    if request["format"] in _TURNED_BY_DECODER:
        return 1
    try:
        return image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 -- a broken Exif block raises anything, and costs the picture only its turn
        return 1


def clean(image: Image.Image) -> Image.Image:
    """Copy nothing but pixels: a converted or resized picture still carries the metadata of the one it came from."""
    bare = Image.new("RGB", image.size, None)  # every pixel of it is pasted over
    bare.paste(image)
    return bare
