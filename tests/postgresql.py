"""One throwaway PostgreSQL server for a whole test run, shared by its workers.

The first test that asks starts it, the process that started pytest stops it at the end. It listens on a socket in a
folder of its own, keeps nothing safe (it will be thrown away), and never runs as root, since PostgreSQL refuses that.
"""

import fcntl
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests.system import postgresql_programs

OWNER = "postgres"
"""The superuser inside the server, and, where the tests run as root, the system's user that the server runs as."""
# The costs of plans are those of a disk without moving parts, as docs/scaling.md asks for.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "random_page_cost": "1.1",
}
# Names are compared and folded as they are in production: the plain C locale knows no Cyrillic.
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
STRATEGIES_SINCE = 150000
MEMORY = Path("/dev/shm")  # noqa: S108 -- mkdtemp makes a folder of its own in it
ROOM = 2 * 2**30
"""Bytes; a run's databases take a tenth of it."""
FOLDER = pytest.StashKey[Path]()
"""The folder of the whole run, in which other databases and what is sent to the portal lie as well."""


@dataclass(frozen=True, slots=True)
class PostgresqlServer:
    """A running server; `folder` holds its data, its log and its socket."""

    folder: Path

    def create(self, template: str | None = None) -> str:
        """A new database, empty or a copy of `template`: its address for SQLAlchemy."""
        name = f"test_{secrets.token_hex(6)}"
        self._create(name, template)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove the database at `url`, closing what is still connected to it."""
        name = make_url(url).database or ""
        with self._connected() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def template(self, name: str, fill: Callable[[str], None]) -> str:
        """The database `name` to copy from, made and filled by `fill` (given its address) once in the whole run."""
        with locked(self.folder / f"{name}.lock"):
            done = self.folder / f"{name}.done"
            if not done.exists():
                self._create(name)
                fill(self.url(name))
                done.touch()
        return name

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def _create(self, name: str, template: str | None = None) -> None:
        with self._connected() as connection:
            # Half the time of the other strategy, where nothing is synced to the disk.
            knows_strategies = connection.info.server_version >= STRATEGIES_SINCE
            strategy = sql.SQL("STRATEGY file_copy" if knows_strategies else "")
            command = sql.SQL("CREATE DATABASE {} TEMPLATE {} {}")
            connection.execute(command.format(sql.Identifier(name), sql.Identifier(template or "template1"), strategy))

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True) as connection:
            yield connection


@pytest.fixture(scope="session")
def postgresql_server(pytestconfig: pytest.Config) -> PostgresqlServer:
    """The server of this run, started if no other worker has."""
    folder = pytestconfig.stash[FOLDER]
    with locked(folder / "server.lock"):
        if not (folder / "data" / "postmaster.pid").exists():
            start(folder)
    return PostgresqlServer(folder)


def pytest_configure(config: pytest.Config) -> None:
    handed_over = getattr(config, "workerinput", {}).get("postgresql_folder")
    config.stash[FOLDER] = Path(handed_over or tempfile.mkdtemp(prefix="memory-road-pg-", dir=_quickest()))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: pytest.Config) -> None:
    """Tell a worker (pytest-xdist) where the server of the run is."""
    node.workerinput["postgresql_folder"] = str(node.config.stash[FOLDER])  # pyright: ignore[reportAttributeAccessIssue]


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    folder = config.stash[FOLDER]
    stop(folder)
    shutil.rmtree(folder)


def _quickest() -> Path | None:
    """In memory, where there is room: each test copies a database of many small files, in half the time."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return MEMORY if roomy else None


def stop(folder: Path) -> None:
    """End the server in ``folder``, if one runs there."""
    if (folder / "data" / "postmaster.pid").exists():
        _run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(folder / "data"), folder=folder)


def start(folder: Path) -> None:
    """Start a server that keeps everything below ``folder``."""
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    data = str(folder / "data")
    initdb = ("--no-sync", "--auth=trust", f"--username={OWNER}", "--encoding=UTF8", f"--locale={LOCALE}")
    _run("initdb", *initdb, "-D", data, folder=folder)
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    start = ("start", "-w", "-D", data, "-l", str(folder / "log"), "-o", f"-k '{folder}' {options}")
    _run("pg_ctl", *start, folder=folder)


def _run(program: str, *arguments: str, folder: Path) -> None:
    programs = postgresql_programs()
    if programs is None:
        pytest.fail("These tests need PostgreSQL's server: `make test` says how to get it.")
    said = folder / f"{program}.out"
    # A file, since the server keeps open what it is given, and a pipe would never end.
    with said.open("w") as output:
        done = subprocess.run(
            [str(programs / program), *arguments],
            cwd=folder,
            env=os.environ | {"LC_ALL": LOCALE},
            user=_system_user(),
            extra_groups=[] if os.geteuid() == 0 else None,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        pytest.fail(f"{program} failed:\n{said.read_text()}")


def _system_user() -> int | None:
    return pwd.getpwnam(OWNER).pw_uid if os.geteuid() == 0 else None


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold `path` against the other workers of the run."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
