"""Every row of the database, to be compared with what it was before."""

from typing import Any

from sqlalchemy import select

from memory_road.db import db
from memory_road.web.edge import Portal


def rows_of(app: Portal) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table, in an order that depends on what they hold alone."""
    with app.app_context():
        return {
            table.name: sorted((dict(row) for row in db.session.execute(select(table)).mappings()), key=str)
            for table in db.metadata.tables.values()
        }
