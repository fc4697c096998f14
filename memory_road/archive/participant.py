"""A published participant: the approved facts, and the few columns that search, order and facets need."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.archive.gone import Gone, GoneReason
from memory_road.archive.news import EntryNews
from memory_road.archive.participant_heading import ParticipantHeading
from memory_road.archive.participant_name import ParticipantName
from memory_road.archive.participant_place import ParticipantPlace
from memory_road.archive.participant_text import ParticipantText
from memory_road.archive.photograph import Photograph
from memory_road.db import Base, Document, Identifier, Moment, one_of
from memory_road.facts.document import text_of
from memory_road.facts.names import full_name
from memory_road.facts.vocabulary import Category
from memory_road.identifier import new_identifier, spoken
from memory_road.namesakes import NamesakeColumns, namesake_indexes

_UNKEYED = text("keyed_at IS NULL")
_SHOWN = text("gone_at IS NULL")


class Participant(Base):
    """An entry. ``facts`` holds the approved document without its private facts: what is not here cannot leak. One that
    is gone keeps its row, since others point at it, but neither facts nor pictures nor anything by which it is found:
    what there was lies with the moderators. Its country alone stays, by which they share the work."""

    __tablename__ = "participant"
    __table_args__ = (
        one_of("gone_how", Gone),
        one_of("gone_reason", GoneReason),
        CheckConstraint("(gone_at IS NULL) = (gone_how IS NULL)", name="gone_has_how"),
        CheckConstraint(
            "(gone_reason IS NOT NULL) = (coalesce(gone_how, '') = 'taken_down')", name="taken_down_has_reason"
        ),
        CheckConstraint("(merged_into_id IS NOT NULL) = (coalesce(gone_how, '') = 'merged')", name="merged_has_entry"),
        CheckConstraint("merged_into_id <> id", name="merged_into_another"),
        Index("ix_participant_newest", "published_at", "id", sqlite_where=_SHOWN, postgresql_where=_SHOWN),
        Index("ix_participant_to_key", "id", sqlite_where=_UNKEYED, postgresql_where=_UNKEYED),
        *(
            Index(
                f"ix_participant_{column}", column, "published_at", "id", sqlite_where=_SHOWN, postgresql_where=_SHOWN
            )
            for column in ("fate", "country", "birth_year", "birth_day", "death_day")
        ),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    facts: Mapped[Document]
    language: Mapped[str] = mapped_column(String(10), comment="the entry's own first language")
    contributor_name: Mapped[str] = mapped_column(String(100), default="", comment="empty: does not wish to be named")
    contributor_relationship: Mapped[str] = mapped_column(String(30), default="")
    published_at: Mapped[Moment]
    updated_at: Mapped[Moment]
    keyed_at: Mapped[Moment | None] = mapped_column(comment="since when it can be found by the sound of its name")
    disputed_at: Mapped[Moment | None] = mapped_column(comment="since when families tell it differently; empty: not")
    frozen_at: Mapped[Moment | None] = mapped_column(comment="since when a moderator lets corrections wait; empty: not")
    gone_at: Mapped[Moment | None] = mapped_column(comment="since when visitors do not see it; empty: they do")
    gone_how: Mapped[str | None] = mapped_column(String(10))
    gone_reason: Mapped[str | None] = mapped_column(String(20), comment="what is told to everybody who asks for it")
    merged_into_id: Mapped[Identifier | None] = mapped_column(
        ForeignKey("participant.id", ondelete="RESTRICT"), index=True, comment="the entry that it became part of"
    )

    gone_country: Mapped[str | None] = mapped_column(
        String(2), comment="of birth, of one that is gone, ISO 3166-1; empty: not gone, or not known"
    )

    card: Mapped[str] = mapped_column(Text, default="{}", comment="what the gallery shows: archive.card")
    fate: Mapped[str | None] = mapped_column(String(30))
    country: Mapped[str | None] = mapped_column(String(2), comment="of birth, today, ISO 3166-1")
    birth_year: Mapped[int | None] = mapped_column(SmallInteger, comment="the first that it can be")
    birth_day: Mapped[int | None] = mapped_column(SmallInteger, comment="month × 100 + day")
    death_day: Mapped[int | None] = mapped_column(SmallInteger, comment="month × 100 + day")

    photographs: Mapped[list[Photograph]] = relationship(order_by="Photograph.position, Photograph.key")
    told: Mapped[ParticipantText | None] = relationship(cascade="all, delete-orphan")
    names: Mapped[list[ParticipantName]] = relationship(cascade="all, delete-orphan")
    headings: Mapped[list[ParticipantHeading]] = relationship(cascade="all, delete-orphan")
    categories: Mapped[list["ParticipantCategory"]] = relationship(cascade="all, delete-orphan")
    places: Mapped[list[ParticipantPlace]] = relationship(cascade="all, delete-orphan")
    namesakes: Mapped[list["ParticipantNamesake"]] = relationship(cascade="all, delete-orphan")
    news: Mapped[EntryNews | None] = relationship(passive_deletes="all")

    @property
    def edition(self) -> str:
        """As what the entry was read: it is another word after every change."""
        return self.updated_at.isoformat()

    @property
    def place(self) -> tuple[str, str]:
        """The language and the country of birth, by which moderators share the work, also of one that is gone."""
        return self.language, self.gone_country or text_of(self.facts, "birth_country")

    @property
    def called(self) -> str:
        """The name, as lists and letters have it; of an entry that is gone, its number."""
        return full_name(self.facts) or spoken(self.id)


class ParticipantNamesake(NamesakeColumns, Base):
    """One reading of the participant's name, by which it is found under other spellings (``archive.restate``)."""

    __tablename__ = "participant_namesake"
    __table_args__ = (
        PrimaryKeyConstraint("participant_id", "surname_key", "given_key"),
        *namesake_indexes("participant_namesake"),
    )

    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))


class ParticipantCategory(Base):
    """One kind of participant that somebody was; carries the order of the gallery, so that one index serves a page."""

    __tablename__ = "participant_category"
    __table_args__ = (
        one_of("category", Category),
        Index("ix_participant_category_newest", "category", "published_at", "participant_id"),
    )

    participant_id: Mapped[Identifier] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    category: Mapped[str] = mapped_column(String(30), primary_key=True)
    published_at: Mapped[Moment]
