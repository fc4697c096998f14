"""Reads the dates that people type in their own words, and says them back."""

from collections.abc import Iterable
from functools import lru_cache

from memory_road.facts.calendar_day import CalendarDay
from memory_road.facts.date_language.card import say_life
from memory_road.facts.date_language.card import say_year as say_year_in
from memory_road.facts.date_language.languages import LANGUAGES
from memory_road.facts.date_language.patterns import patterns_of
from memory_road.facts.date_language.phrase import read_phrase
from memory_road.facts.date_language.speech import month_names, say, say_without_year
from memory_road.facts.date_language.spelling import even_out
from memory_road.facts.date_refusal import DateNotUnderstood, DateRefusal
from memory_road.facts.uncertain_date import UncertainDate

LONGEST_TEXT = 200
"""Characters: room for four alternatives, each with its doubts; the time to read grows with them."""
DATES_AT_HAND = 20_000
"""So many dates are remembered as they are said, which takes 5 MB: lives of one century have few others."""


def read_date(text: str, language: str) -> UncertainDate:
    """The date that ``text`` means to a reader of ``language`` (a code of LANGUAGES).

    A text that this language does not understand at all is read in those that its readers type as well. If they do
    not understand it either, it is tried in all others, and counts if they agree on it. Raises DateNotUnderstood with
    a code of DateRefusal and the value ``text``; nothing is half-read and nothing is guessed. Raises KeyError for a
    language without a table.
    """
    evened = even_out(text)
    try:
        if not evened or len(text) > LONGEST_TEXT:
            raise DateNotUnderstood(DateRefusal.NOT_UNDERSTOOD if text.strip() else DateRefusal.EMPTY)
        return _read_in_any(evened, language)
    except DateNotUnderstood as refusal:
        raise DateNotUnderstood(refusal.code, {**refusal.values, "text": text}) from None


def _read_in_any(text: str, language: str) -> UncertainDate:
    own = (language, *LANGUAGES[language].also)
    for code in own:
        try:
            return read_phrase(text, patterns_of(code))
        except DateNotUnderstood as refusal:
            if refusal.code is not DateRefusal.NOT_UNDERSTOOD:
                raise
    return _read_in_all(text, [code for code in LANGUAGES if code not in own])


def _read_in_all(text: str, languages: Iterable[str]) -> UncertainDate:
    understood: set[UncertainDate] = set()
    refusal = DateNotUnderstood(DateRefusal.NOT_UNDERSTOOD)
    for code in languages:
        try:
            understood.add(read_phrase(text, patterns_of(code)))
        except DateNotUnderstood as raised:
            refusal = raised if raised.code is not DateRefusal.NOT_UNDERSTOOD else refusal
    if len(understood) == 1:
        return understood.pop()
    if understood:
        first, second, *_ = sorted(date.edtf for date in understood)
        raise DateNotUnderstood(DateRefusal.AMBIGUOUS, {"first": first, "second": second})
    raise refusal


@lru_cache(DATES_AT_HAND)
def say_date(date: UncertainDate, language: str) -> str:
    """``date`` in plain words of ``language``, never as EDTF; ``read_date`` reads them back to an equal date."""
    return say(date, LANGUAGES[language].speech)


def say_years(birth: UncertainDate | None, death: UncertainDate | None, language: str) -> str:
    """The years of a life for a card: "1899–1978", "1914/15–1942?", "about 1888 – 1942", "born 1891".

    "" when neither is known; None is a date that is not stated.
    """
    born, died = (say_year(date, language) if date and date.is_known else "" for date in (birth, death))
    return say_life(born, died, LANGUAGES[language].speech)


@lru_cache(DATES_AT_HAND)
def say_year(date: UncertainDate, language: str) -> str:
    """The year of one date, as it stands on a line of years: "1899", "about 1888", "1914/15", "1942?"."""
    return say_year_in(date, LANGUAGES[language].speech)


def say_day(day: CalendarDay, language: str) -> str:
    """A day of the calendar: "9 May", "9 мая", "9-май", "մայիսի 9"."""
    return say_without_year(day.month, day.day, LANGUAGES[language].speech)


def months_of(language: str) -> tuple[str, ...]:
    """The names of the twelve months, as they stand alone."""
    return month_names(LANGUAGES[language].speech)
