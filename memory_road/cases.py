"""What waits for moderators: one small row for each case of whatever kind, kept beside what it is about.

The queue reads these rows alone to find its pages, so that it costs the same however much waits and was ever sent. This
lies below what is sent and what is asked, since both make such rows and do not know each other.
"""

from collections.abc import Collection
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Identifier, Moment, db, one_of
from memory_road.facts.document import Facts, terms_of, text_of


class CaseKind(StrEnum):
    ENTRY = "entry"
    CORRECTION = "correction"
    APPEAL = "appeal"
    REPORT = "report"
    TAKEDOWN = "takedown"


class Case(Base):
    """Something that waits for a moderator. ``id`` is that of the contribution or of the request; ``since`` is when it
    was sent, asked or appealed. Nothing points at what it is about: a row is gone as soon as nothing waits."""

    __tablename__ = "waiting_case"
    __table_args__ = (
        one_of("kind", CaseKind),
        Index("ix_waiting_case_oldest", "since", "id"),
        Index("ix_waiting_case_kind", "kind", "since", "id"),
        Index("ix_waiting_case_language", "language", "since", "id"),
        Index("ix_waiting_case_country", "country", "since", "id"),
        Index("ix_waiting_case_flagged", "flagged", "since", "id"),
        Index("ix_waiting_case_sender", "sender_id", "kind", "since", "id"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True)
    kind: Mapped[CaseKind] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(10))
    country: Mapped[str] = mapped_column(String(2), comment="of birth, ISO 3166-1; empty: not known")
    since: Mapped[Moment]
    flagged: Mapped[bool] = mapped_column(comment="something about it should be looked at with care")
    sender_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), comment="empty: a visitor's report"
    )
    about_id: Mapped[Identifier | None] = mapped_column(comment="the entry that it is about; empty: a new one")


class CaseCategory(Base):
    """A kind of participant of a case. ``since`` is that of the case, so that one index gives a page."""

    __tablename__ = "waiting_case_category"
    __table_args__ = (
        PrimaryKeyConstraint("case_id", "category"),
        Index("ix_waiting_case_category_oldest", "category", "since", "case_id"),
    )

    case_id: Mapped[Identifier] = mapped_column(ForeignKey("waiting_case.id", ondelete="CASCADE"))
    category: Mapped[str] = mapped_column(String(30))
    since: Mapped[Moment]


def open_case(case: Case, facts: Facts) -> None:
    """Let a case wait, in the present transaction; ``facts`` are those of whom it is about."""
    close_case(case.id)
    case.country = text_of(facts, "birth_country")[:2]
    db.session.add(case)
    db.session.flush()
    categories: Collection[str] = set(terms_of(facts, "categories"))
    db.session.add_all(CaseCategory(case_id=case.id, category=each, since=case.since) for each in categories)
    db.session.flush()


def close_case(case_id: str) -> None:
    """The case waits no longer; nothing happens when it did not."""
    db.session.execute(delete(CaseCategory).where(CaseCategory.case_id == case_id))
    db.session.execute(delete(Case).where(Case.id == case_id))
