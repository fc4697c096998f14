"""Alembic's environment: online only, one transaction for each revision."""

from alembic import context
from sqlalchemy import Connection, create_engine, make_url

from memory_road.db import db
from memory_road.tables import TABLES

SECONDS_FOR_A_LOCK = 60
assert TABLES, "importing the models fills the metadata"


def migrate(connection: Connection) -> None:
    # A batch rebuild of a SQLite table drops the old one: with foreign keys on, every child row would be deleted by
    # its ON DELETE CASCADE.
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # On the driver's connection, before a transaction begins: inside one the pragma does nothing.
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        if driver.execute("PRAGMA foreign_keys").fetchone() != (0,):
            raise RuntimeError("Foreign keys could not be switched off for the migration; nothing was changed.")
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=sqlite,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        connection.commit()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"After the migration {len(broken)} rows point at rows that do not exist: {broken[:5]}")


url = make_url(context.config.attributes["database_url"])
# Workers may be running already, and each of SQLite's writers waits for the others.
waits = {"timeout": SECONDS_FOR_A_LOCK} if url.get_backend_name() == "sqlite" else {}
engine = create_engine(url, connect_args=waits)
try:
    with engine.connect() as connection:
        migrate(connection)
finally:
    engine.dispose()
