"""Rectangles as they are drawn over pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

from memory_road.media.area import WHOLE


@dataclass(frozen=True, slots=True)
class Outline:
    """A rectangle in a drawing ``WHOLE`` units wide and as high as the picture's shape asks. ``percent`` are its four
    numbers as they would be typed, ``key`` names the area in forms."""

    number: int
    key: str
    percent: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int


def outline(number: int, area: Sequence[int], width: int, height: int) -> Outline:
    """The outline of ``area`` in a picture of this size in pixels."""
    left, top, wide, high = area
    scale = height / width
    key = ",".join(str(part) for part in area)
    percent = tuple(f"{part / 100:g}" for part in area)
    return Outline(number, key, percent, left, round(top * scale), wide, max(1, round(high * scale)))


def drawing_height(width: int, height: int) -> int:
    """How high the drawing over a picture of this size is, in its own units."""
    return max(1, round(WHOLE * height / width))
