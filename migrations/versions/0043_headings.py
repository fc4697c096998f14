"""The headings under which entries are suggested while a name is being typed, and days of birth and death that somebody
doubts no longer count as anniversaries. The sweep makes the headings of entries that it has to make anew in any case.

Revision ID: 0043
Revises: 0042
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from anyascii import anyascii

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

LONGEST, MOST_SURNAMES, PORTION = 100, 4, 1000
HEADING = sa.String(length=LONGEST).with_variant(sa.String(length=LONGEST, collation="C"), "postgresql")
APOSTROPHES = re.compile("['’ʼ`´ʹʺ\"]")
NOT_LETTERS = re.compile("[^a-z0-9]+")
DAYS = {"birth_day": "birth_date", "death_day": "death_date"}


def upgrade() -> None:
    op.create_table(
        "participant_heading",
        sa.Column("heading", HEADING, nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_participant_heading_participant_id_participant",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("heading", "participant_id", name="pk_participant_heading"),
    )
    op.create_index("ix_participant_heading_participant_id", "participant_heading", ["participant_id"])
    connection = op.get_bind()
    names = ("id", "facts", "keyed_at", "gone_at")
    participant = sa.table("participant", *(sa.column(name) for name in names))
    known = participant.c.keyed_at.is_not(None), participant.c.gone_at.is_(None)
    last = ""
    while True:
        some = sa.select(participant.c.id, participant.c.facts).where(*known, participant.c.id > last)
        rows = connection.execute(some.order_by(participant.c.id).limit(PORTION)).all()
        if not rows:
            break
        last = rows[-1].id
        entries = [(row.id, _read(row.facts)) for row in rows]
        _fill(connection, entries)
        _forget_doubted_days(connection, entries)


def _forget_doubted_days(connection: sa.Connection, entries: list[tuple[str, dict[str, Any]]]) -> None:
    participant = sa.table("participant", sa.column("id"), *(sa.column(day) for day in DAYS))
    for day, date in DAYS.items():
        doubted = [identifier for identifier, facts in entries if facts.get(date, "").endswith(("~", "?", "%"))]
        if doubted:
            connection.execute(sa.update(participant).where(participant.c.id.in_(doubted)).values({day: None}))


def _read(kept: Any) -> dict[str, Any]:
    return json.loads(kept) if isinstance(kept, str) else kept


def _fill(connection: sa.Connection, entries: list[tuple[str, dict[str, Any]]]) -> None:
    heading = sa.table("participant_heading", sa.column("heading"), sa.column("participant_id"))
    rows = [
        {"heading": text, "participant_id": identifier} for identifier, facts in entries for text in {*_headings(facts)}
    ]
    if rows:
        connection.execute(sa.insert(heading), rows)


def _headings(facts: dict[str, Any]) -> Iterator[str]:
    given = _fold(f"{facts.get('given_name', '')} {facts.get('patronymic', '')}")
    also = [each for each in facts.get("also_recorded", []) if each.get("field") in {"surname", "former_surname"}]
    surnames = [facts.get("surname", ""), facts.get("former_surname", ""), *(each.get("value", "") for each in also)]
    folded = dict.fromkeys(tuple(_fold(surname)) for surname in surnames)
    for words in [words for words in folded if words][:MOST_SURNAMES]:
        yield f"s{' '.join([*words, *given])}"[:LONGEST]
    if given:
        yield f"g{' '.join([*given, *_fold(facts.get('surname', ''))])}"[:LONGEST]


def _fold(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text.lower().replace("ё", "е"))
    return NOT_LETTERS.sub(" ", APOSTROPHES.sub("", anyascii(plain).lower())).split()


def downgrade() -> None:
    op.drop_table("participant_heading")
