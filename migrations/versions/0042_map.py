"""Where on the map entries are, and how many are in each square. The sweep does it for entries of which it has to make
anew what they are found by.

Revision ID: 0042
Revises: 0041
"""

import json
from collections import Counter
from math import asinh, pi, radians, tan

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

SQUARE = sa.String(length=20).with_variant(sa.String(length=20, collation="C"), "postgresql")
FINEST, LEVELS = 14, range(5, 11)
POINTS = {"b": "birth_point", "g": "burial_point"}


def upgrade() -> None:
    op.create_table(
        "participant_place",
        sa.Column("square", SQUARE, nullable=False, comment="the letter of the kind and the key of the square"),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_participant_place_participant_id_participant",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("square", "participant_id", name="pk_participant_place"),
    )
    op.create_index("ix_participant_place_participant_id", "participant_place", ["participant_id"])
    op.create_table(
        "map_square",
        sa.Column("what", SQUARE, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.CheckConstraint("entries >= 0", name=op.f("ck_map_square_counted")),
        sa.PrimaryKeyConstraint("what", name="pk_map_square"),
    )
    _fill()


def _fill() -> None:
    connection = op.get_bind()
    names = ("id", "facts", "keyed_at", "gone_at")
    participant = sa.table("participant", *(sa.column(name) for name in names))
    known = participant.c.keyed_at.is_not(None), participant.c.gone_at.is_(None)
    with_points = sa.cast(participant.c.facts, sa.Text).like('%\\_point"%', escape="\\")
    counted: Counter[str] = Counter()
    places = []
    on_map = sa.select(participant.c.id, participant.c.facts).where(*known, with_points)
    for identifier, kept in connection.execute(on_map):
        facts = json.loads(kept) if isinstance(kept, str) else kept
        for kind, name in POINTS.items():
            if name in facts:
                key = _key(*map(float, facts[name].split(", ")))
                places.append({"square": kind + key, "participant_id": identifier})
                counted.update(f"{kind}{level:02}{key[:level]}" for level in LEVELS)
    if places:
        place = sa.table("participant_place", sa.column("square"), sa.column("participant_id"))
        connection.execute(sa.insert(place), places)
        square = sa.table("map_square", sa.column("what"), sa.column("entries"))
        connection.execute(sa.insert(square), [{"what": what, "entries": number} for what, number in counted.items()])


def _key(latitude: float, longitude: float) -> str:
    wide = 1 << FINEST
    latitude = max(-85.05112878, min(85.05112878, latitude))
    across = min(wide - 1, int((longitude + 180) / 360 * wide))
    down = min(wide - 1, max(0, int((1 - asinh(tan(radians(latitude))) / pi) / 2 * wide)))
    return "".join(str((across >> bit & 1) + 2 * (down >> bit & 1)) for bit in range(FINEST - 1, -1, -1))


def downgrade() -> None:
    op.drop_table("map_square")
    op.drop_table("participant_place")
