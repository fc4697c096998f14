"""The five things that the decoding child can do with a picture."""

from PIL.Image import Image, Resampling

from memory_road.media import face
from memory_road.media.area import Area
from memory_road.media.formats import MEDIA_TYPES, PictureFormat
from memory_road.media.hidden import boxes, paint_over
from memory_road.media.look import look_of
from memory_road.media.placeholder import dominant_colour
from memory_road.media.protocol import Answer, Made, Request
from memory_road.media.pyramid import NAME as TILES
from memory_road.media.pyramid import shrunk
from memory_road.media.sizes import (
    PREVIEW_LONG_SIDE,
    SHARE_LONG_SIDE,
    Size,
    card_box,
    cards,
    published,
    to_width,
    width_for,
    within,
)
from memory_road.media.tiling import cut
from memory_road.media.upright import decode_upright, resized
from memory_road.media.whole import Whole

_WEBP_QUALITY = 80
_WEBP_METHOD = 2
"""Of WebP's efforts from 0 to 6: 3 takes 2.5 times as long and saves 5 % of the bytes, 1 adds 17 %."""
_JPEG_QUALITY = 85


def inspect(request: Request) -> Answer:
    """Decode the whole picture and write a small preview of it; answer its upright size, how much of it is lost, its
    colour and how it looks."""

    def preview(width: int, height: int) -> Size:
        return within(width, height, PREVIEW_LONG_SIDE)

    upright = decode_upright(request, preview)
    _write_webp(upright.pixels, request["output"])
    answer: Answer = {
        "width": upright.size[0],
        "height": upright.size[1],
        "undecoded": upright.undecoded,
        "colour": dominant_colour(upright.pixels),
    }
    look = look_of(upright.pixels)
    if look is not None:
        answer["look"] = [look.kept.hex(), look.views.hex()]
    return answer


def derive(request: Request) -> Answer:
    """Write the published sizes, each made from the next larger one, the JPEG for sharing, and the cards of the gallery
    where they are asked for. What is hidden is painted over before anything is made."""
    card = Area(*request["card"]) if "card" in request else None

    def enough(width: int, height: int) -> Size:
        largest = published(width, height)[-1]
        wanted = width_for(card, width) if card is not None else 0
        return (wanted, round(height * wanted / width)) if wanted > largest[0] else largest

    upright = decode_upright(request, enough)
    pixels = upright.pixels
    paint_over(pixels, boxes(request.get("hidden", ()), pixels.size, upright.size))
    gallery = _cards(pixels, card, request["output"]) if card is not None else []
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
    width, height = upright.size
    made = [*made, _made("share.jpg", PictureFormat.JPEG, share.size), *gallery]
    return {"width": width, "height": height, "made": made}


def tile(request: Request) -> Answer:
    """Cut the picture into tiles of all scales, beginning at its full size or at the part of it that is asked for."""
    shrink, hidden = request.get("shrink", 1), request.get("hidden", ())

    def part(width: int, height: int) -> Size:
        return shrunk(width, height, shrink)

    picture = Whole.of(request) if shrink == 1 else Whole.smaller(decode_upright(request, part), hidden)
    cut(picture, request["output"])
    width, height = picture.size
    return {"made": [{"name": TILES, "media_type": "application/zip", "width": width, "height": height}]}


def resize(request: Request) -> Answer:
    """Write the widths that are asked for in one encoding, each from the next larger one, by the steps of ``derive``:
    for measuring them beside other libraries."""
    encoding, widths = PictureFormat(request.get("encoding", "")), request.get("widths", ())

    def largest(width: int, height: int) -> Size:
        return to_width(width, height, max(widths))

    upright = decode_upright(request, largest)
    pixels = upright.pixels
    made: list[Made] = []
    for wanted in sorted(widths, reverse=True):
        pixels = resized(pixels, to_width(*upright.size, wanted))
        name = f"{wanted}.{encoding}"
        if encoding is PictureFormat.JPEG:
            pixels.save(f"{request['output']}/{name}", quality=_JPEG_QUALITY)
        else:
            _write_webp(pixels, f"{request['output']}/{name}")
        made.append(_made(name, encoding, pixels.size))
    return {"made": made}


def find_face(request: Request) -> Answer:
    """Look for the face in a small picture of the portal's own making."""

    def small(width: int, height: int) -> Size:
        return within(width, height, face.LONG_SIDE)

    pixels = decode_upright(request, small).pixels
    found = face.find(pixels)
    return {"face": list(Area.around(found, *pixels.size))} if found is not None else {}


def _cards(pixels: Image, card: Area, folder: str) -> list[Made]:
    made: list[Made] = []
    box = card_box(card, *pixels.size)
    for name, size in cards(box[2] - box[0]):
        _write_webp(pixels.resize(size, Resampling.HAMMING, box, reducing_gap=2.0), f"{folder}/{name}")
        made.append(_made(name, PictureFormat.WEBP, size))
    return made


def _made(name: str, format: PictureFormat, size: Size) -> Made:
    return {"name": name, "media_type": MEDIA_TYPES[format], "width": size[0], "height": size[1]}


def _write_webp(pixels: Image, path: str) -> None:
    """Write a file whose name ends in .webp: by the name, one encoder is loaded instead of six."""
    pixels.save(path, quality=_WEBP_QUALITY, method=_WEBP_METHOD)
