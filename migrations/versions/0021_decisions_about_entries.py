"""Decisions about published entries stand in the same log.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOVES = ("start", "submit", "withdraw", "return", "hold", "release", "reject", "appeal", "uphold", "reopen", "approve")
ENTRY_MOVES = (
    "freeze",
    "unfreeze",
    "replace_portrait",
    "take_down",
    "restore",
    "merge",
    "unmerge",
    "tell_apart",
    "propose",
    "decline",
)
STATES = ("draft", "submitted", "held", "returned", "approved", "rejected", "appealed", "withdrawn")
ENTRY_STATES = ("published", "frozen", "taken_down", "merged")


def _one_of(column: str, terms: tuple[str, ...]) -> str:
    return "{} IN ({})".format(column, ", ".join(f"'{term}'" for term in terms))


def _keep_decisions_on_sqlite() -> None:
    """The table was built anew without its triggers."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"""
            CREATE TRIGGER decision_refuses_{change.lower()} BEFORE {change} ON decision
            BEGIN SELECT RAISE(ABORT, 'Decisions are never changed or deleted.'); END
            """
        )


def upgrade() -> None:
    with op.batch_alter_table("decision") as altered:
        altered.alter_column("contribution_id", existing_type=sa.String(length=9), nullable=True)
        altered.add_column(
            sa.Column("participant_id", sa.String(length=9), nullable=True, comment="the entry, where it is about one")
        )
        altered.create_foreign_key(
            "fk_decision_participant_id_participant", "participant", ["participant_id"], ["id"], ondelete="RESTRICT"
        )
        altered.create_check_constraint(
            op.f("ck_decision_about_one"), "(contribution_id IS NULL) <> (participant_id IS NULL)"
        )
        for column, terms in (("move", MOVES + ENTRY_MOVES), ("to_state", STATES + ENTRY_STATES)):
            altered.drop_constraint(op.f(f"ck_decision_{column}_known"), type_="check")
            altered.create_check_constraint(op.f(f"ck_decision_{column}_known"), _one_of(column, terms))
        altered.create_index("ix_decision_participant", ["participant_id", "number"])
    _keep_decisions_on_sqlite()


def downgrade() -> None:
    """Refused by the checks where something was decided about an entry already: the log of it is never changed."""
    with op.batch_alter_table("decision") as altered:
        altered.drop_index("ix_decision_participant")
        for column, terms in (("move", MOVES), ("to_state", STATES)):
            altered.drop_constraint(op.f(f"ck_decision_{column}_known"), type_="check")
            altered.create_check_constraint(op.f(f"ck_decision_{column}_known"), _one_of(column, terms))
        altered.drop_constraint(op.f("ck_decision_about_one"), type_="check")
        altered.drop_constraint("fk_decision_participant_id_participant", type_="foreignkey")
        altered.drop_column("participant_id")
        altered.alter_column("contribution_id", existing_type=sa.String(length=9), nullable=False)
    _keep_decisions_on_sqlite()
