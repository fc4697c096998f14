"""Remove what has ended by age, and files that no row points at.

Listing a large store takes hours. ``tidy_in_steps`` stops after every few seconds of it, so that whoever tidies can do
what is more urgent in between.
"""

import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select

from memory_road.accounts.code import forget_codes
from memory_road.accounts.flood import forget_counts
from memory_road.accounts.sessions import forget_expired
from memory_road.archive.photograph import Photograph
from memory_road.contributions.family_tree import FamilyTree, picture_key
from memory_road.contributions.offer import forget_trees, old_trees
from memory_road.contributions.parked import forget_old_forms
from memory_road.contributions.photograph import ContributionPhotograph, original_key, preview_key, size_key
from memory_road.contributions.upload import KEPT, Upload
from memory_road.db import db, now, writing
from memory_road.family.contact import forget_messages
from memory_road.family.invitation import end_expired
from memory_road.mail.letter import Letter, is_stale
from memory_road.media.store import Store
from memory_road.moderation.withheld import WithheldPhotograph, removed_key
from memory_road.people.invite import forget_invitations
from memory_road.requests.answer import forget_addresses
from memory_road.searches.end import forget_ended_searches

log = logging.getLogger(__name__)
LETTERS_KEPT = timedelta(days=30)
"""Sent letters hold copies of messages: long enough to answer a question about them, no longer."""
FILES_SPARED = timedelta(days=1)
"""Bytes are written before their row: what is younger may still get one."""
BATCH = 500
BATCH_OF_TREES = 5
"""Each may have thousands of people."""
SECONDS_A_STEP = 5.0
_FOLDER = re.compile(r"memory-road-[a-z0-9_]{8}")
"""What the module tempfile makes of our prefix."""


def tidy(store: Store) -> int:
    """Delete ended sessions, old letters, uploads given up, family trees nobody chose from, orphaned files and what
    crashes left in the temporary folder; returns how many went."""
    return sum(tidy_in_steps(store))


def tidy_in_steps(store: Store) -> Iterator[int]:
    """The same; yields after every few seconds, and how many went since. No transaction is open then."""
    with writing():
        gone = forget_expired() + forget_codes() + forget_old_forms() + forget_counts()
        gone += forget_addresses() + end_expired() + forget_messages() + forget_invitations()
        gone += forget_ended_searches()
        old = delete(Letter).where(Letter.sent_at < now() - LETTERS_KEPT).returning(Letter.id)
        gone += len(db.session.scalars(old).all())
        db.session.commit()
    gone += give_up_old_uploads(store) + forget_old_trees(store) + forget_stale_letters()
    gone += remove_left_folders(Path(tempfile.gettempdir()))
    for removed in remove_orphans(store):
        yield gone + removed
        gone = 0


def give_up_old_uploads(store: Store) -> int:
    """Forget uploads that were not gone on with, finished ones too: their pictures stand in rows of their own."""
    removed = 0
    while True:
        with writing():
            old = select(Upload).where(Upload.updated_at < now() - KEPT).order_by(Upload.updated_at).limit(BATCH)
            uploads = db.session.scalars(old.with_for_update(skip_locked=True)).all()
            keys = [key for upload in uploads for key in upload.part_keys()]
            for upload in uploads:
                db.session.delete(upload)
            db.session.commit()
        for key in keys:
            store.delete(key)
        removed += len(uploads)
        if len(uploads) < BATCH:
            return removed


def forget_old_trees(store: Store) -> int:
    """Forget family trees whose hour is over. Where there are none, nothing is written."""
    removed = 0
    while old_trees(1):
        db.session.rollback()
        with writing():
            trees = old_trees(BATCH_OF_TREES)
            forget_trees(trees, store)
            db.session.commit()
        removed += len(trees)
    db.session.rollback()
    return removed


def forget_stale_letters() -> int:
    """Delete letters that were not sent while their codes and links were valid. Where there are none, nothing is
    written."""
    stale = Letter.sent_at.is_(None), is_stale()
    found = db.session.scalar(select(Letter.id).where(*stale).limit(1))
    db.session.rollback()
    if found is None:
        return 0
    with writing():
        gone = len(db.session.scalars(delete(Letter).where(*stale).returning(Letter.id)).all())
        db.session.commit()
    return gone


def remove_left_folders(temporary: Path) -> int:
    """Delete folders below ``temporary`` in which a process of ours died while it worked on a picture."""
    removed = 0
    for folder in temporary.glob("memory-road-*"):
        try:
            found = folder.lstat()
        except OSError:  # just gone
            continue
        is_old = now() - datetime.fromtimestamp(found.st_mtime, UTC) > FILES_SPARED
        is_ours = found.st_uid == os.getuid() and folder.is_dir() and not folder.is_symlink()
        if is_old and is_ours and _FOLDER.fullmatch(folder.name):
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed


def remove_orphans(store: Store) -> Iterator[int]:
    """Delete files older than a day that no row points at; yields as ``tidy_in_steps`` does. The store is listed, not
    the database, so it takes as long as there are files."""
    removed, began_at = 0, time.monotonic()
    for keys in _old_keys(store):
        orphans = set(keys) - _needed(keys)
        db.session.rollback()
        for key in orphans:
            store.delete(key)
        removed += len(orphans)
        if time.monotonic() - began_at > SECONDS_A_STEP:
            yield removed
            removed, began_at = 0, time.monotonic()
    yield removed


def _old_keys(store: Store) -> Iterator[list[str]]:
    """Batches of keys, also empty ones: they show that time has passed."""
    batch: list[str] = []
    listed = 0
    for prefix in ("private/", "public/", "partial/"):
        for key, put_at in store.keys(prefix):
            listed += 1
            if now() - put_at > FILES_SPARED:
                batch.append(key)
            if listed % BATCH == 0:
                yield batch
                batch = []
    yield batch


def _needed(keys: list[str]) -> set[str]:
    """Those of ``keys`` that a row points at."""
    owners = {_owner(key) for key in keys}
    photograph = ContributionPhotograph
    begins: list[str] = []
    kept: set[str] = set()
    for identifier, edition in db.session.execute(
        select(photograph.id, photograph.edition).where(photograph.id.in_(owners))
    ):
        kept |= {original_key(identifier), preview_key(identifier)}
        begins.append(size_key(identifier, edition, ""))
    for upload in db.session.scalars(select(Upload).where(Upload.id.in_(owners))):
        kept.update(upload.part_keys())
    for tree_id in db.session.scalars(select(FamilyTree.id).where(FamilyTree.id.in_(owners))):
        begins.append(picture_key(tree_id, ""))
    published = db.session.scalars(select(Photograph.key).where(Photograph.key.in_(owners)))
    begins += [f"public/{key}-" for key in published]
    withheld = db.session.scalars(select(WithheldPhotograph.key).where(WithheldPhotograph.key.in_(owners)))
    begins += [removed_key(key, "") for key in withheld]
    named = tuple(begins)
    return {key for key in keys if key in kept or key.startswith(named)}


def _owner(key: str) -> str:
    """The id or key of the row that a file belongs to: the first part of its name."""
    return key.rsplit("/", 1)[-1].split("-", 1)[0].split(".", 1)[0]
