"""The sample people are complete, invented and said to be so."""

from collections import Counter
from datetime import date

import pytest

from memory_road.demo.people import DRAFTS, INVENTED, PUBLISHED, WAITING, Person
from memory_road.facts.check import warnings_about
from memory_road.facts.document import Facts, terms_of, text_of
from memory_road.facts.fields import FIELD, FIELDS
from memory_road.facts.names import full_name, slug
from memory_road.facts.problem import ProblemCode, WarningCode
from memory_road.facts.read import read_facts
from memory_road.facts.vocabulary import Category, Fate, PhotographKind, Sex

TODAY = date(2026, 6, 22)
EVERYBODY = (*PUBLISHED, *WAITING, *DRAFTS)


def facts_of(person: Person) -> Facts:
    return read_facts(person.typed, person.language, TODAY).facts


def key_of(person: Person) -> str:
    return person.key


@pytest.mark.parametrize("person", [*PUBLISHED, *WAITING], ids=key_of)
def test_what_is_sent_reads_without_a_problem(person: Person) -> None:
    assert read_facts(person.typed, person.language, TODAY).problems == []


@pytest.mark.parametrize("person", PUBLISHED, ids=key_of)
def test_what_is_published_is_plausible(person: Person) -> None:
    assert list(warnings_about(facts_of(person))) == []


@pytest.mark.parametrize("person", EVERYBODY, ids=key_of)
def test_every_story_is_closed_by_the_word_that_it_is_invented(person: Person) -> None:
    biography = person.typed["biography"]
    assert isinstance(biography, str)
    assert biography.endswith(tuple(INVENTED.values()))


@pytest.mark.parametrize("person", EVERYBODY, ids=key_of)
def test_only_facts_that_the_form_knows_and_asks_of_this_kind_of_person_are_given(person: Person) -> None:
    assert set(person.typed) <= set(FIELD)
    kinds = set(person.typed["categories"])
    asked_in_vain = [
        fact.name for fact in FIELDS if fact.name in person.typed and fact.asked_of and not fact.asked_of & kinds
    ]
    assert asked_in_vain == []


def test_every_kind_of_participant_and_every_fate_is_there() -> None:
    published = [facts_of(person) for person in PUBLISHED]
    assert {kind for facts in published for kind in terms_of(facts, "categories")} == set(Category)
    assert {text_of(facts, "fate") for facts in published} == set(Fate)
    assert {text_of(facts, "sex") for facts in published} == {Sex.FEMALE, Sex.MALE}


def test_the_six_states_and_their_neighbours_are_there() -> None:
    born = {text_of(facts_of(person), "birth_country") for person in PUBLISHED}
    assert born >= {"AM", "BY", "KZ", "KG", "RU", "TJ", "GE", "UA", "UZ"}


def test_no_two_people_share_a_name() -> None:
    names = Counter(full_name(facts_of(person)) for person in EVERYBODY)
    assert [name for name, count in names.items() if count > 1] == []


def test_every_name_gives_an_address_of_its_own() -> None:
    addresses = Counter(slug(facts_of(person)) for person in EVERYBODY)
    assert max(addresses.values()) == 1


def test_about_sixty_are_published_and_some_without_a_portrait() -> None:
    assert 54 <= len(PUBLISHED) <= 62
    assert 6 <= sum(person.look is None for person in PUBLISHED) <= 10


def test_the_sex_of_the_facts_is_the_sex_of_the_portrait() -> None:
    differing = [
        person.key
        for person in EVERYBODY
        if person.look and person.look.female != (person.typed.get("sex") == Sex.FEMALE)
    ]
    assert differing == []


def test_the_moderator_finds_one_unlikely_age_one_without_a_portrait_and_one_with_a_document() -> None:
    warned = [warning.code for person in WAITING for warning in warnings_about(facts_of(person))]
    assert warned == [WarningCode.VERY_YOUNG]
    assert sum(person.look is None for person in WAITING) == 1
    assert sum(any(picture.kind is PhotographKind.DOCUMENT for picture in person.pictures) for person in WAITING) == 1


def test_a_draft_still_has_a_date_to_mend_and_another_has_facts_to_add() -> None:
    codes = [
        {problem.code for problem in read_facts(person.typed, person.language, TODAY).problems} for person in DRAFTS
    ]
    assert codes == [{ProblemCode.DATE_NOT_UNDERSTOOD}, {ProblemCode.NONE_CHOSEN}]
