"""A date as a family knows it, from one day to "not known", kept as an EDTF string (ISO 8601-2)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from memory_road.facts.date_point import DatePoint, Precision, parse_point
from memory_road.facts.date_refusal import DateNotUnderstood, DateRefusal

__all__ = [
    "UNKNOWN",
    "DateNotUnderstood",
    "DateRefusal",
    "DateShape",
    "UncertainDate",
    "certainly_before",
    "interval",
    "one_of",
    "parse_edtf",
    "single",
]

MOST_ALTERNATIVES = 4
ABOUT_MARGIN = timedelta(days=5 * 365)
"""How far "about" may be off before a check calls two dates a contradiction: families round a year to its five."""

DATES_AT_HAND = 1 << 16
"""So many dates are remembered as they are understood: every day of two lifetimes."""
UNKNOWN_EDTF = "XXXX"
UNKNOWN_SPELLINGS = frozenset({UNKNOWN_EDTF, "XXXX-XX", "XXXX-XX-XX"})


class DateShape(StrEnum):
    """How the points of a date belong together."""

    UNKNOWN = "unknown"
    SINGLE = "single"
    INTERVAL = "interval"
    """Some time from the first point to the second; ``None`` is an open end."""
    ONE_OF = "one_of"


@dataclass(frozen=True, slots=True)
class UncertainDate:
    """An uncertain date: ``1942-05-12``, ``1943-21``, ``1915~``, ``191X``, ``1941/1943``, ``../1942``, ``[1914,1915]``.

    Make one by ``parse_edtf`` or the functions below it. Dates that mean the same days with the same doubts are equal.
    Raises DateNotUnderstood (reversed, not_understood) when the points do not make a date.
    """

    shape: DateShape
    points: tuple[DatePoint | None, ...]

    def __post_init__(self) -> None:
        if self.shape is DateShape.INTERVAL:
            self._check_order()

    def _check_order(self) -> None:
        start, end = self.points
        if start is None and end is None:
            raise DateNotUnderstood(DateRefusal.NOT_UNDERSTOOD)
        if start is None or end is None:
            return
        # The winter of 1936 reaches into 1937, and still "from 1937 to the winter of 1936" is the wrong way round.
        if end.latest < start.earliest or end.year + end.years <= start.year:
            raise DateNotUnderstood(DateRefusal.REVERSED, {"first": start.edtf, "last": end.edtf})

    @property
    def edtf(self) -> str:
        """The string that is stored; ``parse_edtf`` reads it back to an equal date."""
        spelled = ["" if point is None else point.edtf for point in self.points]
        match self.shape:
            case DateShape.UNKNOWN:
                return UNKNOWN_EDTF
            case DateShape.SINGLE:
                return spelled[0]
            case DateShape.INTERVAL:
                return "/".join(text or ".." for text in spelled)
            case DateShape.ONE_OF:
                return f"[{','.join(spelled)}]"

    def __str__(self) -> str:
        return self.edtf

    @property
    def earliest(self) -> date | None:
        """The first day that it can mean, or None when open or unknown. A qualifier does not widen it."""
        first = self.points[0] if self.points else None
        return first.earliest if first else None

    @property
    def latest(self) -> date | None:
        """The last day that it can mean, or None when open or unknown. A qualifier does not widen it."""
        if self.shape is DateShape.ONE_OF:
            return max(point.latest for point in self.known_points)
        last = self.points[-1] if self.points else None
        return last.latest if last else None

    @property
    def known_points(self) -> tuple[DatePoint, ...]:
        """The points without open ends."""
        return tuple(point for point in self.points if point is not None)

    @property
    def year(self) -> int | None:
        """The one year that it names, or None when it names several, a decade, or none."""
        years = {point.year if point and point.years == 1 else None for point in self.points}
        return years.pop() if len(years) == 1 else None

    @property
    def iso(self) -> str:
        """As ISO 8601-1 has it, for machines that know no doubts: a day, a month or a year; "" where it is anything
        else, or doubted."""
        if self.shape is not DateShape.SINGLE or self.is_about or self.is_perhaps:
            return ""
        plain = {Precision.DAY, Precision.MONTH, Precision.YEAR}
        return self.edtf if all(point.precision in plain for point in self.known_points) else ""

    @property
    def is_known(self) -> bool:
        return self.shape is not DateShape.UNKNOWN

    @property
    def is_about(self) -> bool:
        """Whether any point is said to be only close to the truth (EDTF ``~`` or ``%``)."""
        return any(point.about for point in self.known_points)

    @property
    def is_perhaps(self) -> bool:
        """Whether any point's source is doubted (EDTF ``?`` or ``%``)."""
        return any(point.perhaps for point in self.known_points)

    def with_points(self, change: Callable[[DatePoint], DatePoint]) -> "UncertainDate":
        """The date with every known point changed."""
        return replace(self, points=tuple(point and change(point) for point in self.points))


UNKNOWN = UncertainDate(DateShape.UNKNOWN, ())


def single(point: DatePoint) -> UncertainDate:
    return UncertainDate(DateShape.SINGLE, (point,))


def interval(start: DatePoint | None, end: DatePoint | None) -> UncertainDate:
    """Some time from ``start`` to ``end``, both included; None leaves that end open."""
    return UncertainDate(DateShape.INTERVAL, (start, end))


def one_of(*points: DatePoint) -> UncertainDate:
    """One of two to four different points, earliest first whatever the order they were given in.

    Raises DateNotUnderstood (not_understood) for fewer, more, or the same one twice, be it with another doubt.
    """
    different = {(point.year, point.month, point.day, point.years) for point in points}
    if len(different) != len(points) or not 2 <= len(points) <= MOST_ALTERNATIVES:
        raise DateNotUnderstood(DateRefusal.NOT_UNDERSTOOD)
    in_order = sorted(points, key=lambda point: (point.earliest, point.latest, point.edtf))
    return UncertainDate(DateShape.ONE_OF, tuple(in_order))


def parse_edtf(text: str) -> UncertainDate:
    """The date that an EDTF string of our subset names.

    The subset is ISO 8601-2 levels 0 and 1 with years from 1000 to 2099, without times, letters before the year and
    unknown (as against open) ends, plus level 2's one-of set of single points. Raises DateNotUnderstood with the code
    not_understood, impossible_day, year_out_of_range or reversed and the value ``text``.
    """
    try:
        return _parse(text)
    except DateNotUnderstood as refusal:
        raise DateNotUnderstood(refusal.code, {**refusal.values, "text": text}) from None


@lru_cache(DATES_AT_HAND)
def _parse(text: str) -> UncertainDate:
    if text in UNKNOWN_SPELLINGS:
        return UNKNOWN
    if text.startswith("[") and text.endswith("]"):
        return one_of(*(parse_point(part.strip(" ")) for part in text[1:-1].split(",")))
    ends = text.split("/")
    if len(ends) == 1:
        return single(parse_point(text))
    if len(ends) > 2:
        raise DateNotUnderstood(DateRefusal.NOT_UNDERSTOOD)
    start, end = (None if part == ".." else parse_point(part) for part in ends)
    return interval(start, end)


def certainly_before(first: UncertainDate, second: UncertainDate) -> bool:
    """Whether every reading of ``first`` ends before any reading of ``second`` begins.

    For checks that accuse: a doubted date ("perhaps 1915") proves nothing, and "about" is given five years each.
    """
    if first.latest is None or second.earliest is None or first.is_perhaps or second.is_perhaps:
        return False
    margin = ABOUT_MARGIN * (first.is_about + second.is_about)
    return second.earliest - first.latest > margin
