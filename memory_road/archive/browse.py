"""The gallery without a name: newest first, in keyset order."""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, tuple_, union_all

from memory_road.archive.card import cards
from memory_road.archive.filters import Filters, of_entry
from memory_road.archive.participant import Participant, ParticipantCategory
from memory_road.archive.rows_of import rows_of
from memory_road.db import UtcDateTime, db
from memory_road.identifier import is_identifier

ENTRIES = (Participant.published_at, Participant.id)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MOST_YEARS_APART = 12
"""Years of birth nearer than so are read one by one, each in order; of more, enough are found among the newest."""


def newest(filters: Filters, after: str, limit: int) -> Sequence[Any]:
    """At most ``limit`` rows of ``card.cards``."""
    position, years = place_of(after), filters.years
    asked: dict[str, Any] = {"most": limit}
    if position is not None:
        asked["moment"], asked["identifier"] = position
    if not filters.some:
        return rows_of(_of_all(position is not None), asked)
    if filters.category is not None and filters.kind_alone:
        asked["category"] = filters.category.value
        return rows_of(_of_kind(position is not None), asked)
    narrowed = cards().where(*of_entry(filters))
    if years is not None and years[1] - years[0] < MOST_YEARS_APART:
        of_years = (narrowed.where(Participant.birth_year == year) for year in range(years[0], years[1] + 1))
        parts = [_in_order(of_year, *ENTRIES, position is not None).subquery() for of_year in of_years]
        if not parts:
            return []
        some = union_all(*(part.select() for part in parts)).subquery()
        ordered = some.select().order_by(some.c.published_at.desc(), some.c.id.desc()).limit(limit)
        return db.session.execute(ordered, asked).all()
    return db.session.execute(_in_order(narrowed, *ENTRIES, position is not None), asked).all()


# What most visitors ask for is put together once: that costs more than to carry it out.
@cache
def _of_all(is_further: bool) -> Select[*tuple[Any, ...]]:
    return _in_order(cards(), *ENTRIES, is_further)


@cache
def _of_kind(is_further: bool) -> Select[*tuple[Any, ...]]:
    kind = ParticipantCategory
    of_kind = cards().join(kind, kind.participant_id == Participant.id).where(kind.category == bindparam("category"))
    return _in_order(of_kind, kind.published_at, kind.participant_id, is_further)


def _in_order(
    statement: Select[*tuple[Any, ...]], moment: Any, identifier: Any, is_further: bool
) -> Select[*tuple[Any, ...]]:
    """Newest first, from the place that the parameters say, as many as they say."""
    columns = (moment.expression, identifier.expression)
    if is_further:
        place = tuple_(bindparam("moment", type_=UtcDateTime()), bindparam("identifier", type_=String()))
        statement = statement.where(tuple_(*columns) < place)
    return statement.order_by(*(column.desc() for column in columns)).limit(bindparam("most", type_=Integer()))


def cursor(published_at: datetime, participant_id: str) -> str:
    """Where a page ends, for the address of the next one."""
    microseconds = (published_at - EPOCH) // MICROSECOND
    return base64.urlsafe_b64encode(f"{microseconds}.{participant_id}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> tuple[datetime, str] | None:
    """What a cursor says; None for what is none of ours, and so for the first page."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        microseconds, participant_id = text.split(".")
        if not is_identifier(participant_id):
            return None
        return EPOCH + int(microseconds) * MICROSECOND, participant_id
    except (binascii.Error, ValueError, OverflowError):
        return None
