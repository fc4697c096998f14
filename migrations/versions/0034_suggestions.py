"""Suggestions that an administrator added or took off the list.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suggestion",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("vocabulary", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False, comment="empty: a shipped one, in all of them"),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("vocabulary IN ('branch', 'rank', 'award')", name=op.f("ck_suggestion_vocabulary_known")),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion"),
    )
    op.create_index("uq_suggestion_words", "suggestion", ["vocabulary", "language", "words"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_suggestion_words", table_name="suggestion")
    op.drop_table("suggestion")
