"""A portal as an operator runs it: the installed command in processes of its own, a folder, settings by environment."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

COMMAND = Path(sys.executable).parent / "memory-road"
ONE_AFTER_THE_OTHER = """
import json, sys
from memory_road.cli import main
for arguments in json.loads(sys.argv[1]):
    main(arguments, standalone_mode=False)
"""
SECONDS_TO_START = 60.0
SECONDS_TO_STOP = 30.0
SECONDS_BETWEEN_LOOKS = 0.02


class PortalFailed(Exception):
    """The portal did not start, stop or do what it was told; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account and its password. Moderators have a pen name."""

    email: str
    password: str
    role: str = "contributor"
    pen_name: str = ""


def free_port() -> int:
    """A port of the loopback address that nobody listens on at present."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Program:
    """One running process of the portal; what it writes goes to the end of ``log``."""

    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> None:
        """Ask it to end, as an operator does. Raises ``PortalFailed`` unless it ends by itself and well."""
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.kill()
            raise PortalFailed(f"A process did not end within {SECONDS_TO_STOP:.0f} s of being asked.") from None
        if status != 0:
            raise PortalFailed(f"A process ended with {status}: {last_words(self.log)}")

    def kill(self) -> None:
        """End it without asking, as a failing machine does."""
        self.process.kill()
        self.process.wait()


def last_words(log: Path) -> str:
    """The end of a log."""
    return log.read_text(errors="replace")[-4000:] if log.exists() else ""


@dataclass(slots=True)
class ServedPortal:
    """A portal that keeps everything below ``folder`` (SQLite, files, log, temporary files) and listens on ``port`` of
    the loopback address. It can be started again on what it kept. ``settings`` are further ones, or others."""

    folder: Path
    mail_url: str = ""
    settings: dict[str, str] = field(default_factory=dict[str, str])
    port: int = field(default_factory=free_port)
    _server: Program | None = None

    @property
    def address(self) -> str:
        """The site's address, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        """As SQLAlchemy takes it."""
        ours = f"sqlite:///{self.folder / 'data' / 'memory-road.sqlite3'}"
        return self.settings.get("MEMORY_ROAD_DATABASE_URL", ours)

    @property
    def files(self) -> Path:
        return self.folder / "uploads"

    @property
    def log(self) -> Path:
        """What the server writes, over all its starts."""
        return self.folder / "server.log"

    @property
    def pid(self) -> int:
        assert self._server is not None
        return self._server.process.pid

    def environ(self) -> dict[str, str]:
        """The environment of the portal's processes. Settings of the caller's own portal must not reach it, and
        bytecode is kept as on any operator's machine: compiled anew, each start costs three seconds more."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("MEMORY_ROAD_") and name != "PYTHONDONTWRITEBYTECODE"
        }
        temporary = self.folder / "temporary"
        temporary.mkdir(parents=True, exist_ok=True)
        return {
            **kept,
            "TMPDIR": str(temporary),
            "MEMORY_ROAD_SECRET_KEY": "known to everybody, and good for nothing but tests",
            "MEMORY_ROAD_DATA_DIR": str(self.folder / "data"),
            "MEMORY_ROAD_STORAGE_URL": str(self.files),
            "MEMORY_ROAD_BASE_URL": self.address,
            "MEMORY_ROAD_MAIL_URL": self.mail_url,
            "MEMORY_ROAD_UNDO_MINUTES": "0",
            "MEMORY_ROAD_SECOND_FACTOR": "no",
            **self.settings,
        }

    def run(self, *arguments: str) -> str:
        """Run one command to its end and return what it printed. Raises ``PortalFailed``."""
        return self._finish(arguments, [str(COMMAND), *arguments])

    def create(self, people: Sequence[Person]) -> None:
        """Bring the database up to date and create an account for each of ``people``. One process does it all: to load
        the portal takes longer than to create an account."""
        commands = [["db", "upgrade"]]
        for person in people:
            created = ["user", "create", person.email, "--password", person.password]
            commands.append([*created, "--role", person.role, "--pen-name", person.pen_name])
        self._finish(("user", "create"), [sys.executable, "-c", ONE_AFTER_THE_OTHER, json.dumps(commands)])

    def _finish(self, arguments: Sequence[str], command: Sequence[str]) -> str:
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=self.environ(), stdout=pipe, stderr=pipe, text=True) as process:
            said, complained = process.communicate(timeout=SECONDS_TO_START)
        if process.returncode != 0:
            raise PortalFailed(f"memory-road {' '.join(arguments[:2])} ended with {process.returncode}: {complained}")
        return said

    def start(self) -> float:
        """Start the server and wait until it says that it can serve; returns how many seconds that took."""
        began = time.monotonic()
        self._server = server = self._launch(self.log, "serve", "--port", str(self.port))
        while not self._is_ready():
            if server.process.poll() is not None:
                raise PortalFailed(f"The server ended with {server.process.returncode}: {self.last_words()}")
            if time.monotonic() - began > SECONDS_TO_START:
                self.kill()
                raise PortalFailed(f"The server was not ready within {SECONDS_TO_START:.0f} s: {self.last_words()}")
            time.sleep(SECONDS_BETWEEN_LOOKS)
        return time.monotonic() - began

    def start_worker(self) -> Program:
        """Start a worker; the caller ends it."""
        return self._launch(self.folder / "worker.log", "worker")

    def _launch(self, path: Path, *arguments: str) -> Program:
        with path.open("ab") as log:
            process = subprocess.Popen([COMMAND, *arguments], env=self.environ(), stdout=log, stderr=log)
        return Program(process, path)

    def _is_ready(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS_TO_START)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """Ask the server to end, as an operator does. Raises ``PortalFailed`` unless it ends by itself and well."""
        if self._server is not None:
            server, self._server = self._server, None
            server.stop()

    def kill(self) -> None:
        """End the server without asking it, as a failing machine does."""
        if self._server is not None:
            server, self._server = self._server, None
            server.kill()

    def last_words(self) -> str:
        """The end of the server's log."""
        return last_words(self.log)
