"""Identifiers that can be read out over the telephone."""

import pytest

from memory_road.identifier import (
    ALPHABET,
    BITS,
    LENGTH,
    is_identifier,
    new_identifier,
    normal_identifier,
    number_of,
    numbered,
    spoken,
)


def test_new_ones_are_nine_characters_that_cannot_be_mistaken() -> None:
    made = {new_identifier() for _ in range(200)}
    assert len(made) == 200
    assert all(is_identifier(each) for each in made)
    assert len(set(ALPHABET)) == 32
    assert not set(ALPHABET) & set("ilouILOU")


@pytest.mark.parametrize(
    ("typed", "meant", "why"),
    [
        ("8k2m4n6p1", "8k2m4n6p1", "as it is printed"),
        ("8K2M4N6P1", "8k2m4n6p1", "capitals do not count"),
        ("8K2-M4N-6P1", "8k2m4n6p1", "hyphens do not count"),
        ("8k2 m4n 6p1", "8k2m4n6p1", "spaces do not count"),
        ("8k2\u00a0m4n\u00a06p1", "8k2m4n6p1", "nor do those that keep it in one line"),
        ("8k2\u2013m4n\u20116p1", "8k2m4n6p1", "nor dashes of any length"),
        ("8К2М4Н6Р1", "8k2m4h6p1", "a Russian keyboard has letters of the same shape"),
        ("ОоЗзІі000", "003311000", "and some that look like digits"),
        ("OolLiI000", "001111000", "letters that look like digits are digits"),
        ("", "", "nothing stays nothing"),
    ],
)
def test_what_somebody_typed_is_understood(typed: str, meant: str, why: str) -> None:
    assert normal_identifier(typed) == meant, why


def test_a_number_is_said_in_groups_and_understood_again() -> None:
    assert spoken("8k2m4n6p1") == "8k2\u00a0m4n\u00a06p1"
    for identifier in (new_identifier() for _ in range(50)):
        assert normal_identifier(spoken(identifier)) == identifier


@pytest.mark.parametrize(
    ("text", "is_one", "why"),
    [
        ("8k2m4n6p1", True, "nine characters of the alphabet"),
        ("8k2m4n6p", False, "one too few"),
        ("8k2m4n6p11", False, "one too many"),
        ("8K2M4N6P1", False, "not yet made normal"),
        ("8k2m4n6pu", False, "u is not in the alphabet"),
        ("\x00" * LENGTH, False, "a NUL"),
        ("٣" * LENGTH, False, "digits of another script"),
        ("", False, "nothing"),
    ],
)
def test_what_can_be_an_identifier(text: str, is_one: bool, why: str) -> None:
    assert is_identifier(text) is is_one, why


@pytest.mark.parametrize(
    ("number", "identifier"),
    [
        (0, "000000000"),
        (1, "000000001"),
        (32, "000000010"),
        (2 ** (BITS - 1), "g00000000"),
        (2**BITS - 1, "z" * LENGTH),
    ],
)
def test_identifiers_have_an_order(number: int, identifier: str) -> None:
    assert numbered(number) == identifier
    assert number_of(identifier) == number
    assert is_identifier(identifier)
