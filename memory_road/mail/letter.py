"""A letter that waits to be sent. It is written in the transaction of what it tells: it is never sent about what did
not happen, and never forgotten about what did."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Document, Identifier, Moment, db, now
from memory_road.identifier import new_identifier


class LetterKind(StrEnum):
    """What a letter tells; each kind but ``ACCOUNT`` has a template of its name, which is all that a new one needs."""

    ACCOUNT = "account"  # written by Flask-Security: its values are the subject and the body
    RECEIVED = "received"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    REQUEST_RECEIVED = "request_received"
    REQUEST_ANSWERED = "request_answered"


class Letter(Base):
    """One letter to one address, put into words when it is sent."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        Index("ix_letter_due", "sent_at", "due_at"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    kind: Mapped[LetterKind] = mapped_column(String(20))
    recipient: Mapped[str] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(10))
    content: Mapped[Document]
    created_at: Mapped[Moment] = mapped_column(default=now)
    due_at: Mapped[Moment] = mapped_column(default=now)
    leased_until: Mapped[Moment | None] = mapped_column(comment="a worker is sending it until then")
    sent_at: Mapped[Moment | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")


def write(kind: LetterKind, recipient: str, language: str, **content: str) -> Letter:
    """Put a letter to ``recipient`` into the present transaction; ``content`` is what its template speaks of."""
    letter = Letter(kind=kind, recipient=recipient, language=language, content=content)
    db.session.add(letter)
    return letter
