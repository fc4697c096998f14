# Pillow's own types are incomplete.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
"""Turn any picture's pixels into 8-bit sRGB, in the decoding child."""

from collections.abc import Callable
from io import BytesIO
from typing import cast

from PIL import Image, ImageCms

_MODES_OF_SPACES = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK", b"Lab ": "LAB"}
"""Colour spaces as bytes 16 to 19 of a profile name them (ICC.1:2022, table 19), and the mode that each describes."""

_BITS_PER_SAMPLE, _PHOTOMETRIC, _WHITE_IS_ZERO = 0x0102, 0x0106, 0
"""TIFF 6.0, sections 3 and 8."""

_KEPT = {"L", "LA", "RGB", "RGBA", "CMYK", "LAB"}


def to_eight_bits(image: Image.Image) -> Image.Image:
    """Give the picture in one of the modes L, LA, RGB, RGBA, CMYK and LAB, which can be resized without artefacts."""
    return eight_bits_of(image)(image)


def eight_bits_of(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """How any piece of a picture becomes 8-bit: what stands for black and white is found in the whole of it. Piece by
    piece it takes far less memory than all at once."""
    if image.mode.startswith("I;16"):
        span = _span_of_sixteen_bits(image)
    elif image.mode in {"I", "F"}:
        span = _span_of_thirty_two_bits(image)
    else:
        return _plain
    return lambda piece: _scaled(piece, *span)


def _plain(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        return image if image.mode in {"LA", "RGBA"} else image.convert("LA" if image.mode in {"L", "La"} else "RGBA")
    if image.mode in _KEPT:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def on_white(image: Image.Image) -> Image.Image:
    """Lay a transparent picture on white paper; give any other back as it is."""
    if image.mode not in {"LA", "RGBA"}:
        return image
    opaque = image.convert(image.mode[:-1])
    paper = Image.new(opaque.mode, image.size, "white")
    paper.paste(opaque, mask=image.getchannel("A"))
    return paper


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert an opaque 8-bit picture to sRGB, by its ICC profile where it has one that fits and can be read. Gives the
    picture itself where there is nothing to convert."""
    source = _readable(image.mode, profile)
    if source is None:
        return image if image.mode == "RGB" else image.convert("RGB")
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    try:
        converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
    except ImageCms.PyCMSError:
        converted = None
    return converted or image.convert("RGB")


def _readable(mode: str, profile: bytes | None) -> ImageCms.ImageCmsProfile | None:
    """The profile to convert by; None where there is none, where it is broken, not for this mode, or sRGB already."""
    if mode == "LAB":
        return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    if not profile or _MODES_OF_SPACES.get(profile[16:20]) != mode:
        return None
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        description = ImageCms.getProfileDescription(source)
    except (OSError, ImageCms.PyCMSError):
        return None
    return None if mode == "RGB" and description.startswith("sRGB") else source


def _span_of_sixteen_bits(image: Image.Image) -> tuple[float, float]:
    """The values that stand for black and white: a TIFF may use only 12 of the bits, and may count from white."""
    tags = getattr(image, "tag_v2", {})
    white = 2 ** tags.get(_BITS_PER_SAMPLE, (16,))[0] - 1
    return (white, 0) if tags.get(_PHOTOMETRIC) == _WHITE_IS_ZERO else (0, white)


def _span_of_thirty_two_bits(image: Image.Image) -> tuple[float, float]:
    """32 bits have no white of their own in practice: some writers mean 1.0 by it, some 65,535, some the lightest."""
    low, high = cast("tuple[float, float]", image.getextrema())
    for white in (255.0, 65_535.0) if image.mode == "I" else (1.0, 255.0, 65_535.0):
        if low >= 0 and high <= white:
            return 0.0, white
    return low, high


def _scaled(image: Image.Image, black: float, white: float) -> Image.Image:
    factor = 255 / (white - black) if white != black else 0.0
    if image.mode == "I;16B":
        # Pillow computes with this order of bytes only after a conversion.
        image = image.convert("I")
    # Half a step is added since the conversion to whole numbers cuts off what follows the point.
    return image.point(lambda value: value * factor + (0.5 - black * factor)).convert("L")
