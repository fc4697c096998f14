"""Days of the calendar: read from addresses, one after the other, and said in every language."""

import pytest

from memory_road.config import SHIPPED_LANGUAGES
from memory_road.facts.calendar_day import CalendarDay, read_day
from memory_road.facts.date_words import months_of, say_day


@pytest.mark.parametrize(
    ("code", "day", "why"),
    [
        ("05-09", CalendarDay(5, 9), "as addresses have it"),
        ("5-9", CalendarDay(5, 9), "as somebody types it"),
        ("02-29", CalendarDay(2, 29), "a day of every fourth year"),
        ("02-30", None, "a day of no year"),
        ("13-01", None, "a month of no year"),
        ("00-00", None, "nothing was chosen"),
        ("05-9a", None, "no number"),
        ("٠٥-٠٩", None, "figures of another script, which no address of ours has"),
        ("1945-05-09", None, "a date with its year"),
        ("", None, "nothing"),
    ],
)
def test_a_day_is_read_or_is_none(code: str, day: CalendarDay | None, why: str) -> None:
    assert read_day(code) == day, why


def test_the_days_of_a_year_follow_each_other_round() -> None:
    first = day = CalendarDay(1, 1)
    seen: list[CalendarDay] = []
    while True:
        assert day.following.before == day
        assert read_day(day.code) == day
        seen.append(day)
        day = day.following
        if day == first:
            break
    assert seen == sorted(set(seen), key=lambda each: each.number)
    assert len(seen) == 366


@pytest.mark.parametrize(
    ("language", "said", "may"),
    [
        ("ru", "9 мая", "май"),
        ("en", "9 May", "May"),
        ("be", "9 мая", "май"),
        ("kk", "9 мамыр", "мамыр"),
        ("ky", "9-май", "май"),
        ("tg", "9 май", "май"),
        ("hy", "մայիսի 9", "մայիս"),
    ],
)
def test_a_day_is_said_without_a_year(language: str, said: str, may: str) -> None:
    assert say_day(CalendarDay(5, 9), language) == said
    assert months_of(language)[4] == may


@pytest.mark.parametrize("language", SHIPPED_LANGUAGES)
def test_every_language_says_every_month(language: str) -> None:
    assert len(set(months_of(language))) == 12
