"""What becomes of proposed facts by a moderator's choices."""

from datetime import date

import pytest

from memory_road.facts.choice import (
    Choice,
    Chosen,
    as_document,
    chosen,
    editable,
    edited,
    from_document,
    removable,
)
from memory_road.facts.difference import amended, differences
from memory_road.facts.document import Facts, FactValue
from memory_road.facts.fields import FIELD, FIELDS, Kind

NOW: Facts = {"surname": "Орлова", "rank": "сержант", "living": "no", "fate": "survived"}
PROPOSED: Facts = {"surname": "Орлова", "rank": "старшина", "living": "no", "fate": "missing", "unit": "325-й полк"}
TODAY = date(2026, 5, 9)


@pytest.mark.parametrize(
    ("choices", "expected", "why"),
    [
        ({}, {"rank": "старшина", "fate": "missing", "unit": "325-й полк"}, "what nobody speaks of is taken"),
        ({"rank": Chosen(Choice.LEAVE)}, {"rank": "сержант"}, "what is left stays as it is in the entry"),
        ({"unit": Chosen(Choice.LEAVE)}, {"unit": None}, "or is not stated, as before"),
        ({"rank": Chosen(Choice.EDIT, "лейтенант")}, {"rank": "лейтенант"}, "what is mended is taken as mended"),
        ({"fate": Chosen(Choice.TAKE)}, {"fate": "missing"}, "to take something expressly is to take it"),
        ({"surname": Chosen(Choice.EDIT, "Чужая")}, {"surname": "Орлова"}, "what is not proposed is not touched"),
    ],
)
def test_what_a_choice_makes(choices: dict[str, Chosen], expected: dict[str, FactValue | None], why: str) -> None:
    made = amended(NOW, chosen(differences(NOW, PROPOSED, NOW), choices))
    assert {name: made.get(name) for name in expected} == expected, why


@pytest.mark.parametrize(
    ("name", "typed", "value", "problems", "why"),
    [
        ("birth_date", "около 1915", "1915~", 0, "dates are read as families write them"),
        ("birth_date", "как-то весной", "", 1, "and refused with a sentence"),
        ("given_name", "  Анна ", "Анна", 0, "text is tidied"),
        ("given_name", "", "", 1, "what is needed is not emptied"),
        ("rank", "", "", 0, "anything else may be"),
        ("fate", "survived", "survived", 0, "terms are terms"),
    ],
)
def test_what_a_moderator_types(name: str, typed: str, value: str, problems: int, why: str) -> None:
    made, wrong = edited(name, typed, "ru", TODAY)
    assert (made, len(wrong)) == (Chosen(Choice.EDIT, value), problems), why


def test_choices_are_kept_as_they_were() -> None:
    choices = {"rank": Chosen(Choice.EDIT, "лейтенант"), "fate": Chosen(Choice.LEAVE)}
    assert from_document(as_document(choices)) == choices


def test_nobody_rewrites_a_story_or_says_who_is_living() -> None:
    untouched = {field.name for field in FIELDS if not editable(field)}
    assert {"biography", "awards", "categories", "references", "living"} <= untouched
    assert all(FIELD[name].kind is not Kind.DATE for name in untouched)
    assert not removable(FIELD["living"])
    assert not removable(FIELD["surname"])
    assert removable(FIELD["biography"])
