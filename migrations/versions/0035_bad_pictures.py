"""Pictures that were rejected for abuse, with their looks.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

SIGNS = sa.LargeBinary(length=32).with_variant(postgresql.BIT(256), "postgresql")
BANDS = ("band_0", "band_1", "band_2", "band_3")
BANDS_OF_HASH = (
    "(hash IS NOT NULL AND band_0 IS NOT NULL AND band_1 IS NOT NULL AND band_2 IS NOT NULL AND band_3 IS NOT NULL) OR "
    "(hash IS NULL AND band_0 IS NULL AND band_1 IS NULL AND band_2 IS NULL AND band_3 IS NULL)"
)


def upgrade() -> None:
    op.create_table(
        "bad_picture",
        sa.Column("photograph_id", sa.String(length=9), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed_by_id", sa.Integer(), nullable=False),
        sa.Column("hash", SIGNS, nullable=True, comment="the middle view: media.look"),
        *(sa.Column(band, sa.Integer(), nullable=True) for band in BANDS),
        sa.CheckConstraint(BANDS_OF_HASH, name=op.f("ck_bad_picture_bands_of_hash")),
        sa.ForeignKeyConstraint(
            ["photograph_id"], ["contribution_photograph.id"], name="fk_bad_picture_photograph", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["listed_by_id"], ["account.id"], name="fk_bad_picture_listed_by_id_account", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("photograph_id", name="pk_bad_picture"),
    )
    for band in BANDS:
        op.create_index(f"ix_bad_picture_{band}", "bad_picture", [band, "hash"], unique=False)
    op.create_index("ix_bad_picture_sha256", "bad_picture", ["sha256"], unique=False)
    op.create_index("ix_bad_picture_listed_by_id", "bad_picture", ["listed_by_id"], unique=False)


def downgrade() -> None:
    op.drop_table("bad_picture")
