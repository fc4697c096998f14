"""Rows for pages that anybody asks for all day, read as cheaply as the driver can."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, String, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute

from memory_road.db import Base, db

POSTGRESQL = "postgresql"
Model = TypeVar("Model", bound=Base)


def rows_of(statement: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> Sequence[Any]:
    """The rows of a statement that is put together once and kept, with ``values`` for its parameters; both are as the
    driver has them. On PostgreSQL it is asked of the driver itself and stands for itself, without a transaction around
    it, which takes a third of the time; where one is open already, it reads in it, and has its time limit."""
    engine = db.engine
    if engine.dialect.name != POSTGRESQL or (db.session.registry.has() and db.session.registry().in_transaction()):
        return db.session.execute(statement, values).all()
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


def copies_of(model: type[Model], statement: Select[*tuple[Any, ...]], values: Mapping[str, Any]) -> list[Model]:
    """The rows of a statement that asks for every column of ``model``, as objects that no session knows: they can be
    read, and changing them changes nothing."""
    names = model.__table__.columns.keys()
    return [model(**dict(zip(names, map(_in_utc, row), strict=True))) for row in rows_of(statement, values)]


def _in_utc(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def is_among(column: InstrumentedAttribute[str], name: str, dialect: str) -> ColumnElement[bool]:
    """That ``column`` is one of the list that is the value of the parameter ``name``: however long the list, PostgreSQL
    sees one statement, whose plan it keeps."""
    if dialect == POSTGRESQL:
        return column == any_(bindparam(name, type_=ARRAY(String)))
    return column.in_(bindparam(name, expanding=True))


@cache
def _written(statement: Select[*tuple[Any, ...]]) -> tuple[str, dict[str, Any]]:
    compiled = statement.compile(dialect=db.engine.dialect)
    return compiled.string, dict(compiled.params)
