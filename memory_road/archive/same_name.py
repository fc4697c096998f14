"""Other entries about people of the same name, as it sounds: one question to an index, however many bear it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, select
from sqlalchemy.orm import aliased

from memory_road.archive.participant import Participant, ParticipantNamesake

MOST_SHOWN = 6
_MOST_ROWS = 40
"""One entry has several rows: its name can be read in several ways."""


@dataclass(frozen=True, slots=True)
class SameName:
    """What tells an entry apart from others of its name; ``birth`` and ``death`` are EDTF."""

    id: str
    surname: str
    given: str
    slug: str
    birth: str
    death: str
    place: str


def read_namesakes(rows: Sequence[Any]) -> list[SameName]:
    """The entries in rows of ``asks_for_namesakes``, the earliest born first."""
    return sorted((_read(*row) for row in rows), key=lambda one: (one.birth, one.id))


@cache  # to put it together takes longer than to ask it
def asks_for_namesakes() -> Select[*tuple[Any, ...]]:
    """Asks for at most ``MOST_SHOWN`` other entries whose name sounds like that of the one with the number ``id``."""
    own, other = aliased(ParticipantNamesake), aliased(ParticipantNamesake)
    alike = and_(own.surname_key == other.surname_key, own.given_key == other.given_key)
    entry = bindparam("id", type_=String())
    rows = select(other.participant_id).join(own, alike).where(own.participant_id == entry)
    some = rows.where(other.participant_id != entry).limit(_MOST_ROWS).subquery()
    place = Participant.facts["birth_place"].as_string()
    shown = select(Participant.id, Participant.card, place).where(Participant.gone_at.is_(None))
    return shown.where(Participant.id.in_(select(some.c.participant_id))).limit(MOST_SHOWN)


def _read(identifier: str, card: str, place: str | None) -> SameName:
    said: dict[str, Any] = json.loads(card)
    surname, given, slug, birth, death = (said.get(part, "") for part in ("surname", "given", "slug", "birth", "death"))
    return SameName(identifier, surname, given, slug, birth, death, place or "")
