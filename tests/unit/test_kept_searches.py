"""Which new entries fit a search that somebody keeps, and by which keys the two meet."""

from collections.abc import Mapping

import pytest

from memory_road.archive.filters import Filters
from memory_road.archive.found_by import found_by
from memory_road.facts.document import FactValue
from memory_road.facts.name_words import Word
from memory_road.facts.vocabulary import Category, Fate
from memory_road.searches.describe import described, harmless
from memory_road.searches.fit import fits
from memory_road.searches.keys import HEARD, WRITTEN, is_narrow, keys_of_entry, keys_of_search
from memory_road.searches.sought import Sought, sought_in

ANNA: Mapping[str, FactValue] = {
    "surname": "Верещагина",
    "given_name": "Анна",
    "patronymic": "Петровна",
    "birth_date": "1915-05-12",
    "birth_place": "деревня Ольховка, Смоленская губерния",
    "birth_country": "RU",
    "categories": ["medical"],
    "fate": "survived",
    "unit": "316-я стрелковая дивизия",
    "workplace": "Станкостроительный завод",
    "awards": [{"award": "Медаль «За отвагу»", "deed": "Вынесла раненых из-под огня"}],
    "biography": "Работала хирургической сестрой.",
}
TER: Mapping[str, FactValue] = {**ANNA, "surname": "Тер-Петросян", "given_name": "Арам", "patronymic": ""}
FITS = [
    ("верещагина", {}, "the surname, whatever the case"),
    ("Вера Верещагина Анна", {}, "one word of three may be missing"),
    ("Анна Верещагина", {}, "in any order"),
    ("Верещагина А. П.", {}, "with initials"),
    ("Wereschtschagina", {}, "in another script and spelling"),
    ("Верещагин", {}, "without the ending of a woman"),
    ("Vereschagina Anna Petrovna", {}, "as banks spell it"),
    ("Верещагина", {"born_from": 1914, "born_to": 1916}, "and was born in these years"),
    ("Верещагина", {"country": "RU", "fate": Fate.SURVIVED, "category": Category.MEDICAL}, "and everything else"),
    ("", {"place": "Ольховка"}, "a place alone"),
    ("", {"place": "Ольховки"}, "whatever its ending"),
    ("", {"place": "смоленская ольховка"}, "all words of a place, in any order"),
    ("", {"unit": "316-я"}, "a unit alone"),
    ("", {"work": "завод"}, "where somebody worked"),
    ("", {"award": "за отвагу", "born_from": 1910}, "an award and a year"),
    ("Анна", {"story": "хирургической"}, "a name and the story"),
]
FITS_NOT = [
    ("Вереск", {}, "a name that only begins alike"),
    ("Вере", {}, "words that only begin so are not the same name"),
    ("Сидорова Анна", {}, "one word of two may not be missing"),
    ("Бодрова Анна", {}, "nor another name"),
    ("Петров Иван", {}, "somebody who is called like her father, and otherwise"),
    ("Верещагина Б.", {}, "another initial"),
    ("Верещагина", {"born_to": 1914}, "born later"),
    ("Верещагина", {"born_from": 1916}, "born earlier"),
    ("Верещагина", {"country": "KZ"}, "born elsewhere"),
    ("Верещагина", {"fate": Fate.MISSING}, "another fate"),
    ("Верещагина", {"category": Category.SOLDIER}, "another kind"),
    ("Верещагина", {"place": "Ольховка Минская"}, "only one word of the place"),
    ("", {"place": "отвагу"}, "a word of an award is no place"),
]


def sought(query: str, filters: Mapping[str, object]) -> Sought:
    return Sought(query, Filters(**filters))  # pyright: ignore[reportArgumentType] -- as the table has them


def entries_with(word: Word) -> int:
    return len(word.word)


