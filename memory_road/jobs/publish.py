"""Publish what was approved, once that can be taken back no more."""

import logging
from datetime import datetime, timedelta

from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.submit import NeedsMending
from memory_road.db import db, now, writing
from memory_road.jobs.executor import Outcome
from memory_road.media.store import FileMissing, Store, StoreUnavailable
from memory_road.moderation.publication import bring_back, carry_out, lease, put_off
from memory_road.moderation.publish import copied_ahead

log = logging.getLogger(__name__)
WAITS = {
    RefusalCode.BEING_PREPARED: timedelta(minutes=1),
    RefusalCode.DISPUTED: timedelta(hours=1),
    RefusalCode.FROZEN: timedelta(hours=1),
}
"""What is only to be waited for, and for how long. With anything else the case goes back to the moderators."""
AFTER_A_MISSING_FILE = timedelta(minutes=5)
AFTER_A_FAULT = timedelta(seconds=30)


def publish_due(store: Store, most: int = 50) -> int:
    """Publish up to ``most`` approved contributions; returns how many were. Ends early where the machine is at
    fault."""
    done = 0
    for _ in range(most):
        outcome = publish_one(store)
        if outcome in {Outcome.NOTHING, Outcome.FAULT}:
            break
        done += outcome is Outcome.DONE
    return done


def publish_one(store: Store, row_id: str | None = None) -> Outcome:
    """Publish the approved contribution ``row_id``, or the one that has been due for longest, in transactions of its
    own. The lease on the row makes a second worker, or the same work offered twice, harmless."""
    with writing():
        leased = lease(row_id)
        db.session.commit()
    if leased is None:
        return Outcome.NOTHING
    try:
        with writing():
            with copied_ahead(*leased, store) as copies:
                carry_out(*leased, copies)
            db.session.commit()
    except Refused as refused:
        return _refused(*leased, refused.code)
    except NeedsMending:  # with what the entry says meanwhile, what was approved contradicts itself
        return _refused(*leased, RefusalCode.CANNOT_STAND)
    except FileMissing:
        log.exception("A file of contribution %s is missing: see memory-road verify --repair.", leased[0])
        return _later(leased[0], AFTER_A_MISSING_FILE, Outcome.PUT_OFF)
    except StoreUnavailable:
        log.exception("Contribution %s could not be published now; it will be tried again.", leased[0])
        return _later(leased[0], AFTER_A_FAULT, Outcome.FAULT)
    return Outcome.DONE


def _refused(contribution_id: str, until: datetime, code: RefusalCode) -> Outcome:
    db.session.rollback()
    if code is RefusalCode.MOVED_ON:
        return Outcome.PUT_OFF  # it was taken back, or somebody else was faster
    if code in WAITS:
        return _later(contribution_id, WAITS[code], Outcome.PUT_OFF)
    with writing():
        bring_back(contribution_id, until, code)
        db.session.commit()
    return Outcome.PUT_OFF


def _later(contribution_id: str, after: timedelta, outcome: Outcome) -> Outcome:
    db.session.rollback()
    with writing():
        put_off(contribution_id, now() + after)
        db.session.commit()
    return outcome
