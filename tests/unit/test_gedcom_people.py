"""What a family tree says of a person, as facts, and as it is typed into the form."""

from pathlib import Path
from typing import Any

import pytest

from memory_road.facts.read import read_facts
from memory_road.gedcom.person import Person
from memory_road.gedcom.typed import typed
from tests.gedcom import SOLDIER, TODAY, offered, person, tree

NAME = "1 NAME Иван Петрович /Орлов/"
DEAD = "1 DEAT Y"
READ = [
    # lines of the record; facts beside the name; what it shows
    (["1 SEX F"], {"sex": "female"}, "sex"),
    (["1 SEX X"], {}, "what our form does not ask"),
    (["1 BIRT", "2 DATE 1915", "2 PLAC Орёл"], {"birth_date": "1915", "birth_place": "Орёл"}, "birth"),
    (["1 CHR", "2 DATE 3 MAY 1915"], {"birth_date": "../1915-05-03"}, "who was baptised was born by then"),
    (["1 DEAT", "2 DATE 1985", "2 PLAC Тула"], {"death_date": "1985", "death_place": "Тула"}, "death"),
    (["1 BURI", "2 PLAC Тула", "2 _CEME Старое"], {"burial_place": "Старое, Тула"}, "burial"),
    (
        ["1 BIRT", "2 PLAC Тула", "3 MAP", "4 LATI N54.1931", "4 LONG E37.6173"],
        {"birth_place": "Тула", "birth_point": "54.1931, 37.6173"},
        "a point on the map",
    ),
    (
        ["1 DEAT", "2 PLAC Лима", "3 MAP", "4 LATI S12.05", "4 LONG W77.05"],
        {"death_place": "Лима", "death_point": "-12.05, -77.05"},
        "south and west",
    ),
    (
        ["1 BURI", "2 PLAC", "3 MAP", "4 LATI 54.1931", "4 LONG 37.6173"],
        {"burial_point": "54.1931, 37.6173"},
        "a point alone, and without the letters that the standard asks for",
    ),
    (["1 BURI", "2 PLAC Тула", "3 MAP", "4 LATI N0", "4 LONG E0"], {"burial_place": "Тула"}, "no point is known"),
    (["1 BURI", "2 PLAC Тула", "3 MAP", "4 LATI ?", "4 LONG"], {"burial_place": "Тула"}, "a point that is none"),
    (
        ["1 BURI", "2 PLAC Тула", "1 BURI", "2 PLAC Орёл", "3 MAP", "4 LATI N52.97", "4 LONG E36.07"],
        {"burial_place": "Тула"},
        "the point of another place is not that of the first",
    ),
    (["1 BURI", "2 ADDR Тула", "3 CONT Лесная 1"], {"burial_place": "Тула Лесная 1"}, "an address"),
    (
        ["1 OCCU токарь", "1 OCCU мастер", "2 AGNC Завод"],
        {"occupation": "токарь; мастер", "workplace": "Завод"},
        "work",
    ),
    (
        ["1 EVEN", "2 TYPE Служба в армии", "2 DATE FROM 1941 TO MAY 1945"],
        {"service_from": "1941", "service_to": "1945-05"},
        "service as an event with a type",
    ),
    (
        ["1 EVEN 5-й полк", "2 TYPE Military service", "2 DATE 1943"],
        {"service_from": "1943", "unit": "5-й полк"},
        "unit",
    ),
    (
        ["1 _MILT 5-й полк", "2 DATE BET 1941 AND 1942"],
        {"service_from": "1941", "service_to": "1942", "unit": "5-й полк"},
        "",
    ),
    (
        ["1 EVEN", "2 TYPE Призван", "2 DATE JUL 1941", "2 PLAC Орловский РВК"],
        {"service_from": "1941-07", "conscription_place": "Орловский РВК"},
        "called up",
    ),
    (["1 EVEN", "2 TYPE Демобилизация", "2 DATE 1946"], {"service_to": "1946"}, "discharged"),
    (["1 FACT сержант", "2 TYPE Воинское звание"], {"rank": "сержант"}, "rank"),
    (
        ["1 EVEN Орден Славы", "2 TYPE Награда", "2 DATE 1944"],
        {"awards": [{"award": "Орден Славы", "date": "1944"}]},
        "",
    ),
    (["1 EVEN", "2 TYPE Медаль «За отвагу»"], {"awards": [{"award": "Медаль «За отвагу»"}]}, "an award in a type"),
    (["1 EVEN", "2 TYPE Church service", "2 DATE 1920"], {}, "a service of another kind"),
    (["1 EVEN", "2 TYPE Переезд", "2 DATE 1950"], {}, "an event that we do not ask for"),
    (["1 BIRT", "2 PLAC " + "д" * 300], {"birth_place": "д" * 199 + "…"}, "what is too long is cut"),
    (
        ["1 BIRT", "2 DATE 1914", "1 BIRT", "2 DATE 1915"],
        {"birth_date": "1914", "also_recorded": [{"field": "birth_date", "date": "1915"}]},
        "rival dates are both kept",
    ),
    (
        ["1 BIRT", "2 DATE INT 1915 (со слов)"],
        {"birth_date": "1915", "also_recorded": [{"field": "birth_date", "value": "со слов"}]},
        "and so is a phrase",
    ),
]


def only(folder: Path, *lines: str, name: str = NAME, others: str = "") -> Person:
    (found,) = offered(folder, tree(person(name, DEAD, *lines), others))
    return found


