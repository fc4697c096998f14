"""Searches that are kept for a mail address, and what is new in the archive until it was compared with them. Entries
that are published already are not new.

Revision ID: 0044
Revises: 0043
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
KEY = sa.String(length=101).with_variant(sa.String(length=101, collation="C"), "postgresql")
UNTOLD = sa.text("told_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "entry_news",
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column(
            "before", DOCUMENT, nullable=False, comment="the public facts that were known already; empty: it is new"
        ),
        sa.Column(
            "compared_to",
            sa.String(length=9),
            nullable=False,
            comment="the id of the last search that it was compared with",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_entry_news_participant_id_participant",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", name="pk_entry_news"),
    )
    op.create_index("ix_entry_news_oldest", "entry_news", ["at", "participant_id"])
    op.create_table(
        "search_keeper",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column(
            "language",
            sa.String(length=10),
            nullable=False,
            comment="of the page on which a search was confirmed last",
        ),
        sa.Column("told_at", MOMENT, nullable=True, comment="when the last letter about searches was written"),
        sa.PrimaryKeyConstraint("id", name="pk_search_keeper"),
        sa.UniqueConstraint("email", name="uq_search_keeper_email"),
    )
    op.create_table(
        "kept_search",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("keeper_id", sa.String(length=9), nullable=False),
        sa.Column("sought_for", DOCUMENT, nullable=False, comment="searches.sought"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True, comment="empty: not yet, and it goes soon"),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("reminded_at", MOMENT, nullable=True, comment="when it was told that it ends; empty: not yet"),
        sa.CheckConstraint("ends_at > made_at", name=op.f("ck_kept_search_lasts")),
        sa.ForeignKeyConstraint(
            ["keeper_id"], ["search_keeper.id"], name="fk_kept_search_keeper_id_search_keeper", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_kept_search"),
    )
    op.create_index("ix_kept_search_keeper", "kept_search", ["keeper_id", "made_at", "id"])
    op.create_index("ix_kept_search_end", "kept_search", ["ends_at"])
    op.create_table(
        "kept_search_key",
        sa.Column("key", KEY, nullable=False),
        sa.Column("search_id", sa.String(length=9), nullable=False),
        sa.ForeignKeyConstraint(
            ["search_id"], ["kept_search.id"], name="fk_kept_search_key_search_id_kept_search", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "search_id", name="pk_kept_search_key"),
    )
    op.create_index("ix_kept_search_key_search_id", "kept_search_key", ["search_id"])
    op.create_table(
        "kept_search_entry",
        sa.Column("search_id", sa.String(length=9), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("told_in", sa.String(length=9), nullable=True, comment="the id of the letter, kept for a while"),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_kept_search_entry_participant_id_participant",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["search_id"], ["kept_search.id"], name="fk_kept_search_entry_search_id_kept_search", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("search_id", "participant_id", name="pk_kept_search_entry"),
    )
    op.create_index("ix_kept_search_entry_participant_id", "kept_search_entry", ["participant_id"])
    op.create_index(
        "ix_kept_search_entry_untold",
        "kept_search_entry",
        ["search_id"],
        sqlite_where=UNTOLD,
        postgresql_where=UNTOLD,
    )


def downgrade() -> None:
    for table in ("kept_search_entry", "kept_search_key", "kept_search", "search_keeper", "entry_news"):
        op.drop_table(table)
