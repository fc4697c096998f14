"""Offer again what is overdue: whatever an executor or its broker forgot, the rows still say. Several may sweep at
once, since the lease on a row makes doubles harmless."""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

from babel.dates import get_timezone
from flask import Flask

from memory_road.db import db, now
from memory_road.jobs import lease
from memory_road.jobs.add_up_flowers import add_up_flowers
from memory_road.jobs.count_weeks import count_weeks
from memory_road.jobs.executor import Executor, Work
from memory_road.jobs.export_head import export_head
from memory_road.jobs.gather import gather
from memory_road.jobs.key_names import key_names_in_steps
from memory_road.jobs.search_letters import compare_news, tell_keepers
from memory_road.jobs.tidy import forget_old_trees, forget_stale_letters, tidy_in_steps
from memory_road.mail import send
from memory_road.media.store import Store
from memory_road.moderation import publication

log = logging.getLogger(__name__)
SECONDS_BETWEEN_SWEEPS = 5.0
BETWEEN_TIDYINGS = timedelta(hours=24)
OVERDUE: dict[Work, Callable[[int, timedelta], list[str]]] = {
    Work.LETTER: send.overdue,
    Work.PHOTOGRAPH: lease.overdue,
    Work.PUBLICATION: publication.overdue,
}


@dataclass
class Sweep:
    """Sweeps every few seconds on a thread of its own; at first and once a day it also gives keys to names that have
    none, keeps the newest hash of the log in a file of ``folder``, and removes what has ended. ``patience`` is how long
    a row may wait before it counts as forgotten."""

    app: Flask
    store: Store
    patience: timedelta = timedelta(0)
    tidied_at: datetime | None = None
    folder: Path | None = None
    _tidying: Iterator[int] = field(default_factory=lambda: iter(()))
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self, executor: Executor) -> None:
        """Begin to sweep for ``executor``."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, args=(executor,), name="memory-road-sweep", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the present sweep, then stop; waits for that, but not for ever."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=60)

    def once(self, executor: Executor) -> None:
        """Offer what is overdue, and tidy when it is time. One part that fails does not hold up the others."""
        with self.app.app_context():
            for work in Work:
                self._try(lambda work=work: self._offer(work, executor))
            self._try(lambda: gather(self._now_here()))
            self._try(compare_news)
            self._try(lambda: tell_keepers(self._now_here()))
            if self.tidied_at is None or now() - self.tidied_at >= BETWEEN_TIDYINGS:
                self.tidied_at = now()
                self._try(self._export_head)
                self._tidying = chain(key_names_in_steps(), tidy_in_steps(self.store))
            self._try(lambda: forget_old_trees(self.store))  # an hour is promised, not a day
            self._try(count_weeks)
            self._try(add_up_flowers)
            self._try(forget_stale_letters)  # and of a code a quarter of it
            self._try(self._tidy_on)
            db.session.remove()

    def _now_here(self) -> datetime:
        """By the site's clock: letters of a day are of the day that pages show."""
        return now().astimezone(get_timezone(self.app.config["BABEL_DEFAULT_TIMEZONE"]))

    def _offer(self, work: Work, executor: Executor) -> None:
        room = executor.room(work)
        if room > 0:
            for row_id in OVERDUE[work](room, self.patience):
                executor.offer(work, row_id)

    def _export_head(self) -> None:
        if self.folder is not None:
            export_head(self.folder)

    def _tidy_on(self) -> None:
        """One step: a large store is listed for hours, and rows must not wait for that. After a fault it is given up
        until tomorrow."""
        tidying, self._tidying = self._tidying, iter(())
        if next(tidying, None) is not None:
            self._tidying = tidying

    def _run(self, executor: Executor) -> None:
        while True:
            self.once(executor)
            if self._stopping.wait(SECONDS_BETWEEN_SWEEPS):
                return

    def _try(self, part: Callable[[], object]) -> None:
        try:
            part()
        except Exception:
            log.exception("A part of the sweep failed; it will be tried again.")
            db.session.rollback()
