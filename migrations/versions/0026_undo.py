"""Decisions that can be taken back, and publication that waits for it.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)
TO_PUBLISH = sa.text("publish_at IS NOT NULL")
MOVES_BEFORE = (
    "'start', 'submit', 'withdraw', 'return', 'hold', 'release', 'reject', 'appeal', 'uphold', 'reopen', 'approve', "
    "'freeze', 'unfreeze', 'replace_portrait', 'take_down', 'restore', 'merge', 'unmerge', 'tell_apart', 'propose', "
    "'decline'"
)
APPROVED_BEFORE = "state <> 'approved' OR participant_id IS NOT NULL"


def _moves(known: str) -> None:
    with op.batch_alter_table("decision") as altered:
        altered.drop_constraint(op.f("ck_decision_move_known"), type_="check")
        altered.create_check_constraint(op.f("ck_decision_move_known"), f"move IN ({known})")
    if op.get_bind().dialect.name == "sqlite":  # the table was built anew without its triggers
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"""
                CREATE TRIGGER decision_refuses_{change.lower()} BEFORE {change} ON decision
                BEGIN SELECT RAISE(ABORT, 'Decisions are never changed or deleted.'); END
                """
            )


def upgrade() -> None:
    with op.batch_alter_table("contribution") as altered:
        altered.add_column(
            sa.Column(
                "approval",
                DOCUMENT,
                nullable=True,
                comment="what a moderator approved of it: the edition of the entry that it corrects",
            )
        )
        altered.add_column(
            sa.Column(
                "undo_until",
                MOMENT,
                nullable=True,
                comment="until when the last decision can be taken back; empty: it cannot",
            )
        )
        altered.add_column(
            sa.Column(
                "undo_state",
                sa.String(length=20),
                nullable=True,
                comment="the state before it, which is what the sender is told until then",
            )
        )
        altered.add_column(
            sa.Column(
                "publish_at",
                MOMENT,
                nullable=True,
                comment="when what is approved is published, or tried again; empty: nothing is to be published",
            )
        )
        altered.drop_constraint(op.f("ck_contribution_approved_has_entry"), type_="check")
        altered.create_check_constraint(
            op.f("ck_contribution_approved_has_entry"), f"{APPROVED_BEFORE} OR publish_at IS NOT NULL"
        )
        altered.create_check_constraint(
            op.f("ck_contribution_publish_what_is_approved"),
            "publish_at IS NULL OR (state = 'approved' AND participant_id IS NULL)",
        )
        altered.create_check_constraint(
            op.f("ck_contribution_undo_has_state"), "(undo_until IS NULL) = (undo_state IS NULL)"
        )
        altered.create_index(
            "ix_contribution_to_publish", ["publish_at"], sqlite_where=TO_PUBLISH, postgresql_where=TO_PUBLISH
        )
    _moves(f"{MOVES_BEFORE}, 'undo'")


def downgrade() -> None:
    """Refused by the checks where a decision was taken back already, since the log of it is never changed, and while
    something that was approved is not published yet: that is a matter of minutes."""
    _moves(MOVES_BEFORE)
    with op.batch_alter_table("contribution") as altered:
        altered.drop_index("ix_contribution_to_publish")
        altered.drop_constraint(op.f("ck_contribution_undo_has_state"), type_="check")
        altered.drop_constraint(op.f("ck_contribution_publish_what_is_approved"), type_="check")
        altered.drop_constraint(op.f("ck_contribution_approved_has_entry"), type_="check")
        altered.create_check_constraint(op.f("ck_contribution_approved_has_entry"), APPROVED_BEFORE)
        for column in ("publish_at", "undo_state", "undo_until", "approval"):
            altered.drop_column(column)
