"""What entries are found by: a dictionary of the words of names and their keys, columns for filters, the full text, the
card of the gallery, and counts. It is all made anew from the facts, by the sweep; names are found meanwhile as they are
spelt.

Revision ID: 0041
Revises: 0040
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

WORD = sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql")
SOUND = sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql")
KEY = sa.String(length=16).with_variant(sa.String(length=16, collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
SHOWN = sa.text("gone_at IS NULL")
FILTERS = (
    ("fate", sa.String(length=30), None),
    ("country", sa.String(length=2), "of birth, today, ISO 3166-1"),
    ("birth_year", sa.SmallInteger(), "the first that it can be"),
    ("birth_day", sa.SmallInteger(), "month × 100 + day"),
    ("death_day", sa.SmallInteger(), "month × 100 + day"),
)
FULL_TEXT = {
    "postgresql": (
        "CREATE INDEX ix_participant_text_words ON participant_text USING gin (to_tsvector('simple', words))",
    ),
    "sqlite": (
        """
        CREATE VIRTUAL TABLE participant_words
        USING fts5(words, content='participant_text', content_rowid='number', detail='none')
        """,
        """
        CREATE TRIGGER participant_text_added AFTER INSERT ON participant_text BEGIN
            INSERT INTO participant_words (rowid, words) VALUES (new.number, new.words);
        END
        """,
        """
        CREATE TRIGGER participant_text_removed AFTER DELETE ON participant_text BEGIN
            INSERT INTO participant_words (participant_words, rowid, words)
            VALUES ('delete', old.number, old.words);
        END
        """,
        """
        CREATE TRIGGER participant_text_changed AFTER UPDATE ON participant_text BEGIN
            INSERT INTO participant_words (participant_words, rowid, words)
            VALUES ('delete', old.number, old.words);
            INSERT INTO participant_words (rowid, words) VALUES (new.number, new.words);
        END
        """,
    ),
}


def upgrade() -> None:
    connection = op.get_bind()
    _name_columns()
    op.create_table(
        "name_word",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("word", WORD, nullable=False),
        sa.Column("sound", SOUND, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.CheckConstraint("entries >= 0", name=op.f("ck_name_word_counted")),
        sa.PrimaryKeyConstraint("number", name="pk_name_word"),
        sa.UniqueConstraint("word", "sound", name="uq_name_word_word_sound"),
    )
    op.create_table(
        "name_key",
        sa.Column("key", KEY, nullable=False),
        sa.Column("word_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["word_number"], ["name_word.number"], name="fk_name_key_word_number_name_word", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "word_number", name="pk_name_key"),
    )
    op.create_index("ix_name_key_word_number", "name_key", ["word_number"])
    op.create_table(
        "tally",
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.CheckConstraint("entries >= 0", name=op.f("ck_tally_counted")),
        sa.PrimaryKeyConstraint("what", name="pk_tally"),
    )
    op.create_table(
        "participant_text",
        sa.Column("number", sa.Integer(), nullable=False, comment="FTS5 knows rows by numbers alone"),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_participant_text_participant_id_participant",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name="pk_participant_text"),
        sa.UniqueConstraint("participant_id", name="uq_participant_text_participant_id"),
    )
    for statement in FULL_TEXT[connection.dialect.name]:
        op.execute(statement)
    for name, of_type, comment in FILTERS:
        op.add_column("participant", sa.Column(name, of_type, nullable=True, comment=comment))
    op.add_column(
        "participant",
        sa.Column(
            "card", sa.Text(), nullable=False, server_default="{}", comment="what the gallery shows: archive.card"
        ),
    )
    with op.batch_alter_table("participant") as altered:
        altered.alter_column("card", server_default=None, existing_type=sa.Text(), existing_nullable=False)
    for name, *_ in FILTERS:
        op.create_index(
            f"ix_participant_{name}",
            "participant",
            [name, "published_at", "id"],
            sqlite_where=SHOWN,
            postgresql_where=SHOWN,
        )
    _cards()
    op.execute("UPDATE participant SET keyed_at = NULL")


def _name_columns() -> None:
    """The list of names in the gallery's order, with what a name is narrowed by."""
    op.rename_table("participant_name", "participant_name_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX pk_participant_name RENAME TO pk_participant_name_before")
    op.create_table(
        "participant_name",
        sa.Column("word", WORD, nullable=False),
        sa.Column("participant_id", sa.String(length=9), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("birth_year", sa.SmallInteger(), nullable=True),
        sa.Column("fate", sa.String(length=30), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True, comment="of birth, today, ISO 3166-1"),
        sa.Column("kinds", sa.SmallInteger(), nullable=False, comment="one bit for each kind of participant"),
        sa.PrimaryKeyConstraint("participant_id", "word", name="pk_participant_name"),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_participant_name_participant_id_participant",
            ondelete="CASCADE",
        ),
    )
    op.execute(
        "INSERT INTO participant_name (word, participant_id, published_at, kinds) "
        "SELECT n.word, n.participant_id, p.published_at, 0 "
        "FROM participant_name_before n JOIN participant p ON p.id = n.participant_id"
    )
    op.drop_table("participant_name_before")
    op.create_index(
        "ix_participant_name_newest",
        "participant_name",
        ["word", "published_at", "participant_id"],
        postgresql_include=["birth_year", "fate", "country", "kinds"],
    )


def _cards() -> None:
    """What the gallery shows of pictures, as it was chosen of their sizes so far."""
    connection = op.get_bind()
    op.add_column(
        "photograph",
        sa.Column(
            "cards",
            sa.Text(),
            nullable=False,
            server_default="",
            comment="of the sizes, names and widths of those for the gallery, narrowest first",
        ),
    )
    with op.batch_alter_table("photograph") as altered:
        altered.alter_column("cards", server_default=None, existing_type=sa.Text(), existing_nullable=False)
    photograph = sa.table("photograph", sa.column("key"), sa.column("sizes"), sa.column("cards"))
    for key, kept in connection.execute(sa.select(photograph.c.key, photograph.c.sizes)).all():
        sizes = sorted(json.loads(kept) if isinstance(kept, str) else kept, key=lambda size: size["width"])
        cropped = [size for size in sizes if size["name"].startswith("card-")]
        whole = [size for size in sizes if size["name"].endswith(".webp") and not size["name"].startswith("card-")]
        words = " ".join(f"{size['name']} {size['width']}" for size in cropped or whole[:2])
        connection.execute(sa.update(photograph).where(photograph.c.key == key).values(cards=words))


def downgrade() -> None:
    with op.batch_alter_table("photograph") as altered:
        altered.drop_column("cards")
    for name, *_ in FILTERS:
        op.drop_index(f"ix_participant_{name}", table_name="participant")
    with op.batch_alter_table("participant") as altered:
        for name in (*(name for name, *_ in FILTERS), "card"):
            altered.drop_column(name)
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE participant_words")
    op.drop_table("participant_text")
    op.drop_table("tally")
    op.drop_table("name_key")
    op.drop_table("name_word")
    op.drop_index("ix_participant_name_newest", table_name="participant_name")
    with op.batch_alter_table("participant_name") as altered:
        for name in ("published_at", "birth_year", "fate", "country", "kinds"):
            altered.drop_column(name)
    with op.batch_alter_table("participant_name") as altered:
        altered.drop_constraint("pk_participant_name", type_="primary")
        altered.create_primary_key("pk_participant_name", ["word", "participant_id"])
    op.create_index("ix_participant_name_participant_id", "participant_name", ["participant_id"])
