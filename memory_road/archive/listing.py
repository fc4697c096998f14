"""Every published entry, in parts of like size, for machines that read all of them.

Numbers of entries are random and spread evenly, so a part is a range of them: it is found by the primary key, and costs
the same whichever it is. How many parts there are doubles as the archive grows, so that each keeps its place for long.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from memory_road.archive.participant import Participant
from memory_road.db import db
from memory_road.facts.document import Facts
from memory_road.facts.names import NAME_FIELDS
from memory_road.identifier import BITS, number_of, numbered

log = logging.getLogger(__name__)
USUAL = 2_500
"""Entries of a part, at most, as far as the sample tells."""
DEEPEST = 15
"""The parts are at most 2 to this power: an index of sitemaps holds no more than 50,000."""
SAMPLE = 1_000


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as lists of all entries need it. ``facts`` are those of its name alone."""

    id: str
    facts: Facts
    updated_at: datetime


def depth() -> int:
    """Into two to the power of how many parts the entries go now. How many entries there are is told by how near to
    each other the first thousand stand: counting them would take the longer the more there are."""
    last = db.session.scalar(select(Participant.id).order_by(Participant.id).offset(SAMPLE - 1).limit(1))
    if last is None:
        return 0
    entries = SAMPLE * 2**BITS // (number_of(last) + 1)
    return min(DEEPEST, max(0, ((entries - 1) // USUAL).bit_length()))


def part(depth: int, number: int, most: int) -> Sequence[Listed]:
    """The entries of one part of two to the power of ``depth``, counted from 0, without those that are gone. More than
    ``most`` are never given: that would take numbers that are not random, and is noted."""
    width = 2 ** (BITS - depth)
    names = [Participant.facts[name].as_string().label(name) for name in NAME_FIELDS]
    listed = select(Participant.id, Participant.updated_at, *names).where(
        Participant.gone_at.is_(None), Participant.id >= numbered(number * width)
    )
    if (number + 1) * width < 2**BITS:
        listed = listed.where(Participant.id < numbered((number + 1) * width))
    rows = db.session.execute(listed.order_by(Participant.id).limit(most + 1)).all()
    if len(rows) > most:
        log.warning("Part %s of 2^%s of all entries holds more than %s: the rest is left out.", number, depth, most)
    return [
        Listed(row.id, {name: text for name in NAME_FIELDS if (text := getattr(row, name))}, row.updated_at)
        for row in rows[:most]
    ]
