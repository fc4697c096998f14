"""Dates of a family tree: what they mean, and that the form reads back what is typed for them."""

import pytest

from memory_road.facts.date_language.languages import LANGUAGES
from memory_road.facts.date_words import read_date, say_date
from memory_road.facts.uncertain_date import parse_edtf
from memory_road.gedcom.told import LONGEST, read_told

UNDERSTOOD = [
    # the file says, it means
    ("12 MAY 1915", "1915-05-12"),
    ("12 May 1915", "1915-05-12"),
    ("  12  MAY  1915 ", "1915-05-12"),
    ("MAY 1915", "1915-05"),
    ("0 MAY 1915", "1915-05"),
    ("1915", "1915"),
    ("ABT 1915", "1915~"),
    ("abt May 1915", "1915-05~"),
    ("CAL 1915", "1915~"),
    ("EST 1915", "1915~"),
    ("BEF 1942", "../1942"),
    ("AFT 22 JUN 1941", "1941-06-22/.."),
    ("BET 1914 AND 1915", "1914/1915"),
    ("BET 5 MAY 1914 AND 5 MAY 1914", "1914-05-05"),
    ("FROM 1941 TO MAY 1945", "1941/1945-05"),
    ("FROM 1941", "1941/.."),
    ("TO 1945", "../1945"),
    ("@#DGREGORIAN@ 12 MAY 1915", "1915-05-12"),
    ("@#DGREGORIAN@ ABT 1915", "1915~"),
    ("GREGORIAN 12 MAY 1915", "1915-05-12"),
    ("1914/15", "[1914,1915]"),
    ("5 FEB 1712/13", "1713-02-05"),
    ("5 APR 1712/13", "[1712-04-05,1713-04-05]"),
    ("(about 1915)", "1915~"),
    ("12.05.1915", "1915-05-12"),
    ("ок. 1915", "1915~"),
    ("май 1915", "1915-05"),
]


@pytest.mark.parametrize(("value", "edtf"), UNDERSTOOD)
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_date_is_said_in_words_that_read_back_to_it(value: str, edtf: str, language: str) -> None:
    told = read_told(value)
    assert told.edtf == edtf
    assert not told.words
    assert read_date(say_date(parse_edtf(edtf), language), language).edtf == edtf


@pytest.mark.parametrize(
    "value",
    [
        "31 FEB 1915",
        "99 MAY 1915",
        "BET 1915 AND 1914",
        "5 MAY 44 B.C.",
        "1401 BCE",
        "12 MAYO 1915",
        "03/04/1942",
        "когда цвела черёмуха",
        "@#DFRENCH R@ 11 NIVO 6",
        "@#DHEBREW@ 2 TVT 5675",
        "HEBREW 2 TVT 5675",
        "@#DROMAN@ 5 X 3",
        "@#DJULIAN@ 30 FEB 1900",
        "_CALENDAR 8 _MONTH 190",
        "9" * 99,
        "1" * 5000,
        "ABT " * 1000,
    ],
)
def test_what_is_no_date_of_ours_stays_in_the_words_of_the_file(value: str) -> None:
    told = read_told(value)
    assert not told.edtf
    assert told.words == value.strip()


@pytest.mark.parametrize(
    ("value", "edtf", "words"),
    [
        # The October revolution, Tolstoy's birth, and the leap day that only the old calendar has.
        ("@#DJULIAN@ 25 OCT 1917", "1917-11-07", "25 OCT 1917"),
        ("@#DJULIAN@ 28 AUG 1828", "1828-09-09", "28 AUG 1828"),
        ("@#DJULIAN@ 29 FEB 1900", "1900-03-13", "29 FEB 1900"),
        ("JULIAN 25 OCT 1917", "1917-11-07", "25 OCT 1917"),
        ("ABT @#DJULIAN@ 25 OCT 1917", "1917-11-07~", "ABT 25 OCT 1917"),
        # A month or a year of the old calendar is called by its name; nobody knows which of its days is meant.
        ("@#DJULIAN@ OCT 1917", "1917-10", "OCT 1917"),
        ("@#DJULIAN@ 1885", "1885", "1885"),
    ],
)
def test_a_day_of_the_julian_calendar_is_counted_over_and_kept_as_it_was(value: str, edtf: str, words: str) -> None:
    told = read_told(value)
    assert (told.edtf, told.words, told.julian) == (edtf, words, True)


def test_two_calendars_in_one_date_are_told_as_the_file_has_them() -> None:
    value = "BET @#DJULIAN@ 1 JAN 1900 AND 3 MAR 1900"
    told = read_told(value)
    assert (told.edtf, told.julian) == ("1900-01-13/1900-03-03", False)
    assert told.words == "BET 1 JAN 1900 AND 3 MAR 1900" or told.words == value


def test_the_phrase_that_a_date_comes_from_is_kept_beside_it() -> None:
    assert read_told("INT 1915 (со слов соседки)").words == "со слов соседки"
    assert read_told("INT 1915 (со слов соседки)").edtf == "1915"
    assert read_told("1915", "в год большого пожара").words == "в год большого пожара"


def test_a_phrase_of_version_7_stands_for_a_date_that_is_not_given() -> None:
    assert read_told("", "в год большого пожара").words == "в год большого пожара"
    assert read_told("", "12.05.1915").edtf == "1915-05-12"
    assert read_told("", "") == read_told("   ")


def test_a_text_of_any_length_costs_no_time() -> None:
    assert read_told("(" * LONGEST).words
    assert read_told("x" * 1_000_000).words
