"""How the desk fares, week by week: what came, what was done with it, how long it waited, and why it went back.

The log is counted once, in its order, into a few rows for each week. A page reads those alone, so that it costs the
same however much was ever sent.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Date

from memory_road.contributions.decision import Decision
from memory_road.contributions.lifecycle import Move, Remark, State
from memory_road.db import Base, db, one_of

WEEKS = 26
LOOKED_AT = (Move.APPROVE, Move.RETURN, Move.REJECT, Move.HOLD)
"""Moves by which a moderator has looked at what waited."""
BOUNDS = (1, 4, 12, 24, 48, 72, 120, 168, 240, 336, 504, 672, 1008, 1440, 2160)
"""Hours: what waited is counted by the first of these that it did not exceed, or as longer than all."""


class Counted(StrEnum):
    CAME = "came"
    DONE = "done"
    WAITED = "waited"
    REASON = "reason"
    CHANGE = "change"  # of how many wait: what came into the queue, less what left it


class WeekCount(Base):
    """How often something was counted in the week that begins on a Monday. ``key`` is a move, a reason, or the place in
    ``BOUNDS``."""

    __tablename__ = "week_count"
    __table_args__ = (one_of("what", Counted), Index("ix_week_count_what", "what", "week"))

    week: Mapped[date] = mapped_column(Date, primary_key=True)
    what: Mapped[Counted] = mapped_column(String(10), primary_key=True)
    key: Mapped[str] = mapped_column(String(30), primary_key=True)
    number: Mapped[int]


class CountedUntil(Base):
    """The last decision that was counted, in one row."""

    __tablename__ = "counted_until"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]


@dataclass(frozen=True, slots=True)
class Week:
    """One week. ``waited`` are the days within which half and nine of ten were looked at; ``None``: nothing was."""

    begins: date
    came: int
    done: Mapping[str, int]
    backlog: int
    waited: tuple[float, float] | None

    @property
    def left(self) -> int:
        """How many were looked at."""
        return sum(self.done.values())


def count_some(most: int) -> int:
    """Count at most so many decisions that were not counted yet, in the present transaction; returns how many."""
    mark = db.session.get(CountedUntil, 1, with_for_update=True)
    if mark is None:
        mark = CountedUntil(id=1, number=0)
        db.session.add(mark)
    new = select(Decision).where(Decision.number > mark.number).order_by(Decision.number).limit(most)
    decisions = db.session.scalars(new).all()
    found: Counter[tuple[date, Counted, str]] = Counter()
    for decision in decisions:
        _count(decision, found)
    for (week, what, key), number in found.items():
        kept = db.session.get(WeekCount, (week, what, key))
        if kept is None:
            db.session.add(WeekCount(week=week, what=what, key=key, number=number))
        else:
            kept.number += number
    if decisions:
        mark.number = decisions[-1].number
    db.session.flush()
    return len(decisions)


def weeks(today: date) -> Sequence[Week]:
    """The last ``WEEKS`` weeks, the present one last."""
    first = monday(today) - timedelta(weeks=WEEKS - 1)
    rows = db.session.scalars(select(WeekCount).where(WeekCount.week >= first)).all()
    of: dict[tuple[date, Counted], dict[str, int]] = {}
    for row in rows:
        of.setdefault((row.week, row.what), {})[row.key] = row.number
    before = select(func.sum(WeekCount.number)).where(WeekCount.what == Counted.CHANGE, WeekCount.week < first)
    backlog = db.session.scalar(before) or 0
    found: list[Week] = []
    for number in range(WEEKS):
        begins = first + timedelta(weeks=number)
        backlog += sum(of.get((begins, Counted.CHANGE), {}).values())
        came = sum(of.get((begins, Counted.CAME), {}).values())
        waited = _within_days(of.get((begins, Counted.WAITED), {}))
        found.append(Week(begins, came, of.get((begins, Counted.DONE), {}), backlog, waited))
    return found


def reasons_given(today: date) -> Sequence[tuple[str, int]]:
    """How often each reason was given in these weeks, the most frequent one first."""
    first = monday(today) - timedelta(weeks=WEEKS - 1)
    counted = select(WeekCount.key, func.sum(WeekCount.number)).where(
        WeekCount.what == Counted.REASON, WeekCount.week >= first
    )
    found = [(key, int(number)) for key, number in db.session.execute(counted.group_by(WeekCount.key))]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def monday(day: date) -> date:
    """The Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def _count(decision: Decision, found: Counter[tuple[date, Counted, str]]) -> None:
    if decision.contribution_id is None:
        return
    week = monday(decision.made_at.date())
    entered, left = decision.to_state == State.SUBMITTED, decision.from_state == State.SUBMITTED
    if entered != left:
        found[week, Counted.CHANGE, ""] += 1 if entered else -1
    if decision.move == Move.SUBMIT:
        found[week, Counted.CAME, ""] += 1
    if decision.move not in LOOKED_AT:
        return
    found[week, Counted.DONE, decision.move] += 1
    if decision.reason and decision.move in {Move.RETURN, Move.REJECT}:
        found[week, Counted.REASON, decision.reason] += 1
    since = _came_at(decision)
    if since is not None:
        found[week, Counted.WAITED, _place(decision.made_at - since)] += 1


def _came_at(decision: Decision) -> datetime | None:
    """When what was decided had come into the queue."""
    before = (
        select(Decision.made_at)
        .where(
            Decision.contribution_id == decision.contribution_id,
            Decision.number < decision.number,
            Decision.to_state == State.SUBMITTED,
            Decision.move != Remark.NOTE,
        )
        .order_by(Decision.number.desc())
        .limit(1)
    )
    return db.session.scalar(before)


def _place(waited: timedelta) -> str:
    hours = waited.total_seconds() / 3600
    return f"{next((place for place, bound in enumerate(BOUNDS) if hours <= bound), len(BOUNDS)):02}"


def _within_days(counted: Mapping[str, int]) -> tuple[float, float] | None:
    total = sum(counted.values())
    return (_share(counted, total * 0.5), _share(counted, total * 0.9)) if total else None


def _share(counted: Mapping[str, int], wanted: float) -> float:
    """The days within which so many of those that were counted had been looked at; longer ones count as the longest."""
    seen = 0
    for place in sorted(counted):
        seen += counted[place]
        if seen >= wanted:
            return BOUNDS[min(int(place), len(BOUNDS) - 1)] / 24
    return BOUNDS[-1] / 24
