"""The rectangles in which countries lie, whole degrees around them: enough to see that two coordinates were exchanged,
or that a point was copied from the wrong page."""

from collections.abc import Mapping
from types import MappingProxyType

from memory_road.facts.point import Point

_BOUNDS: Mapping[str, tuple[int, int, int, int]] = MappingProxyType(
    {
        # south, north, west, east; Russia reaches over the date line, so of its longitudes nothing is said
        "AM": (38, 42, 43, 47),
        "AZ": (38, 42, 44, 51),
        "BY": (51, 57, 23, 33),
        "DE": (47, 56, 5, 16),
        "EE": (57, 60, 21, 29),
        "GE": (41, 44, 39, 47),
        "KG": (39, 44, 69, 81),
        "KZ": (40, 56, 46, 88),
        "LT": (53, 57, 20, 27),
        "LV": (55, 59, 20, 29),
        "MD": (45, 49, 26, 31),
        "PL": (48, 55, 14, 25),
        "RU": (41, 82, -180, 180),
        "TJ": (36, 42, 67, 76),
        "TM": (35, 43, 52, 67),
        "UA": (44, 53, 22, 41),
        "UZ": (37, 46, 55, 74),
    }
)


def surely_outside(point: Point, country: str) -> bool:
    """Whether ``point`` cannot lie in the country with this code of ISO 3166-1; of others nothing is known."""
    south, north, west, east = _BOUNDS.get(country, (-90, 90, -180, 180))
    return not (south <= point.latitude <= north and west <= point.longitude <= east)
