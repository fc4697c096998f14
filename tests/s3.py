"""One throwaway S3 server (SeaweedFS) for a whole test run, shared by its workers.

The first test that asks starts it, the process that started pytest stops it at the end. It listens on the loopback
address only, on ports of its own, and reports to nobody.
"""

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from memory_road.config import Bucket
from memory_road.media.s3_store import S3Store
from memory_road.media.signed_address import Signer

KEY = "tester"
SECRET = "a-secret-of-the-tests"
REGION = "us-east-1"
PORTS = tuple(f"{part}.port{side}" for part in ("master", "volume", "filer", "s3") for side in ("", ".grpc"))
LONGEST_START = 60.0
FOLDER = pytest.StashKey[Path]()


@dataclass(frozen=True, slots=True)
class S3Server:
    """A running server: the folder that holds all of it, the addresses of its S3 side and of the side where buckets are
    made, and its process."""

    folder: Path
    endpoint: str
    filer: str
    process: int

    def make_bucket(self) -> Bucket:
        """A new, empty bucket."""
        name = f"test-{secrets.token_hex(6)}"
        request = urllib.request.Request(f"{self.filer}/buckets/{name}/", method="POST")  # noqa: S310 -- a loopback address
        urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 -- the same
        return Bucket(name, self.endpoint, REGION)

    def stop(self) -> None:
        """End it at once, as a power cut would."""
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)


def store_in(bucket: Bucket, secret: str = SECRET) -> S3Store:
    """The store in a bucket of the server."""
    return S3Store(Signer(bucket.endpoint, bucket.region, bucket.name, KEY, secret), bucket.signed)


@pytest.fixture(scope="session")
def s3_server(pytestconfig: pytest.Config) -> S3Server:
    """The server of this run, started if no other worker has."""
    folder = pytestconfig.stash[FOLDER]
    with (folder / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        running = folder / "running.json"
        if not running.exists():
            server = start(folder)
            running.write_text(json.dumps([server.endpoint, server.filer, server.process]))
        return S3Server(folder, *json.loads(running.read_text()))


@pytest.fixture(scope="session")
def bucket(s3_server: S3Server) -> Bucket:
    """A bucket for one worker of the run."""
    return s3_server.make_bucket()


@pytest.fixture
def s3_store(bucket: Bucket) -> Iterator[S3Store]:
    """An empty store in that bucket."""
    store = store_in(bucket)
    yield store
    for key in [key for key, _ in store.keys("")]:
        store.delete(key)


@contextmanager
def server_of_its_own() -> Iterator[S3Server]:
    """A server that a test may end."""
    folder = Path(tempfile.mkdtemp(prefix="memory-road-s3-"))
    server = start(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path) -> S3Server:
    """Start a server that keeps everything below ``folder``, what is there already too, and wait until it answers."""
    allowed = {
        "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
        "actions": ["Read", "Write", "List", "Tagging"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [{"name": "tester", **allowed}]}))
    (folder / "data").mkdir(exist_ok=True)
    chosen = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    options = {
        "dir": folder / "data",
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "master.telemetry": "false",
        "master.volumeSizeLimitMB": 64,
        "volume.max": 200,
        "filer": "true",
        "filer.localSocket": folder / "filer.sock",
        "s3": "true",
        "s3.config": folder / "s3.json",
        "s3.localSocket": folder / "s3.sock",
        "s3.autoCreateBucket": "false",
        "s3.iam": "false",
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        **chosen,
    }
    program = Path(sys.executable).with_name("weed")
    # By a shell that leaves it behind: the run, not the worker that happens to start it, is to end it.
    command = [str(program), "-logtostderr=true", "server", *(f"-{name}={value}" for name, value in options.items())]
    left = (
        "sh",
        "-c",
        'log="$1"; shift; "$@" > "$log" 2>&1 < /dev/null & echo $!',
        "sh",
        str(folder / "log"),
        *command,
    )
    done = subprocess.run(left, cwd=folder, stdout=subprocess.PIPE, start_new_session=True, check=True)
    process = int(done.stdout)
    server = S3Server(
        folder, f"http://127.0.0.1:{chosen['s3.port']}", f"http://127.0.0.1:{chosen['filer.port']}", process
    )
    _wait_for(server, folder)
    return server


def free_ports(number: int) -> list[int]:
    """Ports of the loopback address that nobody listens on."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _wait_for(server: S3Server, folder: Path) -> None:
    """It answers long before it can keep anything: so something is kept."""
    give_up_at = time.monotonic() + LONGEST_START
    while True:
        try:
            store_in(server.make_bucket()).try_out()
        except OSError:
            if time.monotonic() > give_up_at:
                server.stop()
                pytest.fail(f"SeaweedFS did not start:\n{(folder / 'log').read_text()[-3000:]}")
            time.sleep(0.1)
        else:
            return


def pytest_configure(config: pytest.Config) -> None:
    handed_over = getattr(config, "workerinput", {}).get("s3_folder")
    config.stash[FOLDER] = Path(handed_over or tempfile.mkdtemp(prefix="memory-road-s3-"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: pytest.Config) -> None:
    """Tell a worker (pytest-xdist) where the server of the run is."""
    node.workerinput["s3_folder"] = str(node.config.stash[FOLDER])  # pyright: ignore[reportAttributeAccessIssue]


def pytest_unconfigure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return
    folder = config.stash[FOLDER]
    running = folder / "running.json"
    if running.exists():
        S3Server(folder, *json.loads(running.read_text())).stop()
    shutil.rmtree(folder, ignore_errors=True)
