"""The gallery's pages: newest first, or those whose names fit, in keyset order.

A page costs the same whether it is the first or the last, and whatever the number of entries. A name is looked for by
its folded words; each must begin a word of one of the participant's names, in any order. Words that fit more than
``MOST_MATCHES`` entries are answered with the newest of the first ``MOST_MATCHES``, and said to be too many.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, select, tuple_
from sqlalchemy.orm import aliased

from memory_road.archive.participant import LONGEST_WORD, Participant, ParticipantCategory, ParticipantName
from memory_road.archive.photograph import Photograph
from memory_road.db import db
from memory_road.facts.document import Facts
from memory_road.facts.names import fold
from memory_road.facts.vocabulary import Category
from memory_road.identifier import is_identifier
from memory_road.media.sizes import by_width, of_cards

PAGE = 48
MOST_MATCHES = 1000
MOST_WORDS = 6
CARDS = 2
"""So many sizes of a portrait are offered to the browser."""
NAMES_OF_ONE = 4
"""So many words of one person's names seldom begin alike."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the gallery shows of one entry. ``portrait`` is its key, ``None`` when none survives or it is veiled;
    ``files`` are the names of its cards and their widths in pixels, narrowest first; ``colour`` is its main one."""

    id: str
    facts: Facts
    portrait: str | None
    files: tuple[tuple[str, int], ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Page:
    """Up to ``PAGE`` cards; ``after`` is the cursor of the next page, ``None`` on the last one."""

    cards: list[Card]
    after: str | None
    too_many: bool = False


def find(query: str = "", category: Category | None = None, after: str = "", size: int = PAGE) -> Page:
    """One page of the gallery. An ``after`` that is no cursor of ours begins at the first page."""
    words = [word[:LONGEST_WORD] for word in fold(query)[:MOST_WORDS]]
    if query.strip() and not words:
        return Page([], None)
    statement = select(
        Participant.id,
        Participant.facts,
        Participant.published_at,
        Photograph.key,
        Photograph.sizes,
        Photograph.colour,
    ).outerjoin(
        Photograph,
        and_(Photograph.participant_id == Participant.id, Photograph.position == 0, Photograph.veiled.is_(False)),
    )
    statement = statement.where(Participant.gone_at.is_(None))
    too_many = False
    if words:
        matches = _matches(words)
        too_many = len(matches) > MOST_MATCHES
        statement = statement.where(Participant.id.in_(matches[:MOST_MATCHES]))
    statement = _newest_first(statement, category if not words else None, after, size + 1)
    if words and category is not None:
        statement = statement.where(
            exists().where(
                ParticipantCategory.participant_id == Participant.id, ParticipantCategory.category == category
            )
        )
    rows = db.session.execute(statement).all()
    cards = [_card(row) for row in rows[:size]]
    cursor = _cursor(rows[size - 1].published_at, rows[size - 1].id) if len(rows) > size else None
    return Page(cards, cursor, too_many)


def _newest_first(
    statement: Select[*tuple[Any, ...]],
    category: Category | None,
    after: str,
    limit: int,
) -> Select[*tuple[Any, ...]]:
    moment: ColumnElement[datetime] = Participant.published_at.expression
    identifier: ColumnElement[str] = Participant.id.expression
    if category is not None:
        moment, identifier = ParticipantCategory.published_at.expression, ParticipantCategory.participant_id.expression
        statement = statement.join(ParticipantCategory, ParticipantCategory.participant_id == Participant.id).where(
            ParticipantCategory.category == category
        )
    position = _position(after)
    if position is not None:
        statement = statement.where(tuple_(moment, identifier) < tuple_(*position))
    return statement.order_by(moment.desc(), identifier.desc()).limit(limit)


def _matches(words: list[str]) -> list[str]:
    """Ids of at most ``MOST_MATCHES`` + 1 entries whose names have every word; the longest word narrows first."""
    longest, *others = sorted(words, key=len, reverse=True)
    statement = select(ParticipantName.participant_id).where(_begins(ParticipantName, longest))
    for word in others:
        other = aliased(ParticipantName)
        statement = statement.where(
            exists().where(other.participant_id == ParticipantName.participant_id, _begins(other, word))
        )
    # The limit stands inside, before doubles are dropped: what fits half of all names must not be counted out.
    some = statement.limit((MOST_MATCHES + 1) * NAMES_OF_ONE).subquery()
    return list(db.session.scalars(select(some.c.participant_id).distinct().limit(MOST_MATCHES + 1)))


def _begins(name: type[ParticipantName], word: str) -> ColumnElement[bool]:
    # A range instead of LIKE: both databases then use the primary key's index, whatever their collation says of LIKE.
    return and_(name.word >= word, name.word < word + "{")


def _card(row: Row[*tuple[Any, ...]]) -> Card:
    sizes: list[dict[str, Any]] = row.sizes or []
    # A picture whose card was not cropped is cropped by the page.
    shown = of_cards(sizes) or by_width(sizes)[:CARDS]
    return Card(row.id, row.facts, row.key, tuple((size["name"], size["width"]) for size in shown), row.colour or "")


def _cursor(published_at: datetime, participant_id: str) -> str:
    microseconds = int(published_at.astimezone(UTC).timestamp() * 1_000_000)
    return base64.urlsafe_b64encode(f"{microseconds}.{participant_id}".encode()).decode().rstrip("=")


def _position(cursor: str) -> tuple[datetime, str] | None:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        microseconds, participant_id = text.split(".")
        if not is_identifier(participant_id):
            return None
        return datetime.fromtimestamp(int(microseconds) / 1_000_000, UTC), participant_id
    except (binascii.Error, ValueError, OverflowError, OSError):
        return None
