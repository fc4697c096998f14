"""What the desk did, counted by weeks.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "week_count",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "what IN ('came', 'done', 'waited', 'reason', 'change')", name=op.f("ck_week_count_what_known")
        ),
        sa.PrimaryKeyConstraint("week", "what", "key", name="pk_week_count"),
    )
    op.create_index("ix_week_count_what", "week_count", ["what", "week"])
    op.create_table(
        "counted_until",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_counted_until_one_row")),
        sa.PrimaryKeyConstraint("id", name="pk_counted_until"),
    )


def downgrade() -> None:
    op.drop_table("counted_until")
    op.drop_index("ix_week_count_what", table_name="week_count")
    op.drop_table("week_count")
