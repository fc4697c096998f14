"""What was typed before a draft was added to an entry, so that it can be an entry of its own again.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("contribution") as altered:
        altered.add_column(
            sa.Column(
                "typed_before",
                DOCUMENT,
                nullable=True,
                comment="what was typed before it was added to that entry; empty: it was about the entry from the "
                "beginning",
            )
        )
        altered.create_check_constraint(
            op.f("ck_contribution_added_has_entry"), "typed_before IS NULL OR about_id IS NOT NULL"
        )


def downgrade() -> None:
    with op.batch_alter_table("contribution") as altered:
        altered.drop_constraint(op.f("ck_contribution_added_has_entry"), type_="check")
        altered.drop_column("typed_before")
