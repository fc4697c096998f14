"""One round of everything that is still to be done."""

from memory_road.accounts.sessions import forget_expired
from memory_road.config import Settings
from memory_road.db import db, writing
from memory_road.jobs.derive import derive_due
from memory_road.mail.send import send_due
from memory_road.media.limits import Limits
from memory_road.media.store import Store


def sweep(settings: Settings, store: Store, limits: Limits) -> int:
    """Make sizes, send letters; returns how much was done. Needs an application context."""
    done = derive_due(store, limits) + send_due(settings)
    db.session.remove()
    return done


def tidy() -> int:
    """Delete what has ended by age; returns how many rows went."""
    with writing():
        gone = forget_expired()
        db.session.commit()
    return gone
