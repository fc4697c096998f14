"""Relatives send while something fails; afterwards it is counted what is lost, doubled or left undone."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from benchmarks.ledger import SENDERS, Audit, Ledger, Load, Relative, Thing
from benchmarks.served import PortalFailed, Program, ServedPortal
from memory_road.media.local_store import LocalStore
from memory_road.media.store import Store

SECONDS_TO_FINISH = 600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """``submitted`` and ``acknowledged`` count drafts, pictures and submissions. ``lost`` were acknowledged and are not
    there as they were sent, ``doubled`` are there more than once, ``broken`` is what else is not whole, ``underived``
    are pictures without all of their sizes in the end. ``faults`` is how often the fault struck; ``interrupted`` counts
    requests that nothing answered and ``refused`` those that were answered by the status of an error: both were
    repeated. ``slowest_seconds`` is the slowest answer, or the longest time that a request was left without one."""

    faults: int
    submitted: int
    acknowledged: int
    lost: int
    doubled: int
    broken: int
    underived: int
    interrupted: int
    refused: dict[str, int]
    slowest_seconds: float
    seconds: float


@dataclass(slots=True)
class Trial:
    """One portal and those who send to it. ``strike`` may be called by a fault whenever it has struck: it looks whether
    anything is lost at that moment."""

    portal: ServedPortal
    seed: int
    load: Load
    store: Store | None = None
    ledger: Ledger = field(default_factory=Ledger)
    faults: int = 0
    starts: list[float] = field(default_factory=list[float])
    progress: Callable[[], object] = lambda: None
    _lost: set[Thing] = field(default_factory=set[Thing])
    _threads: list[threading.Thread] = field(default_factory=list[threading.Thread])
    _began: float = field(default_factory=time.monotonic)

    @property
    def moments(self) -> random.Random:
        """Draws when a fault strikes."""
        return random.Random(f"{self.seed} {self.faults}")

    @property
    def audit(self) -> Audit:
        return Audit(self.portal.database_url, self.store or LocalStore(self.portal.files))

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Inside, relatives send; what one of them met that is neither an answer nor a broken connection is raised."""
        self.portal.create(SENDERS)
        self.starts.append(self.portal.start())
        relatives = [Relative(self.portal, person, self.ledger, self.seed, self.load) for person in SENDERS]
        self._threads = [threading.Thread(target=relative.send_all) for relative in relatives]
        try:
            for thread in self._threads:
                thread.start()
            self.ledger.running.set()
            yield
            if self.load.contributions:
                self.wait_for(lambda: not self.is_sending(), "everything is sent")
        except BaseException as failure:
            self.ledger.failures.append(failure)
            self.portal.kill()
            raise
        finally:
            self.ledger.leaving.set()
            self.ledger.running.set()
            for thread in self._threads:
                thread.join()
        if self.ledger.failures:
            self.portal.kill()
            raise self.ledger.failures[0]

    def is_sending(self) -> bool:
        """Whether a relative has not sent everything yet."""
        return any(thread.is_alive() for thread in self._threads) and not self.ledger.failures

    def is_busy(self) -> bool:
        """Whether anything is still to be sent or to be derived."""
        return self.is_sending() or self.audit.waiting() > 0

    def strike(self) -> None:
        """Note a fault, and what is lost by now."""
        self.faults += 1
        self._lost |= self.audit.lost(self.ledger)
        self.progress()

    def restart_server(self) -> None:
        """Kill the server and start it again."""
        self.ledger.running.clear()
        self.portal.kill()
        self.starts.append(self.portal.start())
        self.ledger.running.set()

    def wait_for(self, done: Callable[[], bool], what: str, seconds: float = SECONDS_TO_FINISH) -> None:
        """Wait until something is so. Raises ``PortalFailed``."""
        give_up_at = time.monotonic() + seconds
        while not done():
            if time.monotonic() > give_up_at:
                raise PortalFailed(f"After {seconds:.0f} s not {what}: {self.portal.last_words()}")
            time.sleep(0.05)

    def finish(self) -> Outcome:
        """Wait until every picture has its sizes, end the portal, and count."""
        try:
            self.wait_for(lambda: self.audit.waiting() == 0, "every picture has its sizes")
        except BaseException:
            self.portal.kill()
            raise
        self.portal.stop()
        self._lost |= self.audit.lost(self.ledger)
        # Raises PortalFailed, with what it says, when the chain of decisions is not whole.
        self.portal.run("verify")
        audit, ledger = self.audit, self.ledger
        return Outcome(
            faults=self.faults,
            submitted=len(ledger.sent),
            acknowledged=len(ledger.acknowledged),
            lost=len(self._lost),
            doubled=audit.doubled(),
            broken=audit.broken(),
            underived=audit.underived(),
            interrupted=ledger.interrupted,
            refused={str(status): times for status, times in sorted(ledger.refused.items())},
            slowest_seconds=round(ledger.slowest, 2),
            seconds=round(time.monotonic() - self._began, 1),
        )


@contextmanager
def workers(portal: ServedPortal, number: int) -> Iterator[list[Program]]:
    """So many workers beside the server; those that are in the list in the end are asked to stop."""
    running = [portal.start_worker() for _ in range(number)]
    try:
        yield running
        for worker in running:
            worker.stop()
    finally:
        for worker in running:
            worker.kill()
