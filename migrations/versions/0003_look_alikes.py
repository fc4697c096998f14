"""Looks of photographs, published and sent, and what senders answer about pictures that are alike.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SIGNS = sa.LargeBinary(length=32).with_variant(postgresql.BIT(256), "postgresql")
BANDS = ("band_0", "band_1", "band_2", "band_3")
BANDS_OF_HASH = (
    "(hash IS NOT NULL AND band_0 IS NOT NULL AND band_1 IS NOT NULL AND band_2 IS NOT NULL AND band_3 IS NOT NULL) OR "
    "(hash IS NULL AND band_0 IS NULL AND band_1 IS NULL AND band_2 IS NULL AND band_3 IS NULL)"
)


def _look() -> list[sa.Column]:
    return [
        sa.Column("hash", SIGNS, nullable=True, comment="the middle view: media.look"),
        *(sa.Column(band, sa.Integer(), nullable=True) for band in BANDS),
    ]


def _indexes(table: str) -> None:
    for band in BANDS:
        op.create_index(f"ix_{table}_{band}", table, [band, "hash"], unique=False)


def upgrade() -> None:
    op.create_table(
        "photograph_look",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        *_look(),
        sa.CheckConstraint(BANDS_OF_HASH, name=op.f("ck_photograph_look_bands_of_hash")),
        sa.ForeignKeyConstraint(
            ["key"], ["photograph.key"], name="fk_photograph_look_key_photograph", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_photograph_look"),
    )
    _indexes("photograph_look")
    op.create_index("ix_photograph_look_original_sha256", "photograph_look", ["original_sha256"], unique=False)

    op.create_table(
        "contribution_photograph_look",
        sa.Column("photograph_id", sa.String(length=9), nullable=False),
        sa.Column("views", sa.LargeBinary(), nullable=False, comment="what to look for: media.likeness"),
        *_look(),
        sa.CheckConstraint(BANDS_OF_HASH, name=op.f("ck_contribution_photograph_look_bands_of_hash")),
        sa.ForeignKeyConstraint(
            ["photograph_id"],
            ["contribution_photograph.id"],
            name="fk_contribution_photograph_look_photograph",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("photograph_id", name="pk_contribution_photograph_look"),
    )
    _indexes("contribution_photograph_look")

    op.create_table(
        "look_alike",
        sa.Column("photograph_id", sa.String(length=9), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.CheckConstraint("answer IN ('', 'yes', 'no', 'unsure')", name=op.f("ck_look_alike_answer_known")),
        sa.ForeignKeyConstraint(
            ["photograph_id"],
            ["contribution_photograph.id"],
            name="fk_look_alike_photograph_id_contribution_photograph",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("photograph_id", "participant_id", name="pk_look_alike"),
    )
    op.create_index("ix_contribution_photograph_sha256", "contribution_photograph", ["sha256"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_contribution_photograph_sha256", table_name="contribution_photograph")
    op.drop_table("look_alike")
    op.drop_table("contribution_photograph_look")
    op.drop_table("photograph_look")
