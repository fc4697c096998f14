"""How many entries there are of each kind, fate and country: kept up to date by publication, so that no page counts."""

import time
from collections.abc import Iterable

from sqlalchemy import CheckConstraint, String, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

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
        made = insert(table).values(rows)
        db.session.execute(made.on_conflict_do_update(index_elements=columns, set_={"entries": entries + 1}))
    if gone := sorted(removed):
        fewer = or_(*(and_(*(column == part for column, part in zip(columns, key, strict=True))) for key in gone))
        db.session.execute(update(table).where(fewer).values(entries=entries - 1))
        db.session.execute(delete(table).where(fewer, entries <= 0))


def tallied(prefix: str) -> dict[str, int]:
    """The values of one filter and how many entries each has: ``tallied("fate:")``. What another process has published
    is known a second later."""
    address, moment = str(db.engine.url), time.monotonic()
    known = _known.get(address)
    if known is None or moment - known[0] > SECONDS_AT_HAND:
        filters = (Tally.what.startswith(name, autoescape=True) for name in FILTERS)
        rows = db.session.execute(select(Tally.what, Tally.entries).where(or_(*filters)))
        known = _known[address] = (moment, {row.what: row.entries for row in rows})
    return {what.removeprefix(prefix): number for what, number in known[1].items() if what.startswith(prefix)}


def number_of_entries() -> int:
    """How many entries there are."""
    return tallied(EVERYBODY).get("", 0)


FILTERS = (EVERYBODY, "category:", "country:", "fate:")
SECONDS_AT_HAND = 1.0
_known: dict[str, tuple[float, dict[str, int]]] = {}
"""What was read last of each database, and when."""
