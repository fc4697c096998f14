"""The programs that a portal stands on, started for a measurement and ended after it."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import postgresql


@contextmanager
def database_of_its_own(engine: str) -> Iterator[dict[str, str]]:
    """The settings that name an empty database of ``engine``: for SQLite none, since that is the default."""
    if engine == "sqlite":
        yield {}
        return
    folder = Path(tempfile.mkdtemp(prefix="memory-road-pg-"))
    postgresql.start(folder)
    try:
        yield {"MEMORY_ROAD_DATABASE_URL": postgresql.PostgresqlServer(folder).create()}
    finally:
        postgresql.stop(folder)
        shutil.rmtree(folder)


@dataclass(slots=True)
class Mortal:
    """A running program that can be killed, and started again by the very same command in the same folder (Linux)."""

    process: int
    _command: list[bytes]
    _folder: Path
    _revived: subprocess.Popen[bytes] | None = None

    def kill(self) -> None:
        """End it without asking, as a failing machine does."""
        if self._revived is not None:
            self._revived.kill()
            self._revived.wait()
            self._revived = None
        else:
            os.kill(self.process, signal.SIGKILL)

    def revive(self) -> None:
        """Start it again; it may take a while until it answers."""
        with (self._folder / "log").open("ab") as log:
            self._revived = subprocess.Popen(
                self._command,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


@contextmanager
def mortal(process: int) -> Iterator[Mortal]:
    """Takes over the killing of a running program; whoever started it still ends it if it was never killed."""
    place = Path(f"/proc/{process}")
    command = place.joinpath("cmdline").read_bytes().rstrip(b"\0").split(b"\0")
    program = Mortal(process, command, place.joinpath("cwd").readlink())
    try:
        yield program
    finally:
        if program._revived is not None:
            program.kill()
