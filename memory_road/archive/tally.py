"""How many entries there are of each kind, fate and country: kept up to date by publication, so that no page counts."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, String, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, db

Key = tuple[str, ...]


class Tally(Base):
    """How many entries ``what`` is true of: ``all``, or a filter and its value, like ``fate:missing``."""

    __tablename__ = "tally"
    __table_args__ = (CheckConstraint("entries >= 0", name="counted"),)

    what: Mapped[str] = mapped_column(String(60), primary_key=True)
    entries: Mapped[int]


def count(table: type[Base], added: Iterable[Key], removed: Iterable[Key]) -> None:
    """One entry more for each key of ``table`` that is ``added``, one less for each that is ``removed``; what no entry
    is left of is forgotten. A key is of the columns of its one unique index or primary key that are no numbers."""
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
    """The values of one filter and how many entries each has: ``tallied("fate:")``."""
    rows = db.session.execute(select(Tally.what, Tally.entries).where(Tally.what.startswith(prefix, autoescape=True)))
    return {what.removeprefix(prefix): entries for what, entries in rows}
