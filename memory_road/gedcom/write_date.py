"""Uncertain dates as GEDCOM 7 says them. What it cannot say stands beside the nearest that it can, in words."""

from dataclasses import replace

from memory_road.facts.date_point import DatePoint, Precision
from memory_road.facts.date_words import say_date
from memory_road.facts.uncertain_date import DateShape, UncertainDate, single
from memory_road.gedcom.written import Written

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
PLAIN = frozenset({Precision.DAY, Precision.MONTH, Precision.YEAR})


def date_of_event(date: UncertainDate, language: str) -> list[Written]:
    """The DATE of something that happened once; none where nothing is known of it."""
    if not date.is_known:
        return []
    return [_dated(_once(date), date, language, exact=_is_said_by_once(date))]


def date_of_span(begin: UncertainDate | None, end: UncertainDate | None, language: str) -> list[Written]:
    """The DATE of something that lasted; each end may be missing or not known."""
    known = [(word, date) for word, date in (("FROM", begin), ("TO", end)) if date is not None and date.is_known]
    if not known:
        return []
    value = " ".join(f"{word} {_end(date, last=word == 'TO')}" for word, date in known)
    unsaid = [say_date(date, language) for _, date in known if not _is_plain(date)]
    return [Written("DATE", value, [Written("PHRASE", " – ".join(unsaid))] if unsaid else [])]


def day(value: DatePoint) -> str:
    """A day, a month or a year."""
    month = MONTHS[value.month - 1] if value.month else ""
    return " ".join(part for part in (str(value.day) if value.day else "", month, str(value.year)) if part)


def _dated(value: str, date: UncertainDate, language: str, *, exact: bool) -> Written:
    return Written("DATE", value, [] if exact else [Written("PHRASE", say_date(date, language))])


def _once(date: UncertainDate) -> str:
    first, last = date.points[0], date.points[-1]
    if date.shape is DateShape.SINGLE and first is not None and first.precision in PLAIN:
        return f"ABT {day(first)}" if first.about else day(first)
    if first is None or last is None:
        known = last if first is None else first
        assert known is not None
        return f"BEF {_latest(known)}" if first is None else f"AFT {_earliest(known)}"
    return f"BET {_earliest(first)} AND {_latest(last)}"


def _is_said_by_once(date: UncertainDate) -> bool:
    if date.is_perhaps or date.shape is DateShape.ONE_OF:
        return False
    plain = all(point.precision in PLAIN for point in date.known_points)
    return plain and (date.shape is DateShape.SINGLE or not date.is_about)


def _is_plain(date: UncertainDate) -> bool:
    return date.shape is DateShape.SINGLE and bool(date.iso)


def _end(date: UncertainDate, *, last: bool) -> str:
    """The end of a period, which can be neither about nor between."""
    known = date.known_points
    return _latest(known[-1]) if last else _earliest(known[0])


def _earliest(point: DatePoint) -> str:
    return day(_in_months(point, point.earliest.year, point.earliest.month))


def _latest(point: DatePoint) -> str:
    return day(_in_months(point, point.latest.year, point.latest.month))


def _in_months(point: DatePoint, year: int, month: int) -> DatePoint:
    """A point of a season by its month, one of a decade or century by its year, any other as it is."""
    if point.precision in PLAIN:
        return replace(point, about=False, perhaps=False)
    return DatePoint(year, month if point.precision is Precision.SEASON else 0)


def plain_day(text: str) -> str:
    """A day of the calendar like 2026-05-09."""
    year, month, number = map(int, text.split("-"))
    return day(single(DatePoint(year, month, number)).known_points[0])
