"""Entries whose names have every word that was typed, the best first: passes from the narrowest to the widest, each
read only as long as the ones before have not given enough."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import combinations
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from memory_road.archive.filters import Filters, of_name
from memory_road.archive.participant_name import ParticipantName
from memory_road.archive.rows_of import is_among, rows_of
from memory_road.archive.spellings import Form, Nearness, meant, same
from memory_road.db import at_most, db
from memory_road.facts.name_likeness import SAME_NAME, SAME_NAME_APART
from memory_road.facts.name_words import Word, joined, words_of
from memory_road.facts.names import fold

BETWEEN_WORDS = re.compile(r"[\s.,]+")
ENOUGH = 10
"""Names that are written only nearly so are shown where fewer than so many others were found."""
SECONDS = 2.0
MANY = 50_000
"""Where even the rarest of several words has more entries, it takes ``SECONDS`` at most."""
ROWS_A_MATCH = 4
"""One entry can have several words that fit one that was typed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed: its words, the letters that stand alone and so are initials, and all of it as one word,
    where it can be one name in several parts; then ``same_name`` is how like to it another spelling of it is."""

    words: tuple[Word, ...]
    initials: tuple[str, ...]
    together: Word | None
    same_name: float


def asked_for(query: str, most: int) -> Asked:
    """Reads what somebody typed, at most so many words of it."""
    words: dict[Word, None] = {}
    initials: dict[str, None] = {}
    for written in BETWEEN_WORDS.split(query):
        if len(written) == 1:
            initials.update(dict.fromkeys(fold(written)))
        else:
            words.update(dict.fromkeys(words_of(written)))
    same_name = SAME_NAME_APART if BETWEEN_WORDS.search(query.strip()) else SAME_NAME
    return Asked(tuple(words)[:most], tuple(initials)[:most], joined(query), same_name)


@dataclass(frozen=True, slots=True)
class Match:
    """An entry, how near the farthest of its words is to what was typed, and these words, folded."""

    participant_id: str
    nearness: Nearness
    words: frozenset[str]


@dataclass
class Search:
    """One search; what is known of its words is asked for once."""

    asked: Asked
    filters: Filters
    _itself: list[Form] = field(default_factory=list[Form])

    def matches(self, enough: int) -> list[Match]:
        """At most ``enough`` matches, each entry once. Raises ``TookTooLong``."""
        found: dict[str, Match] = {}
        for match in self._passes(enough, found):
            found.setdefault(match.participant_id, match)
            if len(found) == enough:
                break
        return list(found.values())

    def exact(self, most: int) -> int | None:
        """How many have every word as it was typed, at most one more than ``most``; None where to count them could cost
        more than to find them. To be asked after ``matches``: these are the first of them."""
        if not self._itself or self.filters.some:
            return None
        lead, *others = sorted(self._itself, key=lambda form: form.entries)
        is_alone = not others and not self.asked.initials
        if not is_alone and lead.entries > most:
            return None
        asked: dict[str, Any] = {f"word{number}": form.word for number, form in enumerate([lead, *others])}
        asked |= _initials(self.asked.initials) | {"most": most + 1}
        [(number,)] = rows_of(_counted(len(others), len(self.asked.initials), db.engine.dialect.name), asked)
        return number

    def _passes(self, enough: int, found: Mapping[str, Match]) -> Iterator[Match]:
        words = self.asked.words
        if not words:
            yield from self._having([], enough)
            return
        # How many have a word matters only where something stands beside it.
        alone = len(words) == 1 and not self.asked.initials
        forms = {word: [Form(word.word, Nearness.SAME, 1)] if alone else same(word) for word in words}
        self._itself = [form for [form] in forms.values()]
        yield from self._having(list(forms.values()), enough)
        near = {word: meant(word) for word in words}
        spelt = {word: _without_similar(near[word]) for word in words}
        # Of one word whoever has it itself is found already.
        forms = spelt if len(words) == 1 else {word: forms[word] + spelt[word] for word in words}
        yield from self._having(list(forms.values()), enough)
        if self.asked.together is not None:
            # Whoever has only one of its parts is similar to the whole, but not meant by it.
            spellings = _without_similar(meant(self.asked.together, self.asked.same_name))
            together = same(self.asked.together) + spellings
            yield from self._having([together], enough)
        if len(words) > 2:
            # A patronymic is often known to the family alone, or to the documents.
            for some in combinations(words, len(words) - 1):
                yield from self._having([forms[word] for word in some], enough)
        if len(found) < ENOUGH:
            wider = {word: [form for form in near[word] if form.nearness == Nearness.SIMILAR] for word in words}
            forms = wider if len(words) == 1 else {word: forms[word] + wider[word] for word in words}
            yield from self._having(list(forms.values()), enough)

    def _having(self, forms: Sequence[Sequence[Form]], enough: int) -> Iterator[Match]:
        """Entries whose names have one of the forms of each word; the nearest first, then the newest."""
        if not all(forms):
            return
        # The word that the fewest entries have leads; the others are looked for in the names of those that it finds.
        lead, *others = sorted(forms, key=lambda of_word: sum(form.entries for form in of_word)) or [[]]
        for part in _parts(lead, enough) if not others else [lead]:
            yield from self._led_by(part, others, enough)

    def _led_by(self, lead: Sequence[Form], others: Sequence[Sequence[Form]], enough: int) -> Iterator[Match]:
        are_several = len(lead) != 1 or any(len(of_word) > 1 for of_word in others)
        dialect = db.engine.dialect.name
        statement = _statement(len(lead) > 0, len(others), len(self.asked.initials), are_several, dialect)
        asked: dict[str, Any] = {"most": enough * (ROWS_A_MATCH if are_several else 1)}
        for number, of_word in enumerate([lead, *others]):
            words = [form.word for form in of_word]
            if words:
                asked[f"word{number}"] = words if are_several else words[0]
        asked |= _initials(self.asked.initials)
        if self.filters.some:
            rows = db.session.execute(statement.where(*of_name(self.filters)), asked).all()
        elif self._may_take_long(lead, others):
            with at_most(SECONDS):
                rows = db.session.execute(statement, asked).all()
        else:
            rows = rows_of(statement, asked)
        ranks = [_ranks(lead), *map(_ranks, others)]
        judged = [_judged(row, ranks) for row in rows]
        if are_several:
            judged.sort(key=lambda each: each[0], reverse=True)
        yield from (match for _, match in judged)

    def _may_take_long(self, lead: Sequence[Form], others: Sequence[Sequence[Form]]) -> bool:
        """Whether what leads has very many entries, and something stands beside it that none of them may have."""
        is_alone = len(lead[:1]) + len(others) + len(self.asked.initials) == 1
        return not is_alone and (not lead or sum(form.entries for form in lead) > MANY)


@cache
def _statement(has_lead: bool, others: int, initials: int, are_several: bool, dialect: str) -> Select[*tuple[Any, ...]]:
    """Asks for entries by words and initials, which are its parameters. Put together once for each shape: that costs
    more than to carry it out."""
    lead = ParticipantName
    columns: list[Any] = [lead.participant_id, lead.published_at, lead.word]
    statement = select(*columns)
    if has_lead:
        statement = statement.where(_is_word(lead, 0, are_several, dialect))
    for number in range(1, others + 1):
        other = aliased(ParticipantName)
        joined = and_(other.participant_id == lead.participant_id, _is_word(other, number, are_several, dialect))
        statement = statement.join(other, joined).add_columns(other.word)
    for number in range(initials):
        if not has_lead and number == 0:
            statement = statement.where(_begins(lead, number))
            continue
        other = aliased(ParticipantName)
        statement = statement.where(exists().where(other.participant_id == lead.participant_id, _begins(other, number)))
    if not are_several:
        statement = statement.order_by(lead.published_at.desc(), lead.participant_id.desc())
    return statement.limit(bindparam("most", type_=Integer()))


@cache
def _counted(others: int, initials: int, dialect: str) -> Select[*tuple[Any, ...]]:
    """Asks how many entries have one word each, and initials beside them."""
    return select(func.count()).select_from(_statement(True, others, initials, False, dialect).subquery())


def _initials(initials: Sequence[str]) -> dict[str, str]:
    """Their parameters: a range instead of LIKE, since both databases then use an index, whatever their collation says
    of LIKE."""
    begin = {f"from{number}": initial for number, initial in enumerate(initials)}
    return begin | {f"to{number}": initial + "{" for number, initial in enumerate(initials)}


def _parts(lead: Sequence[Form], enough: int) -> Iterator[Sequence[Form]]:
    """One word's forms in portions of which each is small, or one form: its entries are then read in order."""
    portion: list[Form] = []
    for form in lead:
        if portion and sum(each.entries for each in portion) + form.entries > enough:
            yield portion
            portion = []
        portion.append(form)
    yield portion


