"""An invitation to take the care of an entry: a letter with a link that works once."""

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, delete, select, text, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.db import Base, Identifier, Moment, db, now, one_of
from memory_road.identifier import new_identifier
from memory_road.mail.letter import Letter, LetterKind

VALID = timedelta(days=30)


class InvitationReason(StrEnum):
    HANDED = "handed"  # whoever has the care wishes to give it away now
    SUCCEEDS = "succeeds"  # whoever had it is gone, and had named this person


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Invitation(Base):
    """At most one that is open for each entry. Address and name go as soon as it ends."""

    __tablename__ = "invitation"
    __table_args__ = (
        one_of("reason", InvitationReason),
        one_of("state", InvitationState),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_has_time"),
        CheckConstraint("(state = 'open') = (email <> '')", name="address_while_open"),
        CheckConstraint("(state = 'accepted') = (taken_by_id IS NOT NULL)", name="accepted_by_somebody"),
        CheckConstraint("taken_by_id <> giver_id", name="taken_by_another"),
        CheckConstraint("expires_at > made_at", name="lasts"),
        Index(
            "uq_invitation_open",
            "participant_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_invitation_giver", "giver_id", "made_at"),
        Index("ix_invitation_expiry", "state", "expires_at"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="RESTRICT"))
    giver_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    reason: Mapped[InvitationReason] = mapped_column(String(10))
    state: Mapped[InvitationState] = mapped_column(String(10), default=InvitationState.OPEN)
    email: Mapped[str] = mapped_column(String(255))
    name: Mapped[str] = mapped_column(String(100), default="")
    words: Mapped[str] = mapped_column(Text, default="", comment="what the giver writes to the receiver")
    token_digest: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256 of the token in the letter")
    made_at: Mapped[Moment] = mapped_column(default=now)
    expires_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))

    participant: Mapped[Participant] = relationship(lazy="joined")
    giver: Mapped[Account] = relationship(foreign_keys=giver_id, lazy="joined")

    def end(self, state: InvitationState) -> None:
        """It is over; of whom it was for, nothing is kept. For ``end_invitation``, which sees to the letter."""
        self.state, self.ended_at = state, now()
        self.email = self.name = self.words = ""


LETTERS = {
    InvitationReason.HANDED: LetterKind.CARE_OFFERED,
    InvitationReason.SUCCEEDS: LetterKind.CARE_LEFT,
}


def end_invitation(invitation: Invitation, state: InvitationState, taken_by_id: int | None = None) -> None:
    """End an invitation, in the present transaction; ``taken_by_id`` is who accepted it. If its letter still waits to
    be sent, it is not sent any more."""
    waiting = select(Letter).where(
        Letter.sent_at.is_(None),
        Letter.kind == LETTERS[invitation.reason],
        Letter.recipient == invitation.email,
    )
    letters = db.session.scalars(waiting).all()
    carrying = [letter.id for letter in letters if digest_of(letter.content["token"]) == invitation.token_digest]
    db.session.execute(delete(Letter).where(Letter.id.in_(carrying)))
    invitation.taken_by_id = taken_by_id
    invitation.end(state)
    db.session.flush()


def open_invitation(participant_id: str) -> Invitation | None:
    """The invitation about an entry that still waits, also when its time has run out."""
    waiting = select(Invitation).where(
        Invitation.participant_id == participant_id, Invitation.state == InvitationState.OPEN
    )
    return db.session.scalar(waiting)


def new_token() -> tuple[str, str]:
    """A token for a letter, and the digest by which the invitation is found again."""
    token = secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """The digest of a token, which is all that the database keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def end_expired() -> int:
    """End what nobody answered in time; returns how many."""
    old = update(Invitation).where(Invitation.state == InvitationState.OPEN, Invitation.expires_at <= now())
    ended = old.values(state=InvitationState.EXPIRED, ended_at=now(), email="", name="", words="")
    return len(db.session.scalars(ended.returning(Invitation.id)).all())
