"""Kin ask for the care of an entry whose carer no longer answers: what they say, what the carer says, the decision."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.db import Base, Identifier, Moment, now, one_of
from memory_road.identifier import new_identifier


class TakeoverState(StrEnum):
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CarerAnswer(StrEnum):
    NONE = ""
    AGREES = "agrees"
    OBJECTS = "objects"


class Takeover(Base):
    """``carer_id`` is whoever is asked: empty where nobody has the care. A moderator decides from ``decide_from_at``
    on: after the carer's time, or at once when the carer has answered."""

    __tablename__ = "takeover"
    __table_args__ = (
        one_of("state", TakeoverState),
        one_of("answer", CarerAnswer),
        CheckConstraint("words <> '' AND relationship_to <> ''", name="says_who_and_why"),
        CheckConstraint("days > 0", name="leaves_time"),
        CheckConstraint("carer_id <> asker_id", name="of_another"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered_has_time"),
        CheckConstraint("answer <> 'objects' OR carer_words <> ''", name="objection_has_words"),
        CheckConstraint("(state = 'waiting') = (closed_at IS NULL)", name="closed_has_time"),
        CheckConstraint("(state IN ('granted', 'refused')) = (decided_by_id IS NOT NULL)", name="decided_has_decider"),
        CheckConstraint("decided_by_id <> asker_id AND decided_by_id <> carer_id", name="decider_is_not_concerned"),
        Index(
            "uq_takeover_waiting",
            "asker_id",
            "participant_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_takeover_participant", "participant_id", "state"),
        Index("ix_takeover_queue", "state", "decide_from_at", "id"),
        Index("ix_takeover_asker", "asker_id", "made_at", "id"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="RESTRICT"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    relationship_to: Mapped[str] = mapped_column(String(30), comment="who the asker is to the participant")
    words: Mapped[str] = mapped_column(Text, comment="who the asker is, and why they ask")
    contribution_id: Mapped[Identifier | None] = mapped_column(
        ForeignKey("contribution.id", ondelete="RESTRICT"), index=True, comment="whose pictures show it"
    )
    carer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    answer: Mapped[CarerAnswer] = mapped_column(String(10), default=CarerAnswer.NONE)
    carer_words: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[TakeoverState] = mapped_column(String(10), default=TakeoverState.WAITING)
    made_at: Mapped[Moment] = mapped_column(default=now)
    asked_at: Mapped[Moment] = mapped_column(default=now, comment="when the present carer was asked")
    days: Mapped[int] = mapped_column(comment="that a carer has to answer")
    decide_from_at: Mapped[Moment]
    answered_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    message: Mapped[str] = mapped_column(Text, default="", comment="of the moderator, to both")
    note: Mapped[str] = mapped_column(Text, default="", comment="among moderators")

    participant: Mapped[Participant] = relationship(lazy="joined")
    asker: Mapped[Account] = relationship(foreign_keys=asker_id, lazy="joined")
    carer: Mapped[Account | None] = relationship(foreign_keys=carer_id, lazy="joined")

    def ask(self, carer_id: int | None) -> None:
        """It is the turn of this carer, who has the whole time; where there is none, it can be decided at once."""
        self.carer_id, self.asked_at = carer_id, now()
        self.answer, self.carer_words, self.answered_at = CarerAnswer.NONE, "", None
        self.decide_from_at = self.asked_at + timedelta(days=self.days if carer_id is not None else 0)
