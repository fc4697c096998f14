"""What the map shows: how many entries are in the squares of a part of it, and who is in one of them."""

from sqlalchemy import select

from memory_road.archive.card import Card, cards, read_cards
from memory_road.archive.participant import Participant
from memory_road.archive.participant_place import FINEST, MapKind, MapSquare, ParticipantPlace
from memory_road.db import db

FINER = 3
"""A part of the map is shown by squares so many levels finer, 64 at most."""
MOST_SHOWN = 48
_AFTER = "4"
"""Greater than every digit of a key."""


def squares_in(kind: MapKind, part: str) -> list[tuple[str, int]]:
    """The squares of the part of the map with the key ``part`` in which there is anybody, and how many are."""
    begin = f"{kind}{len(part) + FINER:02}"
    inside = MapSquare.what >= begin + part, MapSquare.what < begin + part + _AFTER
    rows = db.session.execute(select(MapSquare.what, MapSquare.entries).where(*inside).order_by(MapSquare.what))
    return [(what.removeprefix(begin), entries) for what, entries in rows]


def entries_in(kind: MapKind, key: str) -> tuple[list[Card], bool]:
    """Some of those in the square with the key ``key``, at most ``MOST_SHOWN``, and whether there are more."""
    place = ParticipantPlace.square
    inside = place >= kind + key, (place < kind + key + _AFTER) if len(key) < FINEST else (place <= kind + key)
    some = select(ParticipantPlace.participant_id).where(*inside).limit(MOST_SHOWN + 1).subquery()
    rows = db.session.execute(cards().where(Participant.id.in_(select(some.c.participant_id)))).all()
    return read_cards(rows[:MOST_SHOWN]), len(rows) > MOST_SHOWN
