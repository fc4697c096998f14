"""Reasons and their messages, as an administrator keeps them.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reason",
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, comment="in the list, from above"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("for_return", sa.Boolean(), nullable=False),
        sa.Column("for_reject", sa.Boolean(), nullable=False),
        sa.CheckConstraint("for_return OR for_reject", name=op.f("ck_reason_for_something")),
        sa.PrimaryKeyConstraint("key", name="pk_reason"),
    )
    op.create_table(
        "reason_text",
        sa.Column("key", sa.String(length=30), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("template", sa.Text(), nullable=False, comment="of the message to the sender"),
        sa.ForeignKeyConstraint(["key"], ["reason.key"], name="fk_reason_text_key_reason", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("key", "language", name="pk_reason_text"),
    )


def downgrade() -> None:
    op.drop_table("reason_text")
    op.drop_table("reason")
