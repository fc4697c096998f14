"""The database handle, the naming of constraints, shared column types, and how SQLite and PostgreSQL are kept alike."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, CheckConstraint, Connection, DateTime, Dialect, Engine, MetaData, String, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from memory_road.identifier import LENGTH


class Base(DeclarativeBase):
    """Constraints get names from their table and columns, so that a later migration can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


log = logging.getLogger(__name__)
db = SQLAlchemy(model_class=Base)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware point of time, always UTC: SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A point of time needs its zone: use db.now().")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A JSON document: JSONB on PostgreSQL, text on SQLite."""

Identifier = Annotated[str, mapped_column(String(LENGTH))]
"""Nine Crockford base-32 characters (``memory_road.identifier``)."""
Moment = Annotated[datetime, mapped_column(UtcDateTime)]
Document = Annotated[dict[str, Any], mapped_column(Json)]


def now() -> datetime:
    """The present, as the database keeps it."""
    return datetime.now(UTC)


def one_of(column: str, *vocabularies: type[StrEnum]) -> CheckConstraint:
    """A CHECK that ``column`` holds a term of one of ``vocabularies``."""
    values = ", ".join(f"'{term.value}'" for terms in vocabularies for term in terms)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


def upsert(table: type[Base], key: dict[str, Any], values: dict[str, Any]) -> None:
    """Make the row with this primary key, or give the one that is there these values; of two that do it at once, the
    second waits for the first."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    made = insert(table).values({**key, **values})
    db.session.execute(made.on_conflict_do_update(index_elements=list(key), set_=values))


_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """Transactions begun inside are for writing. SQLite then takes its write lock at once: a transaction that reads
    first and writes later fails as soon as another one wrote in between."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """What is read inside shows the database at one moment, however many statements it takes; nothing may be written.
    SQLite reads so by itself."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield
    finally:
        db.session.rollback()


class TookTooLong(Exception):
    """A read was ended, since it had no more time."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """End what is read inside once it has taken so long. Raises ``TookTooLong``; the transaction is over then."""
    connection = db.session.connection()
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(seconds * 1000)}")
    else:
        end = time.monotonic() + seconds
        driver.set_progress_handler(lambda: time.monotonic() > end, STEPS_BETWEEN_LOOKS)
    try:
        yield
    except OperationalError as ended:
        db.session.rollback()
        if "statement timeout" in str(ended.orig) or "interrupted" in str(ended.orig):
            raise TookTooLong from ended
        raise
    else:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL statement_timeout = DEFAULT")
    finally:
        if connection.dialect.name == "sqlite":
            driver.set_progress_handler(None, 0)


STEPS_BETWEEN_LOOKS = 10_000
"""Of SQLite's machine: a millisecond or so."""
AFTER_COMMIT = "after_commit"


def after_commit(action: Callable[[], None]) -> None:
    """Do ``action`` once the present transaction is committed, and never if it is rolled back: files are removed and
    workers woken only for what really happened."""
    db.session.info.setdefault(AFTER_COMMIT, []).append(action)


@event.listens_for(Session, "after_commit")
def _do_after_commit(session: Session) -> None:
    for action in session.info.pop(AFTER_COMMIT, []):
        try:
            action()
        except OSError:
            # What was committed stays so, and must not be told as a failure. Files left behind are swept up later.
            log.exception("Something that was to follow a commit could not be done.")


@event.listens_for(Session, "after_soft_rollback")
def _forget_after_commit(session: Session, _previous: object) -> None:
    session.info.pop(AFTER_COMMIT, None)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
