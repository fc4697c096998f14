"""A picture cut into tiles at every scale, for zooming deep into it: pure arithmetic, in pixels.

Names and numbers follow the IIIF Image API 3.0 at level 0 (sections 4.7 and 5): each tile's name is the end of its
canonical address, so that a server needs nothing but a place to look it up.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from memory_road.media.sizes import SHARE_LONG_SIDE, WIDTHS, Size

TILE = 512
"""Longest side of a tile."""

NAME = "tiles.zip"
"""The one file that holds all tiles of a picture."""

INFO = "info.json"
WHOLE_PICTURE = "full/max/0/default.jpg"
"""The whole picture, no larger than ``maxWidth`` says: here that is the JPEG for sharing."""

Box = tuple[int, int, int, int]


class Tile(NamedTuple):
    """``box`` is what of the full picture it shows (left, upper, right and lower edge), shrunk by ``factor`` to
    ``size``."""

    factor: int
    box: Box
    size: Size
    name: str


def is_needed(width: int, height: int) -> bool:
    """Whether the published sizes leave out so much of a picture that it is worth cutting into tiles."""
    return max(width, height) > WIDTHS[-1]


def has_tiles(sizes: Iterable[Mapping[str, Any]]) -> bool:
    """Whether tiles are among everything that was made of a picture."""
    return any(size["name"] == NAME for size in sizes)


def factors(width: int, height: int) -> list[int]:
    """By how much the picture is shrunk at each scale: 1, 2, 4 … until one tile holds it all."""
    found = [1]
    while max(width, height) > TILE * found[-1]:
        found.append(found[-1] * 2)
    return found


def shrunk(width: int, height: int, factor: int) -> Size:
    """A size divided by a power of two; part of a pixel counts as one."""
    return -(-width // factor), -(-height // factor)


def tiles(width: int, height: int, factor: int, within: Box | None = None) -> Iterator[Tile]:
    """The tiles of one scale, row by row: together they cover the picture, and no two of them overlap. ``within`` is
    the box of a tile of a smaller scale; only the tiles that it is made of are given then."""
    step = TILE * factor
    left_edge, upper_edge, right_edge, lower_edge = within or (0, 0, width, height)
    for top in range(upper_edge, lower_edge, step):
        for left in range(left_edge, right_edge, step):
            box = (left, top, min(width, left + step), min(height, top + step))
            size = shrunk(box[2] - left, box[3] - top, factor)
            yield Tile(factor, box, size, _name(box, size, whole=box == (0, 0, width, height)))


def info(width: int, height: int) -> dict[str, Any]:
    """What info.json says of a pyramid, but for its ``id``, the address at which it is found."""
    scales = factors(width, height)
    smallest = shrunk(width, height, scales[-1])
    return {
        "@context": "http://iiif.io/api/image/3/context.json",
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": width,
        "height": height,
        "maxWidth": SHARE_LONG_SIDE,
        "sizes": [{"width": smallest[0], "height": smallest[1]}],
        "tiles": [{"width": TILE, "scaleFactors": scales}],
    }


def _name(box: Box, size: Size, *, whole: bool) -> str:
    left, top, right, bottom = box
    region = "full" if whole else f"{left},{top},{right - left},{bottom - top}"
    return f"{region}/{size[0]},{size[1]}/0/default.jpg"
