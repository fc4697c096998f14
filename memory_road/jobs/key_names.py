"""Make what entries, open contributions and kept searches are found by, where there is none: for rows that are older
than it, and for all of them once a revision has emptied ``keyed_at`` and the dictionary, counts and keys, since it is
made otherwise from then on."""

import time
from collections.abc import Iterator

from memory_road.archive.restate import restate_some
from memory_road.contributions.namesake import key_open
from memory_road.db import db, writing
from memory_road.searches.keep import key_searches

BATCH = 200
SECONDS_A_STEP = 5.0


def key_names_in_steps() -> Iterator[int]:
    """Key names in batches, each in a transaction of its own, and go on where it was stopped; yields after every few
    seconds of it, and at its end, how many were keyed since."""
    keyed, began_at = 0, time.monotonic()
    for number in _batches():
        keyed += number
        if time.monotonic() - began_at > SECONDS_A_STEP:
            yield keyed
            keyed, began_at = 0, time.monotonic()
    if keyed:
        yield keyed


def _batches() -> Iterator[int]:
    number = BATCH
    while number == BATCH:
        with writing():
            number = restate_some(BATCH)
            db.session.commit()
        yield number
    contributions = [""]
    while contributions:
        with writing():
            contributions = key_open(contributions[-1], BATCH)
            db.session.commit()
        yield len(contributions)
    searches = [""]
    while searches:
        with writing():
            searches = key_searches(searches[-1], BATCH)
            db.session.commit()
        yield 0
