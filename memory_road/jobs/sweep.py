"""One round of everything that is still to be done."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from memory_road.config import Settings
from memory_road.db import db, now
from memory_road.jobs.derive import derive_due
from memory_road.jobs.tidy import tidy
from memory_road.mail.send import send_due
from memory_road.media.limits import Limits
from memory_road.media.store import Store

BETWEEN_TIDYINGS = timedelta(hours=24)


@dataclass
class Sweep:
    """Make sizes and send letters; once a day, remove what has ended. Needs an application context."""

    settings: Settings
    store: Store
    limits: Limits
    tidied_at: datetime = field(default_factory=now)

    def __call__(self) -> int:
        """One round; returns how much was done."""
        done = derive_due(self.store, self.limits) + send_due(self.settings)
        if now() - self.tidied_at >= BETWEEN_TIDYINGS:
            self.tidied_at = now()
            done += tidy(self.store)
        db.session.remove()
        return done
