"""Own cases, decided in the open where there is a single moderator.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

CHECK = "ck_contribution_decider_is_not_sender"
BY_ANOTHER = "decided_by_id IS NULL OR decided_by_id <> sender_id"


def upgrade() -> None:
    with op.batch_alter_table("contribution") as altered:
        altered.add_column(
            sa.Column(
                "decided_openly",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="by its sender, in a house with a single moderator; marked as such in the log",
            )
        )
        altered.drop_constraint(op.f(CHECK), type_="check")
        altered.create_check_constraint(op.f(CHECK), f"{BY_ANOTHER} OR decided_openly")
    # The default was for the rows of before.
    with op.batch_alter_table("contribution") as altered:
        altered.alter_column("decided_openly", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    own = op.get_bind().execute(sa.text("SELECT count(*) FROM contribution WHERE decided_openly")).scalar_one()
    if own:
        raise RuntimeError(f"Contributions that were approved by who sent them: {own}. The schema before knows none.")
    with op.batch_alter_table("contribution") as altered:
        altered.drop_constraint(op.f(CHECK), type_="check")
        altered.create_check_constraint(op.f(CHECK), BY_ANOTHER)
        altered.drop_column("decided_openly")
