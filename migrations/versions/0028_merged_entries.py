"""Entries that became part of others, people who are told apart, and how an entry was changed.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("participant_change") as altered:
        altered.add_column(sa.Column("how", sa.String(length=10), nullable=False, server_default="changed"))
        altered.create_check_constraint(
            op.f("ck_participant_change_how_known"), "how IN ('changed', 'merged', 'portrait')"
        )
    with op.batch_alter_table("participant_change") as altered:
        altered.alter_column("how", existing_type=sa.String(length=10), existing_nullable=False, server_default=None)

    op.create_table(
        "different_people",
        sa.Column("one_id", sa.String(length=9), nullable=False),
        sa.Column("other_id", sa.String(length=9), nullable=False),
        sa.Column("told_by_id", sa.Integer(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_different_people_in_order")),
        sa.ForeignKeyConstraint(
            ["one_id"], ["participant.id"], name="fk_different_people_one_id_participant", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["participant.id"], name="fk_different_people_other_id_participant", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["told_by_id"], ["account.id"], name="fk_different_people_told_by_id_account", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("one_id", "other_id", name="pk_different_people"),
    )
    op.create_index("ix_different_people_other_id", "different_people", ["other_id"], unique=False)
    op.create_index("ix_different_people_told_by_id", "different_people", ["told_by_id"], unique=False)

    op.create_table(
        "entry_merge",
        sa.Column("other_id", sa.String(length=9), nullable=False),
        sa.Column("kept_id", sa.String(length=9), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("other", sa.JSON(), nullable=False),
        sa.Column("change_id", sa.String(length=9), nullable=False),
        sa.Column(
            "merged_at",
            MOMENT,
            nullable=False,
            comment="also the time of the kept entry's last change, while none follows",
        ),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["participant_change.id"],
            name="fk_entry_merge_change_id_participant_change",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["kept_id"], ["participant.id"], name="fk_entry_merge_kept_id_participant", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["participant.id"], name="fk_entry_merge_other_id_participant", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("other_id", name="pk_entry_merge"),
    )
    op.create_index("ix_entry_merge_kept_id", "entry_merge", ["kept_id"], unique=False)
    op.create_index("ix_entry_merge_change_id", "entry_merge", ["change_id"], unique=False)


def downgrade() -> None:
    op.drop_table("entry_merge")
    op.drop_table("different_people")
    op.execute("DELETE FROM participant_change WHERE how <> 'changed'")
    with op.batch_alter_table("participant_change") as altered:
        altered.drop_constraint(op.f("ck_participant_change_how_known"), type_="check")
        altered.drop_column("how")
