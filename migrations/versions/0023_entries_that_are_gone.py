"""Entries that are taken down or merged, or frozen; what was taken down lies apart.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
MOMENT = sa.DateTime(timezone=True)
SHOWN = sa.text("gone_at IS NULL")
REASONS = "'family_wish', 'living_person', 'rights', 'wrong_person', 'not_a_participant', 'checked'"
CHECKS = {
    "gone_how_known": "gone_how IN ('taken_down', 'merged')",
    "gone_reason_known": f"gone_reason IN ({REASONS})",
    "gone_has_how": "(gone_at IS NULL) = (gone_how IS NULL)",
    "taken_down_has_reason": "(gone_reason IS NOT NULL) = (coalesce(gone_how, '') = 'taken_down')",
    "merged_has_entry": "(merged_into_id IS NOT NULL) = (coalesce(gone_how, '') = 'merged')",
    "merged_into_another": "merged_into_id <> id",
}


def upgrade() -> None:
    op.drop_index("ix_participant_newest", table_name="participant")
    with op.batch_alter_table("participant") as altered:
        altered.add_column(
            sa.Column(
                "frozen_at", MOMENT, nullable=True, comment="since when a moderator lets corrections wait; empty: not"
            )
        )
        altered.add_column(
            sa.Column("gone_at", MOMENT, nullable=True, comment="since when visitors do not see it; empty: they do")
        )
        altered.add_column(sa.Column("gone_how", sa.String(length=10), nullable=True))
        altered.add_column(
            sa.Column(
                "gone_reason",
                sa.String(length=20),
                nullable=True,
                comment="what is told to everybody who asks for it",
            )
        )
        altered.add_column(
            sa.Column("merged_into_id", sa.String(length=9), nullable=True, comment="the entry that it became part of")
        )
        altered.create_foreign_key(
            "fk_participant_merged_into_id_participant", "participant", ["merged_into_id"], ["id"], ondelete="RESTRICT"
        )
        for name, rule in CHECKS.items():
            altered.create_check_constraint(op.f(f"ck_participant_{name}"), rule)
    op.create_index(
        "ix_participant_newest",
        "participant",
        ["published_at", "id"],
        unique=False,
        sqlite_where=SHOWN,
        postgresql_where=SHOWN,
    )
    op.create_index("ix_participant_merged_into_id", "participant", ["merged_into_id"], unique=False)

    op.create_table(
        "withheld",
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("facts", DOCUMENT, nullable=False),
        sa.Column("keyed_at", MOMENT, nullable=True),
        sa.Column("withheld_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_withheld_participant_id_participant", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("participant_id", name="pk_withheld"),
    )
    op.create_table(
        "withheld_photograph",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False, comment="every other column of the photograph that it was"),
        sa.Column("original_sha256", sa.String(length=64), nullable=True, comment="of its look; empty: it had none"),
        sa.Column("look", sa.String(length=64), nullable=True, comment="hash of its look, hexadecimal"),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["withheld.participant_id"],
            name="fk_withheld_photograph_participant_id_withheld",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("key", name="pk_withheld_photograph"),
    )
    op.create_index("ix_withheld_photograph_participant_id", "withheld_photograph", ["participant_id"], unique=False)


def _refuse_while_some_are_gone() -> None:
    gone = op.get_bind().scalar(sa.text("SELECT count(*) FROM participant WHERE gone_at IS NOT NULL"))
    if gone:
        raise RuntimeError(
            f"Entries that are taken down or merged: {gone}. The earlier version would show them without a name. "
            "Restore them or undo the merges, and downgrade then. The database is at revision 0023."
        )


def downgrade() -> None:
    """Refused while entries are gone: they would be shown as empty ones."""
    _refuse_while_some_are_gone()
    op.drop_table("withheld_photograph")
    op.drop_table("withheld")
    op.drop_index("ix_participant_merged_into_id", table_name="participant")
    op.drop_index("ix_participant_newest", table_name="participant")
    with op.batch_alter_table("participant") as altered:
        for name in reversed(CHECKS):
            altered.drop_constraint(op.f(f"ck_participant_{name}"), type_="check")
        altered.drop_constraint("fk_participant_merged_into_id_participant", type_="foreignkey")
        for column in ("merged_into_id", "gone_reason", "gone_how", "gone_at", "frozen_at"):
            altered.drop_column(column)
    op.create_index("ix_participant_newest", "participant", ["published_at", "id"], unique=False)
