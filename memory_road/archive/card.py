"""What the gallery shows of one entry."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, select

from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.facts.name_words import words_of
from memory_road.facts.names import fold

CARDS_AT_HAND = 5_000
"""Of published entries alone, each as it stood in the rows that were read now: so many take 6 MB."""


class Card(NamedTuple):
    """An entry in a list. ``birth`` and ``death`` are EDTF; ``spelt`` is the name for readers of other scripts, each
    beside a language of ``transliterate.READERS``; ``others`` are further names, and so other spellings, that are
    recorded.

    ``found_as`` is the one of them by which it was found, where the name that is shown does not say why.

    ``portrait`` is the key of its picture, ``None`` where none survives or it is veiled; ``files`` are the names of its
    cards and their widths in pixels, narrowest first; ``colour`` is its main one."""

    id: str
    surname: str
    given: str
    initials: str
    slug: str
    birth: str
    death: str
    place: str
    spelt: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    portrait: str | None
    files: tuple[tuple[str, str], ...]
    colour: str
    found_as: str = ""


def cards() -> Select[*tuple[Any, ...]]:
    """Asks for what ``read_cards`` reads, of all entries that are shown; in no order."""
    portrait = and_(Photograph.participant_id == Participant.id, Photograph.position == 0, Photograph.veiled.is_(False))
    columns = (Participant.id, Participant.card, Participant.published_at)
    pictures = (Photograph.key, Photograph.cards, Photograph.colour)
    return select(*columns, *pictures).outerjoin(Photograph, portrait).where(Participant.gone_at.is_(None))


def read_cards(rows: Sequence[Any]) -> list[Card]:
    """The cards of rows of ``cards``."""
    return [_card(row[0], row[1], *row[3:]) for row in rows]


@lru_cache(CARDS_AT_HAND)  # many pages show the same people; all that a card depends on is asked of the database
def _card(identifier: str, written: str, key: str | None, files: str | None, colour: str | None) -> Card:
    said: Any = json.loads(written).get
    words = files.split() if files else ()
    return Card(
        identifier,
        said("surname", ""),
        said("given", ""),
        said("initials", ""),
        said("slug", "-"),
        said("birth", ""),
        said("death", ""),
        said("place", ""),
        tuple(said("spelt", {}).items()),
        tuple(said("others", ())),
        key,
        tuple(zip(words[::2], words[1::2], strict=True)),
        colour or "",
    )


def found_by_words(card: Card, words: frozenset[str]) -> Card:
    """The card of an entry that was found by these folded words: it says by which other name, where it is shown under
    one that has not all of them."""
    if not card.others or words.issubset(fold(f"{card.surname} {card.given}")):
        return card
    names = (name for name in card.others if not words.isdisjoint(word.word for word in words_of(name)))
    return card._replace(found_as=next(names, ""))
