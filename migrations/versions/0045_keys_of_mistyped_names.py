"""Names are met under other keys, also short ones that were mistyped: the sweep makes them anew from the facts. Names
are found meanwhile as they are spelt.

Revision ID: 0045
Revises: 0044
"""

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


EMPTIED = ("name_key", "name_word", "tally", "map_square", "kept_search_key")
"""What is made of the facts alone, and what counts it: an entry without keys is not counted yet. Searches that are kept
lie under such keys too."""


def upgrade() -> None:
    _empty()


def downgrade() -> None:
    _empty()


def _empty() -> None:
    for table in EMPTIED:
        op.execute(f"DELETE FROM {table}")  # noqa: S608 -- the names stand above
    op.execute("UPDATE participant SET keyed_at = NULL")
