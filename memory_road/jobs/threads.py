"""Background work on threads of this process: the default, where no broker is set."""

import os
import signal
import threading
from collections.abc import Sequence

from memory_road.jobs.executor import Outcome, Patience, Work
from memory_road.jobs.sweep import Sweep
from memory_road.jobs.verbs import Verbs

SECONDS_TO_FINISH = 60.0


class Threads:
    """One thread for letters, one for publishing and one or more for photographs, so that none holds up the others. An
    offer wakes those of its kind; they look in the rows for what is due. Started by ``serve``, ``demo`` and ``worker``
    alone, never by importing or building the application."""

    def __init__(self, verbs: Verbs, sweep: Sweep) -> None:
        self._verbs = verbs
        self._sweep = sweep
        self._lanes: Sequence[Lane] = ()

    def offer(self, work: Work, row_id: str) -> None:
        """See ``Executor.offer``."""
        for lane in self._lanes:
            if lane.work is work:
                lane.woken.set()

    def room(self, work: Work) -> int:
        """See ``Executor.room``: a single offer wakes them all."""
        return 1

    def start(self) -> None:
        """See ``Executor.start``. One turn to decode is left to those who are sending pictures at the moment."""
        self._start(self._most_decoding() - 1)

    def stop(self) -> None:
        """See ``Executor.stop``."""
        for lane in self._lanes:
            lane.stop()
        self._sweep.stop()
        for lane in self._lanes:
            lane.thread.join(timeout=SECONDS_TO_FINISH)

    def work(self) -> None:
        """See ``Executor.work``. Comes back when a handler of a signal raises."""
        self._start(self._most_decoding())
        try:
            while True:
                signal.pause()
        finally:
            self.stop()

    def _most_decoding(self) -> int:
        return min(self._verbs.limits.at_once, os.cpu_count() or 1)

    def _start(self, decoding: int) -> None:
        patience = Patience()
        works = [Work.LETTER, Work.PUBLICATION] + [Work.PHOTOGRAPH] * max(1, decoding)
        self._lanes = [Lane(work, self._verbs, patience if work is Work.PHOTOGRAPH else Patience()) for work in works]
        for lane in self._lanes:
            lane.thread.start()
            lane.woken.set()
        self._sweep.start(self)


class Lane:
    """One thread that sleeps until it is woken, and then does what is due until nothing is."""

    def __init__(self, work: Work, verbs: Verbs, patience: Patience) -> None:
        self.work = work
        self.woken = threading.Event()
        self.thread = threading.Thread(target=self._run, name=f"memory-road-{work}", daemon=True)
        self._verbs, self._patience = verbs, patience
        self._stopping = threading.Event()

    def stop(self) -> None:
        """End after what is in hand."""
        self._stopping.set()
        self.woken.set()

    def _run(self) -> None:
        outcome = Outcome.NOTHING
        while not self._stopping.is_set():
            if outcome is Outcome.NOTHING:
                self.woken.wait()
                self.woken.clear()
                if self._stopping.is_set():
                    return
            outcome = self._verbs.do_next(self.work)
            self._stopping.wait(self._patience.after(outcome))
