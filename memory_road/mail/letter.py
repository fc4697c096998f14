"""A letter that waits to be sent. It is written in the transaction of what it tells: it is never sent about what did
not happen, and never forgotten about what did."""

from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, or_
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Document, Identifier, Moment, db, now
from memory_road.identifier import new_identifier


class LetterKind(StrEnum):
    """What a letter tells; each kind has a template of its name, which is all that a new one needs."""

    CONFIRM = "confirm"
    REGISTERED_ALREADY = "registered_already"
    NO_ACCOUNT = "no_account"
    CODE = "code"
    NEW_PASSWORD = "new_password"
    PASSWORD_CHANGED = "password_changed"
    SECOND_FACTOR = "second_factor"
    STAFF_INVITED = "staff_invited"
    CLOSED = "closed"
    RECEIVED = "received"
    APPROVED = "approved"
    RETURNED = "returned"
    HELD = "held"
    REJECTED = "rejected"
    APPEALED = "appealed"
    UPHELD = "upheld"
    REOPENED = "reopened"
    REQUEST_RECEIVED = "request_received"
    REQUEST_ANSWERED = "request_answered"
    CARE_OFFERED = "care_offered"
    CARE_LEFT = "care_left"
    CARE_ACCEPTED = "care_accepted"
    CARE_DECLINED = "care_declined"
    CARE_ASKING = "care_asking"  # to whoever asks for it
    CARE_ASKED = "care_asked"  # to whoever has it
    CARE_DECIDED = "care_decided"
    DISPUTE_ASKED = "dispute_asked"
    DISPUTE_ENDED = "dispute_ended"
    ENTRY_TAKEN_DOWN = "entry_taken_down"
    ENTRY_RESTORED = "entry_restored"
    ENTRIES_MERGED = "entries_merged"
    ENTRIES_PARTED = "entries_parted"
    RELATIVE_WROTE = "relative_wrote"
    MESSAGE_HELD = "message_held"
    SEARCH_ASKED = "search_asked"  # to whoever has the address for which a search is to be kept
    SEARCH_NEWS = "search_news"  # who fits it
    DIGEST = "digest"  # what happened in a day


ABOUT_ACCOUNTS = frozenset(
    {
        LetterKind.CONFIRM,
        LetterKind.REGISTERED_ALREADY,
        LetterKind.NO_ACCOUNT,
        LetterKind.CODE,
        LetterKind.NEW_PASSWORD,
        LetterKind.PASSWORD_CHANGED,
        LetterKind.SECOND_FACTOR,
        LetterKind.STAFF_INVITED,
        LetterKind.CLOSED,
    }
)
ALWAYS = ABOUT_ACCOUNTS | {
    LetterKind.RETURNED,
    LetterKind.REQUEST_RECEIVED,
    LetterKind.REQUEST_ANSWERED,
    LetterKind.CARE_ASKING,
    LetterKind.CARE_ASKED,
    LetterKind.CARE_DECIDED,
    LetterKind.DISPUTE_ASKED,
    LetterKind.DISPUTE_ENDED,
    LetterKind.ENTRY_TAKEN_DOWN,
    LetterKind.ENTRY_RESTORED,
    LetterKind.ENTRIES_MERGED,
    LetterKind.ENTRIES_PARTED,
    LetterKind.RELATIVE_WROTE,
    LetterKind.MESSAGE_HELD,
}
"""What comes at once whatever somebody wishes: without it nobody gets in, or a question stays unanswered."""
DECISIONS = frozenset(
    {
        LetterKind.RETURNED,
        LetterKind.HELD,
        LetterKind.REJECTED,
        LetterKind.UPHELD,
        LetterKind.REOPENED,
        LetterKind.REQUEST_ANSWERED,
        LetterKind.ENTRY_TAKEN_DOWN,
        LetterKind.ENTRY_RESTORED,
        LetterKind.ENTRIES_MERGED,
        LetterKind.ENTRIES_PARTED,
    }
)
"""Letters about what a moderator decided: they wait for the time in which that can be undone. The one about an approval
is written when it is published, which waits itself."""
SECRETS = ("code", "address", "token")
"""What of a letter's content lets somebody in."""
LASTS = {
    LetterKind.CODE: timedelta(minutes=15),
    LetterKind.NEW_PASSWORD: timedelta(days=1),
    LetterKind.REGISTERED_ALREADY: timedelta(days=1),
    LetterKind.CONFIRM: timedelta(days=2),
    LetterKind.CARE_OFFERED: timedelta(days=30),
    LetterKind.STAFF_INVITED: timedelta(days=14),
    LetterKind.CARE_LEFT: timedelta(days=30),
    LetterKind.SEARCH_ASKED: timedelta(days=3),
}
"""For how long that opens anything. A letter that could not be sent until then is of no use to anybody."""
LAST_WORD = timedelta(days=30)
"""For how long the letter that confirms a closed account is tried: an address that takes no letters does not stay."""


class Wish(StrEnum):
    """Which letters somebody wants; those of ``ALWAYS`` come in any case."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    QUESTIONS = "questions"


class Letter(Base):
    """One letter to one address, put into words when it is sent."""

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        Index("ix_letter_due", "sent_at", "daily", "due_at"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    kind: Mapped[LetterKind] = mapped_column(String(20))
    recipient: Mapped[str] = mapped_column(String(255))
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True, comment="the receiver's; empty: has none"
    )
    language: Mapped[str] = mapped_column(String(10))
    content: Mapped[Document]
    created_at: Mapped[Moment] = mapped_column(default=now)
    due_at: Mapped[Moment] = mapped_column(default=now)
    daily: Mapped[bool] = mapped_column(default=False, comment="waits for the letter of the day, and is sent in that")
    leased_until: Mapped[Moment | None] = mapped_column(comment="a worker is sending it until then")
    sent_at: Mapped[Moment | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(Text, default="")

    def forget_secrets(self) -> None:
        """Its receiver has them now, and nobody else needs them."""
        self.content = {name: "" if name in SECRETS else value for name, value in self.content.items()}


def write(
    kind: LetterKind,
    recipient: str,
    language: str,
    *,
    after: timedelta = timedelta(0),
    account_id: int | None = None,
    daily: bool = False,
    **content: Any,
) -> Letter:
    """Put a letter to ``recipient`` into the present transaction, to be sent ``after`` so long; ``content`` is what its
    template speaks of. Whoever has an account is told by ``accounts.tell``, which knows what they wish."""
    written = now()
    letter = Letter(
        kind=kind,
        recipient=recipient,
        language=language,
        content=content,
        created_at=written,
        due_at=written + after,
        account_id=account_id,
        daily=daily,
    )
    db.session.add(letter)
    return letter


def is_stale() -> ColumnElement[bool]:
    """Whether what a letter carries opens nothing any more, or it is too late for a last word."""
    ends = {**LASTS, LetterKind.CLOSED: LAST_WORD}
    return or_(*((Letter.kind == kind) & (Letter.created_at <= now() - lasts) for kind, lasts in ends.items()))
