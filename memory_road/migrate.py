"""Bring a database to a revision of the schema (Alembic). The revisions stand in ``migrations/``: beside the package in
a checkout, inside it in a wheel."""

from pathlib import Path

from alembic import command
from alembic.config import Config

PACKAGE = Path(__file__).parent


def migrations_folder() -> Path:
    """Where the revisions are."""
    inside = PACKAGE / "migrations"
    return inside if inside.is_dir() else PACKAGE.parent / "migrations"


def alembic_config(database_url: str) -> Config:
    """Alembic's configuration for ``database_url``, without a file."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["database_url"] = database_url
    return config


def upgrade(database_url: str, revision: str = "head") -> None:
    """Upgrade the database at ``database_url`` (a SQLAlchemy URL) to ``revision``."""
    command.upgrade(alembic_config(database_url), revision)


def downgrade(database_url: str, revision: str) -> None:
    """Downgrade the database at ``database_url`` to ``revision``; ``"base"`` is the empty one."""
    command.downgrade(alembic_config(database_url), revision)
