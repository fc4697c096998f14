"""The gallery without a name: newest first, in keyset order."""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, tuple_, union_all

from memory_road.archive.card import cards
from memory_road.archive.filters import Filters, of_entry
from memory_road.archive.participant import Participant, ParticipantCategory
from memory_road.db import db
from memory_road.identifier import is_identifier

MOST_YEARS_APART = 12
"""Years of birth nearer than so are read one by one, each in order; of more, enough are found among the newest."""


def newest(filters: Filters, after: str, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """At most ``limit`` rows of ``card.cards``."""
    position = place_of(after)
    years = filters.years
    if filters.category is not None and filters == Filters(category=filters.category):
        moment, identifier = ParticipantCategory.published_at, ParticipantCategory.participant_id
        of_kind = cards().join(ParticipantCategory, ParticipantCategory.participant_id == Participant.id)
        of_kind = of_kind.where(ParticipantCategory.category == filters.category)
        return db.session.execute(_in_order(of_kind, moment, identifier, position, limit)).all()
    if years is not None and years[1] - years[0] < MOST_YEARS_APART:
        parts = [
            _in_order(
                cards().where(*of_entry(filters), Participant.birth_year == year),
                Participant.published_at,
                Participant.id,
                position,
                limit,
            ).subquery()
            for year in range(years[0], years[1] + 1)
        ]
        if not parts:
            return []
        some = union_all(*(part.select() for part in parts)).subquery()
        ordered = some.select().order_by(some.c.published_at.desc(), some.c.id.desc()).limit(limit)
        return db.session.execute(ordered).all()
    narrowed = cards().where(*of_entry(filters))
    return db.session.execute(_in_order(narrowed, Participant.published_at, Participant.id, position, limit)).all()


def _in_order(
    statement: Select[*tuple[Any, ...]],
    moment: Any,
    identifier: Any,
    position: tuple[datetime, str] | None,
    limit: int,
) -> Select[*tuple[Any, ...]]:
    columns: tuple[ColumnElement[datetime], ColumnElement[str]] = (moment.expression, identifier.expression)
    if position is not None:
        statement = statement.where(tuple_(*columns) < tuple_(*position))
    return statement.order_by(*(column.desc() for column in columns)).limit(limit)


def cursor(published_at: datetime, participant_id: str) -> str:
    """Where a page ends, for the address of the next one."""
    microseconds = int(published_at.astimezone(UTC).timestamp() * 1_000_000)
    return base64.urlsafe_b64encode(f"{microseconds}.{participant_id}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> tuple[datetime, str] | None:
    """What a cursor says; None for what is none of ours, and so for the first page."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        microseconds, participant_id = text.split(".")
        if not is_identifier(participant_id):
            return None
        return datetime.fromtimestamp(int(microseconds) / 1_000_000, UTC), participant_id
    except (binascii.Error, ValueError, OverflowError, OSError):
        return None
