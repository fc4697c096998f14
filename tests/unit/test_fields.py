"""The one definition of facts: what the form, the checks and the pages are derived from holds together."""

import pytest

from memory_road.facts.fields import FIELD, FIELDS, Field, Group, Kind
from memory_road.facts.vocabulary import Category

EVERY = [*FIELDS, *(part for fact in FIELDS for part in fact.parts)]
# A photograph's own fields and what the form asks beside facts stand in the same form.
TAKEN = {
    "photos",
    "none_survives",
    "relationship",
    "named",
    "living_consent",
    "living_faces",
    "faces_consent",
    "permission",
    "action",
    "form_key",
}


def test_names_are_unique_and_leave_room_for_the_rest_of_the_form() -> None:
    names = [fact.name for fact in FIELDS]
    assert len(set(names)) == len(names)
    assert not set(names) & TAKEN
    assert list(FIELD) == names
    assert not [name for name in names if "-" in name or name.startswith("photograph")]


def test_no_name_begins_another_one_where_lists_are_told_apart_by_their_beginning() -> None:
    lists = [fact.name for fact in FIELDS if fact.kind is Kind.RECORDS]
    assert not [
        (one, other.name) for one in lists for other in FIELDS if other.name != one and other.name.startswith(one)
    ]


def test_the_needed_facts_are_those_of_the_design() -> None:
    needed = ["surname", "given_name", "birth_date", "categories", "fate", "living"]
    assert [fact.name for fact in FIELDS if fact.required] == needed


def test_private_facts_are_those_of_the_design() -> None:
    assert [fact.name for fact in FIELDS if fact.private] == ["kin", "award_certificate"]


@pytest.mark.parametrize("fact", EVERY, ids=lambda fact: fact.name)
def test_a_fact_is_complete(fact: Field) -> None:
    assert fact.label
    assert fact.most > 0
    assert (fact.terms is not None) is (fact.kind in {Kind.TERM, Kind.TERMS})
    assert bool(fact.parts) is (fact.kind is Kind.RECORDS)
    assert not fact.required or not fact.asked_of, "what everybody needs is asked of everybody"
    assert not {Kind.RECORDS, Kind.TERMS} & {part.kind for part in fact.parts}, "records hold no lists"


@pytest.mark.parametrize("fact", FIELDS, ids=lambda fact: fact.name)
def test_a_fact_is_asked_of_somebody(fact: Field) -> None:
    assert fact.asked_of <= frozenset(Category)


def test_groups_come_one_after_the_other_and_none_is_empty() -> None:
    order = list(dict.fromkeys(fact.group for fact in FIELDS))
    assert set(order) == set(Group)
    places = [order.index(fact.group) for fact in FIELDS]
    assert places == sorted(places), "the facts of a group stand together"
