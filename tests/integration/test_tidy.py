"""Once a day what has ended is removed: old letters, ended sessions, files that no row points at."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from memory_road.archive.photograph import Photograph
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db, now
from memory_road.jobs.sweep import BETWEEN_TIDYINGS, Sweep
from memory_road.jobs.tidy import FILES_SPARED, LETTERS_KEPT, tidy
from memory_road.mail.letter import Letter, LetterKind, write
from memory_road.media.local_store import LocalStore
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Sample, publish, work


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    """A store of the test's own: the application's is shared by all tests."""
    return LocalStore(tmp_path / "store")


def put(store: LocalStore, tmp_path: Path, *keys: str) -> None:
    source = tmp_path / "bytes"
    source.write_bytes(b"bytes")
    for key in keys:
        store.put(key, source)


def age(root: Path, by: timedelta) -> None:
    """Make every file below ``root`` older."""
    then = time.time() - by.total_seconds()
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))


def keys_of_rows(app: Portal) -> set[str]:
    with app.app_context():
        sent = db.session.scalars(select(ContributionPhotograph)).one()
        published = db.session.scalars(select(Photograph)).one()
        sizes = {sent.size_key(size["name"]) for size in sent.sizes}
        public = {f"public/{published.key}-{size['name']}" for size in published.sizes}
        return {sent.original_key, sent.preview_key} | sizes | public


def test_files_of_no_row_go_after_a_day_and_all_others_stay(
    app: Portal, accounts: Accounts, portrait: Sample, store: LocalStore, tmp_path: Path
) -> None:
    publish(app, accounts.contributor, accounts.moderator, portrait)
    needed = keys_of_rows(app)
    orphans = {"private/originals/0rphan000", "private/sizes/0rphan000-320.webp", "public/0123456789abcdef-320.webp"}
    put(store, tmp_path, *needed, *orphans)
    with app.app_context():
        assert tidy(store) == 0, "a file so young may still get its row"
        age(tmp_path / "store", FILES_SPARED + timedelta(minutes=1))
        assert tidy(store) == len(orphans)
    assert {key for top in ("private/", "public/") for key, _ in store.keys(top)} == needed


def test_sent_letters_go_after_a_month_and_unsent_ones_never(app: Portal, store: LocalStore) -> None:
    with work(app):
        for name in ("sent long ago", "sent lately", "not sent"):
            write(LetterKind.ACCOUNT, "somebody@example.org", "en", subject=name, body="")
    long_ago = now() - LETTERS_KEPT - timedelta(minutes=1)
    with work(app):
        subject = Letter.content["subject"].as_string()
        db.session.execute(update(Letter).values(created_at=long_ago))
        db.session.execute(update(Letter).where(subject == "sent long ago").values(sent_at=long_ago))
        db.session.execute(update(Letter).where(subject == "sent lately").values(sent_at=now()))
    with app.app_context():
        assert tidy(store) == 1
        left = [letter.content["subject"] for letter in db.session.scalars(select(Letter))]
    assert sorted(left) == ["not sent", "sent lately"]


def test_the_sweep_tidies_once_a_day(app: Portal, store: LocalStore, tmp_path: Path) -> None:
    put(store, tmp_path, "private/originals/0rphan000")
    age(tmp_path / "store", FILES_SPARED + timedelta(minutes=1))
    with app.app_context():
        sweep = Sweep(parts().settings, store, parts().limits)
        assert sweep() == 1, "the first round tidies: a server restarted daily would never come to it"
        put(store, tmp_path, "private/originals/0rphan111")
        age(tmp_path / "store", FILES_SPARED + timedelta(minutes=1))
        assert sweep() == 0
        sweep.tidied_at = now() - BETWEEN_TIDYINGS
        assert sweep() == 1
