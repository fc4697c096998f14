"""Codes that are sent by mail to sign in with.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_code",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, comment="wrong ones"),
        sa.Column("registers", sa.Boolean(), nullable=False, comment="came with the letter that answers registering"),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_sign_in_code_tries_counted")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_sign_in_code_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_sign_in_code"),
    )


def downgrade() -> None:
    op.drop_table("sign_in_code")
