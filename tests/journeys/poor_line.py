"""A line to the portal that breaks when it is told to, as telephone networks do."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

CHUNK = 16 * 1024


@dataclass
class PoorLine:
    """Listens on ``port`` and passes everything on to ``to``. ``break_after`` makes it fall dead once so many more
    bytes have gone to the portal; ``dead`` is set then, and until ``mend`` nothing goes through."""

    to: int
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    dead: threading.Event = field(default_factory=threading.Event)
    sent: int = 0
    _left: int | None = None
    _open: set[socket.socket] = field(default_factory=set[socket.socket])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def break_after(self, count: int) -> None:
        with self._lock:
            self._left = count

    def break_now(self) -> None:
        self.dead.set()
        with self._lock:
            self._left = None
            for end in self._open:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.dead.clear()

    def accept(self) -> None:
        """Take calls until the line is closed."""
        with suppress(OSError):
            while True:
                near, _ = self.listening.accept()
                if self.dead.is_set():
                    near.close()
                    continue
                try:
                    far = socket.create_connection(("127.0.0.1", self.to))
                except OSError:
                    near.close()
                    continue
                with self._lock:
                    self._open |= {near, far}
                for one, other, counted in ((near, far, True), (far, near, False)):
                    threading.Thread(target=self._carry, args=(one, other, counted), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while data := one.recv(CHUNK):
                if counted and self._spent(len(data)):
                    self.break_now()
                    break
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        with self._lock:
            self._open -= {one, other}

    def _spent(self, count: int) -> bool:
        with self._lock:
            self.sent += count
            if self._left is None:
                return False
            self._left -= count
            return self._left < 0


@contextmanager
def poor_line(to: int) -> Iterator[PoorLine]:
    """A line to the port ``to`` of this machine."""
    line = PoorLine(to)
    taking = threading.Thread(target=line.accept, daemon=True)
    taking.start()
    yield line
    line.break_now()
    line.listening.shutdown(socket.SHUT_RDWR)
    line.listening.close()
    taking.join()
