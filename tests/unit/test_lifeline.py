"""The line of a life: what is on it, in which words, and that what is not known exactly is shown so."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from memory_road.facts.document import Facts
from memory_road.web.edge import Portal
from memory_road.web.lifeline import BETWEEN, EDGE, LETTER, MARGIN, WIDTH, Event, LifeLine, life_line

SOLDIER: Facts = {
    "birth_date": "1915-05-12",
    "conscription_place": "Орёл",
    "service_from": "1941-07",
    "service_to": "1945-09",
    "awards": [{"award": "«За отвагу»", "date": "1943"}, {"award": "«За отвагу»", "date": "1943-11"}],
    "fate": "survived",
    "death_date": "1978",
}


@pytest.fixture
def english(portal: Portal) -> Iterator[None]:
    """A page in English."""
    with portal.test_request_context("/en/"):
        portal.preprocess_request()
        yield


def line(facts: Facts) -> LifeLine:
    drawn = life_line(facts, "en")
    assert drawn is not None
    return drawn


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("facts", "described"),
    [
        (SOLDIER, "1915: born; 1941: call-up; 1943: 2 awards; 1945: service ends; 1978: died"),
        (
            {"birth_date": "1915", "fate": "killed", "sex": "female", "death_date": "1942-08", "service_to": "1942"},
            "1915: born; 1942: killed in action",
        ),
        ({"birth_date": "1915~", "service_from": "1942?"}, "c. 1915: born; 1942?: service begins"),
        ({"birth_date": "[1914,1915]", "death_date": "1941-10/1942-04"}, "1914/15: born; 1941/42: died"),
        ({"birth_date": "191X", "death_date": "1978"}, "1910s: born; 1978: died"),
    ],
)
def test_what_happened_is_told_in_its_order(facts: Facts, described: str) -> None:
    assert line(facts).described == described


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, "nothing is known"),
        ({"birth_date": "1915"}, "one point tells nothing"),
        ({"birth_date": "XXXX", "death_date": "1978"}, "what is not known is no point"),
        ({"birth_date": "1915", "awards": [{"award": "Медаль"}]}, "an award without a date"),
    ],
)
def test_there_is_no_line_of_fewer_than_two_dates(facts: Facts, why: str) -> None:
    assert life_line(facts, "en") is None, why


@pytest.mark.usefixtures("english")
def test_the_war_is_a_band_where_a_life_reached_into_it() -> None:
    war = line(SOLDIER).war
    assert war is not None
    assert MARGIN < war[0] < war[1] < WIDTH - MARGIN
    cut = line({"birth_date": "1915", "death_date": "1943"}).war
    assert cut is not None
    assert cut[1] == WIDTH - MARGIN
    assert line({"birth_date": "1890", "death_date": "1938"}).war is None


@pytest.mark.usefixtures("english")
def test_service_lies_on_the_axis_from_its_beginning_to_its_end() -> None:
    drawn = line(SOLDIER)
    begins, ends = (event.x for event in drawn.events if event.wording in {"call-up", "service ends"})
    assert drawn.service is not None
    assert abs(drawn.service[0] - begins) <= 1
    assert abs(drawn.service[1] - ends) <= 1
    assert line({"birth_date": "1915", "service_from": "1941", "death_date": "1978"}).service is None


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("birth", "sure", "reaches"),
    [
        ("1915-05-12", True, False),
        ("1915", True, False),
        ("1915~", False, False),
        ("1915?", False, False),
        ("[1914,1915]", False, True),
        ("191X", False, True),
        ("1914/1918", False, True),
        ("../1918", False, False),
    ],
)
def test_what_is_not_known_exactly_is_drawn_so(birth: str, sure: bool, reaches: bool) -> None:
    born = line({"birth_date": birth, "death_date": "1978"}).events[0]
    assert (born.sure, born.reach is not None) == (sure, reaches)
    assert born.reach is None or born.reach[0] < born.x < born.reach[1]


def room_of(event: Event) -> tuple[int, int]:
    wide = LETTER * len(f"{event.wording} {event.when}")
    left = {"start": event.text_x, "middle": event.text_x - wide // 2, "end": event.text_x - wide}[event.anchor]
    return left, left + wide


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("death", ["1942-09", "1946", "1960", "2001"])
def test_labels_never_cover_each_other_nor_run_out(death: str) -> None:
    awards = [{"award": "Медаль", "date": str(year)} for year in range(1941, 1946)]
    drawn = line({**SOLDIER, "awards": awards, "death_date": death})
    assert drawn.events[0].row is not None
    assert drawn.events[-1].row is not None
    for row in (0, 1):
        rooms = sorted(room_of(event) for event in drawn.events if event.row == row)
        assert all(one[1] + BETWEEN <= other[0] for one, other in pairwise(rooms))
        assert all(left >= EDGE and right <= WIDTH - EDGE for left, right in rooms)
