"""A claim is on any case that waits, not on contributions alone: requests can be taken, too.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

OF_CONTRIBUTION = "fk_claim_contribution_id_contribution"
OF_CASE = "fk_claim_case_id_waiting_case"


def upgrade() -> None:
    # What was decided or withdrawn meanwhile has no case any more, and its claim says nothing.
    op.execute("DELETE FROM claim WHERE contribution_id NOT IN (SELECT id FROM waiting_case)")
    with op.batch_alter_table("claim") as claim:
        claim.drop_constraint(OF_CONTRIBUTION, type_="foreignkey")
        claim.alter_column(
            "contribution_id", new_column_name="case_id", existing_type=sa.String(length=9), existing_nullable=False
        )
    with op.batch_alter_table("claim") as claim:  # on SQLite a key to a column that is renamed by the way would be lost
        claim.create_foreign_key(OF_CASE, "waiting_case", ["case_id"], ["id"], ondelete="CASCADE")


def downgrade() -> None:
    op.execute("DELETE FROM claim WHERE case_id NOT IN (SELECT id FROM contribution)")
    with op.batch_alter_table("claim") as claim:
        claim.drop_constraint(OF_CASE, type_="foreignkey")
        claim.alter_column(
            "case_id", new_column_name="contribution_id", existing_type=sa.String(length=9), existing_nullable=False
        )
    with op.batch_alter_table("claim") as claim:
        claim.create_foreign_key(OF_CONTRIBUTION, "contribution", ["contribution_id"], ["id"], ondelete="CASCADE")
