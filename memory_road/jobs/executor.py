"""The one door to background work. Whatever makes a row about which something is still to be done offers it here once
that is committed; what an executor forgets, the sweep offers again. The row is the truth, and an offer only hastens."""

import threading
from enum import StrEnum
from typing import Protocol

LONGEST_PAUSE = 60.0


class Work(StrEnum):
    """What can be done about a row: send a letter, make the sizes of a photograph, publish what was approved."""

    LETTER = "letter"
    PHOTOGRAPH = "photograph"
    PUBLICATION = "publication"


class Outcome(StrEnum):
    """What came of it."""

    DONE = "done"
    PUT_OFF = "put off"  # the row is at fault, and says when it is to be tried again
    NOTHING = "nothing"  # it was done already, or somebody else is at it
    FAULT = "fault"  # the machine is at fault, and the next row would fare no better


class Executor(Protocol):
    """Where work is done: on threads of this process, or on Celery workers behind a broker."""

    def offer(self, work: Work, row_id: str) -> None:
        """Have something done about a row soon. Called within requests: it never raises and never waits for long."""
        ...

    def room(self, work: Work) -> int:
        """How many more offers the sweep should make at present."""
        ...

    def start(self) -> None:
        """Begin what is done in the process of a server."""
        ...

    def stop(self) -> None:
        """End what ``start`` began; work in hand is finished first."""
        ...

    def work(self) -> None:
        """Do nothing but work until SIGTERM or Ctrl+C; work in hand is finished first."""
        ...


class Patience:
    """How long to leave a failing machine alone: 1, 2, 4 … 60 seconds, until something succeeds. One for all threads of
    a process: a dead store is dead for each of them."""

    def __init__(self) -> None:
        self._faults = 0
        self._lock = threading.Lock()

    def after(self, outcome: Outcome) -> float:
        """Seconds to wait after ``outcome`` before the next row."""
        with self._lock:
            if outcome is Outcome.DONE:
                self._faults = 0
            if outcome is not Outcome.FAULT:
                return 0
            self._faults += 1
            return min(2.0 ** min(self._faults - 1, 10), LONGEST_PAUSE)
