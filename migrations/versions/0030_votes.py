"""What a moderator approves fact by fact, and cases that two must approve.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
COMMENT_BEFORE = "what a moderator approved of it: the edition of the entry that it corrects"
COMMENT = "what a moderator approved of it: choices by fact, portrait, what was checked, edition of the entry"
MOVES_BEFORE = (
    "'start', 'submit', 'withdraw', 'return', 'hold', 'release', 'reject', 'appeal', 'uphold', 'reopen', 'approve', "
    "'freeze', 'unfreeze', 'replace_portrait', 'take_down', 'restore', 'merge', 'unmerge', 'tell_apart', 'propose', "
    "'decline', 'undo'"
)


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
        altered.alter_column("approval", existing_type=DOCUMENT, existing_nullable=True, comment=COMMENT)
        altered.add_column(
            sa.Column("voted_by_id", sa.Integer(), nullable=True, comment="who approved it first, where two are needed")
        )
        altered.create_foreign_key("fk_contribution_voted_by", "account", ["voted_by_id"], ["id"], ondelete="RESTRICT")
        altered.create_index("ix_contribution_voted_by_id", ["voted_by_id"])
        altered.create_check_constraint(
            op.f("ck_contribution_two_are_two"), "state <> 'approved' OR voted_by_id <> decided_by_id"
        )
    _moves(f"{MOVES_BEFORE}, 'vote'")


def downgrade() -> None:
    """Refused by the checks where somebody has voted already: the log of it is never changed."""
    _moves(MOVES_BEFORE)
    with op.batch_alter_table("contribution") as altered:
        altered.drop_constraint(op.f("ck_contribution_two_are_two"), type_="check")
        altered.drop_index("ix_contribution_voted_by_id")
        altered.drop_constraint("fk_contribution_voted_by", type_="foreignkey")
        altered.drop_column("voted_by_id")
        altered.alter_column("approval", existing_type=DOCUMENT, existing_nullable=True, comment=COMMENT_BEFORE)
