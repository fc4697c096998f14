"""Indexes: of whom a sender has told, and visitors' addresses that are to be forgotten.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TOLD = sa.text("participant_id IS NOT NULL")
ADDRESS = sa.text("email <> ''")


def upgrade() -> None:
    op.create_index(
        "ix_contribution_told",
        "contribution",
        ["sender_id", "participant_id"],
        unique=False,
        sqlite_where=TOLD,
        postgresql_where=TOLD,
    )
    op.create_index(
        "ix_entry_request_address",
        "entry_request",
        ["closed_at"],
        unique=False,
        sqlite_where=ADDRESS,
        postgresql_where=ADDRESS,
    )


def downgrade() -> None:
    op.drop_index("ix_entry_request_address", table_name="entry_request")
    op.drop_index("ix_contribution_told", table_name="contribution")
