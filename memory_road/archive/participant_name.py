"""The words of participants' names: an inverted list, in the gallery's order, with what a name is narrowed by."""

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Identifier, Moment

LONGEST_WORD = 100

# Search asks for a range of words, so they are ordered by their bytes whatever the database's language.
WORD = String(LONGEST_WORD).with_variant(String(LONGEST_WORD, collation="C"), "postgresql")


class ParticipantName(Base):
    """One word of one of the participant's names, folded for search (``facts.names.fold``). The columns behind it are
    those of the participant: one index answers for a name alone and for a name with a filter."""

    __tablename__ = "participant_name"
    __table_args__ = (
        PrimaryKeyConstraint("participant_id", "word"),
        Index(
            "ix_participant_name_newest",
            "word",
            "published_at",
            "participant_id",
            postgresql_include=["birth_year", "fate", "country", "kinds"],
        ),
    )

    word: Mapped[str] = mapped_column(WORD)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    published_at: Mapped[Moment]
    birth_year: Mapped[int | None] = mapped_column(SmallInteger)
    fate: Mapped[str | None] = mapped_column(String(30))
    country: Mapped[str | None] = mapped_column(String(2), comment="of birth, today, ISO 3166-1")
    kinds: Mapped[int] = mapped_column(SmallInteger, comment="one bit for each kind of participant")
