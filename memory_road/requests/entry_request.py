"""A request about a published entry, what became of it, and the vocabularies of both."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.db import Base, Identifier, Moment, now, one_of
from memory_road.facts.vocabulary import Term, label
from memory_road.identifier import new_identifier


class RequestKind(StrEnum):
    REPORT = "report"  # by a visitor, without an account
    TAKEDOWN = "takedown"  # by a contributor


class RequestState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Ground(Term):
    """What is the matter with the entry."""

    WRONG_PERSON = "wrong_person", label("It is about somebody else, or two people are mixed up")
    WRONG_PHOTOGRAPH = "wrong_photograph", label("A photograph shows somebody else")
    OWN_WISH = "own_wish", label("It is about me, and I do not wish it")
    KIN_WISH = "kin_wish", label("I am the next of kin, and the family does not wish it")
    LIVING_PERSON = "living_person", label("Somebody living is shown or named")
    RIGHTS = "rights", label("A picture or a text belongs to somebody who did not permit it")
    WRONG = "wrong", label("What it says is wrong, and a correction is not enough")
    OFFENCE = "offence", label("It is offensive")
    OTHER = "other", label("Something else")


class Outcome(Term):
    """What became of a request."""

    MENDED = "mended", label("The entry was changed")
    TAKEN_DOWN = "taken_down", label("The entry was taken down")
    STAYS = "stays", label("The entry stays as it is")
    ANSWERED = "answered", label("The question was answered")
    DUPLICATE = "duplicate", label("The same was asked before")
    ABUSE = "abuse", label("Abuse")


GROUNDS: dict[RequestKind, tuple[Ground, ...]] = {
    RequestKind.REPORT: (
        Ground.WRONG_PERSON,
        Ground.WRONG_PHOTOGRAPH,
        Ground.LIVING_PERSON,
        Ground.RIGHTS,
        Ground.OFFENCE,
        Ground.OTHER,
    ),
    RequestKind.TAKEDOWN: (
        Ground.OWN_WISH,
        Ground.KIN_WISH,
        Ground.LIVING_PERSON,
        Ground.RIGHTS,
        Ground.WRONG,
        Ground.OTHER,
    ),
}
"""In the order in which they are offered."""


def _fits(kind: RequestKind) -> str:
    offered = ", ".join(f"'{ground}'" for ground in sorted(GROUNDS[kind]))
    return f"kind <> '{kind}' OR ground IN ({offered})"


class EntryRequest(Base):
    """Who asks is an account, or a visitor of whom at most a mail address is known, and that only for a while."""

    __tablename__ = "entry_request"
    __table_args__ = (
        one_of("kind", RequestKind),
        one_of("state", RequestState),
        CheckConstraint(_fits(RequestKind.REPORT), name="ground_of_report"),
        CheckConstraint(_fits(RequestKind.TAKEDOWN), name="ground_of_takedown"),
        CheckConstraint("words <> ''", name="has_words"),
        CheckConstraint("(kind = 'takedown') = (account_id IS NOT NULL)", name="takedown_by_account"),
        CheckConstraint("kind = 'report' OR email = ''", name="address_of_visitor_only"),
        CheckConstraint(
            "(state = 'closed' AND closed_at IS NOT NULL AND closed_by_id IS NOT NULL AND outcome <> '') OR "
            "(state = 'open' AND closed_at IS NULL AND closed_by_id IS NULL AND outcome = '')",
            name="closed_has_outcome",
        ),
        CheckConstraint(
            "outcome IN ('', {})".format(", ".join(f"'{outcome}'" for outcome in Outcome)), name="outcome_known"
        ),
        CheckConstraint("closed_by_id <> account_id", name="not_by_asker"),
        Index("ix_entry_request_queue", "state", "made_at", "id"),
        Index("ix_entry_request_participant", "participant_id", "state", "made_at", "id"),
        Index("ix_entry_request_account", "account_id", "made_at", "id"),
        Index(
            "ix_entry_request_address",
            "closed_at",
            sqlite_where=text("email <> ''"),
            postgresql_where=text("email <> ''"),
        ),
        Index(
            "uq_entry_request_open_takedown",
            "account_id",
            "participant_id",
            unique=True,
            sqlite_where=text("kind = 'takedown' AND state = 'open'"),
            postgresql_where=text("kind = 'takedown' AND state = 'open'"),
        ),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="RESTRICT"))
    kind: Mapped[RequestKind] = mapped_column(String(10))
    ground: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    email: Mapped[str] = mapped_column(String(255), default="", comment="a visitor's, for the answer; erased later")
    language: Mapped[str] = mapped_column(String(10), comment="in which it was asked")
    state: Mapped[RequestState] = mapped_column(String(10), default=RequestState.OPEN)
    made_at: Mapped[Moment] = mapped_column(default=now)
    closed_at: Mapped[Moment | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    outcome: Mapped[str] = mapped_column(String(20), default="")
    answer: Mapped[str] = mapped_column(Text, default="", comment="what the asker is told")
    note: Mapped[str] = mapped_column(Text, default="", comment="among moderators")

    participant: Mapped[Participant] = relationship(lazy="joined")
    account: Mapped[Account | None] = relationship(foreign_keys=account_id, lazy="joined")

    @property
    def place(self) -> tuple[str, str]:
        """The language in which it was asked and the participant's country, by which moderators share the work."""
        return self.language, self.participant.place[1]
