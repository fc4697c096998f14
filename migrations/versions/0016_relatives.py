"""Relatives of one participant who wish to hear of each other, and what they write.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_wish",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("wished", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_contact_wish_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_contact_wish_participant_id_participant",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contact_wish"),
        sa.UniqueConstraint("participant_id", "account_id", name="uq_contact_wish_participant_id_account_id"),
    )
    op.create_index(op.f("ix_contact_wish_account_id"), "contact_wish", ["account_id"], unique=False)

    op.create_table(
        "correspondence",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(stopped_at IS NULL) = (stopped_by_id IS NULL)", name=op.f("ck_correspondence_stopped_by_somebody")
        ),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_correspondence_of_two")),
        sa.CheckConstraint(
            "stopped_by_id IN (one_id, other_id)", name=op.f("ck_correspondence_stopped_by_one_of_them")
        ),
        sa.ForeignKeyConstraint(
            ["one_id"], ["account.id"], name="fk_correspondence_one_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["account.id"], name="fk_correspondence_other_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_correspondence_participant_id_participant",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["stopped_by_id"], ["account.id"], name="fk_correspondence_stopped_by_id_account", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_correspondence"),
        sa.UniqueConstraint(
            "participant_id", "one_id", "other_id", name="uq_correspondence_participant_id_one_id_other_id"
        ),
    )
    op.create_index("ix_correspondence_one", "correspondence", ["one_id"], unique=False)
    op.create_index("ix_correspondence_other", "correspondence", ["other_id"], unique=False)

    op.create_table(
        "relative_message",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("correspondence_id", sa.String(length=9), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False, comment="of the moderator who held it back, to the sender"),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_relative_message_decided_has_time")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'delivered', 'held_back')", name=op.f("ck_relative_message_state_known")
        ),
        sa.CheckConstraint("words <> ''", name=op.f("ck_relative_message_has_words")),
        sa.CheckConstraint("decided_by_id <> sender_id", name=op.f("ck_relative_message_screened_by_another")),
        sa.ForeignKeyConstraint(
            ["correspondence_id"],
            ["correspondence.id"],
            name="fk_relative_message_correspondence_id_correspondence",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name="fk_relative_message_decided_by_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["account.id"], name="fk_relative_message_sender_id_account", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_relative_message"),
    )
    op.create_index("ix_relative_message_age", "relative_message", ["made_at"], unique=False)
    op.create_index(
        "ix_relative_message_correspondence", "relative_message", ["correspondence_id", "made_at", "id"], unique=False
    )
    op.create_index("ix_relative_message_queue", "relative_message", ["state", "made_at", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("relative_message")
    op.drop_table("correspondence")
    op.drop_table("contact_wish")
