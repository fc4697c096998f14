"""What senders answer moderators, and an index by which it is measured how long they wait.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "contribution",
        sa.Column(
            "answer",
            sa.Text(),
            nullable=False,
            server_default="",
            comment="to the moderator who asked; sent with the next move",
        ),
    )
    with op.batch_alter_table("contribution") as altered:
        altered.alter_column("answer", existing_type=sa.Text(), existing_nullable=False, server_default=None)
    op.create_index("ix_decision_move", "decision", ["move", "number"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_decision_move", table_name="decision")
    op.drop_column("contribution", "answer")
