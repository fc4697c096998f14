"""A day of the calendar without a year, as it returns: 9 May. There are 366 of them, 29 February among them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

LEAP_YEAR = 2000
WRITTEN = re.compile(r"(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class CalendarDay:
    """``month`` is 1 to 12, ``day`` 1 to 31."""

    month: int
    day: int

    @property
    def number(self) -> int:
        """As entries keep it: month × 100 + day."""
        return self.month * 100 + self.day

    @property
    def code(self) -> str:
        """As addresses have it: 05-09."""
        return f"{self.month:02}-{self.day:02}"

    @property
    def before(self) -> "CalendarDay":
        """The day before; that of 1 January is 31 December."""
        return self._days_on(-1)

    @property
    def following(self) -> "CalendarDay":
        """The day after; that of 28 February is 29 February, in every year."""
        return self._days_on(1)

    def _days_on(self, days: int) -> "CalendarDay":
        return day_in_calendar(date(LEAP_YEAR, self.month, self.day) + timedelta(days=days))


def day_in_calendar(day: date) -> CalendarDay:
    """The day of the calendar on which ``day`` falls."""
    return CalendarDay(day.month, day.day)


def read_day(code: str) -> CalendarDay | None:
    """The day that an address names, also without zeros: 05-09 and 5-9; None for what is no day of any year."""
    found = WRITTEN.fullmatch(code)
    if found is None:
        return None
    try:
        return day_in_calendar(date(LEAP_YEAR, int(found["month"]), int(found["day"])))
    except ValueError:
        return None
