"""Tell those who keep a search who fits it: compare what is new, and write the letters of the day."""

from datetime import datetime

from memory_road.db import db, writing
from memory_road.jobs.gather import FROM_HOUR
from memory_road.searches.compare import compare, some_news
from memory_road.searches.tell import keepers_to_tell, tell_keeper

MOST_ENTRIES = 50
MOST_KEEPERS = 100
"""At once: the sweep comes again."""


def compare_news() -> int:
    """Compare what is new with the kept searches, each entry in transactions of its own; returns how many entries
    were. Where nothing is new, nothing is written."""
    entries = some_news(MOST_ENTRIES)
    db.session.rollback()
    for participant_id in entries:
        more = True
        while more:
            with writing():
                more = compare(participant_id)
                db.session.commit()
    return len(entries)


def tell_keepers(at: datetime) -> int:
    """Write the letters that are to be sent ``at`` this time, each in a transaction of its own; returns how many. Days
    are those of the zone of ``at``."""
    if at.hour < FROM_HOUR:
        return 0
    keepers = keepers_to_tell(at, MOST_KEEPERS)
    db.session.rollback()
    return sum(_tell(keeper_id, at) for keeper_id in keepers)


def _tell(keeper_id: str, at: datetime) -> bool:
    with writing():
        told = tell_keeper(keeper_id, at)
        db.session.commit()
    return told
