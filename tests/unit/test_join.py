"""What somebody tells of a person joins what an entry says already; nothing of either is lost."""

from typing import Any

import pytest

from memory_road.facts.join import joined

ENTRY: dict[str, Any] = {
    "surname": "Верещагина",
    "given_name": "Анна",
    "patronymic": "Ивановна",
    "birth_date": "1915-05-12",
    "birth_place": "деревня Малые Сушки, Тульская губерния",
    "categories": ["medical"],
    "fate": "survived",
    "living": "no",
    "awards": [{"award": "медаль «За отвагу»"}],
    "biography": "Служила медсестрой.",
}


@pytest.mark.parametrize(
    ("told", "changed", "why"),
    [
        ({}, {}, "nothing told, nothing changed"),
        (ENTRY, {}, "the same once more"),
        ({"rank": "сержант"}, {"rank": "сержант"}, "a gap is filled"),
        ({"birth_date": "1915"}, {}, "a year says less than its day"),
        ({"birth_date": "1915~"}, {}, "so does about that year"),
        ({"birth_date": "XXXX"}, {}, "and not knowing"),
        ({"birth_date": "1914-05-12"}, {"birth_date": "1914-05-12"}, "another day is told"),
        ({"birth_place": "Малые Сушки"}, {}, "a part of a place says less"),
        ({"birth_place": "Тула"}, {"birth_place": "Тула"}, "another place is told"),
        ({"living": "not_known"}, {}, "not to know says less"),
        ({"fate": "missing"}, {"fate": "missing"}, "another fate is told"),
        ({"categories": ["soldier", "medical"]}, {"categories": ["soldier", "medical"]}, "lists grow"),
        (
            {"awards": [{"award": "медаль «За отвагу»"}, {"award": "орден"}]},
            {"awards": [{"award": "медаль «За отвагу»"}, {"award": "орден"}]},
            "but by what is new",
        ),
        ({"biography": "Любила петь."}, {"biography": "Служила медсестрой.\n\nЛюбила петь."}, "stories follow"),
        ({"biography": "Служила"}, {}, "a part of the story is known"),
        ({"kin": [{"name": "Пётр"}]}, {"kin": [{"name": "Пётр"}]}, "what only moderators see is kept"),
    ],
)
def test_what_is_told_joins_the_entry(told: dict[str, Any], changed: dict[str, Any], why: str) -> None:
    assert joined(ENTRY, told) == {**ENTRY, **changed}, why


def test_a_name_in_another_spelling_is_noted_and_does_not_replace() -> None:
    told = {"surname": "Vereshchagina", "given_name": "Ann"}
    facts = joined(ENTRY, told)
    assert (facts["surname"], facts["given_name"], facts["patronymic"]) == ("Верещагина", "Анна", "Ивановна")
    assert facts["also_recorded"] == [{"value": "Vereshchagina Ann"}]
    assert joined(facts, told) == facts, "noted once"


@pytest.mark.parametrize("surname", ["верещагина", "Vereshchagina"])
def test_the_same_name_is_not_noted(surname: str) -> None:
    told = {"surname": surname, "given_name": "Анна", "patronymic": "Ивановна"}
    assert joined(ENTRY, told) == ENTRY


def test_another_name_takes_the_place() -> None:
    assert joined(ENTRY, {"surname": "Тян", "given_name": "Мария"})["surname"] == "Тян"
