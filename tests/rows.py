"""Every row of the database, to be compared with what it was before."""

from typing import Any

from sqlalchemy import select

from memory_road.db import db
from memory_road.web.edge import Portal

COUNTED_UP = {"name_word": "number", "participant_text": "number"}
"""Numbers that a row gets for its index alone: made again, it has another."""


def rows_of(app: Portal) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table, in an order that depends on what they hold alone. A key of a name stands with the word
    instead of its number."""
    with app.app_context():
        rows = {
            table.name: [dict(row) for row in db.session.execute(select(table)).mappings()]
            for table in db.metadata.tables.values()
        }
    words = {row["number"]: row["word"] for row in rows["name_word"]}
    for row in rows["name_key"]:
        row["word_number"] = words[row["word_number"]]
    for table, number in COUNTED_UP.items():
        for row in rows[table]:
            del row[number]
    return {table: sorted(found, key=str) for table, found in rows.items()}
