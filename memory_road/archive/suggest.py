"""People whose names begin with what somebody has typed so far. One range of an index is read in its own order, and a
second one where that gives too few; nothing is sorted or counted, however many begin so."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, select

from memory_road.archive.participant import Participant
from memory_road.archive.participant_heading import Order, ParticipantHeading, heading
from memory_road.archive.rows_of import rows_of
from memory_road.facts.names import fold

MOST_SHOWN = 8
FEWEST_LETTERS = 2
_MOST_ROWS = 2 * MOST_SHOWN
"""One entry can have several headings that begin so."""
_END = "{"
"""Greater than every letter, figure and space of a heading."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody in the list below the search box; ``birth`` and ``death`` are EDTF, ``spelt`` is the name for readers of
    other scripts."""

    id: str
    surname: str
    given: str
    slug: str
    birth: str
    death: str
    spelt: dict[str, str]


def suggested(typed: str) -> list[Suggested]:
    """At most ``MOST_SHOWN`` people, by their folded names: those whose surname begins so, then those whose given name
    does. ``typed`` is a beginning in any script; a word with a space behind it is meant whole."""
    words = fold(typed)
    if sum(map(len, words)) < FEWEST_LETTERS:
        return []
    found: dict[str, Suggested] = {}
    for order in Order:
        for each in _beginning_with(heading(order, words) + (" " if typed[-1].isspace() else "")):
            found.setdefault(each.id, each)
        if len(found) >= MOST_SHOWN:
            break
    return list(found.values())[:MOST_SHOWN]


def _beginning_with(begin: str) -> Iterator[Suggested]:
    for identifier, card in rows_of(_question(), {"begin": begin, "end": begin + _END, "most": _MOST_ROWS}):
        said: dict[str, Any] = json.loads(card)
        surname, given, slug = said.get("surname", ""), said.get("given", ""), said.get("slug", "-")
        yield Suggested(
            identifier, surname, given, slug, said.get("birth", ""), said.get("death", ""), said.get("spelt") or {}
        )


@cache  # to put it together takes longer than to ask it
def _question() -> Select[*tuple[Any, ...]]:
    row = ParticipantHeading
    begin, end = (bindparam(side, type_=String()) for side in ("begin", "end"))
    shown = select(Participant.id, Participant.card).join(row, row.participant_id == Participant.id)
    those = shown.where(row.heading >= begin, row.heading < end, Participant.gone_at.is_(None))
    return those.order_by(row.heading, row.participant_id).limit(bindparam("most", type_=Integer()))
