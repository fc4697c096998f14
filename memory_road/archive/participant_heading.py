"""The headings of entries: under which names somebody is looked up while a name is being typed, as in a card catalogue.
Everything that begins with what was typed stands together, in the order in which it is shown."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from sqlalchemy import ForeignKey, PrimaryKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Identifier
from memory_road.facts.document import FactValue, records_of, text_of
from memory_road.facts.names import fold, given_names

LONGEST_HEADING = 100
SURNAMES = ("surname", "former_surname")
MOST_SURNAMES = 4
"""Of more that are recorded of one person the others are found by the search alone."""

# Those that begin alike are asked for as a range, so they are ordered by their bytes whatever the database's language.
HEADING = String(LONGEST_HEADING).with_variant(String(LONGEST_HEADING, collation="C"), "postgresql")


class Order(StrEnum):
    """What a heading begins with; the letter stands before it."""

    SURNAME = "s"
    GIVEN_NAME = "g"


class ParticipantHeading(Base):
    """One heading of an entry: a letter of ``Order``, then folded words (``facts.names.fold``)."""

    __tablename__ = "participant_heading"
    __table_args__ = (PrimaryKeyConstraint("heading", "participant_id"),)

    heading: Mapped[str] = mapped_column(HEADING)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)


def headings_of(facts: Mapping[str, FactValue]) -> Iterator[str]:
    """Each surname with the given names behind it, also former and otherwise recorded ones, and the given names with
    the surname behind them."""
    given = fold(given_names(facts))
    surnames = [text_of(facts, name) for name in SURNAMES]
    surnames += [each.get("value", "") for each in records_of(facts, "also_recorded") if each.get("field") in SURNAMES]
    folded = dict.fromkeys(words for surname in surnames if (words := tuple(fold(surname))))
    for words in list(folded)[:MOST_SURNAMES]:
        yield heading(Order.SURNAME, [*words, *given])
    if given:
        yield heading(Order.GIVEN_NAME, [*given, *fold(text_of(facts, "surname"))])


def heading(order: Order, words: list[str]) -> str:
    """A heading, or its beginning."""
    return f"{order}{' '.join(words)}"[:LONGEST_HEADING]
