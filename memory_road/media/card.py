"""Where a portrait's card is cropped."""

from memory_road.media.area import WHOLE, Area
from memory_road.media.frame import ACROSS, DOWN, Frame

_FACES_HIGH = 2.1
"""A card is so many faces high: hair and hat above, collar below."""
_FACE_AT = 0.46
"""Where in the card the middle of the face is, as part of its height from above."""


def sensible(width: int, height: int) -> Area:
    """The largest card that fits a picture of this size in pixels: in the middle, nearer to the upper edge, since faces
    are there."""
    return Frame(50, 20, 100).area(width, height)


def around(face: Area, width: int, height: int) -> Area:
    """The card around a face, from brows to chin, in a picture of this size in pixels. Where the picture ends close to
    the face, the card is moved, and made smaller only where it would not fit at all."""
    high = min(_FACES_HIGH * face.height * height / WHOLE, height, width * DOWN / ACROSS)
    wide = high * ACROSS / DOWN
    middle = ((face.left + face.width / 2) * width / WHOLE, (face.top + face.height / 2) * height / WHOLE)
    left = min(max(0, middle[0] - wide / 2), width - wide)
    top = min(max(0, middle[1] - high * _FACE_AT), height - high)
    across, down = int(WHOLE * left / width), int(WHOLE * top / height)
    return Area(
        across,
        down,
        max(1, min(WHOLE - across, round(WHOLE * wide / width))),
        max(1, min(WHOLE - down, round(WHOLE * high / height))),
    )
