"""Make the sizes of photographs that have none yet."""

import logging
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import or_, select, update

from memory_road.contributions.photograph import MOST_ATTEMPTS, ContributionPhotograph, size_key
from memory_road.db import db, now, writing
from memory_road.media.area import Area
from memory_road.media.derive import derive
from memory_road.media.limits import Limits
from memory_road.media.process import DecoderUnavailable
from memory_road.media.refusal import PictureRefused
from memory_road.media.store import FileMissing, Store

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)


def derive_due(store: Store, limits: Limits, most: int = 50) -> int:
    """Make the sizes of up to ``most`` photographs; returns how many were made. The lease on the row makes a second
    worker, or the same work offered twice, harmless. No transaction is open while a picture is worked on."""
    made = 0
    for _ in range(most):
        photograph = _lease_next()
        if photograph is None:
            break
        made += _derive(photograph, store, limits)
    return made


def _lease_next() -> ContributionPhotograph | None:
    row = ContributionPhotograph
    with writing():
        free = or_(row.leased_until.is_(None), row.leased_until < now())
        due = select(row.id).where(row.derived_at.is_(None), free, row.attempts < MOST_ATTEMPTS)
        chosen = db.session.scalar(due.order_by(row.added_at).limit(1).with_for_update(skip_locked=True))
        if chosen is None:
            db.session.rollback()
            return None
        db.session.execute(update(row).where(row.id == chosen).values(leased_until=now() + LEASE))
        db.session.commit()
    photograph = db.session.get(row, chosen)
    db.session.commit()
    return photograph


def _derive(photograph: ContributionPhotograph, store: Store, limits: Limits) -> bool:
    identifier, edition, original = photograph.id, photograph.edition, photograph.original_key
    hidden = [Area(*numbers) for numbers in photograph.hidden]
    db.session.commit()
    with tempfile.TemporaryDirectory(prefix="memory-road-") as folder:
        source = Path(folder) / "original"
        try:
            with store.open(original) as stored, source.open("wb") as copy:
                shutil.copyfileobj(stored, copy)
            derivatives = derive(source, Path(folder), limits, hidden=hidden)
            for derivative in derivatives:
                store.put(size_key(identifier, edition, derivative.name), derivative.path)
        except (PictureRefused, FileMissing):
            log.exception("The sizes of photograph %s cannot be made from its original.", identifier)
            _count_attempt(identifier)
            return False
        except (DecoderUnavailable, OSError):
            # The machine is at fault, not the picture: it is tried again when the lease ends, however often.
            log.exception("The sizes of photograph %s could not be made now; it will be tried again.", identifier)
            return False
    row = ContributionPhotograph
    sizes = [derivative.row() for derivative in derivatives]
    with writing():
        same = update(row).where(row.id == identifier, row.edition == edition)
        found = db.session.scalar(same.values(derived_at=now(), leased_until=None, sizes=sizes).returning(row.id))
        db.session.commit()
    if found is None:  # taken away or changed meanwhile
        for made in derivatives:
            store.delete(size_key(identifier, edition, made.name))
    return True


def _count_attempt(identifier: str) -> None:
    row = ContributionPhotograph
    with writing():
        failed = update(row).where(row.id == identifier)
        db.session.execute(failed.values(attempts=row.attempts + 1))
        db.session.commit()
