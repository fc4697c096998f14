"""The command ``verify``: what is missing or damaged is found, told, and made anew where that can be."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, update

from memory_road import cli
from memory_road.archive.photograph import Photograph
from memory_road.contributions.photograph import MOST_ATTEMPTS, ContributionPhotograph
from memory_road.db import db
from memory_road.jobs import check_files
from memory_road.jobs.derive import derive_due
from memory_road.media.local_store import LocalStore
from memory_road.media.store import StoreFault, StoreUnavailable
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Sample, publish, send_in, work

Run = Callable[..., Result]
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no engine changes."""


@pytest.fixture
def run(app: Portal, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command on the test's application."""
    monkeypatch.setattr(cli, "_app", lambda: app)
    return lambda *options: CliRunner().invoke(cli.main, ["verify", *options])


@pytest.fixture
def fresh_store(app: Portal, tmp_path: Path) -> Iterator[None]:
    """A store of the test's own: the application's is shared by all tests."""
    before = app.extensions["memory_road"]
    app.extensions["memory_road"] = replace(before, store=LocalStore(tmp_path / "uploads"))
    yield
    app.extensions["memory_road"] = before


@pytest.fixture
def entry(app: Portal, accounts: Accounts, portrait: Sample, fresh_store: None) -> str:
    """A published entry with one picture."""
    return publish(app, accounts.contributor, accounts.moderator, portrait)


def row(app: Portal) -> ContributionPhotograph:
    with app.app_context():
        return db.session.scalars(select(ContributionPhotograph)).one()


def published(app: Portal) -> Photograph:
    with app.app_context():
        return db.session.scalars(select(Photograph)).one()


def spoil(app: Portal, tmp_path: Path, key: str, *, missing: bool) -> None:
    """What a dying disk does."""
    with app.app_context():
        store = parts().store
        if missing:
            store.delete(key)
            return
        damaged = tmp_path / "damaged"
        damaged.write_bytes(b"not what was written")
        store.put(key, damaged)


def test_what_is_sound_is_counted_and_nothing_else_is_said(app: Portal, entry: str, run: Run) -> None:
    files = 2 + 2 * len(row(app).sizes)
    done = run()
    assert done.exit_code == 0
    assert done.stdout.count("\n") == 1, "only the end of the log, to be kept elsewhere"
    assert done.stderr == f"{files} files checked, 0 made anew, 0 missing, 0 damaged.\n"


@SQLITE
@pytest.mark.parametrize("missing", [True, False], ids=["missing", "damaged"])
@pytest.mark.parametrize(
    "key_of",
    [
        lambda row, _: row.preview_key,
        lambda row, _: row.size_keys()[0],
        lambda _, published: f"public/{published.key}-{published.sizes[0]['name']}",
    ],
    ids=["preview", "size", "published"],
)
def test_what_can_be_made_anew_is_and_only_when_asked(
    app: Portal, entry: str, run: Run, tmp_path: Path, key_of: Callable[..., str], missing: bool
) -> None:
    key = key_of(row(app), published(app))
    spoil(app, tmp_path, key, missing=missing)
    found = run()
    assert found.exit_code == 1
    assert f"{key} of " in found.stderr
    assert "memory-road verify --repair" in found.stderr
    assert "1 files of pictures are not sound." in found.stderr
    mended = run("--repair")
    assert (mended.exit_code, f"{key} was " in mended.stderr) == (0, True), mended.stderr
    assert "1 made anew" in mended.stderr
    assert run().exit_code == 0


def test_published_and_private_sizes_that_are_both_gone_come_from_the_original(
    app: Portal, entry: str, run: Run, tmp_path: Path
) -> None:
    before = [size["sha256"] for size in published(app).sizes]
    keys = [*row(app).size_keys(), *(f"public/{published(app).key}-{size['name']}" for size in published(app).sizes)]
    for number, key in enumerate(keys):
        spoil(app, tmp_path, key, missing=number % 2 == 0)
    mended = run("--repair")
    assert (mended.exit_code, f"{len(keys)} made anew" in mended.stderr) == (0, True), mended.stderr
    assert [size["sha256"] for size in published(app).sizes] == before
    assert run().exit_code == 0


@SQLITE
def test_what_is_made_anew_with_other_bytes_is_published_under_the_same_key(
    app: Portal, entry: str, run: Run, tmp_path: Path
) -> None:
    """As after a newer version of a library."""
    older = "an older library's bytes"
    digest = hashlib.sha256(older.encode()).hexdigest()
    (tmp_path / "older").write_text(older)
    sent, shown = row(app), published(app)
    sizes = [{**size, "sha256": digest, "bytes": len(older)} for size in sent.sizes]
    with work(app):
        for size in sizes:
            parts().store.put(sent.size_key(size["name"]), tmp_path / "older")
            parts().store.put(f"public/{shown.key}-{size['name']}", tmp_path / "older")
        db.session.execute(update(ContributionPhotograph).values(sizes=sizes))
        db.session.execute(update(Photograph).values(sizes=sizes))
    assert run().exit_code == 0
    spoil(app, tmp_path, sent.size_keys()[0], missing=True)
    spoil(app, tmp_path, f"public/{shown.key}-{sizes[0]['name']}", missing=True)
    assert run("--repair").exit_code == 0
    assert run().exit_code == 0
    assert (published(app).key, published(app).sizes) == (shown.key, row(app).sizes)
    assert row(app).edition == sent.edition + 1
    with app.app_context():
        assert not any(parts().store.exists(key) for key in sent.size_keys()), "the older edition is gone"


@SQLITE
def test_a_repair_that_was_cut_off_is_gone_on_with(app: Portal, entry: str, run: Run, tmp_path: Path) -> None:
    """A new edition was begun and made by a worker later; the published files are those of the older one."""
    shown = published(app)
    with work(app):
        db.session.execute(select(ContributionPhotograph)).scalar_one().make_anew()
        other = [{**size, "sha256": "0" * 64} for size in shown.sizes] + [{**shown.sizes[0], "name": "1.webp"}]
        db.session.execute(update(Photograph).values(sizes=other))
    with app.app_context():
        derive_due(parts().store, parts().limits)
    assert run("--repair").exit_code == 0
    assert run().exit_code == 0
    assert published(app).sizes == row(app).sizes


@SQLITE
def test_a_picture_that_was_given_up_is_tried_again_once_its_original_is_back(
    app: Portal, accounts: Accounts, portrait: Sample, fresh_store: None, run: Run
) -> None:
    send_in(app, accounts.contributor, portrait)
    with work(app):
        db.session.execute(update(ContributionPhotograph).values(attempts=MOST_ATTEMPTS))
    assert row(app).hopeless
    assert run().exit_code == 0
    assert row(app).hopeless, "only --repair changes anything"
    told = run("--repair")
    assert "will be tried again" in told.output
    assert (row(app).attempts, row(app).hopeless) == (0, False)


@SQLITE
@pytest.mark.parametrize("missing", [True, False], ids=["missing", "damaged"])
def test_an_original_is_told_of_loudly_and_never_touched(
    app: Portal, entry: str, run: Run, tmp_path: Path, missing: bool
) -> None:
    sent = row(app)
    spoil(app, tmp_path, sent.original_key, missing=missing)
    spoil(app, tmp_path, sent.size_keys()[0], missing=True)
    done = run("--repair")
    assert done.exit_code == 1
    assert f"THE ORIGINAL {sent.original_key} of contribution {sent.contribution_id}" in done.stderr
    with app.app_context():
        assert parts().store.exists(sent.original_key) is not missing
    assert row(app).sizes == sent.sizes, "what may be all that is left of it stays"


@SQLITE
def test_rows_from_before_digests_only_need_their_files(app: Portal, entry: str, run: Run, tmp_path: Path) -> None:
    older = [{part: value for part, value in size.items() if part != "sha256"} for size in row(app).sizes]
    with work(app):
        db.session.execute(update(ContributionPhotograph).values(sizes=older, preview_sha256=""))
        db.session.execute(update(Photograph).values(sizes=older))
    assert run().exit_code == 0
    spoil(app, tmp_path, row(app).size_keys()[0], missing=True)
    assert run().exit_code == 1
    assert run("--repair").exit_code == 0


def test_it_can_be_stopped_and_gone_on_with(
    app: Portal, accounts: Accounts, portrait: Sample, run: Run, fresh_store: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_files, "PAGE", 2)
    for _ in range(5):
        send_in(app, accounts.contributor, portrait)
    judge, seen = check_files.Inspection._judge, []  # pyright: ignore[reportPrivateUsage]

    def stop_at_the_third(self: Any, picture: check_files.Picture, faults: Any) -> None:
        seen.append(picture.id)
        if len(seen) == 3:
            raise KeyboardInterrupt
        judge(self, picture, faults)

    monkeypatch.setattr(check_files.Inspection, "_judge", stop_at_the_third)
    stopped = run()
    assert stopped.exit_code == 1
    place = f"sent:{seen[1]}"
    assert "Stopped. 4 files checked, 0 made anew, 0 missing, 0 damaged." in stopped.stderr
    assert f"Go on with: memory-road verify --after {place}" in stopped.stderr
    gone_on = run("--after", place)
    assert gone_on.exit_code == 0
    assert "6 files checked" in gone_on.stderr
    assert len(set(seen)) == 5


@SQLITE
@pytest.mark.parametrize("place", ["8k2m4n6p1", "nowhere:8k2m4n6p1", "sent"])
def test_a_place_that_was_never_printed_is_refused(app: Portal, accounts: Accounts, run: Run, place: str) -> None:
    done = run("--after", place)
    assert (done.exit_code, "--after takes the place that was printed" in done.stderr) == (1, True)


@SQLITE
def test_a_store_that_dies_meanwhile_is_not_taken_for_lost_files(
    app: Portal, entry: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(_key: str) -> None:
        raise StoreUnavailable(StoreFault.NO_ANSWER, "gone")

    with app.app_context():
        monkeypatch.setattr(type(parts().store), "open", lambda _store, key: dead(key))
    done = run("--repair")
    assert done.exit_code == 1
    assert "The store does not answer (gone). 0 files checked" in done.stderr
    assert "missing:" not in done.stderr


@SQLITE
def test_the_log_alone_reads_no_file(app: Portal, entry: str, run: Run, tmp_path: Path) -> None:
    spoil(app, tmp_path, row(app).original_key, missing=True)
    assert run("--log-only").exit_code == 0
    assert run("--log-only", "--head", "nonsense").exit_code == 1
