"""Names of a family tree, by the habits of the programs that write them."""

from pathlib import Path

import pytest

from memory_road.gedcom.names import read_names
from memory_road.gedcom.patronymic import is_patronymic, split_patronymic
from tests.gedcom import node

PATRONYMICS = Path(__file__).parents[3] / "shared" / "data" / "names" / "petrovich_patronymics_gender.tsv"

WRITTEN = [
    # lines of the record; sex; surname, given name, patronymic, former surname; what it shows
    (["1 NAME Иван Петрович /Орлов/"], "male", "Орлов|Иван|Петрович|", "a patronymic in the given name"),
    (["1 NAME Анна Петровна /Орлова/"], "female", "Орлова|Анна|Петровна|", "and that of a woman"),
    (["1 NAME /Орлов/ Иван Петрович"], "male", "Орлов|Иван|Петрович|", "surname first"),
    (["1 NAME John Robert /Smith/"], "male", "Smith|John Robert||", "two given names stay together"),
    (["1 NAME Анна Мария /Орлова/"], "female", "Орлова|Анна Мария||", "also in Cyrillic"),
    (["1 NAME Иван Петровна /Орлов/"], "male", "Орлов|Иван Петровна||", "nobody's patronymic is the other sex's"),
    (["1 NAME Рашид Бейбут оглы /Мамедов/"], "male", "Мамедов|Рашид|Бейбут оглы|", "son of, as a word"),
    (["1 NAME Айгүл Ахметқызы /Серікова/"], "female", "Серікова|Айгүл|Ахметқызы|", "daughter of, as an ending"),
    (["1 NAME Иван /Орлов/", "2 _PATR Петрович"], "male", "Орлов|Иван|Петрович|", "a line of its own"),
    (["1 NAME Иван Петрович /Орлов/", "2 _PATN Петрович"], "", "Орлов|Иван|Петрович|", "the same said twice"),
    (["1 NAME Орлов Иван Петрович"], "male", "Орлов|Иван|Петрович|", "no slashes, surname first"),
    (["1 NAME Иван Петрович Орлов"], "male", "Орлов|Иван|Петрович|", "no slashes, surname last"),
    (["1 NAME Иван Абрамович"], "male", "|Иван Абрамович||", "may be a surname: nothing is guessed"),
    (["1 NAME Иван Петрович Абрамович"], "male", "|Иван Петрович Абрамович||", "two that may be patronymics"),
    (["1 NAME Иван", "2 GIVN Иван", "2 SURN Орлов"], "", "Орлов|Иван||", "pieces and no slashes"),
    (["1 NAME Lt. Cmndr. Joseph /Allen/", "2 NPFX Lt. Cmndr."], "", "Allen|Joseph||", "a title is no name"),
    (["1 NAME Анна /Орлова (Вяткина)/"], "", "Орлова|Анна||Вяткина", "maiden name in brackets"),
    (["1 NAME Anna /? (Green)/"], "", "Green|Anna||", "only the maiden name is known"),
    (["1 NAME Mers /Daimler (-Benz)/"], "", "Daimler (-Benz)|Mers||", "brackets within one name"),
    (["1 NAME Анна /Вяткина/", "2 _MARNM Орлова"], "", "Орлова|Анна||Вяткина", "married name below the name"),
    (["1 NAME Anna /Green/", "2 _MARNM Anna /Smith/"], "", "Smith|Anna||Green", "written out in full"),
    (["1 NAME Anna /Green/", "2 _MARN Anna Smith"], "", "Smith|Anna||Green", "written out without slashes"),
    (
        ["1 NAME Anna /Green/", "2 TYPE birth", "1 NAME Anna /Smith/", "2 TYPE married"],
        "",
        "Smith|Anna||Green",
        "two names with types",
    ),
    (
        ["1 NAME Anna /Smith/", "1 NAME Anna /Green/", "2 TYPE MAIDEN"],
        "",
        "Smith|Anna||Green",
        "one of them without",
    ),
    (["1 NAME Шурик", "2 TYPE AKA", "1 NAME Иван /Орлов/"], "", "Орлов|Иван||", "a nickname comes second"),
    (["1 NAME Anna /Unknown/"], "", "|Anna||", "unknown is no surname"),
    (["1 NAME Анна /___/"], "", "|Анна||", "nor is a line to fill in"),
    (["1 NAME"], "", "|||", "no name at all"),
    ([], "", "|||", "not even a line for it"),
    (["1 NAME Иван\u202e /Ор\u200bлов/"], "", "Орлов|Иван||", "what cannot be seen is left out"),
]


@pytest.mark.parametrize(("lines", "sex", "expected", "shows"), WRITTEN, ids=[row[3] for row in WRITTEN])
def test_names(lines: list[str], sex: str, expected: str, shows: str) -> None:
    names = read_names(node(*lines), sex)
    read = (names.surname, names.given_name, names.patronymic, names.former_surname)
    assert "|".join(read) == expected, shows


def test_sixteen_thousand_patronymics_are_known_with_their_sex() -> None:
    if not PATRONYMICS.exists():
        pytest.skip("needs ../shared/data beside the checkout")
    rows = [line.split("\t") for line in PATRONYMICS.read_text(encoding="utf-8").splitlines()[1:]]
    sexes = {"мр": "male", "жр": "female"}
    missed = [word for word, sex in rows if not is_patronymic(word, sexes[sex])]
    assert missed == []
    other = {"мр": "female", "жр": "male"}
    assert [word for word, sex in rows if is_patronymic(word, other[sex])] == []


@pytest.mark.parametrize("surname", ["Иванов", "Петрова", "Бонч", "Рабинович", "Smith", "Шевченко", "Кыз", "Улы"])
def test_a_word_alone_is_never_split(surname: str) -> None:
    assert split_patronymic(surname, "") == (surname, "")
