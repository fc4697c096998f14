"""One round of everything that is still to be done."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from memory_road.config import Settings
from memory_road.db import db, now
from memory_road.jobs.derive import derive_due
from memory_road.jobs.tidy import tidy
from memory_road.mail.send import send_due
from memory_road.media.limits import Limits
from memory_road.media.store import Store

log = logging.getLogger(__name__)
BETWEEN_TIDYINGS = timedelta(hours=24)


@dataclass
class Sweep:
    """Send letters and make sizes; at first and once a day, remove what has ended. Needs an application context."""

    settings: Settings
    store: Store
    limits: Limits
    tidied_at: datetime | None = None

    def __call__(self) -> int:
        """One round; returns how much was done. One part that fails does not hold up the others."""
        done = self._try(lambda: send_due(self.settings))
        done += self._try(lambda: derive_due(self.store, self.limits))
        if self.tidied_at is None or now() - self.tidied_at >= BETWEEN_TIDYINGS:
            self.tidied_at = now()
            done += self._try(lambda: tidy(self.store))
        db.session.remove()
        return done

    def _try(self, part: Callable[[], int]) -> int:
        try:
            return part()
        except Exception:
            log.exception("A part of the background work failed; it will be tried again.")
            db.session.rollback()
            return 0
