"""Disagreements between families about an entry, and since when visitors are told of one.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "participant",
        sa.Column(
            "disputed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="since when families tell it differently; empty: not",
        ),
    )

    op.create_table(
        "dispute",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("opener_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False, comment="what is told differently, in a few words"),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("message", sa.Text(), nullable=False, comment="of the moderator, to all sides"),
        sa.Column("note", sa.Text(), nullable=False, comment="among moderators"),
        sa.CheckConstraint(
            (
                "(state = 'ended' AND ended_at IS NOT NULL AND ended_by_id IS NOT NULL AND outcome <> '') "
                "OR (state <> 'ended' AND ended_at IS NULL AND ended_by_id IS NULL AND outcome = '')"
            ),
            name=op.f("ck_dispute_ended_has_outcome"),
        ),
        sa.CheckConstraint(
            "outcome IN ('', 'documents', 'both_stand', 'stays', 'agreed', 'none')",
            name=op.f("ck_dispute_outcome_known"),
        ),
        sa.CheckConstraint("state <> 'open' OR opened_at IS NOT NULL", name=op.f("ck_dispute_open_has_time")),
        sa.CheckConstraint("state IN ('asked', 'open', 'ended')", name=op.f("ck_dispute_state_known")),
        sa.CheckConstraint("subject <> ''", name=op.f("ck_dispute_has_subject")),
        sa.CheckConstraint("ended_by_id <> opener_id", name=op.f("ck_dispute_ended_by_another")),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["account.id"], name="fk_dispute_ended_by_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["opener_id"], ["account.id"], name="fk_dispute_opener_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_dispute_participant_id_participant", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
    )
    op.create_index("ix_dispute_participant", "dispute", ["participant_id", "made_at"], unique=False)
    op.create_index("ix_dispute_queue", "dispute", ["state", "made_at", "id"], unique=False)
    op.create_index(
        "uq_dispute_running",
        "dispute",
        ["participant_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )

    op.create_table(
        "dispute_side",
        sa.Column("dispute_id", sa.String(length=9), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(words = '') = (told_at IS NULL)", name=op.f("ck_dispute_side_told_has_words")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_dispute_side_account_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name="fk_dispute_side_dispute_id_dispute", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("dispute_id", "account_id", name="pk_dispute_side"),
    )
    op.create_index(op.f("ix_dispute_side_account_id"), "dispute_side", ["account_id"], unique=False)


def downgrade() -> None:
    op.drop_table("dispute_side")
    op.drop_table("dispute")
    op.drop_column("participant", "disputed_at")
