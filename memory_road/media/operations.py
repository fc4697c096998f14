"""The two things that the decoding child can do with a picture."""

from PIL.Image import Image

from memory_road.media.formats import MEDIA_TYPES, PictureFormat
from memory_road.media.protocol import Answer, Made, Request
from memory_road.media.sizes import PREVIEW_LONG_SIDE, SHARE_LONG_SIDE, Size, published, within
from memory_road.media.upright import decode_upright, resized

_WEBP_QUALITY = 80
_WEBP_METHOD = 2
"""Of WebP's efforts from 0 to 6: 3 takes 2.5 times as long and saves 5 % of the bytes, 1 adds 17 %."""
_JPEG_QUALITY = 85


def inspect(request: Request) -> Answer:
    """Decode the whole picture and write a small preview of it; answer its upright size."""

    def preview(width: int, height: int) -> Size:
        return within(width, height, PREVIEW_LONG_SIDE)

    upright = decode_upright(request, preview)
    _write_webp(upright.pixels, request["output"])
    return {"width": upright.size[0], "height": upright.size[1]}


def derive(request: Request) -> Answer:
    """Write the published sizes, each made from the next larger one, and the JPEG for sharing."""

    def largest(width: int, height: int) -> Size:
        return published(width, height)[-1]

    upright = decode_upright(request, largest)
    pixels = upright.pixels
    share_size = within(*upright.size, SHARE_LONG_SIDE)
    share_from = pixels
    made: list[Made] = []
    for size in reversed(published(*upright.size)):
        pixels = resized(pixels, size)
        if max(size) >= max(share_size):
            share_from = pixels
        name = f"{size[0]}.webp"
        _write_webp(pixels, f"{request['output']}/{name}")
        made.append(_made(name, PictureFormat.WEBP, size))
    made.reverse()
    share = resized(share_from, share_size)
    share.save(f"{request['output']}/share.jpg", quality=_JPEG_QUALITY)
    made.append(_made("share.jpg", PictureFormat.JPEG, share.size))
    return {"made": made}


def _made(name: str, format: PictureFormat, size: Size) -> Made:
    return {"name": name, "media_type": MEDIA_TYPES[format], "width": size[0], "height": size[1]}


def _write_webp(pixels: Image, path: str) -> None:
    """Write a file whose name ends in .webp: by the name, one encoder is loaded instead of six."""
    pixels.save(path, quality=_WEBP_QUALITY, method=_WEBP_METHOD)
