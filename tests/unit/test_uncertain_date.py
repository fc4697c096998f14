"""Uncertain dates: which EDTF strings are taken, what days they mean, and which are certainly before others."""

from datetime import date

import pytest
from hypothesis import given, settings

from memory_road.facts.date_point import DatePoint
from memory_road.facts.uncertain_date import (
    UNKNOWN,
    DateNotUnderstood,
    DateRefusal,
    UncertainDate,
    certainly_before,
    interval,
    one_of,
    parse_edtf,
    single,
)
from tests.unit.uncertain_dates import uncertain_dates


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1942-05-12", "1942-05-12", "1942-05-12"),
        ("1942-05", "1942-05-01", "1942-05-31"),
        ("1942", "1942-01-01", "1942-12-31"),
        ("1944-02", "1944-02-01", "1944-02-29"),
        ("1943-21", "1943-03-01", "1943-05-31"),
        ("1943-22", "1943-06-01", "1943-08-31"),
        ("1943-23", "1943-09-01", "1943-11-30"),
        # Either end of the year is its winter to somebody.
        ("1943-24", "1943-01-01", "1944-02-29"),
        ("191X", "1910-01-01", "1919-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        # A doubt leaves the days as they are.
        ("1915~", "1915-01-01", "1915-12-31"),
        ("1942-05-12?", "1942-05-12", "1942-05-12"),
        ("191X%", "1910-01-01", "1919-12-31"),
        ("1941/1943", "1941-01-01", "1943-12-31"),
        ("1941~/1943-05?", "1941-01-01", "1943-05-31"),
        ("1942-21/1943-23", "1942-03-01", "1943-11-30"),
        ("../1942", None, "1942-12-31"),
        ("1942-05/..", "1942-05-01", None),
        ("[1914,1915]", "1914-01-01", "1915-12-31"),
        # The second begins later, the first ends later.
        ("[1942,1942-05-12]", "1942-01-01", "1942-12-31"),
        ("XXXX", None, None),
        ("1000-01-01", "1000-01-01", "1000-01-01"),
        ("2099-12-31", "2099-12-31", "2099-12-31"),
    ],
)
def test_a_date_knows_its_first_and_last_day(text: str, earliest: str | None, latest: str | None) -> None:
    understood = parse_edtf(text)
    assert understood.edtf == text
    assert str(understood) == text
    assert understood.earliest == (date.fromisoformat(earliest) if earliest else None)
    assert understood.latest == (date.fromisoformat(latest) if latest else None)
    assert understood.is_known is (text != "XXXX")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("1942-XX", "1942"),
        ("1942-XX-XX", "1942"),
        ("1942-05-XX", "1942-05"),
        ("1942-05-XX?", "1942-05?"),
        ("XXXX-XX", "XXXX"),
        ("XXXX-XX-XX", "XXXX"),
        ("[1915, 1914]", "[1914,1915]"),
    ],
)
def test_dates_that_mean_the_same_are_stored_alike(text: str, stored: str) -> None:
    assert parse_edtf(text).edtf == stored
    assert parse_edtf(text) == parse_edtf(stored)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1900-02-29", DateRefusal.IMPOSSIBLE_DAY),
        ("1942-13", DateRefusal.IMPOSSIBLE_DAY),
        ("1942-00", DateRefusal.IMPOSSIBLE_DAY),
        ("1942-05-00", DateRefusal.IMPOSSIBLE_DAY),
        ("1942-04-31", DateRefusal.IMPOSSIBLE_DAY),
        ("1942-20", DateRefusal.IMPOSSIBLE_DAY),
        ("1942-25", DateRefusal.IMPOSSIBLE_DAY),
        ("1942-21-05", DateRefusal.IMPOSSIBLE_DAY),
        ("0999", DateRefusal.YEAR_OUT_OF_RANGE),
        ("2100", DateRefusal.YEAR_OUT_OF_RANGE),
        ("00XX", DateRefusal.YEAR_OUT_OF_RANGE),
        ("1943/1941", DateRefusal.REVERSED),
        ("1942-05-12/1942-05-11", DateRefusal.REVERSED),
        ("1937/1936-24", DateRefusal.REVERSED),
        ("", DateRefusal.NOT_UNDERSTOOD),
        ("42", DateRefusal.NOT_UNDERSTOOD),
        ("194", DateRefusal.NOT_UNDERSTOOD),
        ("1942-5", DateRefusal.NOT_UNDERSTOOD),
        ("1942-05-1", DateRefusal.NOT_UNDERSTOOD),
        (" 1942", DateRefusal.NOT_UNDERSTOOD),
        ("1942\n", DateRefusal.NOT_UNDERSTOOD),
        ("191x", DateRefusal.NOT_UNDERSTOOD),
        ("1XXX", DateRefusal.NOT_UNDERSTOOD),
        ("19X5", DateRefusal.NOT_UNDERSTOOD),
        ("191X-05", DateRefusal.NOT_UNDERSTOOD),
        ("1942-XX-05", DateRefusal.NOT_UNDERSTOOD),
        ("1942-05-1X", DateRefusal.NOT_UNDERSTOOD),
        ("XXXX~", DateRefusal.NOT_UNDERSTOOD),
        ("1942~?", DateRefusal.NOT_UNDERSTOOD),
        ("?1942", DateRefusal.NOT_UNDERSTOOD),
        ("1942-05-12T10:00", DateRefusal.NOT_UNDERSTOOD),
        ("../..", DateRefusal.NOT_UNDERSTOOD),
        ("/1942", DateRefusal.NOT_UNDERSTOOD),
        ("1942/", DateRefusal.NOT_UNDERSTOOD),
        ("1941/1942/1943", DateRefusal.NOT_UNDERSTOOD),
        ("XXXX/1942", DateRefusal.NOT_UNDERSTOOD),
        ("[1914]", DateRefusal.NOT_UNDERSTOOD),
        ("[1914,1914]", DateRefusal.NOT_UNDERSTOOD),
        ("[1914,1914~]", DateRefusal.NOT_UNDERSTOOD),
        ("[1914..1916]", DateRefusal.NOT_UNDERSTOOD),
        ("[1911,1912,1913,1914,1915]", DateRefusal.NOT_UNDERSTOOD),
        ("{1914,1915}", DateRefusal.NOT_UNDERSTOOD),
        ("١٩٤٢", DateRefusal.NOT_UNDERSTOOD),
    ],
)
def test_what_no_calendar_or_our_subset_holds_is_refused_with_its_reason(text: str, code: DateRefusal) -> None:
    with pytest.raises(DateNotUnderstood) as refused:
        parse_edtf(text)
    assert refused.value.code is code
    assert refused.value.values["text"] == text


