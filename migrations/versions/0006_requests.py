"""Requests about entries, and how often something was done in an hour.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "flood_count",
        sa.Column("hour_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_flood_count_counted")),
        sa.PrimaryKeyConstraint("hour_at", "key", name="pk_flood_count"),
    )

    op.create_table(
        "daily_salt",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_daily_salt"),
    )

    op.create_table(
        "entry_request",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(length=255), nullable=False, comment="a visitor's, for the answer; erased later"),
        sa.Column("language", sa.String(length=10), nullable=False, comment="in which it was asked"),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False, comment="what the asker is told"),
        sa.Column("note", sa.Text(), nullable=False, comment="among moderators"),
        sa.CheckConstraint(
            "(kind = 'takedown') = (account_id IS NOT NULL)", name=op.f("ck_entry_request_takedown_by_account")
        ),
        sa.CheckConstraint(
            (
                "(state = 'closed' AND closed_at IS NOT NULL AND closed_by_id IS NOT NULL AND outcome <> "
                "'') OR (state = 'open' AND closed_at IS NULL AND closed_by_id IS NULL AND outcome = '')"
            ),
            name=op.f("ck_entry_request_closed_has_outcome"),
        ),
        sa.CheckConstraint(
            (
                "kind <> 'report' OR ground IN ('living_person', 'offence', 'other', 'rights', "
                "'wrong_person', 'wrong_photograph')"
            ),
            name=op.f("ck_entry_request_ground_of_report"),
        ),
        sa.CheckConstraint(
            ("kind <> 'takedown' OR ground IN ('kin_wish', 'living_person', 'other', 'own_wish', 'rights', 'wrong')"),
            name=op.f("ck_entry_request_ground_of_takedown"),
        ),
        sa.CheckConstraint("kind = 'report' OR email = ''", name=op.f("ck_entry_request_address_of_visitor_only")),
        sa.CheckConstraint("kind IN ('report', 'takedown')", name=op.f("ck_entry_request_kind_known")),
        sa.CheckConstraint(
            "outcome IN ('', 'mended', 'taken_down', 'stays', 'answered', 'duplicate', 'abuse')",
            name=op.f("ck_entry_request_outcome_known"),
        ),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_entry_request_state_known")),
        sa.CheckConstraint("words <> ''", name=op.f("ck_entry_request_has_words")),
        sa.CheckConstraint("closed_by_id <> account_id", name=op.f("ck_entry_request_not_by_asker")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_entry_request_account_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["account.id"], name="fk_entry_request_closed_by_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_entry_request_participant_id_participant",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entry_request"),
    )
    op.create_index("ix_entry_request_account", "entry_request", ["account_id", "made_at", "id"], unique=False)
    op.create_index("ix_entry_request_participant", "entry_request", ["participant_id", "state"], unique=False)
    op.create_index("ix_entry_request_queue", "entry_request", ["state", "made_at", "id"], unique=False)
    op.create_index(
        "uq_entry_request_open_takedown",
        "entry_request",
        ["account_id", "participant_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'takedown' AND state = 'open'"),
        postgresql_where=sa.text("kind = 'takedown' AND state = 'open'"),
    )


def downgrade() -> None:
    op.drop_table("entry_request")
    op.drop_table("daily_salt")
    op.drop_table("flood_count")
