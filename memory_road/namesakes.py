"""Rows that are found by the sound of a name: their columns, and the search that both databases answer from indexes.

A person has a row for each reading of surname and given name (``facts.name_keys``), with the father's name and the time
of birth beside it: of a million people called Ivan Ivanov only those are read who may be meant.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Index, String, and_, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from memory_road.db import db
from memory_road.facts.check import date_of
from memory_road.facts.document import FactValue, text_of
from memory_road.facts.father import father_keys
from memory_road.facts.likeness import MOST_SPAN, YEARS_APART, day_of, possible_years
from memory_road.facts.name_keys import LONGEST_KEY, name_keys
from memory_road.facts.uncertain_date import DATES_AT_HAND, UncertainDate

MOST_READINGS = 12
"""So many rows a person has at most: a double surname and a double given name, each read in several ways."""
MOST_ROWS = 100
"""So many rows are read in each way of looking: a name that millions bear must not make a request slow."""
MOST_FOUND = 60
YEAR = 10_000
"""A year in the column ``born``."""

_KEY = String(LONGEST_KEY).with_variant(String(LONGEST_KEY, collation="C"), "postgresql")


class NamesakeColumns:
    """Columns of a table of namesakes, beside the one that says whose they are."""

    surname_key: Mapped[str] = mapped_column(_KEY)
    given_key: Mapped[str] = mapped_column(_KEY)
    father_key: Mapped[str] = mapped_column(_KEY, comment="empty: not known")
    born: Mapped[int | None] = mapped_column(comment="YYYYMMDD, with 00 for what is not known; empty: no one year")


def namesake_indexes(table: str) -> tuple[Index, ...]:
    """The indexes of a table of namesakes."""
    return (
        Index(f"ix_{table}_born", "surname_key", "given_key", "born"),
        Index(f"ix_{table}_father", "surname_key", "given_key", "father_key", "born"),
    )


def namesake_values(facts: Mapping[str, FactValue]) -> list[dict[str, Any]]:
    """The values of the columns for a person: one row for each reading of the name, none where it has no letters."""
    same = {"father_key": next(iter(father_keys(facts)), ""), "born": _born(text_of(facts, "birth_date"))}
    return [{"surname_key": surname, "given_key": given, **same} for surname, given in _readings(facts)]


def namesakes(
    table: type[NamesakeColumns], owner: InstrumentedAttribute[str], facts: Mapping[str, FactValue]
) -> list[str]:
    """Whose name sounds like the one in ``facts``, at most ``MOST_FOUND``: those with the same father's name and the
    nearest year of birth first. Who was born in other years is left out. ``owner`` is the column of ``table`` that says
    whose a row is."""
    fathers = set(father_keys(facts))
    birth = date_of(facts, "birth_date")
    parts = [
        select(owner, table.born, table.father_key)
        .where(table.surname_key == surname, table.given_key == given, way)
        .limit(MOST_ROWS)
        .subquery()
        for surname, given in _readings(facts)
        for way in _ways(table, birth, fathers)
    ]
    if not parts:
        return []
    years = possible_years(birth)
    found: dict[str, tuple[bool, int]] = {}
    for identifier, born, father in db.session.execute(union_all(*(select(part) for part in parts))):
        apart = abs(born // YEAR - years[0]) if born is not None and years is not None else YEARS_APART
        found[identifier] = min(found.get(identifier, (True, YEAR)), (father not in fathers, apart))
    return sorted(found, key=lambda identifier: (*found[identifier], identifier))[:MOST_FOUND]


def _readings(facts: Mapping[str, FactValue]) -> list[tuple[str, str]]:
    surnames = name_keys(f"{text_of(facts, 'surname')} {text_of(facts, 'former_surname')}")
    return list(product(surnames, name_keys(text_of(facts, "given_name"))))[:MOST_READINGS]


@lru_cache(DATES_AT_HAND)
def _born(edtf: str) -> int | None:
    return _number(date_of({"birth_date": edtf}, "birth_date"))


def _number(birth: UncertainDate | None) -> int | None:
    """A birth as the column ``born`` holds it."""
    years = possible_years(birth)
    if birth is None or years is None or birth.is_about or birth.is_perhaps or years[1] - years[0] > MOST_SPAN:
        return None
    year, month, day = day_of(birth) or (years[0], 0, 0)
    return year * YEAR + month * 100 + day


def _ways(
    table: type[NamesakeColumns], birth: UncertainDate | None, fathers: set[str]
) -> Iterator[ColumnElement[bool]]:
    """How to look for a name: each way reads the first ``MOST_ROWS`` that it meets, the narrower ones find who would
    be lost among so many in the wider."""
    years = possible_years(birth)
    when = [true()]
    if years is not None:
        first, last = years
        when = [_between(table, first - YEARS_APART - MOST_SPAN, last + YEARS_APART), table.born.is_(None)]
        yield _between(table, first, last)
        if day_of(birth) is not None:
            yield table.born == _number(birth)
    for each in when:
        yield each
        if fathers:
            yield and_(table.father_key.in_(sorted(fathers)), each)


def _between(table: type[NamesakeColumns], first: int, last: int) -> ColumnElement[bool]:
    return table.born.between(first * YEAR, (last + 1) * YEAR - 1)
