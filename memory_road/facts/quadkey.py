"""Where a point lies on a map of squares: each digit of a key says in which quarter of the square before it."""

from math import asinh, atan, degrees, pi, radians, sinh, tan

from memory_road.facts.point import Point

_FARTHEST = 85.05112878
"""Degrees of latitude at which the square map of the world (Web Mercator, EPSG:3857) ends."""


def quadkey(point: Point, level: int) -> str:
    """The key of the square in which ``point`` lies, where the world is 2 to the power of ``level`` squares wide. Those
    of lower levels are its beginnings."""
    wide = 1 << level
    latitude = max(-_FARTHEST, min(_FARTHEST, point.latitude))
    across = min(wide - 1, int((point.longitude + 180) / 360 * wide))
    down = min(wide - 1, max(0, int((1 - asinh(tan(radians(latitude))) / pi) / 2 * wide)))
    return key_of(across, down, level)


def key_of(across: int, down: int, level: int) -> str:
    """The key of a square by its column and row, counted from the upper left corner of the map."""
    bits = range(level - 1, -1, -1)
    return "".join(str((across >> bit & 1) + 2 * (down >> bit & 1)) for bit in bits)


def middle_of(key: str) -> tuple[float, float]:
    """Latitude and longitude of the middle of a square."""
    wide = 1 << len(key)
    across = sum((int(digit) & 1) << bit for bit, digit in enumerate(reversed(key))) + 0.5
    down = sum((int(digit) >> 1) << bit for bit, digit in enumerate(reversed(key))) + 0.5
    return degrees(atan(sinh(pi * (1 - 2 * down / wide)))), across / wide * 360 - 180
