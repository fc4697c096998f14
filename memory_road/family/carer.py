"""Who has the care of an entry, and the append-only record of every change of it."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Identifier, Moment, db, now, one_of
from memory_road.requests.refusal import RequestRefusal, RequestRefused


class ChangeReason(StrEnum):
    """Why the care of an entry changed."""

    PUBLISHED = "published"  # whoever's contribution made the entry has its care
    HANDED = "handed"  # given to somebody who accepted it
    LEFT = "left"  # the account was closed
    SUCCEEDED = "succeeded"  # the named successor accepted it
    TAKEN_OVER = "taken_over"  # a moderator gave it to kin


class Care(Base):
    """One row for each entry that came of a contribution. Nobody has the care where ``holder_id`` is empty."""

    __tablename__ = "care"
    __table_args__ = (Index("ix_care_holder", "holder_id", "since_at", "participant_id"),)

    participant_id: Mapped[Identifier] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    since_at: Mapped[Moment] = mapped_column(default=now)


class CareChange(Base):
    """Who gave the care of an entry to whom, when and why. Never updated, never deleted: triggers refuse it. It
    outlasts the entry, so it names it without pointing at its row."""

    __tablename__ = "care_change"
    __table_args__ = (
        one_of("reason", ChangeReason),
        CheckConstraint("from_id IS NOT NULL OR to_id IS NOT NULL", name="concerns_somebody"),
        CheckConstraint("from_id <> to_id", name="changes_something"),
        CheckConstraint("reason <> 'published' OR from_id IS NULL", name="begins_with_publication"),
        CheckConstraint("(reason = 'left') = (to_id IS NULL)", name="nobody_after_leaving"),
        Index("ix_care_change_participant", "participant_id", "number"),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[Identifier]
    from_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    reason: Mapped[ChangeReason] = mapped_column(String(20))
    made_at: Mapped[Moment] = mapped_column(default=now)


def begin_care(participant_id: str, sender_id: int | None) -> None:
    """Give the care of a new entry to whoever's contribution made it, in the present transaction. Nobody has it where
    ``sender_id`` is empty, since they have closed their account."""
    db.session.add(Care(participant_id=participant_id, holder_id=sender_id))
    if sender_id is not None:
        reason = ChangeReason.PUBLISHED
        db.session.add(CareChange(participant_id=participant_id, to_id=sender_id, actor_id=sender_id, reason=reason))
    db.session.flush()


def carer_of(participant_id: str) -> int | None:
    """The account that has the care of an entry, if anybody has."""
    return db.session.scalar(select(Care.holder_id).where(Care.participant_id == participant_id))


def locked_care(participant_id: str) -> Care:
    """The care of an entry, held until the transaction ends: one thing at a time is done about it. Raises
    ``RequestRefused`` when there is no such entry, or none that came of a contribution."""
    care = db.session.get(Care, participant_id, with_for_update=True, populate_existing=True)
    if care is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return care


def changes_of(participant_id: str) -> Sequence[CareChange]:
    """Every change of the care of an entry, the first one first."""
    query = select(CareChange).where(CareChange.participant_id == participant_id)
    return db.session.scalars(query.order_by(CareChange.number)).all()
