"""Whose day of birth or of death a day of the calendar is, whatever the year: the newest entries first, by an index of
each, so that a page costs the same however many share the day. A date that is not known to the day is none of them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, tuple_

from memory_road.archive.browse import cursor, place_of
from memory_road.archive.card import Card, cards, read_cards
from memory_road.archive.participant import Participant
from memory_road.archive.rows_of import rows_of
from memory_road.db import UtcDateTime
from memory_road.facts.calendar_day import CalendarDay

PAGE = 24


class Anniversary(StrEnum):
    BORN = "born"
    DIED = "died"


DAYS = {Anniversary.BORN: Participant.birth_day, Anniversary.DIED: Participant.death_day}


@dataclass(frozen=True, slots=True)
class Remembered:
    """Some of those whose day it is; ``after`` is the cursor of the next page, ``None`` on the last one."""

    cards: list[Card]
    after: str | None


def remembered_on(day: CalendarDay, which: Anniversary, after: str = "", size: int = PAGE) -> Remembered:
    """One page of those who were born, or died, on ``day``. An ``after`` that is no cursor of ours begins anew."""
    place = place_of(after)
    asked: dict[str, Any] = {"day": day.number, "most": size + 1}
    if place is not None:
        asked["moment"], asked["identifier"] = place
    rows = rows_of(_question(which, place is not None), asked)
    further = None
    if len(rows) > size:
        identifier, _, published_at, *_ = rows[size - 1]
        further = cursor(published_at, identifier)
    return Remembered(read_cards(rows[:size]), further)


@cache  # to put it together takes longer than to ask it
def _question(which: Anniversary, is_further: bool) -> Select[*tuple[Any, ...]]:
    columns = (Participant.published_at, Participant.id)
    those = cards().where(DAYS[which] == bindparam("day", type_=Integer()))
    if is_further:
        place = tuple_(bindparam("moment", type_=UtcDateTime()), bindparam("identifier", type_=String()))
        those = those.where(tuple_(*columns) < place)
    return those.order_by(*(column.desc() for column in columns)).limit(bindparam("most", type_=Integer()))
