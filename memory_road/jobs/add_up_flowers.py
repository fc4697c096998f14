"""Add up the flowers that visitors have laid since the last sweep."""

from memory_road.archive.flower import add_up, flowers_wait
from memory_road.db import db, writing

BATCH = 2000


def add_up_flowers() -> int:
    """Add up one batch; the next sweep goes on. Returns how many there were; where there are none, nothing is
    written."""
    waiting = flowers_wait()
    db.session.rollback()
    if not waiting:
        return 0
    with writing():
        number = add_up(BATCH)
        db.session.commit()
    return number
