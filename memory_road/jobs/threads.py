"""Background work on a thread of the server: the default where no broker is set."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)
SECONDS_BETWEEN_SWEEPS = 5.0


class Worker:
    """One thread that sweeps when it is woken, and every few seconds without being woken: what a wake-up forgot, the
    sweep finds. Started by ``serve`` and ``demo`` alone, never by importing or building the app."""

    def __init__(self, sweep: Callable[[], int]) -> None:
        self._sweep = sweep
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="memory-road-worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There may be something to do."""
        self._woken.set()

    def stop(self) -> None:
        """Finish the present sweep, then stop; waits for that."""
        self._stopping.set()
        self._woken.set()
        self._thread.join(timeout=60)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                done = self._sweep()
            except Exception:
                # The thread outlives every single failure: the row is still there, and the next sweep tries again.
                log.exception("The sweep failed; it will be tried again.")
                done = 0
            if not done:
                self._woken.wait(SECONDS_BETWEEN_SWEEPS)
