"""Alembic's environment: online only, one transaction for each revision."""

from alembic import context
from sqlalchemy import Connection, create_engine

from memory_road.db import db, writing
from memory_road.tables import TABLES

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


engine = create_engine(context.config.attributes["database_url"])
try:
    # Workers may be running already: SQLite's writers wait for each other, if they say from the first that they write.
    with writing(), engine.connect() as connection:
        migrate(connection)
finally:
    engine.dispose()
