"""What was changed in a published entry, and when.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "participant_change",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "fields",
            DOCUMENT,
            nullable=False,
            comment="names of the facts that were changed, in the form's order",
        ),
        sa.Column("photographs", sa.Integer(), nullable=False, comment="how many were added"),
        sa.CheckConstraint("photographs >= 0", name=op.f("ck_participant_change_photographs_counted")),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_participant_change_participant_id_participant",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_participant_change"),
    )
    op.create_index("ix_participant_change_newest", "participant_change", ["participant_id", "made_at"], unique=False)


def downgrade() -> None:
    op.drop_table("participant_change")
