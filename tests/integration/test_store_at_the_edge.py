"""What a store that fails means to those who start the portal, who ask for a page, and whose change is committed."""

import errno
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from memory_road.app import store_of
from memory_road.config import PREFIX, Bucket, Settings, SettingWrong
from memory_road.contributions.attach import detach
from memory_road.contributions.decision import faults_in_chain
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db, one_snapshot
from memory_road.media.local_store import LocalStore
from memory_road.media.store import Store, StoreFault, StoreUnavailable
from memory_road.serve import STORE_FAULTS, StoreNotReady, try_store
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, Sample, begin, work
from tests.s3 import KEY, REGION, SECRET, free_ports

NOBODY = "http://127.0.0.1:1"


def dead_store() -> Store:
    """A bucket at an address where nobody listens."""
    bucket = Bucket("bucket", f"http://127.0.0.1:{free_ports(1)[0]}", REGION)
    return store_of(Settings(storage_url=bucket, storage_key=KEY, storage_secret=SECRET))


# --- at the start ----------------------------------------------------------------------------------------------------


def test_a_store_that_works_is_left_as_it_was(tmp_path: Path, s3_store: Store) -> None:
    for store in (LocalStore(tmp_path / "uploads"), s3_store):
        before = set(store.keys(""))  # the bucket is shared with other tests
        try_store(store)
        assert set(store.keys("")) == before


@pytest.mark.parametrize("fault", StoreFault)
def test_every_fault_has_a_sentence_that_names_the_settings(
    fault: StoreFault, caplog: pytest.LogCaptureFixture
) -> None:
    class Failing(LocalStore):
        def try_out(self) -> None:
            raise StoreUnavailable(fault, "detail")

    said = f"{STORE_FAULTS[fault]} (detail)"
    assert "MEMORY_ROAD_STORAGE_URL" in said
    if fault is StoreFault.FULL:  # it can still be read from
        try_store(Failing(Path("nowhere")))
        assert said in caplog.text
    else:
        with pytest.raises(StoreNotReady) as refused:
            try_store(Failing(Path("nowhere")))
        assert str(refused.value) == said


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_text("not a folder")
    with pytest.raises(StoreNotReady):
        try_store(LocalStore(tmp_path / "uploads"))


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_neither_server_nor_worker_starts_without_its_store(tmp_path: Path, sqlite_url: str, command: str) -> None:
    settings = {
        "SECRET_KEY": "a secret of the tests, long enough",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": sqlite_url,
        "STORAGE_URL": f"s3://bucket?endpoint={NOBODY}",
        "STORAGE_KEY": KEY,
        "STORAGE_SECRET": SECRET,
    }
    program = str(Path(sys.executable).with_name("memory-road"))
    environ = {PREFIX + name: value for name, value in settings.items()}
    done = subprocess.run(
        [program, command], env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: The store of pictures does not answer: check MEMORY_ROAD_STORAGE_URL")
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stderr


def test_a_bucket_without_the_extra_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "memory_road.media.s3_store", raising=False)
    monkeypatch.setitem(sys.modules, "obstore", None)
    with pytest.raises(SettingWrong, match="needs obstore, which comes with the extra s3"):
        dead_store()


# --- in a request ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (StoreUnavailable(StoreFault.NO_ANSWER, "gone"), 503),
        (OSError(errno.ENOSPC, "No space left on device"), 503),
        (OSError(errno.ENOENT, "No such file"), 500),
    ],
    ids=["the store", "a full disk", "another fault"],
)
def test_what_soon_mends_itself_is_told_apart(
    sqlite_app: Portal, monkeypatch: pytest.MonkeyPatch, error: OSError, status: int
) -> None:
    def fail(_store: object, key: str) -> None:
        raise error

    monkeypatch.setattr(LocalStore, "open", fail)
    answer = sqlite_app.test_client().get("/media/0123456789abcdef-320.webp")
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) == (status == 503)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_was_typed_stands_on_the_page_about_a_dead_store(
    app: Portal, accounts: Accounts, client_of: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreUnavailable(StoreFault.NO_ANSWER, "gone")

    client = client_of("contributor")
    monkeypatch.setattr("memory_road.web.contribute.routes.received", fail)
    answer = client.send("/en/contribute", {"form_key": "k", "surname": "Несохранённая", "action": "save"})
    assert (answer.status_code, "Несохранённая" in answer.text) == (503, True)


def test_a_file_that_cannot_be_deleted_does_not_undo_what_was_committed(
    app: Portal, accounts: Accounts, portrait: Sample
) -> None:
    identifier = begin(app, accounts.contributor, portrait)
    with app.app_context():
        photograph = db.session.scalars(select(ContributionPhotograph.id)).one()
    before = app.extensions["memory_road"]
    app.extensions["memory_road"] = replace(before, store=dead_store())
    try:
        with work(app):
            detach(identifier, accounts.contributor.actor, parts().store, photograph)
    finally:
        app.extensions["memory_road"] = before
    with app.app_context():
        assert db.session.scalars(select(ContributionPhotograph)).all() == []


# --- the log ---------------------------------------------------------------------------------------------------------


def test_the_log_and_its_head_are_read_at_one_moment(app: Portal, accounts: Accounts) -> None:
    begin(app, accounts.contributor)
    with app.app_context(), one_snapshot():
        faults = faults_in_chain()
        assert list(faults) == []
        head = db.session.execute(text("SELECT number FROM decision_head")).scalar_one()
        begin(app, accounts.stranger)
        assert db.session.execute(text("SELECT number FROM decision_head")).scalar_one() == head
    with app.app_context():
        assert db.session.execute(text("SELECT number FROM decision_head")).scalar_one() == head + 1
