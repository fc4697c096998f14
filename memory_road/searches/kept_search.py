"""Searches that are kept for a mail address, the words by which a new entry finds them, and what was found."""

from datetime import timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.archive.participant_name import LONGEST_WORD
from memory_road.db import Base, Document, Identifier, Moment, now
from memory_road.identifier import LENGTH, new_identifier
from memory_road.mail.address import LONGEST
from memory_road.searches.sought import Sought, sought_in

UNCONFIRMED = timedelta(days=3)
"""So long an address has to be confirmed; the letter and the page say so too."""
KEPT = timedelta(days=365)
MOST_SEARCHES = 20
"""So many one address can keep."""

# Looked up one by one, and so compared by their bytes whatever the database's language.
KEY = String(LONGEST_WORD + 1).with_variant(String(LONGEST_WORD + 1, collation="C"), "postgresql")

_UNTOLD = text("told_at IS NULL")


class SearchKeeper(Base):
    """A mail address for which searches are kept, with or without an account. It goes with the last of them."""

    __tablename__ = "search_keeper"

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    email: Mapped[str] = mapped_column(String(LONGEST), unique=True)
    language: Mapped[str] = mapped_column(String(10), comment="of the page on which a search was confirmed last")
    told_at: Mapped[Moment | None] = mapped_column(comment="when the last letter about searches was written")

    searches: Mapped[list["KeptSearch"]] = relationship(
        back_populates="keeper", order_by="KeptSearch.made_at, KeptSearch.id", passive_deletes=True
    )


class KeptSearch(Base):
    """One search. Before it is confirmed nothing is sent about it, though what fits is noted already."""

    __tablename__ = "kept_search"
    __table_args__ = (
        CheckConstraint("ends_at > made_at", name="lasts"),
        Index("ix_kept_search_keeper", "keeper_id", "made_at", "id"),
        Index("ix_kept_search_end", "ends_at"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    keeper_id: Mapped[Identifier] = mapped_column(ForeignKey("search_keeper.id", ondelete="CASCADE"))
    sought_for: Mapped[Document] = mapped_column(comment="searches.sought")
    made_at: Mapped[Moment] = mapped_column(default=now)
    confirmed_at: Mapped[Moment | None] = mapped_column(comment="empty: not yet, and it goes soon")
    ends_at: Mapped[Moment]
    reminded_at: Mapped[Moment | None] = mapped_column(comment="when it was told that it ends; empty: not yet")

    keeper: Mapped[SearchKeeper] = relationship(back_populates="searches")

    @property
    def sought(self) -> Sought:
        """What is searched for."""
        return sought_in(self.sought_for)

    def keep_on(self) -> None:
        """It is wished, from now on for a year."""
        moment = now()
        self.confirmed_at, self.ends_at, self.reminded_at = self.confirmed_at or moment, moment + KEPT, None


class KeptSearchKey(Base):
    """A key under which an entry finds a search that it may fit (``searches.keys``)."""

    __tablename__ = "kept_search_key"
    __table_args__ = (PrimaryKeyConstraint("key", "search_id"),)

    key: Mapped[str] = mapped_column(KEY)
    search_id: Mapped[Identifier] = mapped_column(ForeignKey("kept_search.id", ondelete="CASCADE"), index=True)


class FoundEntry(Base):
    """An entry that fits a kept search. The row stays when it was told, so that it is never told again."""

    __tablename__ = "kept_search_entry"
    __table_args__ = (
        PrimaryKeyConstraint("search_id", "participant_id"),
        Index("ix_kept_search_entry_untold", "search_id", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
    )

    search_id: Mapped[Identifier] = mapped_column(ForeignKey("kept_search.id", ondelete="CASCADE"))
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    found_at: Mapped[Moment] = mapped_column(default=now)
    told_at: Mapped[Moment | None]
    told_in: Mapped[str | None] = mapped_column(String(LENGTH), comment="the id of the letter, kept for a while")
