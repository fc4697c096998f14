"""Squares of the map: where a point is, which squares are inside others, and back again."""

import pytest

from memory_road.facts.point import Point
from memory_road.facts.quadkey import key_of, middle_of, quadkey


@pytest.mark.parametrize(
    ("point", "level", "key"),
    [
        (Point.at(10.0, -10.0), 1, "0"),
        (Point.at(10.0, 10.0), 1, "1"),
        (Point.at(-10.0, -10.0), 1, "2"),
        (Point.at(-10.0, 10.0), 1, "3"),
        (Point.at(55.7558, 37.6173), 9, "120310101"),
        (Point.at(90.0, 180.0), 3, "111"),
        (Point.at(-90.0, -180.0), 3, "222"),
    ],
)
def test_a_point_is_in_one_square_of_each_level(point: Point, level: int, key: str) -> None:
    assert quadkey(point, level) == key


def test_squares_of_lower_levels_are_the_beginnings() -> None:
    moscow = Point.at(55.7558, 37.6173)
    finest = quadkey(moscow, 14)
    assert all(finest.startswith(quadkey(moscow, level)) for level in range(1, 15))


@pytest.mark.parametrize("key", ["0", "1203", "31313131", "00000000000000", "333"])
def test_the_middle_of_a_square_is_in_it(key: str) -> None:
    latitude, longitude = middle_of(key)
    assert quadkey(Point.at(latitude, longitude), len(key)) == key


def test_columns_and_rows_are_counted_from_the_upper_left() -> None:
    assert [key_of(0, 0, 2), key_of(3, 0, 2), key_of(0, 3, 2), key_of(3, 3, 2)] == ["00", "11", "22", "33"]
