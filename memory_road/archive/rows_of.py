"""Rows for pages that anybody asks for all day, read as cheaply as the driver can."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, CompoundSelect, Select, any_, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute

from memory_road.db import Base, UtcDateTime, db

POSTGRESQL = "postgresql"
Asked = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
Model = TypeVar("Model", bound=Base)
Statements = tuple[Select[*tuple[Any, ...]], ...]


def rows_of(statement: Asked, values: Mapping[str, Any]) -> Sequence[Any]:
    """The rows of a statement that is put together once and kept, with ``values`` for its parameters; both are as the
    driver has them. On PostgreSQL it is asked of the driver itself and stands for itself, without a transaction around
    it, which takes a third of the time; where one is open already, it reads in it, and has its time limit."""
    if _goes_through_session():
        return db.session.execute(statement, values).all()
    engine = db.engine
    written, own_values = _written(statement)
    connection = engine.raw_connection()
    driver: Any = connection.driver_connection
    try:
        driver.autocommit = True
        rows: list[Any] = driver.execute(written, {**own_values, **values}).fetchall()
        driver.autocommit = False
    except engine.dialect.loaded_dbapi.Error:
        # SQLAlchemy knows what is wrong and which other connections are lost with this one: it asks again.
        connection.invalidate()
        return db.session.execute(statement, values).all()
    else:
        return rows
    finally:
        connection.close()


def rows_of_each(statements: Statements, values: Mapping[str, Any]) -> list[Sequence[Any]]:
    """The rows of each of several statements that stand together for long, all for the same ``values``. PostgreSQL is
    asked once and answers with one document, where each statement alone would cost as much again."""
    if _goes_through_session():
        return [db.session.execute(statement, values).all() for statement in statements]
    ((answers,),) = rows_of(_together(statements), values)
    return [
        [[_read(value) if place in moments else value for place, value in enumerate(row)] for row in rows]
        for rows, moments in zip(answers, _moments(statements), strict=True)
    ]


def copies_of(model: type[Model], statement: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> list[Model]:
    """The rows of a statement that asks for every column of ``model``, as ``copies`` makes them."""
    return copies(model, rows_of(statement, values))


def copies(model: type[Model], rows: Sequence[Any]) -> list[Model]:
    """Rows of every column of ``model`` as objects that no session knows: they can be read, and changing them changes
    nothing."""
    names = model.__table__.columns.keys()
    return [model(**dict(zip(names, map(_in_utc, row), strict=True))) for row in rows]


def _read(moment: str | None) -> datetime | None:
    return datetime.fromisoformat(moment) if moment is not None else None


def _in_utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def is_among(
    column: InstrumentedAttribute[str] | InstrumentedAttribute[int], name: str, dialect: str
) -> ColumnElement[bool]:
    """That ``column`` is one of the list that is the value of the parameter ``name``: however long the list, PostgreSQL
    sees one statement, whose plan it keeps."""
    if dialect == POSTGRESQL:
        return column == any_(bindparam(name, type_=ARRAY(column.type)))
    return column.in_(bindparam(name, expanding=True))


def _goes_through_session() -> bool:
    in_session = db.session.registry.has() and db.session.registry().in_transaction()
    return db.engine.dialect.name != POSTGRESQL or in_session


@cache
def _together(statements: Statements) -> Select[*tuple[Any, ...]]:
    each = (statement.subquery() for statement in statements)
    gathered = (select(func.coalesce(func.json_agg(func.json_build_array(*rows.c)), text("'[]'"))) for rows in each)
    return select(func.json_build_array(*(rows.scalar_subquery() for rows in gathered)))


@cache
def _moments(statements: Statements) -> list[set[int]]:
    """The places of moments among the columns of each statement: JSON has none, so that they come as text."""
    columns = (enumerate(statement.selected_columns) for statement in statements)
    return [{place for place, column in each if isinstance(column.type, UtcDateTime)} for each in columns]


@cache
def _written(statement: Asked) -> tuple[str, dict[str, Any]]:
    compiled = statement.compile(dialect=db.engine.dialect)
    return compiled.string, dict(compiled.params)
