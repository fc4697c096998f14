"""What the form asks of whom, and where."""

import pytest

from memory_road.facts.fields import FIELD, FIELDS
from memory_road.facts.steps import Step, asked, facts_of, label_of, step_of, steps


def test_every_fact_is_asked_on_one_page() -> None:
    pages = [fact.name for step in Step for fact in facts_of(step)]
    assert sorted(pages) == sorted(fact.name for fact in FIELDS)
    assert all(step_of(fact.name) in Step for fact in FIELDS)


def test_the_short_way_asks_whatever_is_needed_to_send() -> None:
    brief = {fact.name for fact in facts_of(Step.BRIEF)}
    assert {fact.name for fact in FIELDS if fact.required} <= brief
    assert brief == {"surname", "given_name", "patronymic", "birth_date", "categories", "fate", "living"}


ASKED = [
    # kinds, a fact, whether it is asked, what this shows
    (["defence_worker"], "unit", False, "a worker of a defence enterprise is never asked for a regiment"),
    (["defence_worker"], "rank", False, "nor for a rank"),
    (["defence_worker"], "workplace", True, "but for the enterprise"),
    (["soldier"], "unit", True, "a soldier is asked for the regiment"),
    (["soldier"], "workplace", False, "a soldier is not asked for a place of work"),
    (["leningrad"], "award_certificate", True, "a resident of besieged Leningrad is asked for the certificate"),
    (["leningrad"], "workplace", True, "and for the place of work"),
    (["leningrad"], "conscription_place", False, "and not where they were called up"),
    (["press"], "workplace", True, "a war correspondent is asked for the newspaper"),
    (["press"], "unit", True, "and for the unit that they were with"),
    (["soldier", "defence_worker"], "workplace", True, "whoever was both is asked for both"),
    ([], "unit", True, "as long as no kind is chosen, everything may be told"),
    (["home_front"], "birth_place", True, "what is asked of everybody is asked of each"),
]


@pytest.mark.parametrize(("kinds", "name", "expected", "shows"), ASKED, ids=[row[3] for row in ASKED])
def test_only_what_fits_the_kinds_is_asked(kinds: list[str], name: str, expected: bool, shows: str) -> None:
    assert (name in {fact.name for fact in asked(step_of(name), kinds)}) is expected


def test_what_was_told_is_shown_whatever_the_kinds_are_now() -> None:
    assert "unit" in {fact.name for fact in asked(Step.SERVICE, ["defence_worker"], ["unit"])}


def test_a_step_that_asks_nothing_is_left_out_and_pictures_never_are() -> None:
    assert Step.SERVICE not in steps(["defence_worker"])
    assert Step.WORK not in steps(["soldier"])
    assert Step.PICTURES in steps(["soldier"])
    assert steps(["soldier"])[0] is Step.BRIEF


CALLED = [
    (["press"], "Newspaper, radio or film studio"),
    (["defence_worker"], "Enterprise"),
    (["press", "defence_worker"], "Place of work"),
    (["home_front"], "Place of work"),
    ([], "Place of work"),
]


@pytest.mark.parametrize(("kinds", "name"), CALLED)
def test_a_fact_is_called_what_it_is_for_one_kind(kinds: list[str], name: str) -> None:
    assert label_of(FIELD["workplace"], kinds) == name
