"""Reads of the queue: what waits, how much, how long; the next case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import selectinload

from memory_road.accounts.permissions import Actor
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.lifecycle import Move, State
from memory_road.db import db, now
from memory_road.moderation.claim import Claim

PAGE = 50
MOST_COUNTED = 1000
TOLD_FOR = timedelta(days=14)
MOST_LOOKED_AT = 200
"""So many of the newest withdrawals are looked through."""


@dataclass(frozen=True, slots=True)
class Depth:
    """How many wait (counted up to ``MOST_COUNTED``), and since when the oldest does."""

    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the queue; ``claim`` is a lease that still runs."""

    contribution: Contribution
    claim: Claim | None


def depth() -> Depth:
    """The depth of the queue."""
    some = select(Contribution.id).where(Contribution.state == State.SUBMITTED).limit(MOST_COUNTED).subquery()
    oldest = select(func.min(Contribution.submitted_at)).where(Contribution.state == State.SUBMITTED)
    return Depth(db.session.scalar(select(func.count()).select_from(some)) or 0, db.session.scalar(oldest))


def waiting() -> Sequence[Waiting]:
    """The oldest of what waits, at most ``PAGE``."""
    statement = (
        select(Contribution, Claim)
        .outerjoin(Claim, and_(Claim.contribution_id == Contribution.id, Claim.expires_at > now()))
        .where(Contribution.state == State.SUBMITTED)
        .options(selectinload(Contribution.photographs))
        .order_by(Contribution.submitted_at, Contribution.id)
        .limit(PAGE)
    )
    return [Waiting(contribution, claim) for contribution, claim in db.session.execute(statement).all()]


def put_aside(state: State) -> Sequence[Contribution]:
    """The oldest cases that are in ``state`` instead of the queue, on hold or appealed, at most ``PAGE``."""
    statement = select(Contribution).where(Contribution.state == state).options(selectinload(Contribution.photographs))
    return db.session.scalars(statement.order_by(Contribution.submitted_at, Contribution.id).limit(PAGE)).all()


def taken_back_from_hold() -> Sequence[Contribution]:
    """What its sender withdrew lately while it was on hold, the last first: whoever has asked a historian about it need
    not wait for the answer. What was erased since is left out."""
    newest = select(Decision.contribution_id, Decision.number, Decision.from_state, Decision.made_at)
    newest = newest.where(Decision.move == Move.WITHDRAW).order_by(Decision.number.desc()).limit(MOST_LOOKED_AT)
    taken_back = newest.subquery()
    statement = (
        select(Contribution)
        .join(taken_back, taken_back.c.contribution_id == Contribution.id)
        .where(
            taken_back.c.from_state == State.HELD,
            taken_back.c.made_at > now() - TOLD_FOR,
            Contribution.facts.is_not(None),
        )
        .options(selectinload(Contribution.photographs))
        .order_by(taken_back.c.number.desc())
        .limit(PAGE)
    )
    return db.session.scalars(statement).all()


def next_for(actor: Actor, after: str = "") -> str | None:
    """The id of the oldest case that the actor can take: not their own, not held by another; the one after ``after``
    first, so that a case just put aside does not come straight back."""
    own = and_(Claim.contribution_id == Contribution.id, Claim.expires_at > now(), Claim.moderator_id != actor.id)
    free: Select[str] = (
        select(Contribution.id)
        .outerjoin(Claim, own)
        .where(
            Contribution.state == State.SUBMITTED,
            Contribution.sender_id != actor.id,
            Claim.contribution_id.is_(None),
            Contribution.id != after,
        )
        .order_by(Contribution.submitted_at, Contribution.id)
        .limit(1)
    )
    left = db.session.get(Contribution, after) if after else None
    if left is not None and left.submitted_at is not None:
        later = free.where(
            or_(
                Contribution.submitted_at > left.submitted_at,
                and_(Contribution.submitted_at == left.submitted_at, Contribution.id > left.id),
            )
        )
        found = db.session.scalar(later)
        if found is not None:
            return found
    return db.session.scalar(free)
