"""Family against family: a disagreement about an entry, and what each side tells of it."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.db import Base, Identifier, Moment, db, now, one_of
from memory_road.facts.vocabulary import Term, label
from memory_road.identifier import new_identifier

LONGEST_SUBJECT = 200


class DisputeState(StrEnum):
    ASKED = "asked"  # by somebody who has told nothing of the entry yet: a moderator looks first
    OPEN = "open"  # visitors see a line, corrections wait, the others are asked
    ENDED = "ended"


class DisputeOutcome(Term):
    """How a disagreement ended."""

    DOCUMENTS = "documents", label("Documents decide, and the entry follows them")
    BOTH_STAND = "both_stand", label("Both stand side by side in the entry")
    STAYS = "stays", label("The entry stays as it is")
    AGREED = "agreed", label("The families have agreed")
    NONE = "none", label("It was no disagreement between families")


class Dispute(Base):
    """At most one for each entry that has not ended. ``subject`` is the only part that the other side reads."""

    __tablename__ = "dispute"
    __table_args__ = (
        one_of("state", DisputeState),
        CheckConstraint("subject <> ''", name="has_subject"),
        CheckConstraint("state <> 'open' OR opened_at IS NOT NULL", name="open_has_time"),
        CheckConstraint(
            "(state = 'ended' AND ended_at IS NOT NULL AND ended_by_id IS NOT NULL AND outcome <> '') OR "
            "(state <> 'ended' AND ended_at IS NULL AND ended_by_id IS NULL AND outcome = '')",
            name="ended_has_outcome",
        ),
        CheckConstraint(
            "outcome IN ('', {})".format(", ".join(f"'{outcome}'" for outcome in DisputeOutcome)), name="outcome_known"
        ),
        CheckConstraint("ended_by_id <> opener_id", name="ended_by_another"),
        Index(
            "uq_dispute_running",
            "participant_id",
            unique=True,
            sqlite_where=text("state <> 'ended'"),
            postgresql_where=text("state <> 'ended'"),
        ),
        Index("ix_dispute_participant", "participant_id", "made_at"),
        Index("ix_dispute_queue", "state", "made_at", "id"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="RESTRICT"))
    opener_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT), comment="what is told differently, in a few words")
    state: Mapped[DisputeState] = mapped_column(String(10))
    made_at: Mapped[Moment] = mapped_column(default=now)
    opened_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    outcome: Mapped[str] = mapped_column(String(20), default="")
    message: Mapped[str] = mapped_column(Text, default="", comment="of the moderator, to all sides")
    note: Mapped[str] = mapped_column(Text, default="", comment="among moderators")

    participant: Mapped[Participant] = relationship(lazy="joined")
    sides: Mapped[list["DisputeSide"]] = relationship(order_by="DisputeSide.asked_at, DisputeSide.account_id")

    def side_of(self, account_id: int) -> "DisputeSide | None":
        """What an account has told of it, or is asked to tell."""
        return next((side for side in self.sides if side.account_id == account_id), None)


class DisputeSide(Base):
    """One side's account, for moderators alone. Without words it was asked and has not answered."""

    __tablename__ = "dispute_side"
    __table_args__ = (CheckConstraint("(words = '') = (told_at IS NULL)", name="told_has_words"),)

    dispute_id: Mapped[Identifier] = mapped_column(ForeignKey("dispute.id", ondelete="RESTRICT"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), primary_key=True, index=True)
    words: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[Moment] = mapped_column(default=now)
    told_at: Mapped[Moment | None]

    account: Mapped[Account] = relationship(lazy="joined")


def running_dispute(participant_id: str) -> Dispute | None:
    """The disagreement about an entry that has not ended, if there is one."""
    running = select(Dispute).where(Dispute.participant_id == participant_id, Dispute.state != DisputeState.ENDED)
    return db.session.scalar(running)


def require_undisputed(participant_id: str) -> None:
    """Raise ``Refused`` while families disagree about an entry, or a moderator has frozen it: what would change it
    waits. The entry is held until the transaction ends, so that nobody marks it meanwhile."""
    marks = select(Participant.disputed_at, Participant.frozen_at).where(Participant.id == participant_id)
    held = db.session.execute(marks.with_for_update()).one_or_none()
    if held is not None and held.disputed_at is not None:
        raise Refused(RefusalCode.DISPUTED)
    if held is not None and held.frozen_at is not None:
        raise Refused(RefusalCode.FROZEN)
