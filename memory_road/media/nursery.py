"""The site's hold on its nursery: one process that has loaded the picture libraries and, at each call, forks a child
that decodes one picture. Starting an interpreter for every picture would cost as much as decoding a small one."""

import atexit
import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

_PACKAGE_ROOT = str(Path(__file__).parents[2])

_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); import memory_road; del sys.path[0]; "
    "from memory_road.media.child import main; main()"
)
"""Loads the very package that this module belongs to: isolated mode looks neither into the working directory nor into
PYTHONPATH, and another version may be installed. The folder then leaves the path again, so that nothing else that lies
in it takes the place of a standard module."""

_ENVIRONMENT = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if name in os.environ}
"""What an interpreter in an unusual place needs to start at all; no setting and no secret reaches the child."""

_STARTS = 3
"""How often a nursery is looked for that answers at all, before the machine is said to be at fault."""

_SECONDS_TO_START = 20.0
_SECONDS_OF_GRACE = 2.0
"""A child ends itself when its time is over. Only one that cannot even do that is left behind after so long."""

HELLO = b"\n"
"""The first byte of every answer, sent as soon as the child lives: without it, the picture was never looked at."""


class NoChild(Exception):
    """No child could be had: nothing is known of the picture."""


class Nursery:
    """Starts its process when it is first called, and again whenever that has ended or this process is a fork of the
    one that started it. The process ends by itself when this one does, however that happens."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._calls: socket.socket | None = None
        self._owner = 0

    def call(self, request: bytes, seconds: float) -> bytes:
        """Let a child answer a request; nothing where it was killed before it could. Raises ``NoChild``."""
        for _ in range(_STARTS):
            with contextlib.suppress(OSError):
                answer = self._try(request, seconds)
                if answer.startswith(HELLO):
                    return answer.removeprefix(HELLO)
            # A process that was killed may look alive for a moment longer.
            self.end()
        raise NoChild(f"no child came to life in {_STARTS} tries")

    def end(self) -> None:
        """Let the process end, and wait for that."""
        with self._lock:
            if self._calls is not None:
                self._calls.close()
            if self._process is not None and self._owner == os.getpid():
                try:
                    self._process.wait(_SECONDS_TO_START)
                except subprocess.TimeoutExpired:
                    self._process.kill()
                    self._process.wait()
            self._process = self._calls = None

    def _try(self, request: bytes, seconds: float) -> bytes:
        here, there = socket.socketpair()
        with here:
            with there, self._lock:
                # The child's end goes with the call, so that the answers of several children never meet.
                socket.send_fds(self._listening(), [HELLO], [there.fileno()])
            here.settimeout(_SECONDS_TO_START)
            here.sendall(request)
            here.shutdown(socket.SHUT_WR)
            answer = here.recv(1)
            give_up_at = time.monotonic() + seconds + _SECONDS_OF_GRACE
            try:
                while True:
                    here.settimeout(max(0.001, give_up_at - time.monotonic()))
                    part = here.recv(65_536)
                    if not part:
                        return answer
                    answer += part
            except OSError:
                return answer[:1]

    def _listening(self) -> socket.socket:
        if self._owner == os.getpid() and self._process is not None and self._process.poll() is None and self._calls:
            return self._calls
        if self._calls is not None:
            self._calls.close()
        self._calls, theirs = socket.socketpair()
        with theirs:
            # The command is fixed; what varies travels as JSON. A session of its own, so that a signal to the server's
            # group lets a picture in hand be finished.
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", _START, _PACKAGE_ROOT],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                start_new_session=True,
            )
        self._owner = os.getpid()
        return self._calls


nursery = Nursery()
"""The one of this process."""

atexit.register(nursery.end)
