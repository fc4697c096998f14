"""A key of a name stands with the word's sound, and words are met under other keys where one letter is missing: the
sweep makes them anew from the facts. Names are found meanwhile as they are spelt.

Revision ID: 0046
Revises: 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


EMPTIED = ("name_key", "name_word", "tally", "map_square", "kept_search_key")
"""What is made of the facts alone, and what counts it: an entry without keys is not counted yet. Searches that are kept
lie under such keys too."""


def upgrade() -> None:
    _empty()
    _make(_plain("sound", 32))


def downgrade() -> None:
    _empty()
    _make()


def _empty() -> None:
    for table in EMPTIED:
        op.execute(f"DELETE FROM {table}")  # noqa: S608 -- the names stand above
    op.execute("UPDATE participant SET keyed_at = NULL")


def _make(*sound: sa.Column[str]) -> None:
    op.drop_table("name_key")
    op.create_table(
        "name_key",
        _plain("key", 16),
        *sound,
        sa.Column("word_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", *(column.name for column in sound), "word_number", name="pk_name_key"),
        sa.ForeignKeyConstraint(
            ["word_number"], ["name_word.number"], name="fk_name_key_word_number_name_word", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_name_key_word_number", "name_key", ["word_number"])


def _plain(name: str, length: int) -> sa.Column[str]:
    kind = sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=False)
