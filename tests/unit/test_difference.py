"""What a correction changes, and what becomes of the entry: a row for each way in which both can have moved."""

from typing import Any

import pytest

from memory_road.facts.difference import Replaced, amended, differences, same
from memory_road.facts.document import Facts

BASE: Facts = {
    "surname": "Верещагина",
    "given_name": "Анна",
    "birth_date": "1915",
    "categories": ["medical"],
    "fate": "survived",
    "living": "no",
}
STAR = {"award": "Орден Красной Звезды", "date": "1943"}
STAR_LATER = {"award": "Орден Красной Звезды", "date": "1944-05"}
COURAGE = {"award": "Медаль «За отвагу»"}
BERLIN = {"award": "Медаль «За взятие Берлина»", "date": "1945"}


def facts(**changes: Any) -> Facts:
    """``BASE`` with changes; ``None`` takes a fact away."""
    return {name: value for name, value in {**BASE, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    ("base", "proposed", "now", "after", "meanwhile", "why"),
    [
        ({}, {"rank": "старшина"}, {}, {"rank": "старшина"}, False, "a fact is added"),
        ({"rank": "старшина"}, {}, {"rank": "старшина"}, {}, False, "a fact is taken away"),
        ({"rank": "сержант"}, {"rank": "старшина"}, {"rank": "сержант"}, {"rank": "старшина"}, False, "one is changed"),
        (
            {"rank": "сержант"},
            {"rank": "старшина"},
            {"rank": "лейтенант"},
            {"rank": "старшина"},
            True,
            "both have changed it: the proposal counts, and it is said",
        ),
        ({}, {"rank": "старшина"}, {"rank": "старшина"}, {"rank": "старшина"}, True, "both have found out the same"),
        (
            {},
            {"rank": "старшина"},
            {"unit": "316 СД"},
            {"rank": "старшина", "unit": "316 СД"},
            False,
            "what somebody else has added elsewhere stays",
        ),
        (
            {"categories": ["medical"]},
            {"categories": ["medical", "partisan"]},
            {"categories": ["press", "medical"]},
            {"categories": ["partisan", "press", "medical"]},
            True,
            "each has added a kind, and both stand, in the order of the list",
        ),
        (
            {"categories": ["medical", "press"]},
            {"categories": ["medical"]},
            {"categories": ["press"]},
            {"categories": ["medical"]},
            True,
            "a fact that everybody needs is never left empty",
        ),
        (
            {"awards": [STAR]},
            {"awards": [STAR, COURAGE]},
            {"awards": [STAR, BERLIN]},
            {"awards": [STAR, BERLIN, COURAGE]},
            True,
            "a record that somebody else has added stays",
        ),
        (
            {"awards": [STAR, COURAGE]},
            {"awards": [STAR_LATER, COURAGE]},
            {"awards": [STAR, COURAGE]},
            {"awards": [STAR_LATER, COURAGE]},
            False,
            "a record is rewritten in its place",
        ),
        (
            {"awards": [STAR, COURAGE]},
            {"awards": [COURAGE]},
            {"awards": [STAR, COURAGE, BERLIN]},
            {"awards": [COURAGE, BERLIN]},
            True,
            "one is taken away, another had come",
        ),
        (
            {"awards": [STAR]},
            {"awards": [STAR_LATER]},
            {"awards": [COURAGE]},
            {"awards": [COURAGE, STAR_LATER]},
            True,
            "what is rewritten is gone meanwhile: the new one is added",
        ),
        (
            {"awards": [STAR]},
            {"awards": [STAR, COURAGE]},
            {"awards": [COURAGE, STAR]},
            {"awards": [COURAGE, STAR]},
            True,
            "somebody else has added the same: it stands once",
        ),
        ({"awards": [STAR]}, {}, {"awards": [STAR]}, {}, False, "the last record is taken away"),
        ({}, {"awards": [STAR]}, {}, {"awards": [STAR]}, False, "the first record is added"),
    ],
)
def test_one_fact(base: Any, proposed: Any, now: Any, after: Any, meanwhile: bool, why: str) -> None:
    found = differences(facts(**base), facts(**proposed), facts(**now))
    assert amended(facts(**now), found) == facts(**after), why
    assert [each.changed_meanwhile for each in found] == [meanwhile], why


@pytest.mark.parametrize(
    ("base", "proposed", "why"),
    [
        ({}, {}, "nothing was changed"),
        ({"awards": [STAR, COURAGE]}, {"awards": [COURAGE, STAR]}, "the order of records is no fact"),
        ({}, {"award_certificate": "АБ 12"}, "a private fact is not in an entry"),
        ({}, {"kin": [{"relation": "жена", "name": "Вера"}]}, "nor is the family"),
    ],
)
def test_no_difference(base: Any, proposed: Any, why: str) -> None:
    assert differences(facts(**base), facts(**proposed), facts(**base)) == [], why


@pytest.mark.parametrize(
    ("base", "proposed", "items"),
    [
        ([STAR], [STAR_LATER], [Replaced(STAR, STAR_LATER)]),
        ([STAR], [COURAGE], [Replaced(STAR, None), Replaced(None, COURAGE)]),
        ([STAR, COURAGE], [COURAGE], [Replaced(STAR, None)]),
        ([STAR, COURAGE], [COURAGE, STAR_LATER, BERLIN], [Replaced(STAR, STAR_LATER), Replaced(None, BERLIN)]),
        ([STAR, STAR], [STAR], [Replaced(STAR, None)]),
    ],
    ids=["rewritten", "exchanged", "taken away", "rewritten and added", "one of two alike"],
)
def test_what_became_of_records(base: Any, proposed: Any, items: list[Replaced]) -> None:
    (found,) = differences(facts(awards=base), facts(awards=proposed), facts(awards=base))
    assert list(found.items) == items


def test_differences_come_in_the_order_of_the_form() -> None:
    found = differences(BASE, facts(biography="…", rank="старшина", surname="Иванова"), BASE)
    assert [each.field.name for each in found] == ["surname", "rank", "biography"]


def test_what_the_entry_says_already_is_settled() -> None:
    (found,) = differences(facts(), facts(rank="старшина"), facts(rank="старшина"))
    assert found.settled
    (found,) = differences(facts(), facts(rank="старшина"), facts())
    assert not found.settled


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("a", "a", True),
        ("a", "b", False),
        (None, "a", False),
        (None, None, True),
        (["a", "b"], ["b", "a"], True),
        ([STAR], [STAR, STAR], False),
        ([], ["a"], False),
    ],
)
def test_the_same(first: Any, second: Any, expected: bool) -> None:
    assert same(first, second) is expected