def test_a_refusal_names_what_its_sentence_needs() -> None:
    with pytest.raises(DateNotUnderstood) as refused:
        parse_edtf("1942-04-31")
    assert refused.value.values == {"text": "1942-04-31", "year": "1942", "month": "4", "day": "31"}
    with pytest.raises(DateNotUnderstood) as refused:
        parse_edtf("2142")
    assert refused.value.values == {"text": "2142", "year": "2142", "first": "1000", "last": "2099"}
    with pytest.raises(DateNotUnderstood) as refused:
        parse_edtf("1943/1941")
    assert refused.value.values == {"text": "1943/1941", "first": "1943", "last": "1941"}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1942-05-12", 1942),
        ("1943-24", 1943),
        ("1915~", 1915),
        ("1942-01/1942-04", 1942),
        ("[1942-05,1942-06]", 1942),
        ("1941/1942", None),
        ("1942/..", None),
        ("../1942", None),
        ("191X", None),
        ("XXXX", None),
    ],
)
def test_a_date_has_a_year_only_where_it_names_one(text: str, year: int | None) -> None:
    assert parse_edtf(text).year == year


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("1942-05-12", "1942-05-12"),
        ("1942-05", "1942-05"),
        ("1942", "1942"),
        ("1942-XX-XX", "1942"),
        ("1942-05-12~", ""),
        ("1942?", ""),
        ("194X", ""),
        ("1942-21", ""),
        ("1941/1942", ""),
        ("1942/..", ""),
        ("[1941,1942]", ""),
        ("XXXX", ""),
    ],
)
def test_machines_are_told_only_what_is_sure(text: str, iso: str) -> None:
    assert parse_edtf(text).iso == iso


@pytest.mark.parametrize(
    ("text", "is_about", "is_perhaps"),
    [
        ("1915", False, False),
        ("1915~", True, False),
        ("1915?", False, True),
        ("1915%", True, True),
        ("1914/1915~", True, False),
        ("[1914,1915?]", False, True),
        ("XXXX", False, False),
    ],
)
def test_a_doubt_of_any_part_is_a_doubt_of_the_date(text: str, is_about: bool, is_perhaps: bool) -> None:
    understood = parse_edtf(text)
    assert (understood.is_about, understood.is_perhaps) == (is_about, is_perhaps)


@pytest.mark.parametrize(
    ("first", "second", "certain", "why"),
    [
        ("1941", "1942", True, "the last day of one lies before the first of the other"),
        ("1942-05-11", "1942-05-12", True, "a day is enough"),
        ("1942", "1942", False, "they can be the same day"),
        ("1942-05-12", "1942", False, "the year holds the day"),
        ("1942", "1941", False, "it is the other way round"),
        ("191X", "1920", True, "a decade ends"),
        ("1943-24", "1944-02", False, "the winter can last to then"),
        ("1942/..", "1950", False, "an open end may reach anywhere"),
        ("1940", "../1942", False, "so may an open beginning"),
        ("../1940", "1942/..", True, "open ends that point away from each other"),
        ("XXXX", "1942", False, "nothing is known"),
        ("1942", "XXXX", False, "nothing is known"),
        ("1914", "1915~", False, '"about 1915" may be 1912'),
        ("1909", "1915~", True, '"about 1915" is not 1909'),
        ("1909~", "1915~", False, "both may give way"),
        ("1909?", "1942", False, "a doubted date proves nothing"),
        ("1909", "1942%", False, "a doubted date proves nothing"),
    ],
)
def test_one_date_is_before_another_only_if_no_reading_says_otherwise(
    first: str, second: str, certain: bool, why: str
) -> None:
    assert certainly_before(parse_edtf(first), parse_edtf(second)) is certain, why


@pytest.mark.parametrize("month", [20, 25, 13, -1])
def test_an_impossible_point_cannot_be_made(month: int) -> None:
    with pytest.raises(DateNotUnderstood):
        DatePoint(1942, month)


def test_dates_are_made_of_points() -> None:
    first, second = DatePoint(1914), DatePoint(1915)
    assert single(first).edtf == "1914"
    assert interval(first, second).edtf == "1914/1915"
    assert interval(None, second).edtf == "../1915"
    assert one_of(second, first).edtf == "[1914,1915]"
    with pytest.raises(DateNotUnderstood):
        interval(None, None)


@settings(deadline=None)
@given(uncertain_dates())
def test_every_date_is_read_back_from_what_is_stored(made: UncertainDate) -> None:
    assert parse_edtf(made.edtf) == made


@settings(deadline=None)
@given(uncertain_dates())
def test_the_first_day_is_never_after_the_last(made: UncertainDate) -> None:
    if made.earliest and made.latest:
        assert made.earliest <= made.latest


def test_unknown_is_one_value() -> None:
    assert parse_edtf("XXXX") == UNKNOWN
