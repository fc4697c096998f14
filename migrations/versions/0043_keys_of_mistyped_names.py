"""Names are met under other keys, also short ones that were mistyped: the sweep makes them anew from the facts. Names
are found meanwhile as they are spelt.

Revision ID: 0043
Revises: 0042
"""

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _empty()


def downgrade() -> None:
    _empty()


def _empty() -> None:
    """What is counted goes with the keys: an entry without them is not counted yet."""
    for table in ("name_key", "name_word", "tally", "map_square"):
        op.execute(f"DELETE FROM {table}")  # noqa: S608 -- the names stand above
    op.execute("UPDATE participant SET keyed_at = NULL")
