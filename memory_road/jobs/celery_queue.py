"""Background work on Celery workers behind Redis: for more pictures than one machine can take. A task carries the id of
a row and nothing else. Only loaded where a broker is set, since Celery is an optional package."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from celery import Celery, signals
from kombu.entity import Queue

from memory_road.jobs.executor import Patience, Work
from memory_road.jobs.sweep import Sweep
from memory_road.jobs.threads import SECONDS_TO_FINISH, Lane
from memory_road.jobs.verbs import Verbs

log = logging.getLogger(__name__)
T = TypeVar("T")
MOST_WAITING = 200
"""So many tasks of a kind the sweep leaves waiting in the queue; more would be repetitions of what waits already."""
SECONDS_OF_SILENCE = 10.0
"""So long after a failure nothing is offered: a request must not wait for a broker that is known to be away."""
FORGOTTEN_AFTER = timedelta(seconds=15)
"""A row that waits for longer, while its queue is short, is offered again."""
SECONDS_WITHOUT_TASKS = 60.0
"""A worker that gets no task for so long, while some wait, looks into the rows itself."""
VISIBILITY_SECONDS = 30
"""What a dead worker had taken is given to another one after so long. What merely takes longer is given to two, which
the lease on the row makes harmless."""
SETTINGS: dict[str, Any] = {
    # A task is done when it has ended, and given to another worker when this one dies.
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "task_ignore_result": True,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_publish_retry": False,
    "broker_connection_timeout": 2,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "broker_transport_options": {
        "visibility_timeout": VISIBILITY_SECONDS,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 1,
        "socket_timeout": 3,
        "max_retries": 0,
    },
    "worker_enable_remote_control": False,
    "worker_send_task_events": False,
    "worker_hijack_root_logger": False,
    "worker_redirect_stdouts": False,
}


class CeleryQueue:
    """Offers go to Redis, one queue for each kind of work; ``memory-road worker`` takes them from there. A server with
    a broker works on nothing itself."""

    def __init__(self, verbs: Verbs, sweep: Sweep, broker_url: str) -> None:
        """Connects to nothing yet."""
        self._verbs = verbs
        self._sweep = sweep
        self._silent_until = 0.0
        self._patience = {work: Patience() for work in Work}
        self._stopping = threading.Event()
        self._own = {work: Lane(work, verbs, self._patience[work]) for work in Work}
        self._had_a_task = time.monotonic()
        self._celery = Celery("memory_road", broker=broker_url, set_as_current=False)
        self._celery.conf.update(SETTINGS, task_queues=[Queue(_queue(work)) for work in Work])
        self._celery.conf.task_default_queue = _queue(Work.LETTER)
        for work in Work:
            self._celery.task(self._task(work), name=_queue(work))

    def offer(self, work: Work, row_id: str) -> None:
        """See ``Executor.offer``. Where the broker does not answer, that is logged once; the sweep finds the row."""
        if time.monotonic() >= self._silent_until:
            self._ask_broker(
                lambda: self._celery.send_task(
                    _queue(work), (row_id,), queue=_queue(work), ignore_result=True, retry=False
                )
            )

    def room(self, work: Work) -> int:
        """See ``Executor.room``: what the queue lacks; nothing while the broker does not answer. A worker then does
        without it, and also when it is given nothing of what waits: Celery's consumer was seen to sleep on after Redis
        had come back."""
        waiting = self._ask_broker(lambda: self._waiting(work))
        is_idle = time.monotonic() - self._had_a_task > SECONDS_WITHOUT_TASKS
        if waiting is None or (waiting and is_idle):
            self._own[work].woken.set()
        return 0 if waiting is None else MOST_WAITING - waiting

    def _waiting(self, work: Work) -> int:
        with self._celery.connection_for_read() as connection:
            bound: Any = Queue(_queue(work))(connection.default_channel)
            return bound.queue_declare().message_count

    def _ask_broker(self, question: Callable[[], T]) -> T | None:
        try:
            answer = question()
        except Exception as failure:  # noqa: BLE001 -- whatever is wrong with the broker, the row is safe
            if not self._silent_until:
                log.warning("The message broker does not answer; work waits in the database. (%r)", failure)
            self._silent_until = time.monotonic() + SECONDS_OF_SILENCE
            return None
        if self._silent_until:
            log.warning("The message broker answers again.")
        self._silent_until = 0.0
        return answer

    def start(self) -> None:
        """See ``Executor.start``: nothing; the workers are elsewhere."""

    def stop(self) -> None:
        """See ``Executor.stop``."""
        self._celery.close()

    def work(self) -> None:
        """See ``Executor.work``. On threads, since decoding happens in processes of its own anyway, and no client of an
        object store outlives a fork. Celery's own handlers of signals let the tasks in hand be finished."""
        signals.setup_logging.connect(_log_warnings)
        signals.worker_shutting_down.connect(self._hurry)
        worker = self._celery.Worker(
            pool="threads",
            # While as many as may are decoding, there is room for letters.
            concurrency=self._verbs.limits.at_once + 2,
            quiet=True,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        for lane in self._own.values():
            lane.thread.start()
        self._sweep.start(self)
        try:
            worker.start()
        finally:
            self._sweep.stop()
            for lane in self._own.values():
                lane.stop()
            for lane in self._own.values():
                lane.thread.join(timeout=SECONDS_TO_FINISH)

    def _hurry(self, **_said: Any) -> None:
        self._stopping.set()

    def _task(self, work: Work) -> Any:
        def do(row_id: str) -> None:
            self._had_a_task = time.monotonic()
            outcome = self._verbs.do(work, row_id)
            # The queue is left alone as long as the machine is at fault: it would only be run through.
            self._stopping.wait(self._patience[work].after(outcome))

        return do


def _queue(work: Work) -> str:
    """A queue and its one task share a name."""
    return f"memory_road.{work}"


def _log_warnings(**_said: Any) -> None:
    """Celery would set up loggers of its own; the operator's journal gets what ``serve`` would write too."""
    if logging.lastResort is not None:
        for name in ("celery", "kombu"):
            logging.getLogger(name).addHandler(logging.lastResort)
