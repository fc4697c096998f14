"""How long what was sent waits until somebody has looked at it: measured by the log, never promised."""

import math
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import aliased

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.lifecycle import Move, State
from memory_road.db import db

LOOKS = (Move.RETURN, Move.HOLD, Move.REJECT, Move.APPROVE)
"""Moves by which a sender learns that somebody has looked."""
MEASURED = 200
"""So many of the last looks are measured."""
FEWEST = 20
"""Of fewer nothing is said."""
MOST = 0.8
"""What counts as most of them."""
COUNTED_AHEAD = 1000


def ahead_of(contribution: Contribution) -> int:
    """How many wait before a contribution in the queue, counted up to ``COUNTED_AHEAD``."""
    place = tuple_(Contribution.submitted_at, Contribution.id)
    before = select(Contribution.id).where(
        Contribution.state == State.SUBMITTED, place < tuple_(contribution.submitted_at, contribution.id)
    )
    return db.session.scalar(select(func.count()).select_from(before.limit(COUNTED_AHEAD).subquery())) or 0


def usual_days() -> int | None:
    """Within how many days most of what was sent lately was first looked at; ``None`` when there is too little."""
    return days_for_most(recent_waits())


def recent_waits() -> list[timedelta]:
    """How long each contribution waited whose first look is among the last ``MEASURED`` looks, the newest one first."""
    of_same = aliased(Decision)
    earlier = of_same.contribution_id == Decision.contribution_id
    sent_at = select(func.min(of_same.made_at)).where(earlier, of_same.move == Move.SUBMIT)
    first = select(func.min(of_same.number)).where(earlier, of_same.move.in_(LOOKS))
    looks: list[tuple[int, int, timedelta]] = []
    for move in LOOKS:
        newest = (
            select(Decision.number, Decision.made_at, sent_at.scalar_subquery(), first.scalar_subquery())
            .where(Decision.move == move)
            .order_by(Decision.number.desc())
            .limit(MEASURED)
        )
        looks += [(number, begun, at - sent) for number, at, sent, begun in db.session.execute(newest)]
    latest = sorted(looks, reverse=True)[:MEASURED]
    return [waited for number, begun, waited in latest if number == begun]


def days_for_most(waits: Sequence[timedelta]) -> int | None:
    """The whole days within which ``MOST`` of ``waits`` ended, one at least; ``None`` when there are too few."""
    if len(waits) < FEWEST:
        return None
    longest = sorted(waits)[math.ceil(MOST * len(waits)) - 1]
    return max(1, math.ceil(longest / timedelta(days=1)))
