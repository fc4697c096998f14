"""Entered for somebody else: who told it, and the page that they signed.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contribution") as altered:
        altered.add_column(
            sa.Column(
                "assisted",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="the sender enters it for somebody else",
            )
        )
        altered.add_column(
            sa.Column(
                "teller_name", sa.String(length=100), nullable=False, server_default="", comment="who told it then"
            )
        )
        altered.add_column(
            sa.Column(
                "teller_contact",
                sa.String(length=200),
                nullable=False,
                server_default="",
                comment="how they can be reached; never published",
            )
        )
    with op.batch_alter_table("contribution_photograph") as altered:
        altered.add_column(
            sa.Column(
                "signed",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="no picture of the entry but the page that its teller signed; private for ever",
            )
        )
    # The defaults were for the rows of before; new rows get their values from the models.
    with op.batch_alter_table("contribution") as altered:
        altered.alter_column("assisted", existing_type=sa.Boolean(), server_default=None)
        altered.alter_column("teller_name", existing_type=sa.String(length=100), server_default=None)
        altered.alter_column("teller_contact", existing_type=sa.String(length=200), server_default=None)
    with op.batch_alter_table("contribution_photograph") as altered:
        altered.alter_column("signed", existing_type=sa.Boolean(), server_default=None)
    op.create_index(
        "uq_contribution_photograph_signed",
        "contribution_photograph",
        ["contribution_id"],
        unique=True,
        sqlite_where=sa.text("signed"),
        postgresql_where=sa.text("signed"),
    )


def downgrade() -> None:
    op.drop_index("uq_contribution_photograph_signed", table_name="contribution_photograph")
    # Without the mark it would be a picture like the others, and might be published: it cannot stay. Its files are
    # removed by the sweep.
    op.execute(sa.text("DELETE FROM contribution_photograph WHERE signed"))
    with op.batch_alter_table("contribution_photograph") as altered:
        altered.drop_column("signed")
    with op.batch_alter_table("contribution") as altered:
        altered.drop_column("teller_contact")
        altered.drop_column("teller_name")
        altered.drop_column("assisted")
