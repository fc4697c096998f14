"""One date as far as it is known: a day, month, season, year, decade or century, perhaps with a doubt."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from memory_road.facts.date_refusal import DateNotUnderstood, DateRefusal

FIRST_YEAR = 1000
LAST_YEAR = 2099
"""Years of four digits up to the end of this century: all that a family's papers name, and whole centuries."""

SPRING, SUMMER, AUTUMN, WINTER = 21, 22, 23, 24
"""ISO 8601-2 writes a season where a month would stand."""

YEARS_MASKED = {"": 1, "X": 10, "XX": 100}
QUALIFIERS = {"": (False, False), "~": (True, False), "?": (False, True), "%": (True, True)}
QUALIFIER_MARKS = {flags: mark for mark, flags in QUALIFIERS.items()}

POINT = re.compile(
    r"(?P<digits>[0-9]{2,4})(?P<masked>X{0,2})"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?"
    r"(?P<qualifier>[~?%]?)"
)


class Precision(StrEnum):
    """How far a date is known, finest first."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


@dataclass(frozen=True, slots=True)
class DatePoint:
    """A day, month, season, year, decade or century (ISO 8601-2 levels 0 and 1).

    ``year`` is the first year of a decade or century; ``month`` is 1-12, or 21-24 for a season in the northern
    hemisphere, or 0; ``day`` is 1-31 or 0; ``years`` is 1, 10 or 100. ``about`` means that it is close to this,
    ``perhaps`` that the source is doubted. Raises DateNotUnderstood (impossible_day, year_out_of_range,
    not_understood), so that no impossible point exists.
    """

    year: int
    month: int = 0
    day: int = 0
    years: int = 1
    about: bool = False
    perhaps: bool = False

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            limits = {"year": str(self.year), "first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
            raise DateNotUnderstood(DateRefusal.YEAR_OUT_OF_RANGE, limits)
        if self.years > 1 and (self.month or self.day or self.year % self.years):
            raise DateNotUnderstood(DateRefusal.NOT_UNDERSTOOD)
        if not self._is_in_calendar():
            parts = {"year": str(self.year), "month": str(self.month), "day": str(self.day)}
            raise DateNotUnderstood(DateRefusal.IMPOSSIBLE_DAY, parts)

    def _is_in_calendar(self) -> bool:
        if self.day:
            return 1 <= self.month <= 12 and 1 <= self.day <= monthrange(self.year, self.month)[1]
        return 0 <= self.month <= 12 or SPRING <= self.month <= WINTER

    @property
    def precision(self) -> Precision:
        if self.years > 1:
            return Precision.DECADE if self.years == 10 else Precision.CENTURY
        if self.day:
            return Precision.DAY
        if self.month >= SPRING:
            return Precision.SEASON
        return Precision.MONTH if self.month else Precision.YEAR

    @property
    def earliest(self) -> date:
        """The first day that it can mean.

        Winter 1943 begins on 1 January: families say it of that January as readily as of the next December.
        """
        if self.month == WINTER:
            return date(self.year, 1, 1)
        if self.month >= SPRING:
            return date(self.year, 3 * (self.month - SPRING) + 3, 1)
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that it can mean; for winter 1943 the last of February 1944."""
        if self.day:
            return date(self.year, self.month, self.day)
        if self.month == WINTER:
            return date(self.year + 1, 2, monthrange(self.year + 1, 2)[1])
        last_month = 3 * (self.month - SPRING) + 5 if self.month >= SPRING else self.month or 12
        last_year = self.year + self.years - 1
        return date(last_year, last_month, monthrange(last_year, last_month)[1])

    @property
    def edtf(self) -> str:
        mark = QUALIFIER_MARKS[self.about, self.perhaps]
        if self.years > 1:
            return f"{self.year // self.years}{'X' if self.years == 10 else 'XX'}{mark}"
        month = f"-{self.month:02}" if self.month else ""
        day = f"-{self.day:02}" if self.day else ""
        return f"{self.year}{month}{day}{mark}"


def parse_point(text: str) -> DatePoint:
    """The point that an EDTF string names.

    ``1942-XX`` and ``1942-XX-XX`` are 1942, ``1942-05-XX`` is 1942-05: they hold the same days, and a date has one
    spelling here. Raises DateNotUnderstood.
    """
    found = POINT.fullmatch(text)
    if not found or len(found["digits"] + found["masked"]) != 4:
        raise DateNotUnderstood(DateRefusal.NOT_UNDERSTOOD)
    month, day = found["month"] or "XX", found["day"] or "XX"
    if (month == "XX" and day != "XX") or (found["masked"] and found["month"]):
        raise DateNotUnderstood(DateRefusal.NOT_UNDERSTOOD)
    if "00" in (month, day):
        raise DateNotUnderstood(DateRefusal.IMPOSSIBLE_DAY, {"year": found["digits"], "month": month, "day": day})
    years = YEARS_MASKED[found["masked"]]
    about, perhaps = QUALIFIERS[found["qualifier"]]
    return DatePoint(
        year=int(found["digits"]) * years,
        month=0 if month == "XX" else int(month),
        day=0 if day == "XX" else int(day),
        years=years,
        about=about,
        perhaps=perhaps,
    )
