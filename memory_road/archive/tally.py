"""How many entries there are of each kind, fate and country: kept up to date by publication, so that no page counts."""

import time
from collections.abc import Iterable, Mapping
from typing import cast
from weakref import WeakKeyDictionary

from sqlalchemy import CheckConstraint, Engine, String, Table, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.archive.rows_of import rows_of
from memory_road.db import Base, after_commit, db

Key = tuple[str, ...]
EVERYBODY = "all"


class Tally(Base):
    """How many entries ``what`` is true of: ``all``, or a filter and its value, like ``fate:missing``."""

    __tablename__ = "tally"
    __table_args__ = (CheckConstraint("entries >= 0", name="counted"),)

    what: Mapped[str] = mapped_column(String(60), primary_key=True)
    entries: Mapped[int]


def count(table: type[Base], added: Iterable[Key], removed: Iterable[Key]) -> None:
    """One entry more for each key of ``table`` that is ``added``, one less for each that is ``removed``; what no entry
    is left of is forgotten. A key is of the columns of its one unique index or primary key that are no numbers."""
    after_commit(_known.clear)
    columns = [column for column in table.__table__.columns if isinstance(column.type, String)]
    entries = table.__table__.columns["entries"]
    # In one order, so that two publications at once wait for each other, and seldom in a circle.
    if new := sorted(added):
        insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
        rows = [{**dict(zip([column.name for column in columns], key, strict=True)), "entries": 1} for key in new]
        # One row in the statement, so that it is put together once, and not anew for each number of rows.
        made = insert(cast(Table, table.__table__)).on_conflict_do_update(
            index_elements=columns, set_={"entries": entries + 1}
        )
        db.session.execute(made, rows)
    if gone := sorted(removed):
        fewer = or_(*(and_(*(column == part for column, part in zip(columns, key, strict=True))) for key in gone))
        db.session.execute(update(table).where(fewer).values(entries=entries - 1))
        db.session.execute(delete(table).where(fewer, entries <= 0))


def tallied(prefix: str) -> Mapping[str, int]:
    """The values of one filter and how many entries each has: ``tallied("fate:")``. What another process has published
    is known a second later."""
    engine, moment = db.engine, time.monotonic()
    known = _known.get(engine)
    if known is None or moment - known[0] > SECONDS_AT_HAND:
        numbers: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
        for what, entries in rows_of(_TALLIED, {}):
            name = next(name for name in FILTERS if what.startswith(name))
            numbers[name][what.removeprefix(name)] = entries
        known = _known[engine] = (moment, numbers)
    return known[1][prefix]


def number_of_entries() -> int:
    """How many entries there are."""
    return tallied(EVERYBODY).get("", 0)


FILTERS = (EVERYBODY, "category:", "country:", "fate:")
SECONDS_AT_HAND = 1.0
_TALLIED = select(Tally.what, Tally.entries).where(
    or_(*(Tally.what.startswith(name, autoescape=True) for name in FILTERS))
)
_known: WeakKeyDictionary[Engine, tuple[float, Mapping[str, Mapping[str, int]]]] = WeakKeyDictionary()
"""What was read last of each database, and when."""
