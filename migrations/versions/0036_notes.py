"""Notes that moderators leave for each other at a case, without a decision.

Revision ID: 0036
Revises: 0035
"""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

MOVES_BEFORE = (
    "'start', 'submit', 'withdraw', 'return', 'hold', 'release', 'reject', 'appeal', 'uphold', 'reopen', 'vote', "
    "'approve', 'undo', 'freeze', 'unfreeze', 'replace_portrait', 'take_down', 'restore', 'merge', 'unmerge', "
    "'tell_apart', 'propose', 'decline'"
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
    _moves(f"{MOVES_BEFORE}, 'note'")


def downgrade() -> None:
    """Refused by the check where somebody has left a note already: the log of it is never changed."""
    _moves(MOVES_BEFORE)
