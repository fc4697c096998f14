"""Names by their sound, for entries and open contributions, and what senders answer about entries that may be the same
person. The keys themselves are filled in afterwards, by the sweep.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.String(length=16).with_variant(sa.String(length=16, collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
UNKEYED = sa.text("keyed_at IS NULL")


def _namesakes(owner: str) -> None:
    table = f"{owner}_namesake"
    op.create_table(
        table,
        sa.Column(f"{owner}_id", sa.String(length=9), nullable=False),
        sa.Column("surname_key", KEY, nullable=False),
        sa.Column("given_key", KEY, nullable=False),
        sa.Column("father_key", KEY, nullable=False, comment="empty: not known"),
        sa.Column(
            "born", sa.Integer(), nullable=True, comment="YYYYMMDD, with 00 for what is not known; empty: no one year"
        ),
        sa.ForeignKeyConstraint(
            [f"{owner}_id"], [f"{owner}.id"], name=f"fk_{table}_{owner}_id_{owner}", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(f"{owner}_id", "surname_key", "given_key", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_born", table, ["surname_key", "given_key", "born"])
    op.create_index(f"ix_{table}_father", table, ["surname_key", "given_key", "father_key", "born"])


def upgrade() -> None:
    _namesakes("participant")
    _namesakes("contribution")
    op.add_column(
        "participant",
        sa.Column("keyed_at", MOMENT, nullable=True, comment="since when it can be found by the sound of its name"),
    )
    op.create_index("ix_participant_to_key", "participant", ["id"], sqlite_where=UNKEYED, postgresql_where=UNKEYED)
    op.create_table(
        "same_person",
        sa.Column("contribution_id", sa.String(length=9), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.CheckConstraint("answer IN ('same', 'different', 'unsure')", name=op.f("ck_same_person_answer_known")),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_same_person_contribution_id_contribution",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("contribution_id", "participant_id", name="pk_same_person"),
    )
    op.create_index("ix_same_person_participant", "same_person", ["participant_id"])


def downgrade() -> None:
    op.drop_table("same_person")
    op.drop_index("ix_participant_to_key", table_name="participant")
    with op.batch_alter_table("participant") as altered:
        altered.drop_column("keyed_at")
    op.drop_table("contribution_namesake")
    op.drop_table("participant_namesake")
