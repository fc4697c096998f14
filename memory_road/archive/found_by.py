"""What an entry is found by, made of its facts alone: words of names, columns for filters, words of its text, its card
in the gallery, and under what it is counted. One function says it, for publication and for loading millions at once."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from memory_road.archive.participant_heading import headings_of
from memory_road.archive.participant_name import LONGEST_WORD
from memory_road.archive.participant_place import squares_of
from memory_road.archive.tally import EVERYBODY
from memory_road.facts.document import FactValue, records_of, terms_of, text_of
from memory_road.facts.likeness import day_of
from memory_road.facts.name_words import Word, joined, words_of
from memory_road.facts.names import NAME_FIELDS, WORDS_AT_HAND, fold, given_names, initials, slug
from memory_road.facts.shorten import shorten
from memory_road.facts.transliterate import READERS, spelt_for
from memory_road.facts.uncertain_date import DATES_AT_HAND, parse_edtf
from memory_road.facts.vocabulary import Category

KIND_BIT: Mapping[str, int] = {term.value: 1 << number for number, term in enumerate(Category)}
"""Kinds of participant as one number; the bits stand in the order of ``Category``, to which new ones are appended."""

TEXTS: Mapping[str, tuple[str, ...]] = {
    "p": ("birth_place", "death_place", "burial_place", "conscription_place"),
    "u": ("unit",),
    "w": ("workplace", "occupation"),
    "t": ("biography",),
}
"""The letter before each word of a text, and the facts in which it can stand; ``a`` is before those of awards."""
TOLD = tuple((letter, field) for letter, fields in TEXTS.items() for field in fields)
LONGEST_PLACE = 80
LONGEST_REPEATED = 60
"""Places and units are told again and again, stories once."""
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBy:
    """``words`` are those of all names; ``kinds`` is a sum of ``KIND_BIT``;
    days are month × 100 + day; ``squares`` are where it is on the map; under ``headings`` it is suggested."""

    words: frozenset[Word]
    categories: tuple[str, ...]
    kinds: int
    fate: str | None
    country: str | None
    birth_year: int | None
    birth_day: int | None
    death_day: int | None
    text: str
    card: str
    tallies: frozenset[str]
    squares: frozenset[str]
    headings: frozenset[str]


def found_by(facts: Mapping[str, FactValue]) -> FoundBy:
    """What an entry that says ``facts`` is found by; one that says nothing is found by nothing."""
    birth_year, birth_day = _dated(text_of(facts, "birth_date"))
    _, death_day = _dated(text_of(facts, "death_date"))
    categories = tuple(dict.fromkeys(terms_of(facts, "categories")))
    fate, country = text_of(facts, "fate") or None, text_of(facts, "birth_country") or None
    names = list(names_of(facts))
    return FoundBy(
        words=frozenset(chain.from_iterable(map(_words_of, names))),
        categories=categories,
        kinds=sum(KIND_BIT.get(term, 0) for term in categories),
        fate=fate,
        country=country,
        birth_year=birth_year,
        birth_day=birth_day,
        death_day=death_day,
        text=" ".join(sorted(set(_texts(facts)))),
        card=_encoded(_card(facts, names)),
        tallies=frozenset(_tallies(facts, categories, fate, country)),
        squares=frozenset(squares_of(facts)),
        headings=frozenset(headings_of(facts)),
    )


@lru_cache(WORDS_AT_HAND)
def _words_of(name: str) -> tuple[Word, ...]:
    together = joined(name)
    return (*words_of(name), *((together,) if together is not None else ()))


def names_of(facts: Mapping[str, FactValue]) -> Iterator[str]:
    """Every name that is told of a person, also those that other documents have."""
    for field in NAME_FIELDS:
        if name := text_of(facts, field):
            yield name
    for record in records_of(facts, "also_recorded"):
        if record.get("field") in NAME_FIELDS and record.get("value"):
            yield record["value"]


@lru_cache(DATES_AT_HAND)
def _dated(edtf: str) -> tuple[int | None, int | None]:
    """The first year that a date can mean, and its day where that is known and nobody doubts it."""
    date = parse_edtf(edtf) if edtf else None
    if date is None or not date.is_known:
        return None, None
    is_doubted = any(point.about or point.perhaps for point in date.known_points)
    known = day_of(date) if not is_doubted else None
    year = date.earliest.year if date.earliest is not None else None
    return year, known[1] * 100 + known[2] if known is not None else None


def _texts(facts: Mapping[str, FactValue]) -> Iterator[str]:
    for letter, field in TOLD:
        if field in facts:
            yield from marked(letter, text_of(facts, field))
    for record in records_of(facts, "awards"):
        yield from marked("a", record.get("award", ""))
        yield from marked("t", record.get("deed", ""))


def marked(letter: str, text: str) -> Sequence[str]:
    """The folded words of ``text``, each with the letter that says in which facts it stands."""
    return (
        _marked(letter, text)
        if len(text) <= LONGEST_REPEATED
        else [letter + word[:LONGEST_WORD] for word in fold(text)]
    )


@lru_cache(WORDS_AT_HAND)
def _marked(letter: str, text: str) -> tuple[str, ...]:
    return tuple(letter + word[:LONGEST_WORD] for word in fold(text))


def _card(facts: Mapping[str, FactValue], names: Sequence[str]) -> dict[str, Any]:
    """What the gallery shows of an entry, beside its portrait: see ``card.read_card``."""
    if not facts:
        return {}
    surname, given = text_of(facts, "surname"), given_names(facts)
    name = f"{given} {surname}"
    spelt = {reader: spelling.text for reader in READERS if (spelling := spelt_for(name, reader)) is not None}
    shown = {surname, text_of(facts, "given_name"), text_of(facts, "patronymic")}
    card = {
        "surname": surname,
        "given": given,
        "initials": initials(facts),
        "slug": slug(facts),
        "birth": text_of(facts, "birth_date"),
        "death": text_of(facts, "death_date"),
        "place": shorten(text_of(facts, "birth_place"), LONGEST_PLACE),
        "spelt": spelt,
        "others": [name for name in names if name not in shown],
    }
    return {key: value for key, value in card.items() if value}


def _tallies(
    facts: Mapping[str, FactValue], categories: tuple[str, ...], fate: str | None, country: str | None
) -> Iterator[str]:
    if not facts:
        return
    yield EVERYBODY
    yield from (f"category:{term}" for term in categories)
    if fate is not None:
        yield f"fate:{fate}"
    if country is not None:
        yield f"country:{country}"
