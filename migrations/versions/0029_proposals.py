"""What one moderator proposes to do about an entry, for another one to carry out.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "entry_proposal",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("move", sa.String(length=20), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "move IN ('take_down', 'merge', 'replace_portrait')", name=op.f("ck_entry_proposal_move_known")
        ),
        sa.CheckConstraint("state IN ('open', 'carried_out', 'declined')", name=op.f("ck_entry_proposal_state_known")),
        sa.CheckConstraint(
            "(state = 'open') = (closed_at IS NULL) AND (state = 'open') = (closed_by_id IS NULL)",
            name=op.f("ck_entry_proposal_closed_by_one"),
        ),
        sa.CheckConstraint(
            "state <> 'carried_out' OR closed_by_id <> proposer_id",
            name=op.f("ck_entry_proposal_carried_out_by_another"),
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["account.id"], name="fk_entry_proposal_closed_by_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_entry_proposal_participant_id_participant",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["proposer_id"], ["account.id"], name="fk_entry_proposal_proposer_id_account", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entry_proposal"),
    )
    for column in ("closed_by_id", "participant_id", "proposer_id"):
        op.create_index(f"ix_entry_proposal_{column}", "entry_proposal", [column], unique=False)
    op.create_index("ix_entry_proposal_queue", "entry_proposal", ["state", "made_at", "id"], unique=False)
    op.create_index(
        "uq_entry_proposal_open",
        "entry_proposal",
        ["participant_id", "move"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("entry_proposal")
