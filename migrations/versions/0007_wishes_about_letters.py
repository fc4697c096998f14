"""Which letters somebody wishes, and whose a letter is.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.add_column(
            sa.Column(
                "letters",
                sa.String(length=10),
                nullable=False,
                server_default="at_once",
                comment="which are wished: mail.letter.Wish",
            )
        )
        account.create_check_constraint(
            op.f("ck_account_letters_known"), "letters IN ('at_once', 'daily', 'questions')"
        )
    with op.batch_alter_table("letter") as letter:
        letter.add_column(
            sa.Column("account_id", sa.Integer(), nullable=True, comment="the receiver's; empty: has none")
        )
        letter.add_column(
            sa.Column(
                "daily",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="waits for the letter of the day, and is sent in that",
            )
        )
        letter.create_foreign_key("fk_letter_account_id_account", "account", ["account_id"], ["id"], ondelete="CASCADE")
        letter.drop_index("ix_letter_due")
        letter.create_index("ix_letter_due", ["sent_at", "daily", "due_at"])
        letter.create_index("ix_letter_account_id", ["account_id"])
    # The defaults were for the rows of before; new rows get their values from the models.
    with op.batch_alter_table("account") as account:
        account.alter_column("letters", existing_type=sa.String(length=10), server_default=None)
    with op.batch_alter_table("letter") as letter:
        letter.alter_column("daily", existing_type=sa.Boolean(), server_default=None)
    op.execute("UPDATE letter SET account_id = (SELECT account.id FROM account WHERE account.email = letter.recipient)")


def downgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.drop_index("ix_letter_account_id")
        letter.drop_index("ix_letter_due")
        letter.create_index("ix_letter_due", ["sent_at", "due_at"])
        letter.drop_constraint("fk_letter_account_id_account", type_="foreignkey")
        letter.drop_column("daily")
        letter.drop_column("account_id")
    with op.batch_alter_table("account") as account:
        account.drop_constraint(op.f("ck_account_letters_known"), type_="check")
        account.drop_column("letters")
