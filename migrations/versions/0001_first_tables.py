"""The first tables: accounts, what is sent, what is decided, what is published, letters.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
WORD = sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql")
ROLES = ("contributor", "moderator", "senior_moderator", "administrator")


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True, comment="argon2, made by Flask-Security"),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column(
            "fs_uniquifier",
            sa.String(length=64),
            nullable=False,
            comment="the identity in sessions and tokens; a new one signs out everywhere",
        ),
        sa.Column("confirmed_at", MOMENT, nullable=True, comment="when the address was confirmed"),
        sa.Column("display_name", sa.String(length=100), nullable=False, comment="as the sender is named where wished"),
        sa.Column("pen_name", sa.String(length=100), nullable=False, comment="as senders see a moderator"),
        sa.Column("language", sa.String(length=10), nullable=False, comment="of letters"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("email <> '' AND email = lower(email)", name=op.f("ck_account_email_in_lower_case")),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_account_fs_uniquifier"),
    )
    op.create_table(
        "decision_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_decision_head_one_row")),
        sa.PrimaryKeyConstraint("id", name="pk_decision_head"),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("recipient", sa.String(length=255), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("content", DOCUMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True, comment="a worker is sending it until then"),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('account', 'received', 'approved', 'returned', 'rejected')", name=op.f("ck_letter_kind_known")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_letter_attempts_counted")),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
    )
    op.create_index("ix_letter_due", "letter", ["sent_at", "due_at"], unique=False)

    op.create_table(
        "participant",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("facts", DOCUMENT, nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False, comment="the entry's own first language"),
        sa.Column(
            "contributor_name", sa.String(length=100), nullable=False, comment="empty: does not wish to be named"
        ),
        sa.Column("contributor_relationship", sa.String(length=30), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_participant"),
    )
    op.create_index("ix_participant_newest", "participant", ["published_at", "id"], unique=False)

    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.CheckConstraint(
            "name IN ('contributor', 'moderator', 'senior_moderator', 'administrator')", name=op.f("ck_role_name_known")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_role"),
        sa.UniqueConstraint("name", name="uq_role_name"),
    )
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_account_role_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name="fk_account_role_role_id_role", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "role_id", name="pk_account_role"),
    )
    op.create_index("ix_account_role_role_id", "account_role", ["role_id"], unique=False)

    op.create_table(
        "contribution",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column(
            "form_key",
            sa.String(length=43),
            nullable=False,
            comment="made with the empty form: sending it twice starts once",
        ),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False, comment="in which it was typed"),
        sa.Column("revision", sa.Integer(), nullable=False, comment="counts how often the form was kept"),
        sa.Column("typed", DOCUMENT, nullable=False),
        sa.Column("facts", DOCUMENT, nullable=True),
        sa.Column(
            "relationship_to", sa.String(length=30), nullable=False, comment="who the sender is to the participant"
        ),
        sa.Column("none_survives", sa.Boolean(), nullable=False, comment="the family's word that no portrait survives"),
        sa.Column("named", sa.Boolean(), nullable=False, comment="the sender wishes to be named"),
        sa.Column("living_consent", sa.Boolean(), nullable=False, comment="the living participant has agreed"),
        sa.Column("permitted_at", MOMENT, nullable=True, comment="when the sender permitted publication"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("participant_id", sa.String(length=9), nullable=True, comment="the entry that came of it"),
        sa.CheckConstraint(
            "state <> 'approved' OR participant_id IS NOT NULL", name=op.f("ck_contribution_approved_has_entry")
        ),
        sa.CheckConstraint(
            "state <> 'submitted' OR permitted_at IS NOT NULL", name=op.f("ck_contribution_submitted_is_permitted")
        ),
        sa.CheckConstraint(
            "state IN ('approved', 'rejected') OR (decided_at IS NULL AND decided_by_id IS NULL)",
            name=op.f("ck_contribution_undecided_has_none"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'approved', 'rejected', 'withdrawn')",
            name=op.f("ck_contribution_state_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'rejected') OR (decided_at IS NOT NULL AND decided_by_id IS NOT NULL)",
            name=op.f("ck_contribution_decided_has_decider"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'rejected', 'returned', 'submitted') "
            "OR (submitted_at IS NOT NULL AND facts IS NOT NULL)",
            name=op.f("ck_contribution_sent_has_facts"),
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> sender_id", name=op.f("ck_contribution_decider_is_not_sender")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name="fk_contribution_decided_by_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_contribution_participant_id_participant",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["account.id"], name="fk_contribution_sender_id_account", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contribution"),
    )
    op.create_index("ix_contribution_participant_id", "contribution", ["participant_id"], unique=False)
    op.create_index("ix_contribution_queue", "contribution", ["state", "submitted_at", "id"], unique=False)
    op.create_index("ix_contribution_sender", "contribution", ["sender_id", "updated_at"], unique=False)
    op.create_index("uq_contribution_form", "contribution", ["sender_id", "form_key"], unique=True)

    op.create_table(
        "participant_category",
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "category IN ('soldier', 'partisan', 'defence_worker', 'leningrad', "
            "'culture', 'press', 'medical', 'home_front', 'captive')",
            name=op.f("ck_participant_category_category_known"),
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_participant_category_participant_id_participant",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "category", name="pk_participant_category"),
    )
    op.create_index(
        "ix_participant_category_newest",
        "participant_category",
        ["category", "published_at", "participant_id"],
        unique=False,
    )

    op.create_table(
        "participant_name",
        sa.Column("word", WORD, nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_participant_name_participant_id_participant",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("word", "participant_id", name="pk_participant_name"),
    )
    op.create_index("ix_participant_name_participant_id", "participant_name", ["participant_id"], unique=False)

    op.create_table(
        "photograph",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="0 is the portrait, where there is one"),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("taken", sa.String(length=100), nullable=False, comment="EDTF; empty: not stated"),
        sa.Column("taken_place", sa.String(length=200), nullable=False),
        sa.Column("credit", sa.String(length=200), nullable=False),
        sa.Column("enhanced", sa.Boolean(), nullable=False, comment="coloured or restored"),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("sizes", sa.JSON(), nullable=False, comment="derivatives: name, width, height, media_type"),
        sa.CheckConstraint(
            "kind IN ('portrait', 'photograph', 'document', 'award', 'belonging')",
            name=op.f("ck_photograph_kind_known"),
        ),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_photograph_has_extent")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_photograph_participant_id_participant", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_photograph"),
    )
    op.create_index("ix_photograph_participant", "photograph", ["participant_id", "position"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("token_digest", sa.String(length=64), nullable=False, comment="SHA-256 of the cookie's token"),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("data", DOCUMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_sign_in_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_digest", name="pk_sign_in"),
    )
    op.create_index("ix_sign_in_account_id", "sign_in", ["account_id"], unique=False)
    op.create_index("ix_sign_in_expires_at", "sign_in", ["expires_at"], unique=False)

    op.create_table(
        "claim",
        sa.Column("contribution_id", sa.String(length=9), nullable=False),
        sa.Column("moderator_id", sa.Integer(), nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.CheckConstraint("expires_at > claimed_at", name=op.f("ck_claim_lasts")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name="fk_claim_contribution_id_contribution", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["account.id"], name="fk_claim_moderator_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contribution_id", name="pk_claim"),
    )
    op.create_index("ix_claim_expires_at", "claim", ["expires_at"], unique=False)
    op.create_index("ix_claim_moderator_id", "claim", ["moderator_id"], unique=False)

    op.create_table(
        "contribution_photograph",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("contribution_id", sa.String(length=9), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("taken", sa.String(length=100), nullable=False, comment="when, as it was typed"),
        sa.Column("taken_place", sa.String(length=200), nullable=False),
        sa.Column("credit", sa.String(length=200), nullable=False),
        sa.Column("enhanced", sa.Boolean(), nullable=False, comment="coloured or restored"),
        sa.Column(
            "file_name",
            sa.String(length=255),
            nullable=False,
            comment="as the sender's device called it; only ever shown",
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=50), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False, comment="pixels, upright"),
        sa.Column("height", sa.Integer(), nullable=False, comment="pixels, upright"),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("derived_at", MOMENT, nullable=True),
        sa.Column("leased_until", MOMENT, nullable=True, comment="a worker is at it until then"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sizes", sa.JSON(), nullable=False, comment="derivatives: name, width, height, media_type"),
        sa.CheckConstraint(
            "kind IN ('portrait', 'photograph', 'document', 'award', 'belonging')",
            name=op.f("ck_contribution_photograph_kind_known"),
        ),
        sa.CheckConstraint(
            "width > 0 AND height > 0 AND bytes > 0", name=op.f("ck_contribution_photograph_has_extent")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_contribution_photograph_contribution_id_contribution",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contribution_photograph"),
        sa.UniqueConstraint("contribution_id", "sha256", name="uq_contribution_photograph_contribution_id_sha256"),
    )
    op.create_index(
        "ix_contribution_photograph_to_derive", "contribution_photograph", ["derived_at", "leased_until"], unique=False
    )

    op.create_table(
        "decision",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, comment="1, 2, 3 … without gaps"),
        sa.Column("contribution_id", sa.String(length=9), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=20), nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=True),
        sa.Column("to_state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column(
            "words_digest",
            sa.String(length=64),
            nullable=False,
            comment="salted SHA-256 of what was written; empty: nothing",
        ),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(move = 'start') = (from_state IS NULL)", name=op.f("ck_decision_begins_with_start")),
        sa.CheckConstraint(
            "move IN ('start', 'submit', 'withdraw', 'return', 'reject', 'approve')",
            name=op.f("ck_decision_move_known"),
        ),
        sa.CheckConstraint("move NOT IN ('return', 'reject') OR reason <> ''", name=op.f("ck_decision_reason_given")),
        sa.CheckConstraint(
            "to_state IN ('draft', 'submitted', 'returned', 'approved', 'rejected', 'withdrawn')",
            name=op.f("ck_decision_to_state_known"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name="fk_decision_actor_id_account", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_decision_contribution_id_contribution",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("number", name="pk_decision"),
        sa.UniqueConstraint("hash", name="uq_decision_hash"),
        sa.UniqueConstraint("previous_hash", name="uq_decision_previous_hash"),
    )
    op.create_index("ix_decision_actor_id", "decision", ["actor_id"], unique=False)
    op.create_index("ix_decision_contribution", "decision", ["contribution_id", "number"], unique=False)

    op.create_table(
        "decision_words",
        sa.Column("decision_number", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=43), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_number"],
            ["decision.number"],
            name="fk_decision_words_decision_number_decision",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("decision_number", name="pk_decision_words"),
    )

    roles = sa.table("role", sa.column("name"))
    op.bulk_insert(roles, [{"name": name} for name in ROLES])
    head = sa.table("decision_head", sa.column("id"), sa.column("number"), sa.column("hash"))
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": "0" * 64}])
    if op.get_bind().dialect.name == "postgresql":
        keep_decisions_on_postgresql()
    else:
        keep_decisions_on_sqlite()


def keep_decisions_on_postgresql() -> None:
    """The database itself refuses to change the log."""
    op.execute(
        """
        CREATE FUNCTION refuse_change_of_decision() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'Decisions are never changed or deleted.'; END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER decision_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decision
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_decision()
        """
    )


def keep_decisions_on_sqlite() -> None:
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"""
            CREATE TRIGGER decision_refuses_{change.lower()} BEFORE {change} ON decision
            BEGIN SELECT RAISE(ABORT, 'Decisions are never changed or deleted.'); END
            """
        )


def downgrade() -> None:
    op.drop_table("decision_words")

    op.drop_table("decision")

    op.drop_table("contribution_photograph")

    op.drop_table("claim")

    op.drop_table("sign_in")

    op.drop_table("photograph")

    op.drop_table("participant_name")

    op.drop_table("participant_category")

    op.drop_table("contribution")

    op.drop_table("account_role")
    op.drop_table("role")

    op.drop_table("participant")

    op.drop_table("letter")
    op.drop_table("decision_head")
    op.drop_table("account")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_decision()")
