"""What is published comes back into the form as words that are understood as the same facts again."""

from datetime import date

import pytest
from hypothesis import given, settings

from memory_road.facts.date_language.languages import LANGUAGES
from memory_road.facts.document import Facts
from memory_road.facts.fields import FIELDS, Kind
from memory_road.facts.read import read_facts
from memory_road.facts.typed import typed_words
from memory_road.facts.uncertain_date import UncertainDate
from tests.unit.uncertain_dates import uncertain_dates

LATER = date(2200, 1, 1)
"""No date that can be drawn is still to come then."""
NEEDED: Facts = {
    "surname": "Верещагина",
    "given_name": "Анна",
    "birth_date": "1915-05-12",
    "categories": ["partisan", "medical"],
    "fate": "survived",
    "living": "no",
}
EVERYTHING: Facts = NEEDED | {
    "patronymic": "Ивановна",
    "sex": "female",
    "birth_place": "д. Верхняя",
    "birth_country": "RU",
    "birth_point": "55.7558, 37.6",
    "biography": "Первая строка.\nВторая.\n\nНовый абзац.",
    "awards": [
        {"award": "Орден Красной Звезды", "date": "1943-05~", "deed": "Вынесла двадцать раненых."},
        {"award": "Медаль «За отвагу»", "date": "[1943,1944]", "document_number": "12"},
        {"deed": "Без даты."},
    ],
    "references": [{"archive": "ЦАМО", "fond": "33", "url": "https://example.org/1"}],
    "also_recorded": [{"field": "Год рождения", "value": "1912", "source": "Книга памяти"}],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("facts", [NEEDED, EVERYTHING], ids=["needed", "everything"])
def test_facts_are_typed_and_read_back(facts: Facts, language: str) -> None:
    reading = read_facts(typed_words(facts, language), language, LATER)
    assert reading.problems == []
    assert reading.facts == facts


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=300, deadline=None)
@given(made=uncertain_dates())
def test_every_date_that_the_form_can_hold_survives(language: str, made: UncertainDate) -> None:
    facts: Facts = NEEDED | {"birth_date": made.edtf, "awards": [{"award": "Медаль", "date": made.edtf}]}
    reading = read_facts(typed_words(facts, language), language, LATER)
    assert reading.problems == []
    assert reading.facts == facts


def test_nobody_reads_a_date_as_it_is_kept() -> None:
    words = typed_words(EVERYTHING, "en")
    assert words["birth_date"] == "12 May 1915"
    assert words["awards"][0] == {  # pyright: ignore[reportIndexIssue]
        "award": "Орден Красной Звезды",
        "date": "about May 1943",
        "deed": "Вынесла двадцать раненых.",
    }


def test_every_kind_of_fact_was_tried() -> None:
    tried = {field.kind for field in FIELDS if field.name in EVERYTHING}
    tried |= {part.kind for field in FIELDS if field.name in EVERYTHING for part in field.parts}
    assert tried == set(Kind)
