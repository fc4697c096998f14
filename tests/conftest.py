"""Fixtures for every kind of test: databases, a mail server, a browser. Real programs, started only when asked for."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from memory_road import migrate
from tests.postgresql import FOLDER, PostgresqlServer, locked

TESTS = Path(__file__).parent
pytest_plugins = ["tests.postgresql", "tests.s3", "tests.redis", "tests.smtp", "tests.browser", "tests.application"]

DEAREST_FIRST = ("journeys", "integration", "architecture", "unit")
"""Folders: the workers of a run each begin with a part of all tests and then take from each other's ends. So one worker
alone needs the journeys' portal with its pages, which take long to make, and small tests fill the end of the run."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: DEAREST_FIRST.index(item.path.relative_to(TESTS).parts[0]))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database of the test's own, migrated and empty; the test runs once on each engine."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
    else:
        yield request.getfixturevalue("postgresql_url")


@pytest.fixture(scope="session")
def sqlite_template(pytestconfig: pytest.Config) -> Path:
    """A migrated SQLite file to copy from, made once in the whole run."""
    template = pytestconfig.stash[FOLDER] / "migrated.sqlite3"
    with locked(template.with_suffix(".lock")):
        if not template.exists():
            migrate.upgrade(f"sqlite:///{template}")
    return template


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Iterator[str]:
    """The address of a migrated, empty SQLite database."""
    with tempfile.TemporaryDirectory(dir=sqlite_template.parent, prefix="sqlite-") as folder:
        yield f"sqlite:///{shutil.copyfile(sqlite_template, Path(folder) / 'memory-road.sqlite3')}"


@pytest.fixture
def postgresql_url(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database."""
    template = postgresql_server.template("migrated", migrate.upgrade)
    url = postgresql_server.create(template)
    yield url
    postgresql_server.drop(url)
