"""The desk: whose family a case concerns, what was skipped, and who looks at what.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recusal",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=9), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_recusal_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "case_id", name="pk_recusal"),
    )
    op.create_table(
        "case_skip",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=9), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_case_skip_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "case_id", name="pk_case_skip"),
    )
    op.create_table(
        "case_viewer",
        sa.Column("case_id", sa.String(length=9), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_case_viewer_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "account_id", name="pk_case_viewer"),
    )
    op.create_index(op.f("ix_case_viewer_account_id"), "case_viewer", ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("case_viewer")
    op.drop_table("case_skip")
    op.drop_table("recusal")
