"""What every executor calls: the same verbs, with what they need, and with their failures caught."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from memory_road.config import Settings
from memory_road.db import db
from memory_road.jobs.derive import derive_one
from memory_road.jobs.executor import Outcome, Work
from memory_road.jobs.publish import publish_one
from memory_road.mail.send import send_due, send_one
from memory_road.media.limits import Limits
from memory_road.media.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verbs:
    """Each method works in an application context and a session of its own, and never raises."""

    app: Flask
    settings: Settings
    store: Store
    limits: Limits

    def do(self, work: Work, row_id: str) -> Outcome:
        """Do what is due about one row."""
        if work is Work.LETTER:
            return self._try(lambda: Outcome.DONE if send_one(self.settings, row_id) else Outcome.NOTHING)
        if work is Work.PUBLICATION:
            return self._try(lambda: publish_one(self.store, row_id))
        return self._try(lambda: derive_one(self.store, self.limits, row_id))

    def do_next(self, work: Work) -> Outcome:
        """Do what has been due for longest."""
        if work is Work.LETTER:
            return self._try(lambda: Outcome.DONE if send_due(self.settings) else Outcome.NOTHING)
        if work is Work.PUBLICATION:
            return self._try(lambda: publish_one(self.store))
        return self._try(lambda: derive_one(self.store, self.limits))

    def _try(self, verb: Callable[[], Outcome]) -> Outcome:
        with self.app.app_context():
            try:
                return verb()
            except Exception:
                # Whatever it was, the row is still there, and is tried again.
                log.exception("A piece of background work failed; it will be tried again.")
                return Outcome.FAULT
            finally:
                db.session.remove()
