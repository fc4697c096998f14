"""Make missing or damaged files of pictures anew. Originals are only read: nothing can replace them."""

import hashlib
import logging
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from memory_road.archive.look import PhotographLook
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import made_of, standing
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.photograph import (
    MOST_ATTEMPTS,
    ContributionPhotograph,
    original_key,
    preview_key,
)
from memory_road.db import db, now, writing
from memory_road.jobs.derive import derive_one
from memory_road.jobs.executor import Outcome
from memory_road.media.limits import Limits
from memory_road.media.process import DecoderUnavailable
from memory_road.media.refusal import PictureRefused
from memory_road.media.store import FileMissing, Store, digest_of
from memory_road.media.verify import verify

log = logging.getLogger(__name__)
Sizes = list[dict[str, Any]]


def mend_sent(identifier: str, bad: set[str], store: Store, limits: Limits) -> None:
    """Make the preview and the sizes of a picture that was sent anew where their keys are among ``bad``. Its original
    must be sound."""
    if preview_key(identifier) in bad:
        _make_preview(identifier, store, limits)
    if bad - {preview_key(identifier)}:
        _make_sizes(identifier, store, limits)


def mend_published(key: str, bad: set[str], store: Store, limits: Limits) -> None:
    """Copy the published files ``bad`` again from the picture that was sent, whose own are made anew first if they are
    not sound either. Does nothing where it cannot be told for certain which picture that was."""
    source = _source_of(key)
    if source is None:
        log.error("Which picture public/%s was made of cannot be told any more.", key)
        return
    sound = _is_sound(store, source.original_key, source.sha256)
    if sound and len(_sound_sizes(source, store)) < len(source.sizes):
        _make_sizes(source.id, store, limits)
        source = _source_of(key) or source
    published, right = db.session.get_one(Photograph, key, populate_existing=True), _sound_sizes(source, store)
    if source.sizes and published.sizes != source.sizes and len(right) == len(source.sizes):
        _follow(key, source, store)
        return
    for name in right:
        if f"public/{key}-{name}" in bad:
            store.copy(source.size_key(name), f"public/{key}-{name}")
    db.session.rollback()


def try_again(identifier: str) -> bool:
    """Let the workers try a picture again whose sizes were given up, since its original is sound; whether it was."""
    row = ContributionPhotograph
    given_up = (row.id == identifier, row.derived_at.is_(None), row.attempts >= MOST_ATTEMPTS)
    with writing():
        found = db.session.scalar(update(row).where(*given_up).values(attempts=0, leased_until=None).returning(row.id))
        db.session.commit()
    return found is not None


def _make_preview(identifier: str, store: Store, limits: Limits) -> None:
    with tempfile.TemporaryDirectory(prefix="memory-road-") as folder:
        original, preview = Path(folder) / "original", Path(folder) / "preview.webp"
        try:
            with store.open(original_key(identifier)) as stored, original.open("wb") as copy:
                shutil.copyfileobj(stored, copy)
            verify(original, limits, preview)
        except (PictureRefused, DecoderUnavailable, FileMissing):
            log.exception("The preview of photograph %s could not be made anew.", identifier)
            return
        store.put(preview_key(identifier), preview)
        digest = hashlib.sha256(preview.read_bytes()).hexdigest()
    row = ContributionPhotograph
    with writing():
        db.session.execute(update(row).where(row.id == identifier).values(preview_sha256=digest))
        db.session.commit()


def _make_sizes(identifier: str, store: Store, limits: Limits) -> None:
    """A new edition, made here unless a worker is quicker. What is published of it follows where its bytes are now
    others, as those of another version of a library are. The old files go only when the new ones are there; where that
    takes longer, the sweep removes them."""
    with writing():
        photograph = db.session.get(ContributionPhotograph, identifier, with_for_update=True)
        if photograph is None or photograph.derived_at is None:
            db.session.rollback()
            return
        before, gone = photograph.sizes, photograph.make_anew()
        db.session.commit()
    while derive_one(store, limits, identifier) is Outcome.NOTHING and _is_in_work(identifier):
        time.sleep(1)
    photograph = db.session.get(ContributionPhotograph, identifier, populate_existing=True)
    if photograph is not None and photograph.derived_at is not None:
        for key in _outdated(photograph, before):
            _follow(key, photograph, store)
        for key in gone:
            store.delete(key)
    db.session.rollback()


def _is_in_work(identifier: str) -> bool:
    """Whether somebody else is making its sizes for the first time."""
    row = ContributionPhotograph
    theirs = (row.id == identifier, row.derived_at.is_(None), row.leased_until > now(), row.attempts == 0)
    found = db.session.scalar(select(row.id).where(*theirs))
    db.session.rollback()
    return found is not None


def _follow(key: str, photograph: ContributionPhotograph, store: Store) -> None:
    """The picture is the same, so its published key stays."""
    sizes = photograph.sizes
    for size in sizes:
        store.copy(photograph.size_key(size["name"]), f"public/{key}-{size['name']}")
    published = db.session.get_one(Photograph, key)
    gone = {size["name"] for size in published.sizes} - {size["name"] for size in sizes}
    db.session.rollback()
    with writing():
        db.session.execute(update(Photograph).where(Photograph.key == key).values(sizes=sizes))
        db.session.commit()
    for name in gone:
        store.delete(f"public/{key}-{name}")


def _outdated(photograph: ContributionPhotograph, before: Sizes) -> list[str]:
    """The keys of the entry's pictures that were copied from ``before``, where its sizes are others now."""
    entry = db.session.get_one(Contribution, photograph.contribution_id).participant_id
    today = standing(entry) if entry is not None else None
    if today is None:
        return []
    found = db.session.scalars(select(Photograph).where(Photograph.participant_id == today.id)).all()
    return [each.key for each in found if _share(each.sizes, before) and each.sizes != photograph.sizes]


def _source_of(key: str) -> ContributionPhotograph | None:
    published = db.session.get(Photograph, key, populate_existing=True)
    if published is None:
        return None
    same_entry = select(ContributionPhotograph).join(
        Contribution, Contribution.id == ContributionPhotograph.contribution_id
    )
    of_entry = same_entry.where(
        Contribution.participant_id.in_(made_of(published.participant_id)), ContributionPhotograph.signed.is_(False)
    )
    sent = db.session.scalars(of_entry.execution_options(populate_existing=True)).all()
    look = db.session.get(PhotographLook, key)
    if look is not None:
        return next((each for each in sent if each.sha256 == look.original_sha256), None)
    return next((each for each in sent if _share(each.sizes, published.sizes)), None)


def _share(some: Sizes, others: Sizes) -> bool:
    """Whether one was copied from the other: they have a file in common."""
    digests = {size["sha256"] for size in others if size.get("sha256")}
    return any(size.get("sha256") in digests for size in some)


def _sound_sizes(photograph: ContributionPhotograph, store: Store) -> list[str]:
    """The names of its sizes whose bytes are the ones that were written."""
    sizes = [(size["name"], size.get("sha256", "")) for size in photograph.sizes]
    return [name for name, sha256 in sizes if _is_sound(store, photograph.size_key(name), sha256)]


def _is_sound(store: Store, key: str, sha256: str) -> bool:
    try:
        return digest_of(store, key) == sha256
    except FileMissing:
        return False
