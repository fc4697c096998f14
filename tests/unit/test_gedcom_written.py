"""Entries as family-tree files: valid by the library for GEDCOM 7, and read back by our own reader."""

from pathlib import Path
from typing import Any

import gedcom7
import pytest
from gedcom7.types import GedcomStructure

from memory_road.facts.document import Facts
from memory_road.facts.fields import FIELDS, Field, Group, Kind
from memory_road.facts.uncertain_date import parse_edtf
from memory_road.gedcom import write
from memory_road.gedcom.told import read_told
from memory_road.gedcom.write import PublicPicture, Source, written
from memory_road.gedcom.write_date import date_of_event, date_of_span
from tests.gedcom import offered

SOURCE = Source(
    site="Memory Road",
    version="0.1.0",
    base="https://memory.example.org/p/",
    number="8k2m4n6p1",
    language="en",
    told_in="ru",
    changed="2026-05-09",
    pictures=(PublicPicture("https://memory.example.org/media/x-share.jpg", "image/jpeg", "@ Портрет"),),
)
FULL: Facts = {
    "surname": "Верещагина",
    "given_name": "Анна",
    "patronymic": "Петровна",
    "former_surname": "Орлова",
    "sex": "female",
    "birth_date": "1915-05-12",
    "birth_place": "дер. Выдуманная",
    "birth_country": "BY",
    "birth_point": "55.7558, -37.6173",
    "categories": ["medical", "leningrad"],
    "fate": "survived",
    "living": "no",
    "death_date": "1988~",
    "death_place": "Ленинград",
    "burial_place": "Серафимовское кладбище",
    "burial_point": "60.0022, 30.2639",
    "conscription_place": "Вологодский РВК",
    "service_from": "1941-06",
    "service_to": "1945",
    "branch": "медицинская служба",
    "rank": "старшина",
    "unit": "ЭГ 1170",
    "occupation": "санитарка",
    "workplace": "больница",
    "awards": [
        {"award": "медаль «За отвагу»", "date": "1943-09-17", "document_number": "12", "deed": "Вынесла\nраненых."}
    ],
    "biography": "@ Первая строка\nвторая\n\n@третья",
    "references": [
        {
            "archive": "ЦАМО",
            "fond": "33",
            "opis": "11458",
            "delo": "7",
            "sheet": "3",
            "supports": "birth_date, a guess",
        },
        {"url": "https://archive.example.org/1"},
    ],
    "also_recorded": [{"field": "birth_date", "value": "1912", "source": "Книга памяти"}],
}


def as_it_is(text: str) -> str:
    return text


def valid(file: str) -> list[GedcomStructure]:
    records = gedcom7.loads(file)
    assert [f"{error.path}: {error.message}" for error in gedcom7.validate(records)] == []
    return records


def test_a_file_of_everything_is_valid() -> None:
    assert [record.tag for record in valid(written(FULL, SOURCE, as_it_is))] == [
        "HEAD", "INDI", "SOUR", "SOUR", "OBJE", "TRLR",
    ]  # fmt: skip


def test_a_file_of_the_least_is_valid() -> None:
    valid(
        written({"surname": "Тян", "given_name": "Ли", "birth_date": "XXXX", "living": "not_known"}, SOURCE, as_it_is)
    )


def test_every_public_fact_is_in_the_file_and_no_private_one() -> None:
    private: Facts = {"kin": [{"name": "Тайный Пётр"}], "award_certificate": "Тайный 7"}
    file = written({**FULL, **private}, SOURCE, as_it_is)
    assert "Тайный" not in file
    for words in (
        "12 MAY 1915", "ABT 1988", "FROM JUN 1941 TO 1945", "17 SEP 1943", "N55.7558", "W37.6173", "Belarus",
        "Survived the war", "Medical worker", "медицинская служба", "старшина", "ЭГ 1170", "больница", "Книга памяти",
        "fond 33, opis 11458, delo 7, sheet 3", "https://archive.example.org/1", "Date of birth, a guess",
    ):  # fmt: skip
        assert words in file, words


