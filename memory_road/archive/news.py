"""Entries that are new or say something new, until they were compared with the searches that people keep."""

from sqlalchemy import ForeignKey, Index, String, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Document, Identifier, Moment, db, now
from memory_road.facts.document import Facts
from memory_road.identifier import LENGTH


class EntryNews(Base):
    """At most one for each entry. A row of its own, so that publication looks at no search: there may be many."""

    __tablename__ = "entry_news"
    __table_args__ = (Index("ix_entry_news_oldest", "at", "participant_id"),)

    participant_id: Mapped[Identifier] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[Moment]
    before: Mapped[Document] = mapped_column(comment="the public facts that were known already; empty: it is new")
    compared_to: Mapped[str] = mapped_column(
        String(LENGTH), default="", comment="the id of the last search that it was compared with"
    )


def note_news(participant_id: str, before: Facts) -> None:
    """Note that a published entry says something new; ``before`` is what it said. Of several changes that wait the
    first tells what was known."""
    moment = now()
    values = {"participant_id": participant_id, "at": moment, "before": before, "compared_to": ""}
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    again = {"at": moment, "compared_to": ""}
    made = insert(EntryNews).values(values).on_conflict_do_update(index_elements=["participant_id"], set_=again)
    db.session.execute(made)


def forget_news(participant_id: str) -> None:
    """There is nothing to be told of an entry that is gone."""
    db.session.execute(delete(EntryNews).where(EntryNews.participant_id == participant_id))
