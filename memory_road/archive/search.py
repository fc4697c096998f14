"""The gallery's pages: newest first, or those whose names fit, the best first.

A page costs the same whether it is the first or the last, and whatever the number of entries. Of more than
``MOST_MATCHES`` entries that fit a name the best are shown, and it is said that there are more. Whatever no single
index answers, such as two filters at once, or two names that very many bear, has ``SECONDS`` for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from sqlalchemy import Select

from memory_road.archive.browse import cursor, newest, place_of
from memory_road.archive.card import Card, cards, found_by_words, read_cards
from memory_road.archive.filters import Filters
from memory_road.archive.matches import SECONDS, Asked, Match, Search, asked_for
from memory_road.archive.participant import Participant
from memory_road.archive.rows_of import is_among, rows_of
from memory_road.archive.spellings import Nearness
from memory_road.archive.tally import tallied
from memory_road.db import TookTooLong, at_most, db
from memory_road.identifier import is_identifier

PAGE = 48
MOST_MATCHES = 1000
MOST_WORDS = 6
NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Page:
    """Up to ``PAGE`` cards; ``after`` is the cursor of the next page, ``None`` on the last one. ``nearness`` says how
    near each card's name is to what was typed. ``number`` is how many fit, where one page shows them all or it is known
    anyway, ``exact`` how many of more have all the words that were typed, where that is soon counted. ``too_many`` is
    true where more than ``MOST_MATCHES`` are known to fit, ``too_slow`` where so much was asked at once that there was
    no time to look for it."""

    cards: list[Card]
    after: str | None
    nearness: Sequence[Nearness] = ()
    number: int | None = None
    exact: int | None = None
    too_many: bool = False
    too_slow: bool = False


def find(query: str = "", filters: Filters = NO_FILTERS, after: str = "", size: int = PAGE) -> Page:
    """One page of the gallery. An ``after`` that is no cursor of ours begins at the first page."""
    asked = asked_for(query, MOST_WORDS)
    named = bool(asked.words or asked.initials)
    if query.strip() and not named:
        return Page([], None)
    read = partial(_named, asked) if named else _newest
    try:
        if not filters.some or (filters.kind_alone and not named):  # one index answers either
            return read(filters, after, size)
        with at_most(SECONDS):
            return read(filters, after, size)
    except TookTooLong:
        return Page([], None, too_slow=True)


def _newest(filters: Filters, after: str, size: int) -> Page:
    rows = newest(filters, after, size + 1)
    further = None
    if len(rows) > size:
        identifier, _, published_at, *_ = rows[size - 1]
        further = cursor(published_at, identifier)
    number = None
    if filters.some and not filters.kind_alone and not place_of(after):
        number = len(rows) if further is None else _tallied(filters)
    return Page(read_cards(rows[:size]), further, number=number)


def _tallied(filters: Filters) -> int | None:
    """How many fit, where that is counted already, and not more than a name would show."""
    number = None
    if filters == Filters(fate=filters.fate):
        number = tallied("fate:").get(filters.fate or "")
    elif filters == Filters(country=filters.country):
        number = tallied("country:").get(filters.country)
    return number if number is not None and number <= MOST_MATCHES else None


def _named(asked: Asked, filters: Filters, after: str, size: int) -> Page:
    begin, last = _place(after)
    search = Search(asked, filters)
    matches = search.matches(min(begin + size + 1, MOST_MATCHES + 1))
    # Somebody may have been published or taken down since the page before: it goes on behind the last one that it had.
    places = {match.participant_id: number for number, match in enumerate(matches, start=1)}
    begin = places.get(last, begin)
    shown = matches[begin : min(begin + size, MOST_MATCHES)]
    end = begin + len(shown)
    further = f"{end}.{shown[-1].participant_id}" if len(matches) > end and end < MOST_MATCHES else None
    by_id = {card.id: card for card in read_cards(_rows(shown))}
    present = [match for match in shown if match.participant_id in by_id]
    exact = search.exact(MOST_MATCHES) if not begin and further is not None else None
    return Page(
        [found_by_words(by_id[match.participant_id], match.words) for match in present],
        further,
        [match.nearness for match in present],
        number=len(present) if not begin and further is None else None,
        exact=exact,
        too_many=max(len(matches), exact or 0) > MOST_MATCHES,
    )


def _rows(matches: Sequence[Match]) -> Sequence[Any]:
    asked = [match.participant_id for match in matches]
    return rows_of(_these(db.engine.dialect.name), {"ids": asked}) if asked else []


@cache
def _these(dialect: str) -> Select[*tuple[Any, ...]]:
    return cards().where(is_among(Participant.id, "ids", dialect))


def _place(after: str) -> tuple[int, str]:
    """How many came before, and the last of them."""
    number, _, last = after.partition(".")
    if number.isascii() and number.isdecimal() and is_identifier(last) and int(number[:5]) <= MOST_MATCHES:
        return int(number[:5]), last
    return 0, ""
