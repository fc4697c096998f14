"""The words of what is told of participants, beside their names: for the full text and for places, units and awards."""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Identifier


class ParticipantText(Base):
    """``words`` are folded words, each behind the letter that says in which facts it stands (``found_by.TEXTS``). They
    lie in PostgreSQL's GIN index and in a table of SQLite's FTS5, ``participant_words``, which triggers keep alike."""

    __tablename__ = "participant_text"

    number: Mapped[int] = mapped_column(primary_key=True, comment="FTS5 knows rows by numbers alone")
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), unique=True)
    words: Mapped[str] = mapped_column(Text)
