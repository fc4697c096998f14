"""Whether the living in pictures have agreed; forms that came when their sender was signed out meanwhile.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FIELDS = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("contribution") as altered:
        altered.add_column(
            sa.Column(
                "living_faces",
                sa.String(length=10),
                nullable=False,
                server_default="",
                comment="whether somebody living is seen in the pictures; empty: not answered",
            )
        )
        altered.add_column(
            sa.Column(
                "faces_consent",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="the living who are seen have agreed",
            )
        )
    # The defaults were for the rows of before; new rows get their values from the models.
    with op.batch_alter_table("contribution") as altered:
        altered.alter_column("living_faces", existing_type=sa.String(length=10), server_default=None)
        altered.alter_column("faces_consent", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "parked_form",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False, comment="the path that it was sent to"),
        sa.Column("fields", FIELDS, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_parked_form_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_parked_form"),
    )
    op.create_index("ix_parked_form_account_id", "parked_form", ["account_id"])
    op.create_index("ix_parked_form_created_at", "parked_form", ["created_at"])


def downgrade() -> None:
    op.drop_table("parked_form")
    with op.batch_alter_table("contribution") as altered:
        altered.drop_column("faces_consent")
        altered.drop_column("living_faces")
