"""What was changed in an entry since it was published, and when: the names of facts, never what stood there before."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.archive.rows_of import copies_of
from memory_road.db import Base, Identifier, Json, Moment, one_of
from memory_road.identifier import new_identifier

MOST_SHOWN = 20


class ChangeKind(StrEnum):
    CHANGED = "changed"  # facts, or pictures that were added
    MERGED = "merged"  # another entry about the same person became part of it
    PORTRAIT = "portrait"  # another picture is its face now


class ParticipantChange(Base):
    """One change of a published entry."""

    __tablename__ = "participant_change"
    __table_args__ = (
        one_of("how", ChangeKind),
        CheckConstraint("photographs >= 0", name="photographs_counted"),
        Index("ix_participant_change_newest", "participant_id", "made_at"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="RESTRICT"))
    made_at: Mapped[Moment]
    how: Mapped[str] = mapped_column(String(10), default=ChangeKind.CHANGED)
    fields: Mapped[list[str]] = mapped_column(Json, comment="names of the facts that were changed, in the form's order")
    photographs: Mapped[int] = mapped_column(default=0, comment="how many were added")


def changes_of(participant_id: str) -> Sequence[ParticipantChange]:
    """The newest changes of an entry, at most ``MOST_SHOWN``, the last one first."""
    return copies_of(ParticipantChange, NEWEST_CHANGES, {"id": participant_id})


NEWEST_CHANGES = (
    select(*ParticipantChange.__table__.columns)
    .where(ParticipantChange.participant_id == bindparam("id", type_=String()))
    .order_by(ParticipantChange.made_at.desc())
    .limit(MOST_SHOWN)
)
