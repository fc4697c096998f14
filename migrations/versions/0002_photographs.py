"""Photographs: what was found out about each, what people marked in it, and uploads that can be resumed.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
COLOUR = "dominant, RRGGBB: shown until it is loaded"
PEOPLE = "who is seen where: area, name, entry (a participant's id or empty)"
SIZES_BEFORE = "derivatives: name, width, height, media_type"
SIZES = "derivatives: name, width, height, media_type, bytes, sha256"

ADDED_TO_SENT = {
    "preview_sha256": sa.String(length=64),
    "undecoded": sa.Integer(),
    "colour": sa.String(length=6),
    "people": DOCUMENT,
    "hidden": DOCUMENT,
    "veiled": sa.Boolean(),
    "edition": sa.Integer(),
}
ADDED_TO_PUBLISHED = {"colour": sa.String(length=6), "people": DOCUMENT, "veiled": sa.Boolean()}


def _without_defaults(table: str, columns: dict[str, sa.types.TypeEngine]) -> None:
    """The defaults were for the rows of before; new rows get their values from the models."""
    with op.batch_alter_table(table) as altered:
        for name, type_ in columns.items():
            altered.alter_column(name, existing_type=type_, existing_nullable=False, server_default=None)


def upgrade() -> None:
    op.add_column(
        "account",
        sa.Column(
            "quota_megabytes", sa.Integer(), nullable=True, comment="of pictures sent; empty: what the settings say"
        ),
    )

    with op.batch_alter_table("contribution_photograph") as sent:
        sent.add_column(
            sa.Column(
                "enhanced_of_id",
                sa.String(length=9),
                nullable=True,
                comment="the unchanged picture, of the same contribution",
            )
        )
        sent.add_column(sa.Column("preview_sha256", sa.String(length=64), nullable=False, server_default=""))
        sent.add_column(
            sa.Column(
                "undecoded",
                sa.Integer(),
                nullable=False,
                server_default="0",
                comment="percent of the picture that is lost; 0: it is whole",
            )
        )
        sent.add_column(sa.Column("colour", sa.String(length=6), nullable=False, server_default="", comment=COLOUR))
        sent.add_column(
            sa.Column("crop", DOCUMENT, nullable=True, comment="a portrait's face: a media.area.Area; empty: middle")
        )
        sent.add_column(sa.Column("people", DOCUMENT, nullable=False, server_default="[]", comment=PEOPLE))
        sent.add_column(
            sa.Column(
                "hidden",
                DOCUMENT,
                nullable=False,
                server_default="[]",
                comment="areas painted over in every published size; only moderators set them",
            )
        )
        sent.add_column(
            sa.Column(
                "veiled",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="distressing: shown after a click; moderators set it",
            )
        )
        sent.add_column(
            sa.Column(
                "edition",
                sa.Integer(),
                nullable=False,
                server_default="0",
                comment="counts how often its sizes had to be made anew",
            )
        )
        sent.alter_column("sizes", existing_type=sa.JSON(), comment=SIZES, existing_comment=SIZES_BEFORE)
        sent.create_foreign_key(
            "fk_contribution_photograph_enhanced_of",
            "contribution_photograph",
            ["enhanced_of_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        sent.create_check_constraint(op.f("ck_contribution_photograph_undecoded_is_part"), "undecoded BETWEEN 0 AND 99")
        sent.create_check_constraint(op.f("ck_contribution_photograph_is_not_its_own_original"), "enhanced_of_id <> id")
    _without_defaults("contribution_photograph", ADDED_TO_SENT)
    op.create_index(
        "ix_contribution_photograph_enhanced_of_id", "contribution_photograph", ["enhanced_of_id"], unique=False
    )
    # Sizes made until now lie under keys without an edition and without a digest: they are made anew.
    op.execute("UPDATE contribution_photograph SET sizes = '[]', derived_at = NULL, leased_until = NULL, attempts = 0")

    with op.batch_alter_table("photograph") as published:
        published.add_column(
            sa.Column(
                "enhanced_of_key",
                sa.String(length=32),
                nullable=True,
                comment="the unchanged picture, of the same entry",
            )
        )
        published.add_column(
            sa.Column("colour", sa.String(length=6), nullable=False, server_default="", comment=COLOUR)
        )
        published.add_column(sa.Column("people", DOCUMENT, nullable=False, server_default="[]", comment=PEOPLE))
        published.add_column(
            sa.Column(
                "veiled",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="distressing: shown after a click",
            )
        )
        published.alter_column("sizes", existing_type=sa.JSON(), comment=SIZES, existing_comment=SIZES_BEFORE)
        published.create_foreign_key(
            "fk_photograph_enhanced_of_key_photograph", "photograph", ["enhanced_of_key"], ["key"], ondelete="RESTRICT"
        )
        published.create_check_constraint(op.f("ck_photograph_is_not_its_own_original"), "enhanced_of_key <> key")
    _without_defaults("photograph", ADDED_TO_PUBLISHED)
    op.create_index("ix_photograph_enhanced_of_key", "photograph", ["enhanced_of_key"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.String(length=9), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("described", sa.String(length=2000), nullable=False, comment="Upload-Metadata as the client sent it"),
        sa.Column("length", sa.Integer(), nullable=False, comment="bytes of the whole file"),
        sa.Column("received", sa.Integer(), nullable=False, comment="bytes that have arrived"),
        sa.Column("parts", DOCUMENT, nullable=False, comment="names of the parts that are kept, in order"),
        sa.Column(
            "photograph_id", sa.String(length=9), nullable=True, comment="what came of it, once it was whole and taken"
        ),
        sa.Column("refusal", sa.String(length=1000), nullable=False, comment="or the sentence why it was not taken"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "length > 0 AND received BETWEEN 0 AND length", name=op.f("ck_upload_received_within_length")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_upload_account_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_upload_contribution_id_contribution",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
    )
    op.create_index("ix_upload_account_id", "upload", ["account_id"], unique=False)
    op.create_index("ix_upload_contribution_id", "upload", ["contribution_id"], unique=False)
    op.create_index("ix_upload_updated_at", "upload", ["updated_at"], unique=False)


def downgrade() -> None:
    op.drop_table("upload")

    op.drop_index("ix_photograph_enhanced_of_key", table_name="photograph")
    with op.batch_alter_table("photograph") as published:
        published.drop_constraint(op.f("ck_photograph_is_not_its_own_original"), type_="check")
        published.drop_constraint("fk_photograph_enhanced_of_key_photograph", type_="foreignkey")
        for column in ("veiled", "people", "colour", "enhanced_of_key"):
            published.drop_column(column)
        published.alter_column("sizes", existing_type=sa.JSON(), comment=SIZES_BEFORE, existing_comment=SIZES)

    op.drop_index("ix_contribution_photograph_enhanced_of_id", table_name="contribution_photograph")
    with op.batch_alter_table("contribution_photograph") as sent:
        sent.drop_constraint(op.f("ck_contribution_photograph_is_not_its_own_original"), type_="check")
        sent.drop_constraint(op.f("ck_contribution_photograph_undecoded_is_part"), type_="check")
        sent.drop_constraint("fk_contribution_photograph_enhanced_of", type_="foreignkey")
        for column in (
            "edition",
            "veiled",
            "hidden",
            "people",
            "crop",
            "colour",
            "undecoded",
            "preview_sha256",
            "enhanced_of_id",
        ):
            sent.drop_column(column)
        sent.alter_column("sizes", existing_type=sa.JSON(), comment=SIZES_BEFORE, existing_comment=SIZES)
    op.execute("UPDATE contribution_photograph SET sizes = '[]', derived_at = NULL, leased_until = NULL, attempts = 0")

    op.drop_column("account", "quota_megabytes")
