"""The right to work on one photograph: doubles of the same work are harmless, and a dead worker keeps nothing."""

import logging
import threading
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

from flask import Flask, current_app
from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from memory_road.contributions.photograph import MOST_ATTEMPTS, ContributionPhotograph
from memory_road.db import db, now, writing

log = logging.getLogger(__name__)
LENGTH = timedelta(seconds=20)
"""What a dead worker had in hand is free again after so long."""
SECONDS_BETWEEN_RENEWALS = 5.0

_row = ContributionPhotograph


class Lease:
    """Held on the photograph ``row`` until ``until``; inside ``with`` it is renewed, however long the work takes. The
    moment until which it runs is also the proof of holding it: who has lost it changes nothing any more."""

    def __init__(self, row: ContributionPhotograph, until: datetime) -> None:
        self.row = row
        self._until = until
        self._ended = threading.Event()
        app: Flask = current_app._get_current_object()  # pyright: ignore[reportAttributeAccessIssue] -- documented for threads
        self._renewing = threading.Thread(target=self._renew, args=(app,), name="memory-road-lease", daemon=True)

    def __enter__(self) -> "Lease":
        self._renewing.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._renewing.join()

    def change(self, **values: Any) -> bool:
        """Change the row and commit; tells whether the lease still held. It ends unless ``values`` prolong it."""
        held = (_row.id == self.row.id, _row.edition == self.row.edition, _row.leased_until == self._until)
        with writing():
            changed = update(_row).where(*held).values(**{"leased_until": None, **values}).returning(_row.id)
            found = db.session.scalar(changed)
            db.session.commit()
        return found is not None

    def has_a_row(self) -> bool:
        """Whether the photograph is still there in the edition that was leased."""
        there = db.session.scalar(select(_row.id).where(_row.id == self.row.id, _row.edition == self.row.edition))
        db.session.rollback()
        return there is not None

    def _renew(self, app: Flask) -> None:
        while not self._ended.wait(SECONDS_BETWEEN_RENEWALS):
            until = now() + LENGTH
            with app.app_context():
                try:
                    if not self.change(leased_until=until):
                        return
                except SQLAlchemyError:
                    log.warning("The lease on photograph %s could not be renewed now.", self.row.id)
                    continue
            self._until = until


def lease(row_id: str | None = None) -> Lease | None:
    """Take the lease on a photograph whose sizes are still to be made: on ``row_id``, or on the one that waits longest.
    None where there is nothing to do, or somebody else is at it."""
    due = select(_row.id).where(is_due())
    if row_id is not None:
        due = due.where(_row.id == row_id)
    due = due.order_by(_row.added_at).limit(1)
    # Mostly there is nothing: that is found out without asking for the right to write.
    something = db.session.scalar(due)
    db.session.rollback()
    if something is None:
        return None
    until = now() + LENGTH
    with writing():
        chosen = db.session.scalar(due.with_for_update(skip_locked=True))
        if chosen is None:
            db.session.rollback()
            return None
        db.session.execute(update(_row).where(_row.id == chosen).values(leased_until=until))
        db.session.commit()
    row = db.session.get(_row, chosen, populate_existing=True)
    if row is None:
        db.session.rollback()
        return None
    db.session.expunge(row)
    db.session.rollback()  # nothing is held open while a picture is worked on
    return Lease(row, until)


def is_due() -> ColumnElement[bool]:
    """Photographs whose sizes are to be made, and at which nobody is."""
    free = or_(_row.leased_until.is_(None), _row.leased_until < now())
    return _row.derived_at.is_(None) & free & (_row.attempts < MOST_ATTEMPTS)


def overdue(most: int, patience: timedelta) -> list[str]:
    """The ids of up to ``most`` photographs that wait for longer than ``patience``, the oldest first."""
    waiting = select(_row.id).where(is_due(), _row.added_at <= now() - patience)
    found = list(db.session.scalars(waiting.order_by(_row.added_at).limit(most)))
    db.session.rollback()
    return found
