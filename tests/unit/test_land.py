"""The shapes of the map, as the build makes them: land where there is land."""

import json
from itertools import pairwise

import pytest

from memory_road.web.built import asset_file


def inside(longitude: float, latitude: float, ring: list[list[float]]) -> bool:
    """Whether a point is in an outline: a line from it to the right crosses the outline an odd number of times."""
    crossings = 0
    for (x, y), (next_x, next_y) in pairwise(ring):
        if (y > latitude) != (next_y > latitude):
            crossings += longitude < x + (latitude - y) / (next_y - y) * (next_x - x)
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "is_land"),
    [
        ("Moscow", 55.76, 37.62, True),
        ("Almaty", 43.24, 76.95, True),
        ("Yerevan", 40.18, 44.51, True),
        ("Yakutsk", 62.03, 129.73, True),
        ("the Atlantic", 40.0, -40.0, False),
        ("the Black Sea", 43.5, 34.0, False),
    ],
)
def test_land_is_where_it_is(place: str, latitude: float, longitude: float, is_land: bool) -> None:
    land = json.loads(asset_file("land.json").read_text())
    found = [polygon for polygon in land["coordinates"] if inside(longitude, latitude, polygon[0])]
    assert bool(found) is is_land, place


def test_every_outline_is_closed() -> None:
    land = json.loads(asset_file("land.json").read_text())
    assert len(land["coordinates"]) > 200
    steps = [abs(one[0] - other[0]) for polygon in land["coordinates"] for one, other in pairwise(polygon[0])]
    assert max(steps) < 90, "none runs across the whole map"
    assert all(ring[0] == ring[-1] for polygon in land["coordinates"] for ring in polygon)
