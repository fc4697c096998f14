"""However full the map is, each circle on it stands for itself and shows its whole number."""

import json
import re
from collections.abc import Callable
from itertools import combinations, product
from math import hypot

import pytest
from playwright.sync_api import Route, expect

from memory_road.archive.on_map import FINER
from memory_road.facts.quadkey import middle_of
from tests.journeys.visit import Visits

SQUARES = re.compile(r"/map/b/([0-3]+)\.json$")
NUMBERS = (1, 48, 999, 12_345, 987_654, 1_234_567)
HAIR = 1.0
"""Pixels: places of circles are whole ones."""
DRAWN = """() => [...document.querySelectorAll("#map .square-mark")].map((mark) => {
    const box = (element) => element.getBoundingClientRect();
    const [circle, text] = [box(mark.querySelector("circle")), box(mark.querySelector("text"))];
    return [circle.x + circle.width / 2, circle.y + circle.height / 2, circle.width, text.width];
})"""


def full(number_of: Callable[[int], int]) -> Callable[[Route], None]:
    """Answers for a part of the map: somebody is in each of its squares."""

    def answer(route: Route) -> None:
        found = SQUARES.search(route.request.url)
        assert found is not None
        keys = [found[1] + "".join(more) for more in product("0123", repeat=FINER)]
        squares = [
            {"at": middle_of(key), "entries": number_of(place), "place": "", "page": f"/en/map/b/{key}"}
            for place, key in enumerate(keys)
        ]
        route.fulfill(content_type="application/json", body=json.dumps(squares))

    return answer


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("part", ["", "#1203101"], ids=["far", "near"])
@pytest.mark.parametrize("number_of", [lambda _: 1_234_567, lambda place: NUMBERS[place % 6]], ids=["many", "mixed"])
def test_circles_do_not_overlap(visit: Visits, width: int, part: str, number_of: Callable[[int], int]) -> None:
    with visit("/en/") as page:
        page.set_viewport_size({"width": width, "height": 900})
        page.route(SQUARES, full(number_of))
        page.goto(f"/en/map{part}")
        expect(page.locator("#map .square-mark").nth(9)).to_be_visible()
        drawn = page.evaluate(DRAWN)
        for (x, y, wide, _), (other_x, other_y, other_wide, _) in combinations(drawn, 2):
            assert hypot(x - other_x, y - other_y) >= (wide + other_wide) / 2 - HAIR
        for _, _, wide, of_text in drawn:
            assert of_text < wide, "the number stands within its circle"
