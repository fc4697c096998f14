"""What the portal's own functions make of the parts of made-up facts: of a surname, of given names, of a date, of a
place. Parts repeat, whole people do not; so each part is asked for once, and rows are put together of them
(``benchmarks.rows``). A test compares those rows with what publication writes."""

import json
from functools import cache
from typing import NamedTuple

from memory_road.archive.found_by import FoundBy, found_by, marked
from memory_road.facts.document import Facts
from memory_road.facts.father import father_keys
from memory_road.facts.name_keys import name_keys
from memory_road.facts.name_words import Word
from memory_road.namesakes import namesake_values


class Names(NamedTuple):
    """Of a surname, or of given name and patronymic. ``heading`` is without the letter before it; ``spelt`` is how
    readers of Latin letters read it."""

    words: frozenset[Word]
    heading: str
    initial: str
    shown: str
    spelt: str
    keys: tuple[str, ...]


class Day(NamedTuple):
    """Of a date, as COPY takes it, and of the column ``born``."""

    year: int | str
    day: int | str
    born: int | str


class Place(NamedTuple):
    """Of a birthplace: marked words, and what a card shows."""

    words: tuple[str, ...]
    shown: str


@cache
def of_surname(surname: str) -> Names:
    """What is made of a surname."""
    return _names({"surname": surname}, "surname", tuple(name_keys(surname)))


@cache
def of_given(given_name: str, patronymic: str) -> Names:
    """What is made of a given name and a patronymic together."""
    return _names({"given_name": given_name, "patronymic": patronymic}, "given", tuple(name_keys(given_name)))


@cache
def of_father(surname: str, patronymic: str) -> str:
    """The key of the father's name."""
    return next(iter(father_keys({"surname": surname, "patronymic": patronymic})), "")


@cache
def of_date(edtf: str) -> Day:
    """What is made of a date, of birth or of death."""
    found = found_by({"birth_date": edtf})
    born = namesake_values({"surname": "А", "given_name": "А", "birth_date": edtf})[0]["born"]
    return Day(*("\\N" if value is None else value for value in (found.birth_year, found.birth_day, born)))


@cache
def of_place(place: str) -> Place:
    """What is made of a birthplace."""
    return Place(tuple(marked("p", place)), json.loads(found_by({"birth_place": place}).card)["place"])


@cache
def of_point(field: str, point: str) -> str:
    """The finest square in which a point is."""
    return next(iter(found_by({field: point}).squares))


def _names(facts: Facts, field: str, keys: tuple[str, ...]) -> Names:
    found: FoundBy = found_by(facts)
    card = json.loads(found.card)
    heading = next(iter(found.headings))[1:]
    return Names(found.words, heading, card["initials"], card[field], card["spelt"]["en"], keys)