def test_our_own_reader_reads_it_back(tmp_path: Path) -> None:
    (person,) = offered(tmp_path, written(FULL, SOURCE, as_it_is))
    same = (
        "surname given_name patronymic former_surname sex birth_date birth_place birth_point death_date death_place "
        "burial_place burial_point conscription_place service_from service_to rank unit occupation workplace"
    ).split()
    assert {name: person.facts.get(name) for name in same} == {name: FULL[name] for name in same}
    assert person.facts["awards"] == [{"award": "медаль «За отвагу»", "date": "1943-09-17"}]
    assert person.facts["references"] == [
        {"archive": "ЦАМО", "fond": "33", "opis": "11458", "delo": "7", "sheet": "3"},
        {"archive": "https://archive.example.org/1", "url": "https://archive.example.org/1"},
    ]
    assert FULL["biography"] in person.story
    assert not person.perhaps_living


@pytest.mark.parametrize(
    ("edtf", "value", "phrase", "back"),
    [
        ("1915-05-12", "12 MAY 1915", "", "1915-05-12"),
        ("1915-05", "MAY 1915", "", "1915-05"),
        ("1915", "1915", "", "1915"),
        ("1915~", "ABT 1915", "", "1915~"),
        ("1915?", "1915", "perhaps 1915", "1915"),
        ("1915%", "ABT 1915", "perhaps about 1915", "1915~"),
        ("191X", "BET 1910 AND 1919", "1910s", "1910/1919"),
        ("1915-21", "BET MAR 1915 AND MAY 1915", "spring 1915", "1915-03/1915-05"),
        ("1942-24", "BET JAN 1942 AND FEB 1943", "winter 1942", "1942-01/1943-02"),
        ("1941/1943", "BET 1941 AND 1943", "", "1941/1943"),
        ("1941~/1943", "BET 1941 AND 1943", "between 1941 (about) and 1943", "1941/1943"),
        ("../1942", "BEF 1942", "", "../1942"),
        ("1942-05/..", "AFT MAY 1942", "", "1942-05/.."),
        ("[1914,1915]", "BET 1914 AND 1915", "1914 or 1915", "1914/1915"),
    ],
)
def test_a_date_says_what_it_can_and_the_rest_in_words(edtf: str, value: str, phrase: str, back: str) -> None:
    (made,) = date_of_event(parse_edtf(edtf), "en")
    assert (made.value, [below.value for below in made.below]) == (value, [phrase] if phrase else [])
    assert read_told(made.value).edtf == back


def test_a_date_that_is_not_known_is_not_written() -> None:
    assert date_of_event(parse_edtf("XXXX"), "en") == []
    assert date_of_span(None, parse_edtf("XXXX"), "en") == []


@pytest.mark.parametrize(
    ("begin", "end", "value", "phrase"),
    [
        ("1941-06-22", "1945", "FROM 22 JUN 1941 TO 1945", ""),
        ("1941", "", "FROM 1941", ""),
        ("", "1945-05", "TO MAY 1945", ""),
        ("1941~", "1945", "FROM 1941 TO 1945", "about 1941"),
        ("[1941,1942]", "1944-24", "FROM 1941 TO FEB 1945", "1941 or 1942 – winter 1944"),
    ],
)
def test_service_has_two_ends(begin: str, end: str, value: str, phrase: str) -> None:
    first, last = (parse_edtf(text) if text else None for text in (begin, end))
    (made,) = date_of_span(first, last, "en")
    assert (made.value, "".join(below.value for below in made.below)) == (value, phrase)


NEW: tuple[tuple[Kind, Any, str], ...] = (
    (Kind.TEXT, "позывной", "1 FACT позывной\n2 TYPE Call sign"),
    (Kind.DATE, "1943~", "1 EVEN\n2 TYPE Call sign\n2 DATE ABT 1943"),
    (Kind.COUNTRY, "KZ", "1 FACT Kazakhstan\n2 TYPE Call sign"),
)


@pytest.mark.parametrize(("kind", "value", "lines"), NEW)
def test_a_new_fact_is_written_by_itself(kind: Kind, value: Any, lines: str, monkeypatch: pytest.MonkeyPatch) -> None:
    field = Field(name="call_sign", kind=kind, group=Group.SERVICE, label="Call sign")
    monkeypatch.setattr(write, "FIELDS", (*FIELDS, field))
    file = written({**FULL, "call_sign": value}, SOURCE, as_it_is)
    assert lines in file
    valid(file)
