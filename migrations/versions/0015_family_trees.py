"""Family trees that wait for their relative's choice.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "family_tree",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False, comment="whom the file named"),
        sa.Column("offered", sa.Integer(), nullable=False, comment="who of them may have lived in the war"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("offered BETWEEN 1 AND people", name=op.f("ck_family_tree_offers_its_own")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_family_tree_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_family_tree"),
        sa.UniqueConstraint("account_id", name="uq_family_tree_account_id"),
    )
    op.create_index("ix_family_tree_created_at", "family_tree", ["created_at"], unique=False)
    op.create_table(
        "family_tree_person",
        sa.Column("tree_id", sa.String(length=9), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="the words of the names, folded, a space before each"),
        sa.Column("picture", sa.String(length=6), nullable=False, comment="number of the portrait's file, if any"),
        sa.Column("document", DOCUMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["tree_id"], ["family_tree.id"], name="fk_family_tree_person_tree_id_family_tree", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tree_id", "position", name="pk_family_tree_person"),
    )


def downgrade() -> None:
    op.drop_table("family_tree_person")
    op.drop_table("family_tree")
