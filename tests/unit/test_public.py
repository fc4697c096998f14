"""What visitors may see of somebody's facts."""

from typing import Any

import pytest

from memory_road.facts.difference import amended, differences
from memory_road.facts.document import Facts
from memory_road.facts.public import public_facts

POINTS: Facts = {
    "birth_point": "55.7558, 37.6173",
    "death_point": "54.1931, 37.6173",
    "burial_point": "53.9, 27.5667",
}
FACTS: Facts = {"surname": "Верещагина", "birth_place": "Тула", "living": "no"}


def test_private_facts_are_left_out() -> None:
    secret: Facts = {"kin": [{"name": "Пётр"}], "award_certificate": "АБ 12"}
    assert public_facts(FACTS | secret) == FACTS


@pytest.mark.parametrize(
    ("living", "shown"),
    [("no", True), ("yes", False), ("not_known", False), (None, False)],
)
def test_a_point_is_shown_only_of_somebody_who_is_not_living(living: str | None, shown: bool) -> None:
    facts: dict[str, Any] = FACTS | POINTS | {"living": living}
    if living is None:
        del facts["living"]
    expected = facts if shown else {name: value for name, value in facts.items() if name not in POINTS}
    assert public_facts(facts) == expected


def test_a_correction_that_finds_somebody_living_takes_the_points_away() -> None:
    entry = FACTS | POINTS
    found = differences(entry, entry | {"living": "yes"}, entry)
    assert [(each.field.name, each.new) for each in found] == [
        ("birth_point", None),
        ("living", "yes"),
        ("death_point", None),
        ("burial_point", None),
    ]
    assert amended(entry, found) == FACTS | {"living": "yes"}


def test_a_point_is_left_out_where_the_entry_says_meanwhile_that_somebody_is_living() -> None:
    found = differences(FACTS, FACTS | POINTS, FACTS | {"living": "yes"})
    assert amended(FACTS | {"living": "yes"}, found) == FACTS | {"living": "yes"}


def test_a_point_of_somebody_perhaps_living_is_no_change_of_the_entry() -> None:
    unknown = FACTS | {"living": "not_known"}
    assert differences(unknown, unknown | POINTS, unknown) == []
