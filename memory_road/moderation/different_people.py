"""Which entries are about different people: said once, it is never asked again."""

from sqlalchemy import CheckConstraint, ForeignKey, select, union_all
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.permissions import Actor
from memory_road.contributions.entry_life import EntryMove
from memory_road.db import Base, Identifier, Moment, db, now
from memory_road.moderation.entry import log, shown_entry, state_of
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.words import optional_words


class DifferentPeople(Base):
    """A pair of entries, the smaller id first."""

    __tablename__ = "different_people"
    __table_args__ = (CheckConstraint("one_id < other_id", name="in_order"),)

    one_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="RESTRICT"), primary_key=True)
    other_id: Mapped[Identifier] = mapped_column(
        ForeignKey("participant.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    told_by_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    told_at: Mapped[Moment] = mapped_column(default=now)


def told_apart_from(*participant_ids: str) -> set[str]:
    """The entries that are known to be about somebody else than one of these."""
    pair = DifferentPeople
    first = select(pair.other_id).where(pair.one_id.in_(participant_ids))
    second = select(pair.one_id).where(pair.other_id.in_(participant_ids))
    return set(db.session.scalars(union_all(first, second))) if participant_ids else set()


def tell_apart(participant_id: str, other_id: str, actor: Actor, note: str = "") -> None:
    """Remember for ever that two entries are about different people, in the present transaction; nothing is changed
    where that is known. Raises ``RequestRefused`` or ``NotPermitted``."""
    note = optional_words(note)
    if participant_id == other_id:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    held = [shown_entry(each, actor, senior=False) for each in sorted((participant_id, other_id))]
    one, other = held
    if db.session.get(DifferentPeople, (one.id, other.id)) is not None:
        return
    db.session.add(DifferentPeople(one_id=one.id, other_id=other.id, told_by_id=actor.id))
    for each, from_whom in ((one, other), (other, one)):
        log(each, actor, EntryMove.TELL_APART, state_of(each), from_whom.id, note=note)
