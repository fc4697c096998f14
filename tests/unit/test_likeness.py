"""May it be the same person: by names, births, fathers and places, as a table."""

from typing import Any

import pytest

from memory_road.facts.father import father_keys
from memory_road.facts.likeness import MAY_BE_SAME, MAY_BE_SAME_OF_FEW, likeliest, likeness, same_name
from memory_road.facts.name_keys import name_keys

ANNA: dict[str, Any] = {"surname": "Верещагина", "given_name": "Анна", "birth_date": "1915-05-12"}
IVANOVNA = {**ANNA, "patronymic": "Ивановна"}
SUSHKI = {"birth_place": "деревня Малые Сушки, Тульская губерния"}
NAMELESS_BIRTH = {"surname": "Верещагина", "given_name": "Анна", "birth_date": "XXXX"}


@pytest.mark.parametrize(
    ("first", "second", "asked", "why"),
    [
        (ANNA, ANNA, True, "the same in everything"),
        (ANNA, {**ANNA, "surname": "Vereshchagina", "given_name": "Anna"}, True, "in other letters"),
        (ANNA, {**ANNA, "surname": "Վերեշչագինա", "given_name": "Աննա", "birth_date": "1915"}, True, "and others"),
        (ANNA, {**ANNA, "birth_date": "1915"}, True, "a year holds the day"),
        (ANNA, {**ANNA, "birth_date": "1916"}, True, "papers differ by a year"),
        (ANNA, {**ANNA, "birth_date": "1917-01-01"}, True, "or by two"),
        (ANNA, {**ANNA, "birth_date": "1918"}, False, "three years are another person"),
        (ANNA, {**ANNA, "birth_date": "1918~"}, True, "“about” is wider"),
        (ANNA, {**ANNA, "birth_date": "1923~"}, False, "but not without end"),
        (ANNA, {**ANNA, "birth_date": "191X"}, True, "a decade holds it"),
        (ANNA, {**ANNA, "birth_date": "192X"}, False, "another decade does not"),
        (ANNA, {**ANNA, "birth_date": "[1914,1915]"}, True, "one of two years"),
        (ANNA, {**ANNA, "birth_date": "../1910"}, True, "an open end proves nothing, the names are rare"),
        (ANNA, NAMELESS_BIRTH, True, "a rare name with nothing against it"),
        (IVANOVNA, {**ANNA, "patronymic": "Івановна", "birth_date": "1915"}, True, "the father's name agrees"),
        (IVANOVNA, {**ANNA, "patronymic": "Петровна", "birth_date": "1915"}, False, "another father, the same year"),
        (IVANOVNA, {**ANNA, "patronymic": "Петровна"}, True, "another father, but the same day: a slip of the pen"),
        (
            IVANOVNA,
            {**NAMELESS_BIRTH, "kin": [{"relation": "отец", "name": "Верещагин Иван Кузьмич"}]},
            True,
            "the father in a document",
        ),
        (ANNA, {**ANNA, "surname": "Тян", "former_surname": "Верещагина"}, True, "before she married"),
        (ANNA, {**ANNA, "surname": "Тян"}, False, "another surname"),
        (ANNA, {**ANNA, "given_name": "Мария"}, False, "a sister"),
        (
            {**ANNA, "given_name": "Александра", "sex": "female"},
            {**ANNA, "surname": "Верещагин", "given_name": "Александр", "sex": "male"},
            False,
            "a brother whose names have the same key",
        ),
        ({**ANNA, "surname": "Петров"}, {**ANNA, "surname": "Бодров"}, False, "one key, two names"),
        ({**ANNA, "death_date": "1942"}, {**ANNA, "death_date": "1991"}, True, "families differ about an end"),
    ],
)
def test_who_is_asked_about(first: dict[str, Any], second: dict[str, Any], asked: bool, why: str) -> None:
    for one, other in ((first, second), (second, first)):
        assert (likeliest(one, {"entry": other}) == ["entry"]) is asked, f"{why}: {likeness(one, other)}"


