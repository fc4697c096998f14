"""The frame of a portrait's card: however the sliders stand, it lies in the picture and has its shape."""

import pytest

from memory_road.media.area import WHOLE, Area
from memory_road.media.card import sensible
from memory_road.media.frame import Frame, is_card

SIZES = [(400, 500), (500, 400), (3000, 2000), (2000, 3000), (1, 1), (12_000, 600), (600, 12_000), (4001, 2999)]
"""Upright width and height in pixels."""


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("frame", [Frame(a, d, s) for a in (0, 37, 100) for d in (0, 50, 100) for s in (10, 55, 100)])
def test_every_place_of_the_sliders_is_a_card_in_the_picture(frame: Frame, width: int, height: int) -> None:
    area = frame.area(width, height)
    assert Area.of(area) is not None
    assert is_card(area, width, height)


@pytest.mark.parametrize(("width", "height"), [(400, 500), (3000, 2000), (2000, 3000), (1600, 1200)])
@pytest.mark.parametrize("frame", [Frame(0, 0, 50), Frame(100, 100, 50), Frame(30, 70, 80), Frame(50, 50, 10)])
def test_an_area_leads_back_to_the_sliders(frame: Frame, width: int, height: int) -> None:
    assert Frame.around(frame.area(width, height), width, height) == frame


@pytest.mark.parametrize(
    ("frame", "width", "height", "area"),
    [
        # sliders; picture; what is inside
        (Frame(0, 0, 100), 400, 500, (0, 0, WHOLE, WHOLE)),  # a picture of the card's own shape
        (Frame(0, 0, 100), 1000, 500, (0, 0, 4000, WHOLE)),  # at the left of a wide one
        (Frame(100, 0, 100), 1000, 500, (6000, 0, 4000, WHOLE)),  # at its right
        (Frame(50, 100, 100), 400, 1000, (0, 5000, WHOLE, 5000)),  # at the foot of a high one
        (Frame(50, 50, 50), 400, 500, (2500, 2500, 5000, 5000)),  # half as large, in the middle
        (Frame(-5, 300, 1), 400, 500, (0, 9000, 1000, 1000)),  # nothing that was sent leads out of the picture
    ],
)
def test_where_the_sliders_lead(frame: Frame, width: int, height: int, area: tuple[int, ...]) -> None:
    assert tuple(frame.area(width, height)) == area


@pytest.mark.parametrize(
    ("area", "fits"),
    [
        (Area(0, 0, 8000, WHOLE), True),  # of a square picture: four to five
        (Area(0, 0, 7992, WHOLE), True),  # a pixel too narrow: rounding
        (Area(0, 0, 7900, WHOLE), False),  # ten pixels too narrow
        (Area(0, 0, WHOLE, WHOLE), False),  # a square
        (Area(0, 0, WHOLE, 8000), False),  # lying
    ],
)
def test_the_shape_of_a_card_is_told_within_a_pixel(area: Area, fits: bool) -> None:
    assert is_card(area, 1000, 1000) is fits


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_what_is_usual_is_a_card_too(width: int, height: int) -> None:
    area = sensible(width, height)
    assert Area.of(area) is not None
    assert is_card(area, width, height)
