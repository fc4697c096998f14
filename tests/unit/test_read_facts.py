"""From what somebody typed to facts, or to what is to be mended: a row for each way to fill in a field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from memory_road.facts.fields import FIELDS, Kind
from memory_road.facts.problem import ProblemCode
from memory_road.facts.read import COUNTRIES, Reading, is_web_address, read_facts

TODAY = date(2026, 5, 9)
NEEDED = {
    "surname": "Верещагина",
    "given_name": "Анна",
    "birth_date": "1915",
    "categories": ["medical"],
    "fate": "survived",
    "living": "no",
}


def read(language: str = "ru", **typed: Any) -> Reading:
    return read_facts({**NEEDED, **typed}, language, TODAY)


def problems(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.field, str(problem.code)) for problem in reading.problems]


def test_the_needed_facts_are_enough() -> None:
    reading = read()
    assert problems(reading) == []
    assert reading.facts == NEEDED
    assert reading.dates["birth_date"].edtf == "1915"


def test_nothing_typed_asks_for_what_is_needed_and_for_no_more() -> None:
    assert problems(read_facts({}, "ru", TODAY)) == [
        ("surname", "missing"),
        ("given_name", "missing"),
        ("birth_date", "missing"),
        ("categories", "none_chosen"),
        ("fate", "none_chosen"),
        ("living", "none_chosen"),
    ]


@pytest.mark.parametrize(
    ("name", "typed", "fact", "why"),
    [
        ("surname", "  Тян ", "Тян", "spaces at the ends do not count"),
        ("surname", "Д’Артаньян", "Д’Артаньян", "apostrophes stay"),
        ("given_name", "Анна\tМария\n Елена", "Анна Мария Елена", "a line holds one line"),
        ("surname", "И\u0306ылдыз", "Йылдыз", "composed letters (NFC)"),
        ("surname", "я" * 100, "я" * 100, "just as long as fits"),
        (
            "biography",
            "Первое.\r\n\r\nВторое.\rТретье. ",
            "Первое.\n\nВторое.\nТретье.",
            "paragraphs stay, line ends alike",
        ),
        ("biography", "<b>Он</b> & она", "<b>Он</b> & она", "text is text, never markup"),
        (
            "biography",
            "\U0001f54a \u00ad a\u200db",
            "\U0001f54a \u00ad a\u200db",
            "joiners belong to scripts and signs",
        ),
        ("birth_country", "KZ", "KZ", "a country by its code"),
        ("sex", "female", "female", "a term by its value"),
        ("categories", ["press", "soldier"], ["soldier", "press"], "terms in the order of the vocabulary"),
        ("categories", ["press", "press"], ["press"], "a term twice is once"),
        ("birth_date", "не известно", "XXXX", "a date that nobody knows"),
        ("birth_date", "около 1915", "1915~", "an uncertain date"),
        ("birth_date", "1914 или 1915 ", "[1914,1915]", "one of two"),
        ("burial_point", "55,7558 37,6173", "55.7558, 37.6173", "a point on the map"),
        ("burial_point", "\u202a55.7558,\u200b 37.6173\u202c", "55.7558, 37.6173", "with the marks of a telephone"),
        ("burial_point", "\u200b", None, "nothing but such marks"),
        ("patronymic", "   ", None, "spaces are nothing"),
        ("death_place", "", None, "nothing is nothing"),
    ],
)
def test_what_is_typed_becomes_a_fact(name: str, typed: Any, fact: object, why: str) -> None:
    reading = read(**{name: typed})
    assert problems(reading) == []
    assert reading.facts.get(name) == fact, why


REFUSED: list[tuple[str, Any, str, str]] = [
    ("surname", " ", "missing", "spaces are not a name"),
    ("surname", None, "missing", "no value at all"),
    ("surname", ["Тян"], "missing", "a list where a text belongs"),
    ("surname", "я" * 101, "too_long", "one letter more than fits"),
    ("biography", "я" * 20_001, "too_long", "one letter more than fits"),
    ("surname", "Тян\x00", "unreadable_text", "a NUL"),
    ("surname", "Тя\x1bн", "unreadable_text", "an escape character"),
    ("surname", "Т\u202eнят", "unreadable_text", "a mark that turns the order of reading"),
    ("surname", "Т\u2066нят", "unreadable_text", "an isolate of the other direction"),
    ("biography", "До\x7fма", "unreadable_text", "a delete character"),
    ("biography", "\ud800", "unreadable_text", "half a character"),
    ("sex", "both", "not_in_list", "a term that there is not"),
    ("sex", "Female", "not_in_list", "terms are exact"),
    ("fate", "", "none_chosen", "no answer chosen"),
    ("living", "maybe", "not_in_list", "no such answer"),
    ("birth_country", "XX", "not_in_list", "no such country"),
    ("birth_country", "kz", "not_in_list", "codes are capitals"),
    ("birth_country", "EU", "not_in_list", "a union is no country"),
    ("categories", ["medical", "wizard"], "not_in_list", "one term there is not"),
    ("categories", [], "none_chosen", "nothing ticked"),
    ("categories", "medical", "none_chosen", "a text where a list belongs"),
    ("birth_date", "в среду", "date_not_understood", "no date at all"),
    ("birth_date", "30 февраля 1915", "date_impossible", "no such day"),
    ("birth_date", "15 г.", "date_short_year", "a year in two digits"),
    ("birth_date", "12 мая", "date_no_year", "no year"),
    ("birth_date", "12 мая 3015", "date_year_out_of_range", "no such year yet"),
    ("birth_date", "1916–1915", "date_reversed", "the end before the beginning"),
    ("birth_date", "2027", "date_in_future", "still to come"),
    ("death_date", "10 мая 2026", "date_in_future", "tomorrow"),
    ("birth_point", "за рекой", "point_not_understood", "no point at all"),
    ("birth_point", "155.7, 37.6", "point_out_of_range", "no such place"),
    ("birth_point", "0.0, 0.0", "point_nowhere", "the place that programs know when they know none"),
    ("birth_point", "https://maps.app.goo.gl/AbCdEf", "point_not_in_link", "a link that says nothing"),
    ("birth_point", "55.7558, 37.6173 " * 200, "too_long", "longer than any address of a map"),
]


@pytest.mark.parametrize(("name", "typed", "code", "why"), REFUSED)
def test_what_cannot_be_taken_is_a_problem(name: str, typed: Any, code: str, why: str) -> None:
    reading = read(**{name: typed})
    assert problems(reading) == [(name, code)], why
    if code != "date_in_future":
        assert name not in reading.facts or code == "not_in_list", "what has problems is no fact"


def test_a_date_that_two_people_read_differently_is_asked_about() -> None:
    assert problems(read("en", birth_date="05/06/1915")) == [("birth_date", "date_ambiguous")]


def test_today_is_not_the_future() -> None:
    assert problems(read(death_date="9 мая 2026")) == []


def test_a_problem_carries_what_its_sentence_says() -> None:
    (problem,) = read(surname="я" * 130).problems
    assert dict(problem.values) == {"most": 100, "length": 130}


def test_problems_come_in_the_order_of_the_form() -> None:
    reading = read(living="", surname="", references=[{"url": "x"}], sex="both")
    assert [field for field, _ in problems(reading)] == ["surname", "sex", "living", "references-0-url"]


@pytest.mark.parametrize(
    ("name", "rows", "records", "found", "why"),
    [
        ("awards", [{"award": " Орден "}], [{"award": "Орден"}], [], "empty parts are left out"),
        ("awards", [{}, {"award": ""}, {"award": "Орден"}], [{"award": "Орден"}], [], "empty rows are left out"),
        ("awards", [{"award": "Орден", "date": "1943"}], [{"award": "Орден", "date": "1943"}], [], "with its date"),
        (
            "awards",
            [{"award": "Орден"}, {"award": "Медаль", "date": "вчера"}],
            [{"award": "Орден"}, {"award": "Медаль"}],
            [("awards-1-date", "date_not_understood")],
            "the problem names its row and part",
        ),
        ("awards", [{"award": "я" * 201}], None, [("awards-0-award", "too_long")], "parts have limits too"),
        ("kin", [{"name": f"Вера {n}"} for n in range(21)], None, [("kin", "too_many")], "more than fit"),
        ("awards", "Орден", None, [], "a text where a list belongs is nothing"),
        ("awards", ["Орден", None, 5], None, [], "rows that are no documents are nothing"),
        (
            "awards",
            [{"award": ["Орден"], "medal": "x"}],
            None,
            [],
            "parts that are no text, or none of ours, are nothing",
        ),
        (
            "references",
            [{"url": "https://pamyat.example/1"}],
            [{"url": "https://pamyat.example/1"}],
            [],
            "a source on the web",
        ),
        (
            "references",
            [{"url": "javascript:alert(1)"}],
            None,
            [("references-0-url", "address_not_understood")],
            "no code",
        ),
    ],
)
def test_lists_of_records(
    name: str, rows: Any, records: list[Mapping[str, str]] | None, found: list[tuple[str, str]], why: str
) -> None:
    reading = read(**{name: rows})
    assert problems(reading) == found, why
    if found != [("kin", "too_many")]:
        assert reading.facts.get(name) == records, why
    else:
        assert len(reading.facts["kin"]) == 20


@pytest.mark.parametrize(
    ("text", "is_one", "why"),
    [
        ("https://pamyat.example/1?a=b#c", True, "https"),
        ("http://pamyat.example", True, "http"),
        ("https://память.рф/1", True, "an address in Cyrillic"),
        ("https://[2001:db8::1]/", True, "an address in numbers"),
        ("HTTPS://PAMYAT.EXAMPLE", True, "capitals do not count"),
        ("pamyat.example", False, "without its beginning"),
        ("//pamyat.example", False, "without its scheme"),
        ("javascript:alert(1)", False, "code"),
        ("java\nscript:alert(1)", False, "code in disguise"),
        ("data:text/html,x", False, "matter"),
        ("file:///etc/passwd", False, "a file"),
        ("mailto:a@example.org", False, "a letter"),
        ("https://", False, "without its host"),
        ("https://bank.example@evil.example/", False, "a name that poses as a host"),
        ("https://user:word@pamyat.example/", False, "with a password"),
        ("https://[2001:db8::1", False, "half an address in numbers"),
        ("https://pamyat.example/a b", False, "with a space"),
        ("", False, "nothing"),
    ],
)
def test_web_addresses(text: str, is_one: bool, why: str) -> None:
    assert is_web_address(text) is is_one, why


def test_what_was_typed_is_left_as_it_was() -> None:
    rows = [{"award": " Орден "}]
    typed = {**NEEDED, "surname": " Тян ", "awards": rows}
    before = {**typed, "awards": [dict(rows[0])]}
    read_facts(typed, "ru", TODAY)
    assert typed == before


@pytest.mark.parametrize("value", ["", "x", ["x"], [{}], [{"x": "y"}], None, 5, {"x": "y"}, [None], [["x"]]])
def test_nothing_that_can_be_sent_raises(value: Any) -> None:
    reading = read_facts({fact.name: value for fact in FIELDS}, "ru", TODAY)
    assert reading.problems


def test_countries_hold_the_six_member_states() -> None:
    assert {"AM", "BY", "KZ", "KG", "RU", "TJ"} <= COUNTRIES
    assert len(COUNTRIES) > 240


def test_every_problem_can_come_up() -> None:
    """A code that nothing raises would be a sentence that nobody reads."""
    tested = {row[2] for row in REFUSED} | {"date_ambiguous", "too_many", "address_not_understood"}
    between = {code for code in ProblemCode if code.startswith(("death_", "service_"))}
    assert {str(code) for code in ProblemCode} == tested | {str(code) for code in between}


def test_dates_are_read_in_the_language_of_the_form() -> None:
    dated = [fact.name for fact in FIELDS if fact.kind is Kind.DATE]
    for language, words in (("ru", "12 мая 1915"), ("en", "12 May 1915")):
        reading = read_facts({**NEEDED, **dict.fromkeys(dated, words)}, language, TODAY)
        assert {str(reading.dates[name]) for name in dated} == {"1915-05-12"}