def test_of_many_namesakes_more_must_agree() -> None:
    many = {f"{number}": NAMELESS_BIRTH for number in range(9)}
    assert likeliest(ANNA, many) == []
    assert likeliest({**ANNA, **SUSHKI}, {**many, "here": {**NAMELESS_BIRTH, **SUSHKI}}) == ["here"]
    assert likeliest(ANNA, {**many, "year": {**ANNA, "birth_date": "1915"}}) == ["year"]


def test_the_likeliest_come_first() -> None:
    others = {
        "later": {**ANNA, "birth_date": "1917"},
        "day": ANNA,
        "father": {**IVANOVNA, "birth_date": "1915"},
        "year": {**ANNA, "birth_date": "1915"},
    }
    assert likeliest(IVANOVNA, others) == ["father", "day", "year", "later"]


@pytest.mark.parametrize(
    ("first", "second", "more"),
    [
        ("деревня Малые Сушки, Тульская губерния", "дер. Малые Сушки", 1.5),
        ("деревня Малые Сушки, Тульская губерния", "Тульская область", 1.0),
        ("деревня Сушки", "деревня Липовка", 0.0),
        ("село Покровка", "Pokrovka village", 1.0),
        ("вёска Забалацце, Мінская губерня", "деревня Заболотье, Минская область", 1.0),
        ("գյուղ Քարաշեն", "Карашен", 1.0),
        ("Москва", "", 0.0),
        ("г. Казань", "г. Москва", 0.0),
    ],
)
def test_places(first: str, second: str, more: float) -> None:
    plain = likeness(ANNA, ANNA)
    found = likeness({**ANNA, "birth_place": first}, {**ANNA, "birth_place": second})
    assert plain is not None
    assert found is not None
    assert found - plain == more


def test_the_threshold_is_above_what_names_alone_give() -> None:
    assert likeness(NAMELESS_BIRTH, NAMELESS_BIRTH) == 2
    assert MAY_BE_SAME_OF_FEW < 2 < MAY_BE_SAME


def test_whether_a_name_is_the_same() -> None:
    assert same_name(ANNA, {"surname": "Vereshchagin", "given_name": "Anna"})
    assert not same_name(ANNA, {"surname": "Верещагина"})
    assert not same_name({}, {})


@pytest.mark.parametrize(
    ("patronymic", "father"),
    [
        ("Иванович", "Иван"),
        ("Ивановна", "Иван"),
        ("Ильинична", "Илья"),
        ("Ильич", "Илья"),
        ("Никитична", "Никита"),
        ("Лукич", "Лука"),
        ("Юрьевич", "Юрий"),
        ("Яковлевич", "Яков"),
        ("Павловна", "Павел"),
        ("Львович", "Лев"),
        ("Mikhailovich", "Михаил"),
        ("Jakovlevič", "Яков"),
        ("Iwanowicz", "Jan Iwan"),
        ("Іванаўна", "Іван"),
        ("Янавіч", "Ян"),
        ("Сергійович", "Сергій"),
        ("Михайлівна", "Михайло"),
        ("Արամի", "Արամ"),
        ("Мурат оглы", "Мурат"),
        ("Жұмабайұлы", "Джумабай"),
        ("Асанкызы", "Асан"),
        ("Джумабай уулу", "Жумабай"),
        ("Саидзода", "Саид"),
        ("ივანეს ძე", "ივანე"),
    ],
)
def test_the_father_of_a_patronymic(patronymic: str, father: str) -> None:
    assert set(father_keys({"patronymic": patronymic})) & set(name_keys(father))


@pytest.mark.parametrize(
    ("facts", "keys", "why"),
    [
        ({}, [], "nothing is told"),
        ({"patronymic": "оглы"}, [], "an ending is no name"),
        ({"kin": [{"relation": "мать", "name": "Вера"}]}, [], "a mother is no father"),
        ({"kin": [{"relation": "Отец", "name": "Иван"}]}, ["AFN"], "a father in a document"),
        ({"kin": [{"relation": "әкесі", "name": "Асан"}]}, ["ASN"], "in Kazakh"),
        ({"surname": "Тян", "kin": [{"relation": "father", "name": "Тян Иван"}]}, ["AFN"], "his surname tells nothing"),
    ],
)
def test_the_father(facts: dict[str, Any], keys: list[str], why: str) -> None:
    assert father_keys(facts) == keys, why
