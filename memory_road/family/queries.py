"""Reads about the families of entries: one's own, and what waits for moderators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, exists, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from memory_road.accounts.permissions import Actor
from memory_road.archive.participant import Participant
from memory_road.archive.queries import made_of
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import State
from memory_road.db import db, now
from memory_road.family.carer import Care
from memory_road.family.correspondence import MessageState, RelativeMessage
from memory_road.family.dispute import Dispute, DisputeState
from memory_road.family.takeover import Takeover, TakeoverState
from memory_road.identifier import is_identifier
from memory_road.requests.refusal import RequestRefusal, RequestRefused

PAGE = 50
MOST_COUNTED = 100
LOOKED_THROUGH = 1000
"""So many entries of a sender are looked through for a page: somebody with very many has nearly all in their care."""
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class CaredFor:
    """An entry in somebody's care; ``asked`` is whether kin wait for the carer's answer."""

    participant: Participant
    asked: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Entries of which somebody has told, too. The next page follows the id ``after``; None: this is the last one."""

    participants: Sequence[Participant]
    after: str | None


def in_care_of(actor: Actor, after: str = "") -> list[CaredFor]:
    """``PAGE`` of the entries in the actor's care, the newest first; those that follow ``after``."""
    asked = exists().where(
        Takeover.participant_id == Care.participant_id,
        Takeover.state == TakeoverState.WAITING,
        Takeover.answer == "",
    )
    query = select(Participant, asked).join(Care, Care.participant_id == Participant.id)
    query = query.where(Care.holder_id == actor.id, Participant.gone_at.is_(None))
    last = db.session.get(Care, after) if is_identifier(after) else None
    if last is not None and last.holder_id == actor.id:
        place = tuple_(Care.since_at, Care.participant_id)
        query = query.where(place < tuple_(last.since_at, last.participant_id))
    newest = query.order_by(Care.since_at.desc(), Care.participant_id.desc()).limit(PAGE)
    return [CaredFor(participant, waits) for participant, waits in db.session.execute(newest)]


def told_by(actor: Actor, after: str = "") -> Told:
    """Up to ``PAGE`` entries in somebody else's care of which the actor has told, too, by their ids; those that follow
    ``after``."""
    mine = (
        select(Contribution.participant_id)
        .where(
            Contribution.sender_id == actor.id,
            Contribution.participant_id > (after if is_identifier(after) else ""),
            Contribution.state == State.APPROVED,
        )
        .distinct()
        .order_by(Contribution.participant_id)
        .limit(LOOKED_THROUGH)
        .subquery()
    )
    cared = select(mine.c.participant_id, Care.holder_id).outerjoin(Care, Care.participant_id == mine.c.participant_id)
    seen = db.session.execute(cared.order_by(mine.c.participant_id)).all()
    others = [entry for entry, holder in seen if holder != actor.id]
    shown = select(Participant).where(Participant.id.in_(others[:PAGE]), Participant.gone_at.is_(None))
    last = others[PAGE - 1] if len(others) > PAGE else seen[-1][0] if len(seen) == LOOKED_THROUGH else None
    return Told(db.session.scalars(shown.order_by(Participant.id)).all(), last)


def has_told(actor: Actor, participant_id: str) -> bool:
    """Whether something that the actor sent about an entry, or about one that has become part of it, was approved."""
    sent = select(Contribution.id).where(
        Contribution.participant_id.in_(made_of(participant_id)),
        Contribution.sender_id == actor.id,
        Contribution.state == State.APPROVED,
    )
    return db.session.scalar(sent.limit(1)) is not None


def takeover_of(takeover_id: str, actor: Actor) -> Takeover:
    """What the actor has asked for. Raises ``RequestRefused``."""
    found = any_takeover(takeover_id)
    if found.asker_id != actor.id:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return found


def takeover_for(takeover_id: str, actor: Actor) -> Takeover:
    """What the actor, as the carer, is asked to answer. Raises ``RequestRefused``."""
    found = any_takeover(takeover_id)
    if found.carer_id != actor.id:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return found


