"""Who has the care of an entry, and how it goes on.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "care",
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["account.id"], name="fk_care_holder_id_account", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_care_participant_id_participant", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant_id", name="pk_care"),
    )
    op.create_index("ix_care_holder", "care", ["holder_id", "since_at", "participant_id"], unique=False)

    op.create_table(
        "care_change",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(reason = 'left') = (to_id IS NULL)", name=op.f("ck_care_change_nobody_after_leaving")),
        sa.CheckConstraint(
            "reason <> 'published' OR from_id IS NULL", name=op.f("ck_care_change_begins_with_publication")
        ),
        sa.CheckConstraint(
            "reason IN ('published', 'handed', 'left', 'succeeded', 'taken_over')",
            name=op.f("ck_care_change_reason_known"),
        ),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_care_change_changes_something")),
        sa.CheckConstraint("from_id IS NOT NULL OR to_id IS NOT NULL", name=op.f("ck_care_change_concerns_somebody")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["account.id"], name="fk_care_change_actor_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["from_id"], ["account.id"], name="fk_care_change_from_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["to_id"], ["account.id"], name="fk_care_change_to_id_account", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("number", name="pk_care_change"),
    )
    op.create_index("ix_care_change_participant", "care_change", ["participant_id", "number"], unique=False)

    op.create_table(
        "successor",
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> '' AND email <> ''", name=op.f("ck_successor_name_and_address")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_successor_participant_id_participant", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("participant_id", name="pk_successor"),
    )

    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="what the giver writes to the receiver"),
        sa.Column("token_digest", sa.String(length=64), nullable=False, comment="SHA-256 of the token in the letter"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'accepted') = (taken_by_id IS NOT NULL)", name=op.f("ck_invitation_accepted_by_somebody")
        ),
        sa.CheckConstraint("(state = 'open') = (email <> '')", name=op.f("ck_invitation_address_while_open")),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_invitation_ended_has_time")),
        sa.CheckConstraint("reason IN ('handed', 'succeeds')", name=op.f("ck_invitation_reason_known")),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined', 'withdrawn', 'expired')", name=op.f("ck_invitation_state_known")
        ),
        sa.CheckConstraint("expires_at > made_at", name=op.f("ck_invitation_lasts")),
        sa.CheckConstraint("taken_by_id <> giver_id", name=op.f("ck_invitation_taken_by_another")),
        sa.ForeignKeyConstraint(
            ["giver_id"], ["account.id"], name="fk_invitation_giver_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_invitation_participant_id_participant", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["account.id"], name="fk_invitation_taken_by_id_account", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_digest", name="uq_invitation_token_digest"),
    )
    op.create_index("ix_invitation_expiry", "invitation", ["state", "expires_at"], unique=False)
    op.create_index("ix_invitation_giver", "invitation", ["giver_id", "made_at"], unique=False)
    op.create_index(
        "uq_invitation_open",
        "invitation",
        ["participant_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )

    op.create_table(
        "takeover",
        sa.Column("id", sa.String(length=9), nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column(
            "relationship_to", sa.String(length=30), nullable=False, comment="who the asker is to the participant"
        ),
        sa.Column("words", sa.Text(), nullable=False, comment="who the asker is, and why they ask"),
        sa.Column("contribution_id", sa.String(length=9), nullable=True, comment="whose pictures show it"),
        sa.Column("carer_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("carer_words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False, comment="when the present carer was asked"),
        sa.Column("days", sa.Integer(), nullable=False, comment="that a carer has to answer"),
        sa.Column("decide_from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False, comment="of the moderator, to both"),
        sa.Column("note", sa.Text(), nullable=False, comment="among moderators"),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name=op.f("ck_takeover_answered_has_time")),
        sa.CheckConstraint("(state = 'waiting') = (closed_at IS NULL)", name=op.f("ck_takeover_closed_has_time")),
        sa.CheckConstraint(
            "(state IN ('granted', 'refused')) = (decided_by_id IS NOT NULL)",
            name=op.f("ck_takeover_decided_has_decider"),
        ),
        sa.CheckConstraint("answer <> 'objects' OR carer_words <> ''", name=op.f("ck_takeover_objection_has_words")),
        sa.CheckConstraint("answer IN ('', 'agrees', 'objects')", name=op.f("ck_takeover_answer_known")),
        sa.CheckConstraint(
            "state IN ('waiting', 'granted', 'refused', 'withdrawn')", name=op.f("ck_takeover_state_known")
        ),
        sa.CheckConstraint("words <> '' AND relationship_to <> ''", name=op.f("ck_takeover_says_who_and_why")),
        sa.CheckConstraint("carer_id <> asker_id", name=op.f("ck_takeover_of_another")),
        sa.CheckConstraint("days > 0", name=op.f("ck_takeover_leaves_time")),
        sa.CheckConstraint(
            "decided_by_id <> asker_id AND decided_by_id <> carer_id", name=op.f("ck_takeover_decider_is_not_concerned")
        ),
        sa.ForeignKeyConstraint(["asker_id"], ["account.id"], name="fk_takeover_asker_id_account", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["carer_id"], ["account.id"], name="fk_takeover_carer_id_account", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_takeover_contribution_id_contribution",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name="fk_takeover_decided_by_id_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_takeover_participant_id_participant", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_takeover"),
    )
    op.create_index("ix_takeover_asker", "takeover", ["asker_id", "made_at", "id"], unique=False)
    op.create_index(op.f("ix_takeover_contribution_id"), "takeover", ["contribution_id"], unique=False)
    op.create_index("ix_takeover_participant", "takeover", ["participant_id", "state"], unique=False)
    op.create_index("ix_takeover_queue", "takeover", ["state", "decide_from_at", "id"], unique=False)
    op.create_index(
        "uq_takeover_waiting",
        "takeover",
        ["asker_id", "participant_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )

    if op.get_bind().dialect.name == "postgresql":
        keep_changes_on_postgresql()
    else:
        keep_changes_on_sqlite()
    give_care_of_what_is_published()


def keep_changes_on_postgresql() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_change_of_care_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'What is recorded of care is never changed or deleted.'; END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER care_change_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON care_change
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_care_change()
        """
    )


def keep_changes_on_sqlite() -> None:
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"""
            CREATE TRIGGER care_change_refuses_{change.lower()} BEFORE {change} ON care_change
            BEGIN SELECT RAISE(ABORT, 'What is recorded of care is never changed or deleted.'); END
            """
        )


def give_care_of_what_is_published() -> None:
    """Whoever's contribution made an entry has its care."""
    op.execute(
        """
        INSERT INTO care (participant_id, holder_id, since_at)
        SELECT participant_id, MIN(sender_id), MIN(decided_at) FROM contribution
        WHERE state = 'approved' AND about_id IS NULL GROUP BY participant_id
        """
    )
    op.execute(
        """
        INSERT INTO care_change (participant_id, to_id, actor_id, reason, made_at)
        SELECT participant_id, holder_id, holder_id, 'published', since_at FROM care ORDER BY since_at, participant_id
        """
    )


def downgrade() -> None:
    op.drop_table("takeover")
    op.drop_table("invitation")
    op.drop_table("successor")
    op.drop_table("care_change")
    op.drop_table("care")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_care_change()")
