"""One queue: a row for everything that waits for moderators, and marks that ask them to look with care.

Revision ID: 0022
Revises: 0021
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
CHUNK = 500
ORDERS = {
    "oldest": ["since", "id"],
    "kind": ["kind", "since", "id"],
    "language": ["language", "since", "id"],
    "country": ["country", "since", "id"],
    "flagged": ["flagged", "since", "id"],
}


def upgrade() -> None:
    op.create_table(
        "case_flag",
        sa.Column("contribution_id", sa.String(length=9), nullable=False),
        sa.Column("flag", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "flag IN ('unlikely', 'look_twice', 'known_picture', 'many_at_once')",
            name=op.f("ck_case_flag_flag_known"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name="fk_case_flag_by_id_account", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_case_flag_contribution_id_contribution",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("contribution_id", "flag", name="pk_case_flag"),
    )
    op.create_index(op.f("ix_case_flag_by_id"), "case_flag", ["by_id"], unique=False)
    case = op.create_table(
        "waiting_case",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False, comment="of birth, ISO 3166-1; empty: not known"),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False, comment="something about it should be looked at with care"),
        sa.Column("sender_id", sa.Integer(), nullable=True, comment="empty: a visitor's report"),
        sa.Column(
            "about_id", sa.String(length=9), nullable=True, comment="the entry that it is about; empty: a new one"
        ),
        sa.CheckConstraint(
            "kind IN ('entry', 'correction', 'appeal', 'report', 'takedown')",
            name=op.f("ck_waiting_case_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["account.id"], name="fk_waiting_case_sender_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_case"),
    )
    for name, columns in ORDERS.items():
        op.create_index(f"ix_waiting_case_{name}", "waiting_case", columns, unique=False)
    op.create_index(op.f("ix_waiting_case_sender_id"), "waiting_case", ["sender_id"], unique=False)
    category = op.create_table(
        "waiting_case_category",
        sa.Column("case_id", sa.String(length=9), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["waiting_case.id"],
            name="fk_waiting_case_category_case_id_waiting_case",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "category", name="pk_waiting_case_category"),
    )
    op.create_index(
        "ix_waiting_case_category_oldest", "waiting_case_category", ["category", "since", "case_id"], unique=False
    )
    for rows in _chunks(*_contributions()):
        _fill(case, category, rows)
    for rows in _chunks(*_requests()):
        _fill(case, category, rows)


def downgrade() -> None:
    op.drop_table("waiting_case_category")
    op.drop_table("waiting_case")
    op.drop_table("case_flag")


def _contributions() -> tuple[Any, Any]:
    sent = sa.table(
        "contribution",
        sa.column("id", sa.String),
        sa.column("state", sa.String),
        sa.column("language", sa.String),
        sa.column("submitted_at", sa.DateTime(timezone=True)),
        sa.column("sender_id", sa.Integer),
        sa.column("about_id", sa.String),
        sa.column("facts", DOCUMENT),
    )
    decision = sa.table(
        "decision",
        sa.column("contribution_id", sa.String),
        sa.column("move", sa.String),
        sa.column("made_at", sa.DateTime(timezone=True)),
    )
    appealed_at = (
        sa.select(sa.func.max(decision.c.made_at))
        .where(decision.c.contribution_id == sent.c.id, decision.c.move == "appeal")
        .scalar_subquery()
    )
    appealed = sent.c.state == "appealed"
    kind = sa.case((appealed, "appeal"), (sent.c.about_id.is_(None), "entry"), else_="correction")
    since = sa.case((appealed, appealed_at), else_=sent.c.submitted_at)
    rows = sa.select(
        sent.c.id,
        kind.label("kind"),
        sent.c.language,
        since.label("since"),
        sent.c.sender_id,
        sent.c.about_id,
        sent.c.facts,
    ).where(sent.c.state.in_(("submitted", "appealed")))
    return rows, sent.c.id


def _requests() -> tuple[Any, Any]:
    asked = sa.table(
        "entry_request",
        sa.column("id", sa.String),
        sa.column("kind", sa.String),
        sa.column("state", sa.String),
        sa.column("language", sa.String),
        sa.column("made_at", sa.DateTime(timezone=True)),
        sa.column("account_id", sa.Integer),
        sa.column("participant_id", sa.String),
    )
    participant = sa.table("participant", sa.column("id", sa.String), sa.column("facts", DOCUMENT))
    rows = (
        sa.select(
            asked.c.id,
            asked.c.kind,
            asked.c.language,
            asked.c.made_at.label("since"),
            asked.c.account_id.label("sender_id"),
            asked.c.participant_id.label("about_id"),
            participant.c.facts,
        )
        .join(participant, participant.c.id == asked.c.participant_id)
        .where(asked.c.state == "open")
    )
    return rows, asked.c.id


def _chunks(rows: Any, key: Any) -> Iterator[list[Any]]:
    after = ""
    while found := list(op.get_bind().execute(rows.where(key > after).order_by(key).limit(CHUNK)).mappings()):
        yield found
        after = found[-1]["id"]


def _fill(case: sa.Table, category: sa.Table, rows: list[Any]) -> None:
    known = ("id", "kind", "language", "since", "sender_id", "about_id")
    cases = [
        {name: row[name] for name in known}
        | {"country": str((row["facts"] or {}).get("birth_country") or "")[:2], "flagged": False}
        for row in rows
    ]
    categories = [
        {"case_id": row["id"], "category": each, "since": row["since"]}
        for row in rows
        for each in sorted(set((row["facts"] or {}).get("categories") or []))
    ]
    op.bulk_insert(case, cases)
    if categories:
        op.bulk_insert(category, categories)
