"""Count what was decided into the weeks of the statistics, a few hundred decisions at a time."""

from memory_road.db import db, writing
from memory_road.moderation.statistics import count_some

BATCH = 500


def count_weeks() -> int:
    """Count one batch; the next sweep goes on. Returns how many decisions were counted."""
    with writing():
        number = count_some(BATCH)
        db.session.commit()
    return number