def any_takeover(takeover_id: str) -> Takeover:
    """For moderators. Raises ``RequestRefused``."""
    found = db.session.get(Takeover, takeover_id) if is_identifier(takeover_id) else None
    if found is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return found


def takeovers_by(actor: Actor) -> Sequence[Takeover]:
    """The ``PAGE`` newest times that the actor asked for an entry's care."""
    query = select(Takeover).where(Takeover.asker_id == actor.id)
    return db.session.scalars(query.order_by(Takeover.made_at.desc(), Takeover.id.desc()).limit(PAGE)).all()


def asked_of(actor: Actor, participant_id: str) -> Sequence[Takeover]:
    """Who asks the actor, as the carer, for an entry's care and has no answer yet."""
    query = select(Takeover).where(
        Takeover.participant_id == participant_id,
        Takeover.state == TakeoverState.WAITING,
        Takeover.carer_id == actor.id,
        Takeover.answer == "",
    )
    return db.session.scalars(query.order_by(Takeover.made_at, Takeover.id).limit(PAGE)).all()


def waiting_takeover(actor: Actor, participant_id: str) -> Takeover | None:
    """What the actor has asked for about an entry and is not decided yet."""
    return db.session.scalar(
        select(Takeover).where(
            Takeover.asker_id == actor.id,
            Takeover.participant_id == participant_id,
            Takeover.state == TakeoverState.WAITING,
        )
    )


def oldest_first(
    query: Select[Row], at: InstrumentedAttribute[datetime], key: InstrumentedAttribute[str], after: str
) -> Sequence[Row]:
    """``PAGE`` of what ``query`` finds, the oldest by ``at`` first, and of equal age by ``key``; those that follow the
    row with the key ``after``, which may be settled since."""
    last = db.session.execute(select(at, key).where(key == after)).one_or_none() if is_identifier(after) else None
    if last is not None:
        query = query.where(tuple_(at, key) > tuple_(*last))
    return db.session.scalars(query.order_by(at, key).limit(PAGE)).all()


def takeovers_to_decide(after: str = "") -> Sequence[Takeover]:
    """``PAGE`` of those that wait for a moderator, the oldest first; those that follow ``after``."""
    due = select(Takeover).where(Takeover.state == TakeoverState.WAITING, Takeover.decide_from_at <= now())
    return oldest_first(due, Takeover.decide_from_at, Takeover.id, after)


def number_for_moderators() -> int:
    """How much of families waits for moderators, each kind counted up to ``MOST_COUNTED``."""
    due = select(Takeover.id).where(Takeover.state == TakeoverState.WAITING, Takeover.decide_from_at <= now())
    running = select(Dispute.id).where(Dispute.state.in_((DisputeState.OPEN, DisputeState.ASKED)))
    messages = select(RelativeMessage.id).where(RelativeMessage.state == MessageState.WAITING)
    each = (
        select(func.count()).select_from(found.limit(MOST_COUNTED).subquery()) for found in (due, running, messages)
    )
    return sum(db.session.scalar(count) or 0 for count in each)


def any_dispute(dispute_id: str) -> Dispute:
    """For moderators. Raises ``RequestRefused``."""
    found = db.session.get(Dispute, dispute_id) if is_identifier(dispute_id) else None
    if found is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return found


def disputes_running(state: DisputeState, after: str = "") -> Sequence[Dispute]:
    """``PAGE`` of the disagreements in a state, the oldest first; those that follow ``after``."""
    return oldest_first(select(Dispute).where(Dispute.state == state), Dispute.made_at, Dispute.id, after)


def disputes_before(found: Dispute) -> Sequence[Dispute]:
    """What was disagreed about in the same entry before, the newest first, at most ``PAGE``."""
    ended = select(Dispute).where(
        Dispute.participant_id == found.participant_id,
        Dispute.state == DisputeState.ENDED,
        Dispute.id != found.id,
    )
    return db.session.scalars(ended.order_by(Dispute.made_at.desc()).limit(PAGE)).all()
