"""Days, moments and spans of time in the words of the page's language."""

from datetime import date, datetime, timedelta

from babel.dates import format_timedelta
from flask_babel import to_user_timezone

from memory_road.facts.date_point import DatePoint
from memory_road.facts.date_words import say_date
from memory_road.facts.uncertain_date import single
from memory_road.web.language import language

SHORTEST = timedelta(minutes=1)
SPANS: dict[str, tuple[tuple[timedelta, str], ...]] = {
    "tg": (
        (timedelta(days=365), "{} сол"),
        (timedelta(days=30), "{} моҳ"),
        (timedelta(weeks=1), "{} ҳафта"),
        (timedelta(days=1), "{} рӯз"),
        (timedelta(hours=1), "{} соат"),
        (SHORTEST, "{} дақиқа"),
    )
}
"""For languages in which the CLDR has no words for a span, only English abbreviations. Tajik nouns keep the singular
after a number."""
CARRIED = 0.85
"""Babel's threshold: 51 minutes are an hour."""


def day(value: datetime) -> str:
    """A day, in full, by the table from which all dates are said: the CLDR's is wrong in Tajik, and has May before 12
    in English."""
    local = to_user_timezone(value)
    return say_date(single(DatePoint(local.year, local.month, local.day)), language())


def set_day(value: date) -> str:
    """A day of the calendar, in full."""
    return say_date(single(DatePoint(value.year, value.month, value.day)), language())


def moment(value: datetime) -> str:
    """A day and time."""
    return f"{day(value)}, {to_user_timezone(value):%H:%M}"


def clock(value: datetime) -> str:
    """The time of a day."""
    return f"{to_user_timezone(value):%H:%M}"


def span(value: timedelta) -> str:
    """How long something takes or took, in its largest unit."""
    value = max(value, SHORTEST)
    if language() not in SPANS:
        return str(format_timedelta(value, granularity="minute", locale=language()))
    counted = [(value / unit, words) for unit, words in SPANS[language()]]
    count, words = next((each for each in counted if each[0] >= CARRIED), counted[-1])
    return words.format(max(round(count), 1))


def ago(value: timedelta) -> str:
    """How long ago something was, in its largest unit."""
    past = -max(value, SHORTEST)
    return str(format_timedelta(past, granularity="minute", add_direction=True, locale=language()))
