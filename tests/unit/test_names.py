"""Names: folded for search in every script of the six member states, shown in Latin, made into addresses."""

import re

import pytest

from memory_road.facts.names import fold, full_name, given_names, in_latin, initials, slug


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("Семёнова-Тян", ["semenova", "tyan"], "a double name is two words"),
        ("СЕМЕНОВА тян", ["semenova", "tyan"], "neither case nor hyphen counts"),
        ("Семе\u0308нова", ["semenova"], "ё in two characters is ё"),
        ("Ёлкин", ["elkin"], "Ё is Е"),
        ("Д’Артаньян", ["dartanyan"], "a typographic apostrophe"),
        ("Д'Артаньян", ["dartanyan"], "a typewriter's apostrophe"),
        ("ДʼАртаньян", ["dartanyan"], "a letter apostrophe"),
        ("Мар'яна", ["maryana"], "the apostrophe of Belarusian and Ukrainian"),
        ("Соловьёв", ["solovev"], "the soft sign is silent"),
        ("Ўладзімір", ["uladzimir"], "Belarusian"),
        ("Müller", ["muller"], "diacritics do not count"),
        ("José", ["jose"], "nor accents"),
        ("Łukasz", ["lukasz"], "nor strokes"),
        ("  Анна   Мария ", ["anna", "mariya"], "spaces part words"),
        ("Иванов (Петров), д. 5", ["ivanov", "petrov", "d", "5"], "so does everything that is no letter"),
        ("", [], "nothing is nothing"),
        ("— ! ?", [], "signs are nothing"),
    ],
)
def test_fold(text: str, words: list[str], why: str) -> None:
    assert fold(text) == words, why


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Ўладзіміраў Янка", "Belarusian"),
        ("Әлия Қасымова Ғұмар Үңгір Өтеген Һәкім", "Kazakh"),
        ("Өмүрбек Токтоңбаев", "Kyrgyz"),
        ("Ҷамшед Ғафуров Қодирӣ Ӯктам Ҳусейн", "Tajik"),
        ("Պետրոսյան Արամ", "Armenian"),
        ("მელაძე ნინო", "Georgian"),
        ("Щербакова Юлия Объездчикова", "Russian"),
        ("Şükrü Jürgen", "Latin"),
    ],
)
def test_every_script_folds_to_plain_letters_whatever_the_case(name: str, language: str) -> None:
    words = fold(name)
    assert len(words) == len(name.split()), language
    assert all(re.fullmatch("[a-z]{2,}", word) for word in words), language
    if language != "Georgian":  # its capitals are for headlines, and have no place in names
        assert fold(name.upper()) == words, language


def test_folding_what_is_folded_changes_nothing() -> None:
    for text in ("Семёнова-Тян", "Պետրոսյան Արամ", "Д’Артаньян"):
        assert fold(" ".join(fold(text))) == fold(text)


FACTS = {"surname": "Верещагина", "given_name": "Анна", "patronymic": "Ивановна"}


@pytest.mark.parametrize(
    ("facts", "full", "given", "letters"),
    [
        (FACTS, "Верещагина Анна Ивановна", "Анна Ивановна", "АВ"),
        ({"surname": "müller", "given_name": "josé"}, "müller josé", "josé", "JM"),
        ({"surname": "Тян"}, "Тян", "", "Т"),
        ({}, "", "", ""),
    ],
)
def test_how_a_name_is_shown(facts: dict[str, str], full: str, given: str, letters: str) -> None:
    assert (full_name(facts), given_names(facts), initials(facts)) == (full, given, letters)


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Анна Верещагина", "Anna Vereshchagina"),
        ("Соловьёв", "Solovev"),
        ("აrt", "Art"),
        ("", ""),
    ],
)
def test_a_name_beside_it_in_latin_letters(text: str, latin: str) -> None:
    assert in_latin(text) == latin


@pytest.mark.parametrize(
    ("facts", "address"),
    [
        (FACTS, "vereshchagina-anna-ivanovna"),
        ({"surname": "Семёнова-Тян", "given_name": "Д’Арта"}, "semenova-tyan-darta"),
        ({"surname": "../..", "given_name": "?#"}, "-"),
        ({"surname": "Пётр/../x", "given_name": "<b>"}, "petr-x-b"),
        ({}, "-"),
    ],
)
def test_the_last_part_of_an_address(facts: dict[str, str], address: str) -> None:
    assert slug(facts) == address


def test_an_address_is_never_too_long() -> None:
    made = slug({"surname": "щ" * 100, "given_name": "щ" * 100})
    assert len(made) <= 80
    assert not made.endswith("-")
