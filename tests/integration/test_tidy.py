"""Once a day what has ended is removed: old letters, ended sessions, files that no row points at."""

import os
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from memory_road.archive.photograph import Photograph
from memory_road.contributions.family_tree import FamilyTree, FamilyTreePerson, picture_key
from memory_road.contributions.photograph import ContributionPhotograph, size_key
from memory_road.contributions.upload import KEPT, Upload
from memory_road.db import db, now
from memory_road.jobs import tidy as tidy_module
from memory_road.jobs.sweep import BETWEEN_TIDYINGS, Sweep
from memory_road.jobs.tidy import FILES_SPARED, LETTERS_KEPT, remove_left_folders, tidy
from memory_road.mail.letter import Letter, LetterKind, write
from memory_road.media.local_store import LocalStore
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Sample, begin, publish, work


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary folder of the test's own: what crashes left in the machine's is not counted."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))


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


def test_portraits_of_a_tree_that_waits_are_no_orphans(
    app: Portal, accounts: Accounts, store: LocalStore, tmp_path: Path
) -> None:
    with work(app):
        tree = FamilyTree(account_id=accounts.contributor.actor.id, people=2, offered=1)
        db.session.add(tree)
        db.session.flush()
        needed = picture_key(tree.id, "1")
        db.session.add(FamilyTreePerson(tree_id=tree.id, position=0, words="", picture="1", document={}))
    put(store, tmp_path, needed, picture_key("0rphan000", "1"))
    age(tmp_path / "store", FILES_SPARED + timedelta(minutes=1))
    with app.app_context():
        assert tidy(store) == 1
    assert [key for key, _ in store.keys("private/")] == [needed]


def test_files_of_an_older_edition_and_parts_of_no_upload_are_orphans(
    app: Portal, accounts: Accounts, portrait: Sample, store: LocalStore, tmp_path: Path
) -> None:
    publish(app, accounts.contributor, accounts.moderator, portrait)
    needed = keys_of_rows(app)
    with work(app):
        sent = db.session.scalars(select(ContributionPhotograph)).one()
        upload = Upload(
            account_id=accounts.contributor.actor.id,
            contribution_id=sent.contribution_id,
            file_name="scan.tif",
            length=200,
            received=100,
            parts=["0-00ff"],
        )
        db.session.add(upload)
        db.session.flush()
        needed |= set(upload.part_keys())
        stray = {upload.part_key("100-00ff"), size_key(sent.id, sent.edition + 1, "320.webp")}
        stray |= {"private/uploads/0rphan000-0-00ff", f"private/sizes/{sent.id}-320.webp", "partial/00ff"}
    put(store, tmp_path, *needed, *stray)
    age(tmp_path / "store", FILES_SPARED + timedelta(minutes=1))
    with app.app_context():
        assert tidy(store) == len(stray)
    assert {key for key, _ in store.keys("")} == needed


def test_uploads_that_were_not_gone_on_with_are_given_up(
    app: Portal, accounts: Accounts, store: LocalStore, tmp_path: Path
) -> None:
    contribution = begin(app, accounts.contributor)
    with work(app):
        for name, when in (("young.jpg", now()), ("old.jpg", now() - KEPT - timedelta(minutes=1))):
            upload = Upload(
                account_id=accounts.contributor.actor.id,
                contribution_id=contribution,
                file_name=name,
                length=200,
                received=100,
                parts=["0-00ff"],
                updated_at=when,
            )
            db.session.add(upload)
            db.session.flush()
            put(store, tmp_path, *upload.part_keys())
    with app.app_context():
        assert tidy(store) == 1
        (left,) = db.session.scalars(select(Upload))
        assert left.file_name == "young.jpg"
        assert [key for key, _ in store.keys("")] == left.part_keys()


def test_folders_that_a_crash_left_go_after_a_day(tmp_path: Path) -> None:
    spared = (tmp_path / "memory-road-ab12cd_3", tmp_path / "memory-road-backup", tmp_path / "others")
    crashed = tmp_path / "memory-road-zz12cd_3"
    link = tmp_path / "memory-road-link0000"
    for folder in (*spared, crashed):
        folder.mkdir()
        (folder / "original").write_bytes(b"a picture")
    link.symlink_to(tmp_path / "others")
    then = time.time() - (FILES_SPARED + timedelta(minutes=1)).total_seconds()
    for folder in (spared[1], spared[2], crashed):
        os.utime(folder, (then, then))
    os.utime(link, (then, then), follow_symlinks=False)
    assert remove_left_folders(tmp_path) == 1
    assert not crashed.exists()
    assert all((folder / "original").exists() for folder in (*spared, link))


def test_a_large_store_is_tidied_in_steps_between_which_rows_do_not_wait(
    app: Portal, store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidy_module, "SECONDS_A_STEP", 0)
    monkeypatch.setattr(tidy_module, "BATCH", 3)
    put(store, tmp_path, *(f"private/originals/0rphan{number:03}" for number in range(10)))
    age(tmp_path / "store", FILES_SPARED + timedelta(minutes=1))
    sweep = Sweep(app, store)
    with app.app_context():
        executor = parts().worker
    left = []
    for _ in range(6):
        sweep.once(executor)
        left.append(len(list(store.keys("private/"))))
    assert left == [7, 4, 1, 0, 0, 0]


def test_sent_letters_go_after_a_month_and_unsent_ones_never(app: Portal, store: LocalStore) -> None:
    with work(app):
        for name in ("sent long ago", "sent lately", "not sent"):
            write(LetterKind.RECEIVED, "somebody@example.org", "en", name=name, contribution="000000001")
    long_ago = now() - LETTERS_KEPT - timedelta(minutes=1)
    with work(app):
        subject = Letter.content["name"].as_string()
        db.session.execute(update(Letter).values(created_at=long_ago))
        db.session.execute(update(Letter).where(subject == "sent long ago").values(sent_at=long_ago))
        db.session.execute(update(Letter).where(subject == "sent lately").values(sent_at=now()))
    with app.app_context():
        assert tidy(store) == 1
        left = [letter.content["name"] for letter in db.session.scalars(select(Letter))]
    assert sorted(left) == ["not sent", "sent lately"]


def test_the_sweep_tidies_once_a_day(app: Portal, store: LocalStore, tmp_path: Path) -> None:
    put(store, tmp_path, "private/originals/0rphan000")
    age(tmp_path / "store", FILES_SPARED + timedelta(minutes=1))
    with app.app_context():
        executor = parts().worker
    sweep = Sweep(app, store)
    sweep.once(executor)
    assert list(store.keys("private/")) == [], "the first round tidies: a server restarted daily would never come to it"
    put(store, tmp_path, "private/originals/0rphan111")
    age(tmp_path / "store", FILES_SPARED + timedelta(minutes=1))
    sweep.once(executor)
    assert len(list(store.keys("private/"))) == 1
    sweep.tidied_at = now() - BETWEEN_TIDYINGS
    sweep.once(executor)
    assert list(store.keys("private/")) == []
