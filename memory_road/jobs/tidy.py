"""Remove what has ended by age, and files that no row points at."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import delete, select

from memory_road.accounts.sessions import forget_expired
from memory_road.archive.photograph import Photograph
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.upload import Upload
from memory_road.db import db, now, writing
from memory_road.mail.letter import Letter
from memory_road.media.store import Store

LETTERS_KEPT = timedelta(days=30)
"""Sent letters hold links and copies of messages: long enough to answer a question about them, no longer."""
FILES_SPARED = timedelta(days=1)
"""Bytes are written before their row: what is younger may still get one."""
BATCH = 500


def tidy(store: Store) -> int:
    """Delete ended sessions, old letters and orphaned files; returns how many went."""
    with writing():
        gone = forget_expired()
        old = delete(Letter).where(Letter.sent_at < now() - LETTERS_KEPT).returning(Letter.id)
        gone += len(db.session.scalars(old).all())
        db.session.commit()
    return gone + remove_orphans(store)


def remove_orphans(store: Store) -> int:
    """Delete files older than a day that no row points at; returns how many. The store is listed, not the database, so
    it takes as long as there are files: work for the background."""
    removed = 0
    for keys in _old_keys(store):
        known = _known({_owner(key) for key in keys})
        for key in keys:
            if _owner(key) not in known:
                store.delete(key)
                removed += 1
        db.session.commit()
    return removed


def _old_keys(store: Store) -> Iterator[list[str]]:
    batch: list[str] = []
    for prefix in ("private/", "public/", "partial/"):
        for key, put_at in store.keys(prefix):
            if now() - put_at > FILES_SPARED:
                batch.append(key)
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _owner(key: str) -> str:
    """The id or key of the row that a file belongs to: the first part of its name."""
    return key.rsplit("/", 1)[-1].split("-", 1)[0].split(".", 1)[0]


def _known(owners: set[str]) -> set[str]:
    sent = select(ContributionPhotograph.id).where(ContributionPhotograph.id.in_(owners))
    arriving = select(Upload.id).where(Upload.id.in_(owners))
    published = select(Photograph.key).where(Photograph.key.in_(owners))
    return {*db.session.scalars(sent), *db.session.scalars(arriving), *db.session.scalars(published)}
