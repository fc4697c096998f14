"""The frame of a portrait's card, moved by three sliders: however they stand, it lies in the picture and keeps its
shape."""

from typing import NamedTuple, Self

from memory_road.media.area import WHOLE, Area

ACROSS, DOWN = 4, 5
"""The shape of a card: so wide to so high."""
SMALLEST = 10
"""A frame is at least so many percent of the largest that fits."""


class Frame(NamedTuple):
    """Whole percent. ``size`` is part of the largest frame that fits; ``across`` and ``down`` are 0 where it touches
    the left and upper edge, 100 where it touches the others."""

    across: int
    down: int
    size: int

    @classmethod
    def around(cls, area: Area, width: int, height: int) -> Self:
        """The sliders' places for an area of a picture of this size in pixels."""
        widest, highest = _largest(width, height)
        size = max(area.width / widest, area.height / highest)
        return cls(_part(area.left, WHOLE - area.width), _part(area.top, WHOLE - area.height), round(100 * size)).kept()

    def kept(self) -> Self:
        """The same within its bounds, whatever was sent."""
        across, down = (min(100, max(0, place)) for place in (self.across, self.down))
        return type(self)(across, down, min(100, max(SMALLEST, self.size)))

    def area(self, width: int, height: int) -> Area:
        """The area of a picture of this size in pixels."""
        across, down, size = self.kept()
        wide, high = (max(1, round(side * size / 100)) for side in _largest(width, height))
        return Area(round((WHOLE - wide) * across / 100), round((WHOLE - high) * down / 100), wide, high)


def is_card(area: Area, width: int, height: int) -> bool:
    """Whether an area has a card's shape in pixels, as nearly as whole pixels and ten-thousandths allow."""
    wide, high = area.width * width / WHOLE, area.height * height / WHOLE
    rounding = DOWN * max(1, width / WHOLE) + ACROSS * max(1, height / WHOLE)
    return abs(wide * DOWN - high * ACROSS) <= rounding


def _largest(width: int, height: int) -> tuple[int, int]:
    """Width and height of the largest card in a picture, in ten-thousandths of it, at least one."""
    wide = min(width, height * ACROSS / DOWN)
    return max(1, round(WHOLE * wide / width)), max(1, round(WHOLE * wide * DOWN / ACROSS / height))


def _part(place: int, room: int) -> int:
    return round(100 * place / room) if room > 0 else 50
