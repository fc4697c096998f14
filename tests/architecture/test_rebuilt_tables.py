"""SQLite changes a table by building it anew and dropping the old one: no row of another table may go with it."""

import os
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine, text

from memory_road.migrate import alembic_config, migrations_folder

REVISION = """
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = {head!r}
def upgrade():
    with op.batch_alter_table("role", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.String(10)))
def downgrade():
    pass
"""


def test_rebuilding_a_parent_table_keeps_its_children(sqlite_url: str, tmp_path: Path) -> None:
    engine = create_engine(sqlite_url)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO account (id, email, active, fs_uniquifier, display_name, pen_name, language, letters,"
                " created_at) VALUES (1, 'a@example.org', TRUE, 'u', '', '', 'ru', 'at_once', '2026-01-01 00:00:00')"
            )
        )
        connection.execute(text("INSERT INTO account_role (account_id, role_id) SELECT 1, id FROM role"))
        head = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    engine.dispose()
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "9999_rebuild.py").write_text(REVISION.format(head=head))
    config = alembic_config(sqlite_url)
    config.set_main_option("version_locations", f"{migrations_folder() / 'versions'}{os.pathsep}{tmp_path / 'later'}")
    command.upgrade(config, "head")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM account_role")).scalar_one() == 4
    engine.dispose()
