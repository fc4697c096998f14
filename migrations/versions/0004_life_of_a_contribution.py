"""Contributions about a published entry; cases on hold, and appeals.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
STATES_BEFORE = "'draft', 'submitted', 'returned', 'approved', 'rejected', 'withdrawn'"
STATES = "'draft', 'submitted', 'held', 'returned', 'approved', 'rejected', 'appealed', 'withdrawn'"
CONTRIBUTION_BEFORE = {
    "state_known": f"state IN ({STATES_BEFORE})",
    "decided_has_decider": "state NOT IN ('approved', 'rejected') "
    "OR (decided_at IS NOT NULL AND decided_by_id IS NOT NULL)",
    "undecided_has_none": "state IN ('approved', 'rejected') OR (decided_at IS NULL AND decided_by_id IS NULL)",
    "sent_has_facts": "state NOT IN ('approved', 'rejected', 'returned', 'submitted') "
    "OR (submitted_at IS NOT NULL AND facts IS NOT NULL)",
    "submitted_is_permitted": "state <> 'submitted' OR permitted_at IS NOT NULL",
}
CONTRIBUTION = {
    "state_known": f"state IN ({STATES})",
    "decided_has_decider": "state NOT IN ('appealed', 'approved', 'rejected') "
    "OR (decided_at IS NOT NULL AND decided_by_id IS NOT NULL)",
    "undecided_has_none": "state IN ('appealed', 'approved', 'rejected') "
    "OR (decided_at IS NULL AND decided_by_id IS NULL)",
    "sent_has_facts": "state NOT IN ('appealed', 'approved', 'held', 'rejected', 'returned', 'submitted') "
    "OR (submitted_at IS NOT NULL AND facts IS NOT NULL)",
    "submitted_is_permitted": "state NOT IN ('held', 'submitted') OR permitted_at IS NOT NULL",
}
DECISION_BEFORE = {
    "move_known": "move IN ('start', 'submit', 'withdraw', 'return', 'reject', 'approve')",
    "to_state_known": f"to_state IN ({STATES_BEFORE})",
}
DECISION = {
    "move_known": "move IN ('start', 'submit', 'withdraw', 'return', 'hold', 'release', 'reject', 'appeal', 'uphold', "
    "'reopen', 'approve')",
    "to_state_known": f"to_state IN ({STATES})",
}


def _checks_anew(table: str, checks: dict[str, str]) -> None:
    with op.batch_alter_table(table) as altered:
        for name, rule in checks.items():
            altered.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
            altered.create_check_constraint(op.f(f"ck_{table}_{name}"), rule)


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
    with op.batch_alter_table("contribution") as altered:
        altered.add_column(
            sa.Column(
                "about_id",
                sa.String(length=9),
                nullable=True,
                comment="the entry that it corrects or adds to; empty: a new entry",
            )
        )
        altered.add_column(
            sa.Column("base", DOCUMENT, nullable=True, comment="that entry's facts as they were when it was begun")
        )
        altered.create_foreign_key(
            "fk_contribution_about_id_participant", "participant", ["about_id"], ["id"], ondelete="RESTRICT"
        )
        altered.create_check_constraint(
            op.f("ck_contribution_correction_has_base"), "(about_id IS NULL) = (base IS NULL)"
        )
        altered.create_index("ix_contribution_about_id", ["about_id"])
    _checks_anew("contribution", CONTRIBUTION)
    _checks_anew("decision", DECISION)
    _keep_decisions_on_sqlite()


def _refuse_while_corrections_wait() -> None:
    waiting = op.get_bind().scalar(
        sa.text(
            "SELECT count(*) FROM contribution "
            "WHERE about_id IS NOT NULL AND state NOT IN ('approved', 'rejected', 'withdrawn')"
        )
    )
    if waiting:
        raise RuntimeError(
            f"Corrections that are not decided yet: {waiting}. The earlier version would take them for new entries. "
            "Decide them, or let their senders withdraw them, and downgrade then. The database is at revision 0004."
        )


def downgrade() -> None:
    """Refused while corrections wait: it would be forgotten that they are any. Refused by the checks where a case was
    put on hold or appealed already: the log of it is never changed."""
    _refuse_while_corrections_wait()
    _checks_anew("decision", DECISION_BEFORE)
    _keep_decisions_on_sqlite()
    _checks_anew("contribution", CONTRIBUTION_BEFORE)
    with op.batch_alter_table("contribution") as altered:
        altered.drop_index("ix_contribution_about_id")
        altered.drop_constraint(op.f("ck_contribution_correction_has_base"), type_="check")
        altered.drop_constraint("fk_contribution_about_id_participant", type_="foreignkey")
        altered.drop_column("base")
        altered.drop_column("about_id")
