"""What can still be looked at before a set date, at the pace of late: measured by the log, never promised."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from memory_road.contributions.decision import Decision
from memory_road.contributions.waits import COUNTED_AHEAD, FEWEST, LOOKS
from memory_road.db import db, now

MEASURED_DAYS = 14
MEASURED = 500
"""So many of the newest decisions of each kind are counted."""
TOLD_DAYS = 120
"""Nobody is told of a date that is farther off."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The set date, in how many days it is, and about how many cases can be looked at until then; ``None``: too little
    was decided of late to say."""

    day: date
    days: int
    can_decide: int | None


def next_of(set_date: str, today: date) -> date:
    """The next day with this month and day, written like 05-09; today itself counts."""
    month, day = map(int, set_date.split("-"))
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def outlook(set_date: str, today: date) -> Outlook | None:
    """What can be looked at before the ``set_date``; ``None`` where there is none, or it is far off."""
    if not set_date:
        return None
    day = next_of(set_date, today)
    days = (day - today).days
    if days > TOLD_DAYS:
        return None
    pace = a_day(_looks(), now())
    return Outlook(day, days, None if pace is None else math.floor(pace * days))


def in_time(ahead: int, found: Outlook) -> bool | None:
    """Whether a case before which ``ahead`` wait will probably be looked at; ``None``: it cannot be said."""
    if found.can_decide is None:
        return None
    if ahead >= COUNTED_AHEAD <= found.can_decide:  # there may be many more than were counted
        return None
    return ahead < found.can_decide


def a_day(looks: Sequence[datetime], at: datetime) -> float | None:
    """How many looks there were a day among the newest of each kind, over ``MEASURED_DAYS`` or since the oldest of
    those; ``None`` when there are too few."""
    begin = at - timedelta(days=MEASURED_DAYS)
    lately = [moment for moment in looks if moment > begin]
    if len(lately) < FEWEST:
        return None
    if len(lately) >= MEASURED:  # more than were counted: only as far back as they reach
        begin = min(lately)
    return len(lately) / max((at - begin) / timedelta(days=1), 1.0)


def _looks() -> list[datetime]:
    found: list[datetime] = []
    for move in LOOKS:
        newest = select(Decision.made_at).where(Decision.move == move).order_by(Decision.number.desc())
        found += db.session.scalars(newest.limit(MEASURED))
    return found
