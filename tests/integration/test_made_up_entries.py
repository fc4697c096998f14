"""Made-up entries for measurements (``benchmarks/load.py``) are what publication writes for the same facts, in a
database that is as the migrations leave it."""

from collections import Counter

import pytest
from sqlalchemy import text

from benchmarks.load import load
from benchmarks.people import surnames
from memory_road.archive.participant_heading import LONGEST_HEADING
from memory_road.archive.restate import restate_some
from memory_road.db import db
from memory_road.web.edge import Portal
from tests.application import work

ENTRIES = 300
LONG = ["Константинопольский" * 6, "-".join(["Преображенский"] * 9)]
"""Longer than a heading, than a word of names, and than the readable part of an address."""
WRITTEN = {
    "participant": "id, card, fate, country, birth_year, birth_day, death_day, facts::text",
    "participant_name": "word, participant_id, published_at, birth_year, fate, country, kinds",
    "participant_heading": "heading, participant_id",
    "participant_category": "participant_id, category, published_at",
    "participant_namesake": "participant_id, surname_key, given_key, father_key, born",
    "participant_place": "square, participant_id",
    "participant_text": "participant_id, words",
    "name_word": "word, sound, entries",
    "name_key": "key, (SELECT sound FROM name_word WHERE number = word_number)",
    "tally": "what, entries",
    "map_square": "what, entries",
}
FORGOTTEN = [table for table in WRITTEN if table not in ("participant", "name_key")]
SHAPE = """
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL
    SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) || convalidated FROM pg_constraint
"""

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@on_postgresql
def test_they_are_what_publication_writes(app: Portal) -> None:
    with work(app):
        shape = set(db.session.scalars(text(SHAPE)))
        address = db.engine.url.render_as_string(hide_password=False)
    load(address, ENTRIES, [*LONG, *surnames()])
    with work(app):
        assert set(db.session.scalars(text(SHAPE))) == shape
        loaded = written()
        assert sum(loaded["participant"].values()) == ENTRIES
        assert max(len(str(heading)) for heading, _ in loaded["participant_heading"]) == LONGEST_HEADING
        for table in FORGOTTEN:
            db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
        db.session.execute(text("UPDATE participant SET keyed_at = NULL, card = '{}'"))
    with work(app):
        assert restate_some(ENTRIES) == ENTRIES
    with work(app):
        published = written()
    for table, rows in published.items():
        assert loaded[table] == rows, f"{table}: {loaded[table] - rows} instead of {rows - loaded[table]}"


def written() -> dict[str, Counter[tuple[object, ...]]]:
    """The rows of every table that says by what entries are found."""
    return {
        table: Counter(tuple(row) for row in db.session.execute(text(f"SELECT {columns} FROM {table}")))  # noqa: S608
        for table, columns in WRITTEN.items()
    }
