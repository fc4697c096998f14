"""Rows that are found by how a picture looks: their columns, and the search that both databases answer from indexes.

A hash is cut into bands (``media.likeness``), each a number with an index that holds the hash too. A search asks each
index for some two hundred values and compares only the hashes that it finds there. A hash that differs from one of the
views in at most three of the bands' 88 bits is always found; how many others are is measured (docs/decisions/0015).
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    CheckConstraint,
    Dialect,
    Index,
    LargeBinary,
    Text,
    and_,
    bindparam,
    func,
    inspect,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import BIT
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from memory_road.db import db
from memory_road.media.likeness import ALIKE, BANDS, BITS, bands, difference, hashes, probes

MOST_COMPARED = 20_000
"""Hashes looked at in each band: a value that very many pictures share must not make a request slow."""
MOST_FOUND = 100
MOST_NEAR = 40
MOST_OF_ONE = 10
"""So many rows of one and the same hash: a form sent ten thousand times must not hide what else is near."""
NUMBER = "number"
"""The column that numbers the rows of one hash."""
NEARLY = 90
"""Bits by which a found hash may differ from the view that found it, before it is compared with all the views."""


class Signs(TypeDecorator[bytes]):
    """256 bits: a bit string on PostgreSQL, which can count them, bytes on SQLite; 32 bytes in Python."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(BIT(BITS))
        return dialect.type_descriptor(LargeBinary(BITS // 8))

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> Any:
        return as_bits(value) if value is not None and dialect.name == "postgresql" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        return int(value, 2).to_bytes(BITS // 8) if isinstance(value, str) else value


def as_bits(value: bytes) -> str:
    """A hash in noughts and ones, as PostgreSQL reads it."""
    return f"{int.from_bytes(value):0{BITS}b}"


class LookColumns:
    """Columns of a table of looks. All are empty for a picture that has none: see ``media.look``."""

    hash: Mapped[bytes | None] = mapped_column(Signs, comment="the middle view: media.look")
    band_0: Mapped[int | None]
    band_1: Mapped[int | None]
    band_2: Mapped[int | None]
    band_3: Mapped[int | None]


def look_rules(table: str) -> tuple[Index | CheckConstraint, ...]:
    """The indexes and the rule of a table of looks."""
    names = [f"band_{number}" for number in range(BANDS)]
    whole = " AND ".join(f"{name} IS NOT NULL" for name in names)
    empty = " AND ".join(f"{name} IS NULL" for name in names)
    return (
        *(Index(f"ix_{table}_{name}", name, "hash") for name in names),
        CheckConstraint(f"(hash IS NOT NULL AND {whole}) OR (hash IS NULL AND {empty})", name="bands_of_hash"),
    )


def look_values(kept: bytes | None) -> dict[str, Any]:
    """The values of the columns for a hash."""
    numbers: Sequence[int | None] = bands(kept) if kept is not None else [None] * BANDS
    return {"hash": kept, **{f"band_{number}": value for number, value in enumerate(numbers)}}


Row = TypeVar("Row", bound=LookColumns)


def rows_like(table: type[Row], views: bytes) -> list[tuple[Row, int]]:
    """The rows of ``table`` that look like one of ``views``, the nearest first, each with the number of bits in which
    it differs from the view that comes nearest."""
    near = {found: difference(found, views) for found in _found(table, views)}
    near = {found: near[found] for found in sorted(near, key=near.__getitem__)[:MOST_NEAR] if near[found] <= ALIKE}
    if not near:
        return []
    # By the band too: the hash alone has no index. One by one: two lists would be looked up in every combination.
    each = [and_(table.band_0 == bands(found)[0], table.hash == found) for found in near]
    (key,) = inspect(table).primary_key
    number = func.row_number().over(partition_by=table.hash).label(NUMBER)
    numbered = select(key, number).where(or_(*each)).subquery()
    asked = select(table).join(numbered, numbered.c[key.name] == key).where(numbered.c[NUMBER] <= MOST_OF_ONE)
    rows = [(row, near[row.hash]) for row in db.session.scalars(asked) if row.hash is not None]
    return sorted(rows, key=lambda found: found[1])


def _found(table: type[LookColumns], views: bytes) -> set[bytes]:
    on_postgresql = db.session.get_bind().dialect.name == "postgresql"
    return set(_found_on_postgresql(table, views) if on_postgresql else _found_on_sqlite(table, views))


def _found_on_postgresql(table: type[LookColumns], views: bytes) -> Iterable[bytes]:
    parts: list[str] = []
    values: dict[str, Any] = {"views": [as_bits(view) for view in hashes(views)]}
    for band, asked in enumerate(probes(views)):
        values[f"values_{band}"], values[f"numbers_{band}"] = list(asked), list(asked.values())
        parts.append(
            f"(SELECT look.hash, asked.number FROM unnest(CAST(:values_{band} AS integer[]), "  # noqa: S608 -- as below
            f"CAST(:numbers_{band} AS integer[])) AS asked(value, number) "
            f"JOIN {_name(table)} AS look ON look.band_{band} = asked.value LIMIT {MOST_COMPARED})"
        )
    statement = text(
        "WITH view AS MATERIALIZED (SELECT hash, number - 1 AS number "  # noqa: S608 -- only our own names and numbers
        f"FROM unnest(CAST(:views AS bit({BITS})[])) WITH ORDINALITY AS given(hash, number)), "
        f"found AS ({' UNION ALL '.join(parts)}) "
        "SELECT found.hash FROM found JOIN view ON view.number = found.number "
        f"WHERE bit_count(found.hash # view.hash) <= {NEARLY} "
        f"GROUP BY found.hash ORDER BY min(bit_count(found.hash # view.hash)) LIMIT {MOST_FOUND}"
    ).columns(hash=Signs)
    return db.session.scalars(statement, values)


def _found_on_sqlite(table: type[LookColumns], views: bytes) -> Iterable[bytes]:
    parts = [
        f"SELECT hash FROM (SELECT hash FROM {_name(table)} "  # noqa: S608 -- only our own names and numbers
        f"WHERE band_{band} IN (SELECT value FROM json_each(:values_{band})) LIMIT {MOST_COMPARED})"
        for band in range(BANDS)
    ]
    statement = text(" UNION ALL ".join(parts)).columns(hash=Signs)
    wanted = [bindparam(f"values_{band}", json.dumps(list(asked)), Text) for band, asked in enumerate(probes(views))]
    return db.session.scalars(statement.bindparams(*wanted))


def _name(table: type[LookColumns]) -> str:
    return str(getattr(table, "__tablename__"))  # noqa: B009 -- the mixin itself has none
