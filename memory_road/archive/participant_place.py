"""Points of entries on the map, as squares (``facts.quadkey``), and how many entries are in each square."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import CheckConstraint, ForeignKey, PrimaryKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Identifier
from memory_road.facts.document import FactValue, text_of
from memory_road.facts.point import Point
from memory_road.facts.quadkey import quadkey

FINEST = 14
"""Squares of two kilometres, as far as entries are told apart."""
COUNTED = range(5, 11)
"""Levels of squares that are counted, one for each zoom of the map but that of the whole world."""
POINTS_AT_HAND = 1 << 15
"""So many points are remembered with their squares: many come from one village, and many lie in one grave."""

# Squares inside another are asked for as a range, so they are ordered by their bytes whatever the database's language.
SQUARE = String(20).with_variant(String(20, collation="C"), "postgresql")


class MapKind(StrEnum):
    """What a point is of; the letter stands before the key of a square."""

    BIRTH = "b"
    BURIAL = "g"


POINTS: Mapping[MapKind, str] = {MapKind.BIRTH: "birth_point", MapKind.BURIAL: "burial_point"}


class ParticipantPlace(Base):
    """In which of the finest squares a point of an entry is."""

    __tablename__ = "participant_place"
    __table_args__ = (PrimaryKeyConstraint("square", "participant_id"),)

    square: Mapped[str] = mapped_column(SQUARE, comment="the letter of the kind and the key of the square")
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)


class MapSquare(Base):
    """How many entries have a point in a square; ``what`` is as ``counted_squares`` says it."""

    __tablename__ = "map_square"
    __table_args__ = (CheckConstraint("entries >= 0", name="counted"),)

    what: Mapped[str] = mapped_column(SQUARE, primary_key=True)
    entries: Mapped[int]


def squares_of(facts: Mapping[str, FactValue]) -> Iterator[str]:
    """The finest squares of the points in ``facts``."""
    for kind, name in POINTS.items():
        if text := text_of(facts, name):
            yield kind + _finest(text)


@lru_cache(POINTS_AT_HAND)
def _finest(point: str) -> str:
    return quadkey(Point.stored(point), FINEST)


def counted_squares(square: str) -> Iterator[str]:
    """Under what one of the finest squares is counted: for each level its letter, the level in two figures, the key."""
    kind, key = square[0], square[1:]
    return (f"{kind}{level:02}{key[:level]}" for level in COUNTED)