@pytest.mark.parametrize(("lines", "facts", "shows"), READ, ids=[row[2] or str(row[0]) for row in READ])
def test_facts(tmp_path: Path, lines: list[str], facts: dict[str, Any], shows: str) -> None:
    read = only(tmp_path, *lines).facts
    assert {name: value for name, value in read.items() if name not in {"surname", "given_name", "patronymic"}} == facts


SOURCES = [
    (["1 SOUR Рассказ бабушки"], [{"archive": "Рассказ бабушки"}]),
    (["1 BIRT", "2 DATE 1915", "2 SOUR @S1@", "3 PAGE Фонд 58, оп. 18001, д. 123, л. 45об"],
     [{"archive": "ЦАМО, Именные списки", "fond": "58", "opis": "18001", "delo": "123", "sheet": "45об",
       "supports": "birth_date"}]),
    (["1 SOUR @S1@", "2 PAGE запись 7", "1 DEAT", "2 DATE 1985", "2 SOUR @S1@", "3 PAGE запись 7"],
     [{"archive": "ЦАМО, Именные списки, запись 7", "supports": "death_date"}]),
    (["1 SOUR @S2@", "2 PAGE https://example.org/a?b=1"],
     [{"archive": "Сайт", "url": "https://example.org/a?b=1"}]),
    (["1 SOUR @NOWHERE@", "1 SOUR @VOID@", "1 SOUR"], None),
]  # fmt: skip
RECORDS = "0 @S1@ SOUR\n1 TITL Именные списки\n1 REPO @R1@\n0 @R1@ REPO\n1 NAME ЦАМО\n0 @S2@ SOUR\n1 TITL Сайт\n"


@pytest.mark.parametrize(("lines", "references"), SOURCES)
def test_sources_become_references(tmp_path: Path, lines: list[str], references: object) -> None:
    assert only(tmp_path, *lines, others=RECORDS).facts.get("references") == references


def test_notes_are_a_story_without_markup(tmp_path: Path) -> None:
    read = only(
        tmp_path,
        "1 NOTE Первая строка",
        "2 CONT вторая, продол",
        "2 CONC жение",
        "строка без номера",
        "1 NOTE @N1@",
        "1 NOTE <p>Один &amp; два</p><p>три<br>четыре</p>",
        others="0 @N1@ NOTE Общая заметка, me@@example.org\n",
    )
    assert read.story == [
        "Первая строка\nвторая, продолжение\nстрока без номера",
        "Общая заметка, me@example.org",
        "Один & два\n\nтри\nчетыре",
    ]


def test_everything_is_typed_in_the_readers_language(tmp_path: Path) -> None:
    read = only(
        tmp_path,
        "1 BIRT",
        "2 DATE @#DJULIAN@ 29 APR 1915",
        "2 SOUR Метрика",
        "1 DEAT",
        "2 DATE когда цвела черёмуха",
        "2 CAUS рана",
        "1 EVEN Орден Славы",
        "2 TYPE Награда",
        "2 DATE ABT 1944",
        "1 NOTE Он любил петь.",
    )
    in_russian = typed(read, "ru", lambda text: f"«{text}»", story=True)
    assert in_russian == {
        "surname": "Орлов",
        "given_name": "Иван",
        "patronymic": "Петрович",
        "birth_date": "12 мая 1915",
        "death_date": "когда цвела черёмуха",
        "awards": [{"award": "Орден Славы", "date": "около 1944"}],
        "references": [{"archive": "Метрика", "supports": "«Date of birth»"}],
        "also_recorded": [
            {
                "field": "«Date of birth»",
                "value": "«29 апреля 1915 by the Julian calendar»",
                "source": "«The family tree»",
            }
        ],
        "biography": "Он любил петь.\n\n«Cause of death: рана»",
    }
    in_english = typed(read, "en", str, story=False)
    assert in_english["birth_date"] == "12 May 1915"
    assert "biography" not in in_english


def test_points_stand_in_the_form_with_the_tree_as_their_source(tmp_path: Path) -> None:
    read = only(tmp_path, "1 BIRT", "2 PLAC Тула", "3 MAP", "4 LATI N54.1931", "4 LONG E37.6173", "1 SOUR Метрика")
    filled = typed(read, "ru", lambda text: f"«{text}»", story=False)
    assert filled["birth_point"] == "54.1931, 37.6173"
    assert filled["references"] == [
        {"archive": "Метрика"},
        {"archive": "«The family tree»", "supports": "«Coordinates of the place of birth»"},
    ]


def test_what_is_typed_reads_back_to_the_facts_and_answers_nothing_about_living(tmp_path: Path) -> None:
    (read,) = offered(tmp_path, tree(SOLDIER))
    back = read_facts(typed(read, "ru", str, story=True), "ru", TODAY)
    assert {name: back.facts[name] for name in read.facts} == read.facts
    assert {problem.field for problem in back.problems} == {"categories", "fate", "living"}


def test_a_long_phrase_does_not_stand_in_a_date(tmp_path: Path) -> None:
    words = "в тот год, " * 30
    told = typed(only(tmp_path, "1 BIRT", f"2 DATE ({words})"), "ru", str, story=False)
    assert "birth_date" not in told
    assert str(told["also_recorded"]).count("в тот год") > 10


def test_a_person_is_kept_as_json_and_comes_back(tmp_path: Path) -> None:
    read = only(tmp_path, "1 BIRT", "2 DATE 1915", "1 NOTE Слова")
    assert Person.of(read.document()) == read
