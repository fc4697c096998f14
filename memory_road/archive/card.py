"""What the gallery shows of one entry."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, select

from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph


@dataclass(frozen=True, slots=True)
class Card:
    """An entry in a list. ``birth`` and ``death`` are EDTF; ``spelt`` is the name for readers of other scripts, by a
    language of ``transliterate.READERS``; ``others`` are further names, and so other spellings, that are recorded.

    ``portrait`` is the key of its picture, ``None`` where none survives or it is veiled; ``files`` are the names of its
    cards and their widths in pixels, narrowest first; ``colour`` is its main one."""

    id: str
    surname: str
    given: str
    initials: str
    slug: str
    birth: str
    death: str
    spelt: dict[str, str]
    others: tuple[str, ...]
    portrait: str | None
    files: tuple[tuple[str, int], ...]
    colour: str


def cards() -> Select[*tuple[Any, ...]]:
    """Asks for what ``read_card`` reads, of all entries that are shown; in no order."""
    portrait = and_(Photograph.participant_id == Participant.id, Photograph.position == 0, Photograph.veiled.is_(False))
    columns = (Participant.id, Participant.card, Participant.published_at)
    pictures = (Photograph.key, Photograph.cards, Photograph.colour)
    return select(*columns, *pictures).outerjoin(Photograph, portrait).where(Participant.gone_at.is_(None))


def read_card(row: Row[*tuple[Any, ...]]) -> Card:
    """The card of one row of ``cards``."""
    identifier, written, _, portrait, files, colour = row
    said: dict[str, Any] = json.loads(written)
    words = (files or "").split()
    return Card(
        identifier,
        said.get("surname", ""),
        said.get("given", ""),
        said.get("initials", ""),
        said.get("slug", "-"),
        said.get("birth", ""),
        said.get("death", ""),
        said.get("spelt", {}),
        tuple(said.get("others", ())),
        portrait,
        tuple(zip(words[::2], map(int, words[1::2]), strict=True)),
        colour or "",
    )