@pytest.mark.parametrize(("query", "filters", "why"), FITS)
def test_who_fits(query: str, filters: Mapping[str, object], why: str) -> None:
    asked = sought(query, filters)
    assert is_narrow(asked), why
    assert fits(asked, found_by(ANNA)), why
    assert keys_of_search(asked, entries_with) & keys_of_entry(found_by(ANNA)), f"they meet: {why}"


@pytest.mark.parametrize(("query", "filters", "why"), FITS_NOT)
def test_who_does_not_fit(query: str, filters: Mapping[str, object], why: str) -> None:
    assert not fits(sought(query, filters), found_by(ANNA)), why


def test_a_name_in_two_parts_is_found_in_one_word() -> None:
    for query in ("Терпетросян", "Тер Петросян", "Ter-Petrosyan"):
        asked = sought(query, {})
        assert fits(asked, found_by(TER)), query
        assert keys_of_search(asked, entries_with) & keys_of_entry(found_by(TER)), query


def test_an_entry_that_says_nothing_fits_nothing() -> None:
    for query, filters, _ in FITS:
        assert not fits(sought(query, filters), found_by({}))


@pytest.mark.parametrize(
    ("query", "filters", "narrow"),
    [
        ("Иван", {}, True),
        ("И.", {}, False),
        ("...", {"place": "Минск"}, False),
        ("", {"born_from": 1920, "born_to": 1920, "country": "BY"}, False),
        ("", {"story": "хирург"}, False),
        ("", {"category": Category.MEDICAL}, False),
        ("", {"place": "Минск"}, True),
        ("", {"unit": "316"}, True),
        ("", {}, False),
    ],
)
def test_what_is_too_wide_is_not_kept(query: str, filters: Mapping[str, object], narrow: bool) -> None:
    assert is_narrow(sought(query, filters)) is narrow
    assert bool(keys_of_search(sought(query, filters), entries_with)) is narrow


def test_a_search_lies_under_its_rarest_word() -> None:
    number = {"ivan": 100_000, "ivanov": 50_000, "kuzmich": 3_000}
    two = keys_of_search(sought("Иван Иванов", {}), lambda word: number[word.word])
    assert {key for key in two if key.startswith(WRITTEN)} == {"=ivanov", "=ivanivanov"}
    three = keys_of_search(sought("Иван Иванов Кузьмич", {}), lambda word: number[word.word])
    assert {key for key in three if key.startswith(WRITTEN)} == {"=ivanov", "=kuzmich", "=ivanivanovkuzmich"}
    assert any(key.startswith(HEARD) for key in three)


def test_a_search_is_kept_as_it_was_asked() -> None:
    for query, filters, why in FITS:
        asked = sought(query, filters)
        assert sought_in(asked.document) == asked, why
    everything = sought("Анна", {"category": Category.PRESS, "fate": Fate.MISSING, "born_from": 1910, "story": "поле"})
    assert everything.document == {
        "q": "Анна",
        "category": "press",
        "born_from": 1910,
        "fate": "missing",
        "story": "поле",
    }
    assert [(name, value) for name, _, value in everything.told()][1:4] == [
        ("category", "War correspondent"),
        ("born_from", "1910"),
        ("fate", "Missing in action"),
    ]


@pytest.mark.parametrize(
    ("typed", "in_letter", "why"),
    [
        ("Тер-Петросян Д’Арк", "Тер-Петросян Д’Арк", "a name stays as it was typed"),
        ("Иванов И. П.", "Иванов И. П.", "so do initials"),
        ("https://evil.example/win", "https evil example win", "nobody leads strangers to a site through us"),
        ("write to me@evil.example", "write to me evil example", "nor to a mailbox"),
    ],
)
def test_what_was_typed_is_no_link_in_a_letter_that_nobody_asked_for(typed: str, in_letter: str, why: str) -> None:
    [(_, said, _)] = harmless(described(Sought(typed), "en"))
    assert said == in_letter, why
    [(_, kind, is_term)] = harmless(described(Sought("", Filters(category=Category.SOLDIER)), "en"))
    assert (kind, is_term) == (Category.SOLDIER.wording, True)
