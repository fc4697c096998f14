"""A real Redis on the loopback address, which keeps nothing."""

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NotReachable

from tests.s3 import free_ports
from tests.system import redis_program

SECONDS_TO_START = 20.0


@dataclass(slots=True)
class RedisServer:
    """A server that can be killed and started again on the same port; what it held is gone then."""

    folder: Path
    port: int = field(default_factory=lambda: free_ports(1)[0])
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> "RedisServer":
        """Start it and wait until it answers."""
        program = redis_program()
        assert program is not None, "These tests need redis-server: `make test` says how to get it."
        command = [
            str(program),
            "--bind",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert self._process.poll() is None, f"redis-server ended with {self._process.returncode}"
            assert time.monotonic() < deadline, "redis-server does not answer"
            time.sleep(0.01)
        return self

    def kill(self) -> None:
        """End it without asking, as a failing machine does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def empty(self) -> None:
        """Forget everything."""
        with Redis(port=self.port) as client:
            client.flushall()

    def _answers(self) -> bool:
        try:
            with Redis(port=self.port) as client:
                return bool(client.ping())
        except NotReachable:
            return False


@pytest.fixture(scope="session")
def _redis_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis")).start()
    yield server
    server.kill()


@pytest.fixture
def redis_server(_redis_of_the_run: RedisServer) -> RedisServer:
    """A running Redis, empty; one for each process of the run."""
    _redis_of_the_run.empty()
    return _redis_of_the_run


@pytest.fixture
def mortal_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A running Redis of the test's own, to be killed."""
    server = RedisServer(tmp_path).start()
    yield server
    server.kill()
