"""The people of the desk: suspension, invitations, and the record of what administrators did.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.add_column(
            sa.Column(
                "suspended_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="since when it cannot sign in; empty: it can",
            )
        )
    op.create_table(
        "administration",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column(
            "what",
            DOCUMENT,
            nullable=False,
            comment="roles, languages, countries, megabytes: never a name or an address",
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "act IN ('roles', 'scope', 'pen_name', 'quota', 'suspended', 'lifted', 'second_step_reset', 'invited', "
            "'invitation_back', 'invitation_accepted')",
            name=op.f("ck_administration_act_known"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_administration_account_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["account.id"], name="fk_administration_actor_id_account", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_administration"),
    )
    op.create_index("ix_administration_account", "administration", ["account_id", "number"])
    op.create_table(
        "staff_invitation",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False, comment="SHA-256 of the token in the letter"),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("languages", DOCUMENT, nullable=False),
        sa.Column("countries", DOCUMENT, nullable=False),
        sa.Column("inviter_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (email <> '')", name=op.f("ck_staff_invitation_address_while_open")),
        sa.CheckConstraint(
            "role IN ('moderator', 'senior_moderator', 'administrator')",
            name=op.f("ck_staff_invitation_role_given"),
        ),
        sa.ForeignKeyConstraint(
            ["inviter_id"], ["account.id"], name="fk_staff_invitation_inviter_id_account", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_staff_invitation"),
        sa.UniqueConstraint("token_digest", name="uq_staff_invitation_token_digest"),
    )
    op.create_index("ix_staff_invitation_open", "staff_invitation", ["ended_at", "expires_at"])
    if op.get_bind().dialect.name == "postgresql":
        keep_acts_on_postgresql()
    else:
        keep_acts_on_sqlite()


def keep_acts_on_postgresql() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_change_of_administration() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'What administrators did is never changed or deleted.';
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER administration_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON administration
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_administration()
        """
    )


def keep_acts_on_sqlite() -> None:
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"""
            CREATE TRIGGER administration_refuses_{change.lower()} BEFORE {change} ON administration
            BEGIN SELECT RAISE(ABORT, 'What administrators did is never changed or deleted.'); END
            """
        )


def downgrade() -> None:
    op.drop_index("ix_staff_invitation_open", table_name="staff_invitation")
    op.drop_table("staff_invitation")
    op.drop_index("ix_administration_account", table_name="administration")
    op.drop_table("administration")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_administration()")
    with op.batch_alter_table("account") as account:
        account.drop_column("suspended_at")
