"""A new kind of letter is a template, not a migration: which kinds there are is no longer checked here.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS_BEFORE = ("account", "received", "approved", "returned", "rejected")
KNOWN_BEFORE = "kind IN ('account', 'received', 'approved', 'returned', 'rejected')"
LETTER = sa.table("letter", sa.column("kind"), sa.column("sent_at"), sa.column("last_error"))


def upgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.drop_constraint(op.f("ck_letter_kind_known"), type_="check")


def downgrade() -> None:
    # The program of before has no words for other kinds: what was not sent stays unsent, and the row says why.
    op.execute(
        sa.update(LETTER)
        .where(LETTER.c.kind.not_in(KINDS_BEFORE))
        .values(
            last_error=sa.literal("There were no words for the kind ") + LETTER.c.kind,
            kind="account",
            sent_at=sa.func.coalesce(LETTER.c.sent_at, sa.func.current_timestamp()),
        )
    )
    with op.batch_alter_table("letter") as letter:
        letter.create_check_constraint(op.f("ck_letter_kind_known"), KNOWN_BEFORE)
