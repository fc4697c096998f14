"""For which languages and countries somebody moderates.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.add_column(
            sa.Column(
                "scope_languages",
                DOCUMENT,
                nullable=True,
                comment="in which the cases are that a moderator sees; empty: in all",
            )
        )
        account.add_column(
            sa.Column(
                "scope_countries",
                DOCUMENT,
                nullable=True,
                comment="ISO 3166-1, of the people whose cases a moderator sees; empty: all",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.drop_column("scope_countries")
        account.drop_column("scope_languages")
