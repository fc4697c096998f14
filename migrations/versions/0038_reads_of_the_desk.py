"""What the desk reads is found in the order in which it is shown.

Revision ID: 0038
Revises: 0037
"""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

WAITING = ["participant_id", "state"]


def upgrade() -> None:
    op.create_index("ix_waiting_case_sender", "waiting_case", ["sender_id", "kind", "since", "id"], unique=False)
    op.drop_index("ix_waiting_case_sender_id", table_name="waiting_case")
    op.create_index("ix_contribution_participant", "contribution", ["participant_id", "decided_at"], unique=False)
    op.drop_index("ix_contribution_participant_id", table_name="contribution")
    op.drop_index("ix_entry_request_participant", table_name="entry_request")
    op.create_index("ix_entry_request_participant", "entry_request", [*WAITING, "made_at", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_entry_request_participant", table_name="entry_request")
    op.create_index("ix_entry_request_participant", "entry_request", WAITING, unique=False)
    op.create_index("ix_contribution_participant_id", "contribution", ["participant_id"], unique=False)
    op.drop_index("ix_contribution_participant", table_name="contribution")
    op.create_index("ix_waiting_case_sender_id", "waiting_case", ["sender_id"], unique=False)
    op.drop_index("ix_waiting_case_sender", table_name="waiting_case")
