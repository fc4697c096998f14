"""Relatives of one participant who wish to hear of each other, and what they write through the site."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.db import Base, Identifier, Moment, db, now, one_of
from memory_road.identifier import new_identifier


class ContactWish(Base):
    """Whether other relatives of a participant may write to an account. Its id stands in addresses for the account, so
    it stays the same however often the wish is changed."""

    __tablename__ = "contact_wish"
    __table_args__ = (UniqueConstraint("participant_id", "account_id"),)

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    wished: Mapped[bool]
    changed_at: Mapped[Moment] = mapped_column(default=now)

    account: Mapped[Account] = relationship(lazy="joined")


class Correspondence(Base):
    """Two relatives of one participant. It opens when a moderator has let the first message through, and either stops
    it; only who stopped it begins again."""

    __tablename__ = "correspondence"
    __table_args__ = (
        UniqueConstraint("participant_id", "one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="of_two"),
        CheckConstraint("(stopped_at IS NULL) = (stopped_by_id IS NULL)", name="stopped_by_somebody"),
        CheckConstraint("stopped_by_id IN (one_id, other_id)", name="stopped_by_one_of_them"),
        Index("ix_correspondence_one", "one_id"),
        Index("ix_correspondence_other", "other_id"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="RESTRICT"))
    one_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    other_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    opened_at: Mapped[Moment | None]
    stopped_at: Mapped[Moment | None]
    stopped_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))

    participant: Mapped[Participant] = relationship(lazy="joined")

    def beside(self, account_id: int) -> int:
        """The other of the two."""
        return self.other_id if account_id == self.one_id else self.one_id


class MessageState(StrEnum):
    WAITING = "waiting"  # the first one: a moderator reads it
    DELIVERED = "delivered"
    HELD_BACK = "held_back"


class RelativeMessage(Base):
    """What one relative writes to the other."""

    __tablename__ = "relative_message"
    __table_args__ = (
        one_of("state", MessageState),
        CheckConstraint("words <> ''", name="has_words"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_has_time"),
        CheckConstraint("decided_by_id <> sender_id", name="screened_by_another"),
        Index("ix_relative_message_correspondence", "correspondence_id", "made_at", "id"),
        Index("ix_relative_message_queue", "state", "made_at", "id"),
        Index("ix_relative_message_age", "made_at"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    correspondence_id: Mapped[Identifier] = mapped_column(ForeignKey("correspondence.id", ondelete="RESTRICT"))
    sender_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[MessageState] = mapped_column(String(10))
    made_at: Mapped[Moment] = mapped_column(default=now)
    decided_at: Mapped[Moment | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    answer: Mapped[str] = mapped_column(Text, default="", comment="of the moderator who held it back, to the sender")

    correspondence: Mapped[Correspondence] = relationship(lazy="joined")
    sender: Mapped[Account] = relationship(foreign_keys=sender_id, lazy="joined")


def wish_of(participant_id: str, account_id: int) -> ContactWish | None:
    """What an account wished about an entry, if it ever did."""
    own = select(ContactWish).where(ContactWish.participant_id == participant_id, ContactWish.account_id == account_id)
    return db.session.scalar(own)


def correspondence_of(participant_id: str, one: int, other: int) -> Correspondence | None:
    """What two relatives have begun, if they have."""
    lower, higher = sorted((one, other))
    both = select(Correspondence).where(
        Correspondence.participant_id == participant_id,
        Correspondence.one_id == lower,
        Correspondence.other_id == higher,
    )
    return db.session.scalar(both)
