"""Who of a family tree is offered, who may be living, and which relatives are named."""

from pathlib import Path

import pytest

from memory_road.gedcom.lifetime import read_life
from tests.gedcom import TODAY, node, offered, person, tree

OFFERED = [
    # lines of the record; offered, perhaps living; what it shows
    (["1 BIRT", "2 DATE 1915", "1 DEAT Y"], True, False, "born in time, dead"),
    (["1 BIRT", "2 DATE 1915"], True, False, "older than anybody lives"),
    (["1 BIRT", "2 DATE 1925"], True, True, "born in time, and nothing says that they died"),
    (["1 BIRT", "2 DATE ABT 1913"], True, True, "about 1913 can be 1918"),
    (["1 BIRT", "2 DATE 1936"], True, True, "a child of the siege"),
    (["1 BIRT", "2 DATE 1937"], False, True, "too young"),
    (["1 BIRT", "2 DATE BET 1930 AND 1950"], True, True, "perhaps old enough"),
    (["1 BIRT", "2 DATE 1859"], False, False, "too old"),
    (["1 BIRT", "2 DATE 1880", "1 DEAT", "2 DATE 1921"], False, False, "died before the war"),
    (["1 BIRT", "2 DATE 1880", "1 BURI", "2 DATE 1921"], False, False, "was buried before the war"),
    (["1 DEAT", "2 DATE 1942"], True, False, "born nobody knows when"),
    (["1 DEAT"], True, True, "an empty death says nothing"),
    (["1 DEAT Y"], True, False, "dead, says the file"),
    (["1 DEAT", "2 PLAC Ржев"], True, False, "and where"),
    ([], True, True, "nothing is known at all"),
    (["1 CHR", "2 DATE 1915"], True, False, "baptised in time"),
    (["1 CHR", "2 DATE 1850"], False, False, "baptised too early"),
    (["1 RESN confidential", "1 BIRT", "2 DATE 1915"], False, False, "the family wishes it kept"),
    (["1 BIRT", "2 DATE когда цвела черёмуха"], True, True, "a date in words says no year"),
]


@pytest.mark.parametrize(("lines", "is_offered", "living", "shows"), OFFERED, ids=[row[3] for row in OFFERED])
def test_who_may_have_lived_in_the_war(lines: list[str], is_offered: bool, living: bool, shows: str) -> None:
    life = read_life(node(*lines))
    assert life.took_part() is is_offered, shows
    assert life.perhaps_living(TODAY) is living, shows


FAMILY = ["0 @F1@ FAM", "1 HUSB @I2@", "1 WIFE @I3@", "1 CHIL @I1@"]


def named(name: str, *lines: str) -> str:
    return person(f"1 NAME Имя{name} /Фамилия{name}/", *lines, name=name)


@pytest.mark.parametrize(
    ("child", "father", "names", "shows"),
    [
        (["1 BIRT", "2 DATE 1950"], [], {"I2", "I3"}, "a parent of 1950 can have been in the war, their child not"),
        ([], ["1 BIRT", "2 DATE 1960"], set(), "whose father was born in 1960 is too young, and so is his wife"),
        ([], ["1 BIRT", "2 DATE 1760"], set(), "whose father was born in 1760 is too old"),
        ([], ["1 BIRT", "2 DATE 1915"], {"I1", "I2", "I3"}, "born after 1927, nobody knows when"),
        (["1 BIRT", "2 DATE 1780"], [], set(), "whose child was born in 1780 is too old"),
    ],
)
def test_the_years_of_the_family_tell_when_somebody_was_born(
    tmp_path: Path, child: list[str], father: list[str], names: set[str], shows: str
) -> None:
    file = tree(named("I1", *child), named("I2", *father), named("I3"), "\n".join(FAMILY))
    found = {str(each.facts["given_name"]).removeprefix("Имя") for each in offered(tmp_path, file)}
    assert found == names, shows


def test_nobody_who_is_not_offered_leaves_a_trace(tmp_path: Path) -> None:
    """Not even as the parent, spouse or child of somebody who is."""
    file = tree(
        named("I1", "1 BIRT", "2 DATE 1925", "1 DEAT Y", "1 FAMC @F1@", "1 FAMS @F2@"),
        named("I2", "1 BIRT", "2 DATE 1890"),
        named("I3", "1 BIRT", "2 DATE 1950"),
        named("I4", "1 BIRT", "2 DATE 1928"),
        named("I5", "1 BIRT", "2 DATE 1955"),
        "\n".join(FAMILY),
        "0 @F2@ FAM\n1 HUSB @I1@\n1 WIFE @I4@\n1 CHIL @I5@",
    )
    documents = {str(each.facts["given_name"]): each for each in offered(tmp_path, file)}
    assert set(documents) == {"ИмяI1", "ИмяI2", "ИмяI4"}
    whole = "".join(str(each.document()) for each in documents.values())
    assert "I3" not in whole
    assert "I5" not in whole
    assert documents["ИмяI1"].facts["kin"] == [{"relation": "father", "name": "ФамилияI2 ИмяI2"}]
    assert documents["ИмяI4"].facts["kin"] == [{"relation": "husband", "name": "ФамилияI1 ИмяI1"}]


KIN = [
    (["1 DEAT Y"], True, "dead, says the file"),
    (["1 BIRT", "2 DATE 1915"], True, "born over 110 years ago"),
    (["1 BIRT", "2 DATE 1917"], False, "born less than 110 years ago"),
    ([], True, "her child was born over 110 years ago"),
    (["1 DEAT Y", "1 RESN privacy"], False, "the family wishes it kept"),
    (["1 DEAT"], True, "an empty death says nothing, but her child does"),
]


@pytest.mark.parametrize(("lines", "is_named", "shows"), KIN, ids=[row[2] for row in KIN])
def test_only_relatives_who_cannot_be_living_are_named(
    tmp_path: Path, lines: list[str], is_named: bool, shows: str
) -> None:
    child = named("I1", "1 BIRT", "2 DATE 1912", "1 FAMC @F1@")
    file = tree(child, named("I3", "1 SEX F", *lines), "\n".join(FAMILY))
    first = next(each for each in offered(tmp_path, file) if each.facts["given_name"] == "ИмяI1")
    expected = [{"relation": "mother", "name": "ФамилияI3 ИмяI3"}]
    assert first.facts.get("kin", []) == (expected if is_named else []), shows


def test_parents_by_adoption_are_not_those_of_a_document(tmp_path: Path) -> None:
    child = named("I1", "1 BIRT", "2 DATE 1912", "1 FAMC @F1@", "2 PEDI adopted")
    file = tree(child, named("I2", "1 DEAT Y"), "\n".join(FAMILY))
    first = next(each for each in offered(tmp_path, file) if each.facts["given_name"] == "ИмяI1")
    assert "kin" not in first.facts


def test_people_stand_in_the_order_of_their_surnames(tmp_path: Path) -> None:
    people = [("Яров", "Иван"), ("Ёлкин", "Иван"), ("Жуков", "Иван"), ("Жуков", "Антон"), ("", "Безымянный")]
    file = tree(*(person(f"1 NAME {given} /{surname}/", name=f"I{n}") for n, (surname, given) in enumerate(people)))
    found = [(each.facts.get("surname", ""), each.facts["given_name"]) for each in offered(tmp_path, file)]
    assert found == [("Ёлкин", "Иван"), ("Жуков", "Антон"), ("Жуков", "Иван"), ("Яров", "Иван"), ("", "Безымянный")]
