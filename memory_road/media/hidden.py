# Pillow's own types are incomplete.
# pyright: reportUnknownMemberType=false
"""Paint over what a moderator has hidden, in the decoding child."""

from collections.abc import Iterable, Sequence

from PIL import Image

from memory_road.media.area import Area
from memory_road.media.pyramid import Box
from memory_road.media.sizes import Size

_COLOUR = (112, 106, 98)
"""One calm colour. A blurred or mosaicked text can be read again, a painted one cannot."""

_STORED_REACH = 16
"""So far a pixel's colour spreads in a stored JPEG: over its block, whose colours are halved in number."""

_RESIZED_REACH = 3
"""So far a pixel spreads when a picture is made smaller, in pixels of the smaller one, rounding included."""


def boxes(hidden: Iterable[Sequence[int]], size: Size, full: Size) -> list[Box]:
    """What to paint on an upright picture of ``size`` that was made from one of the size ``full``: the areas, and a
    margin around them that takes in whatever has spread out of them."""
    margin = -(-_STORED_REACH * size[0] // full[0]) + (_RESIZED_REACH if size != full else 0)
    edges = (Area(*numbers).box(*size) for numbers in hidden)
    return [(left - margin, top - margin, right + margin, bottom + margin) for left, top, right, bottom in edges]


def paint_over(pixels: Image.Image, boxes: Iterable[Box], origin: Size = (0, 0)) -> None:
    """Paint the boxes of a picture on the piece of it that begins at ``origin``."""
    for box in boxes:
        left, top = max(0, box[0] - origin[0]), max(0, box[1] - origin[1])
        right, bottom = min(pixels.width, box[2] - origin[0]), min(pixels.height, box[3] - origin[1])
        if left < right and top < bottom:
            pixels.paste(_COLOUR, (left, top, right, bottom))
