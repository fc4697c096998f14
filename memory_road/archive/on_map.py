"""What the map shows: how many entries are in the squares of a part of it, and who is in one of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, literal, select

from memory_road.archive.card import Card, cards, read_cards
from memory_road.archive.participant import Participant
from memory_road.archive.participant_place import COUNTED, FINEST, MapKind, MapSquare, ParticipantPlace
from memory_road.db import db
from memory_road.facts.shorten import shorten

FINER = 2
"""A part of the map is shown by squares so many levels finer, 16 at most: each then has room for its number."""
MOST_SHOWN = 48
LONGEST_NAME = 40
NAMED_BY: Mapping[MapKind, str] = {MapKind.BIRTH: "birth_place", MapKind.BURIAL: "burial_place"}
_AFTER = "4"
"""Greater than every digit of a key."""


@dataclass(frozen=True, slots=True)
class Square:
    """A square of the map: its key, how many entries have a point in it, and what the family of one of them calls the
    place; empty where that one only has the point."""

    key: str
    entries: int
    place: str


def squares_in(kind: MapKind, part: str) -> list[Square]:
    """The squares of the part of the map with the key ``part`` in which there is anybody."""
    level = len(part) + FINER
    begin = f"{kind}{max(level, COUNTED[0]):02}"
    key = literal(kind.value).concat(func.substr(MapSquare.what, len(begin) + 1))
    one_of_them = (
        select(Participant.facts[NAMED_BY[kind]].as_string())
        .join(ParticipantPlace, ParticipantPlace.participant_id == Participant.id)
        .where(ParticipantPlace.square >= key, ParticipantPlace.square < key.concat(_AFTER))
        .order_by(ParticipantPlace.square, ParticipantPlace.participant_id)
        .limit(1)
        .scalar_subquery()
    )
    inside = MapSquare.what >= begin + part, MapSquare.what < begin + part + _AFTER
    asked = select(MapSquare.what, MapSquare.entries, one_of_them).where(*inside).order_by(MapSquare.what)
    entries, places = Counter[str](), dict[str, str]()
    for what, number, place in db.session.execute(asked):
        square = what.removeprefix(begin)[:level]  # of the whole world larger ones are shown than are counted
        entries[square] += number
        places[square] = places.get(square) or shorten(place or "", LONGEST_NAME)
    return [Square(square, number, places[square]) for square, number in entries.items()]


def entries_in(kind: MapKind, key: str) -> tuple[list[Card], bool]:
    """Some of those in the square with the key ``key``, at most ``MOST_SHOWN``, and whether there are more."""
    place = ParticipantPlace.square
    inside = place >= kind + key, (place < kind + key + _AFTER) if len(key) < FINEST else (place <= kind + key)
    some = select(ParticipantPlace.participant_id).where(*inside).limit(MOST_SHOWN + 1).subquery()
    rows = db.session.execute(cards().where(Participant.id.in_(select(some.c.participant_id)))).all()
    return read_cards(rows[:MOST_SHOWN]), len(rows) > MOST_SHOWN