def _without_similar(forms: Sequence[Form]) -> list[Form]:
    return [form for form in forms if form.nearness < Nearness.SIMILAR]


def _ranks(forms: Sequence[Form]) -> dict[str, tuple[int, Nearness]]:
    return {form.word: (number, form.nearness) for number, form in enumerate(forms)}


def _judged(row: Any, ranks: Sequence[dict[str, tuple[int, Nearness]]]) -> tuple[tuple[int, int, datetime, str], Match]:
    identifier, published_at, *words = row
    places = [ranked.get(word, (0, Nearness.BEGINS)) for word, ranked in zip(words, ranks, strict=False)]
    nearness = max(near for _, near in places)
    return (-nearness, -sum(number for number, _ in places), published_at, identifier), Match(
        identifier, nearness, frozenset(words)
    )


def _is_word(name: type[ParticipantName], number: int, are_several: bool, dialect: str) -> ColumnElement[bool]:
    parameter = f"word{number}"
    return is_among(name.word, parameter, dialect) if are_several else name.word == bindparam(parameter, type_=String())


def _begins(name: type[ParticipantName], number: int) -> ColumnElement[bool]:
    begin, end = (bindparam(f"{side}{number}", type_=String()) for side in ("from", "to"))
    return and_(name.word >= begin, name.word < end)
