"""A contribution's pictures from the form to visitors, on each store; and what happens when a store fails meanwhile."""

import io
import shutil
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.config import Bucket
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.submit import submit
from memory_road.db import db, now
from memory_road.jobs.check_files import Inspection
from memory_road.jobs.derive import derive_due
from memory_road.jobs.executor import Outcome
from memory_road.jobs.publish import publish_one
from memory_road.jobs.tidy import tidy
from memory_road.media.local_store import LocalStore
from memory_road.media.store import Store, StoreUnavailable
from memory_road.moderation.claim import claim
from memory_road.web.caching import A_DAY
from memory_road.web.edge import Parts, Portal, parts
from tests.application import (
    TYPED,
    Accounts,
    Browser,
    Sample,
    begin,
    filled_in,
    jpeg,
    make_accounts,
    publish_approved,
    signed_in,
    work,
)
from tests.s3 import server_of_its_own, start, store_in

ClientOf = Callable[[str], Browser]
SOON = "Pictures cannot be kept or shown at the moment. Nothing you saved is lost."


@contextmanager
def keeping_in(app: Portal, store: Store, bucket: Bucket | None = None) -> Iterator[None]:
    """The application with another store."""
    before = app.extensions["memory_road"]
    settings = replace(before.settings, storage_url=bucket) if bucket is not None else before.settings
    app.extensions["memory_road"] = replace(before, store=store, settings=settings)
    try:
        yield
    finally:
        app.extensions["memory_road"] = before


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, app: Portal, tmp_path: Path) -> Iterator[Store]:
    """Each store in turn, as the application's own."""
    kept: Store = request.getfixturevalue("s3_store") if request.param == "s3" else LocalStore(tmp_path / "uploads")
    with keeping_in(app, kept):
        yield kept


def photograph(app: Portal) -> ContributionPhotograph:
    with app.app_context():
        return db.session.scalars(select(ContributionPhotograph)).one()


def approve_in(client: Browser, identifier: str) -> Any:
    return client.send(f"/en/moderate/{identifier}/approve", {"nobody_living_exposed": "yes"})


def publish_in(app: Portal) -> Outcome:
    """Publish what was approved, as the worker does when its time has come."""
    with work(app):
        db.session.execute(update(Contribution).where(Contribution.publish_at.is_not(None)).values(publish_at=now()))
    with app.app_context():
        return publish_one(parts().store)


def sent(app: Portal, accounts: Accounts, client: Browser) -> str:
    """A submitted contribution whose picture came by the form and has its sizes, claimed by the moderator."""
    identifier = begin(app, accounts.contributor, form=filled_in(none_survives=False))
    picture = {"photos": (io.BytesIO(jpeg()), "portrait.jpg"), **TYPED, "action": "save", "form_key": "k"}
    assert client.send(f"/en/contribute/{identifier}", {**picture, "permission": "yes"}).status_code == 303
    with work(app):
        submit(identifier, accounts.contributor.actor, now().date())
    with work(app):
        claim(identifier, accounts.moderator.actor)
    with app.app_context():
        derive_due(parts().store, parts().limits)
    return identifier


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_from_the_form_to_visitors(app: Portal, accounts: Accounts, client_of: ClientOf, store: Store) -> None:
    client, moderator, visitor = client_of("contributor"), client_of("moderator"), client_of("visitor")
    identifier = sent(app, accounts, client)
    row = photograph(app)
    with store.open(row.original_key) as original:
        assert original.read() == jpeg()
    for name in ("preview", row.sizes[0]["name"]):
        shown = moderator.get(f"/en/moderate/photographs/{row.id}/{name}")
        assert (shown.status_code, shown.mimetype) == (200, "image/webp")
        assert shown.headers["Cache-Control"] == "private, no-store"
        assert int(shown.headers["Content-Length"]) == len(shown.data)
        assert visitor.get(f"/en/moderate/photographs/{row.id}/{name}").status_code == 302
    assert approve_in(moderator, identifier).status_code == 303
    publish_approved(app)
    with app.app_context():
        published = db.session.scalars(select(Photograph)).one()
        for size in published.sizes:
            answer = visitor.get(f"/media/{published.key}-{size['name']}")
            assert (answer.status_code, len(answer.data)) == (200, size["bytes"])
            assert answer.headers["Cache-Control"] == A_DAY
        assert tidy(store) == 0
        inspection = Inspection(store, parts().limits, mend=False, say=print)
        assert len(list(inspection.run())) == 2
        assert (inspection.missing, inspection.damaged) == (0, 0)
        assert inspection.files == len({key for key, _ in store.keys("")})


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_signed_addresses_are_given_to_those_who_may_see_the_picture_and_to_nobody_else(
    app: Portal, accounts: Accounts, client_of: ClientOf, bucket: Bucket, portrait: Sample
) -> None:
    signed = replace(bucket, signed=bucket.endpoint)
    moderator = client_of("moderator")
    plain = str(moderator.get("/en/my/contributions").headers["Content-Security-Policy"])
    assert bucket.endpoint not in plain
    with keeping_in(app, store_in(signed), signed):
        begin(app, accounts.contributor, portrait)
        row = photograph(app)
        place = f"photographs/{row.id}/preview"
        sender = client_of("contributor").get(f"/en/my/{place}")
        assert sender.status_code == 302
        assert sender.headers["Cache-Control"] == "private, no-store"
        policy = str(sender.headers["Content-Security-Policy"])
        assert policy == plain.replace("img-src 'self' blob:", f"img-src 'self' blob: {bucket.endpoint}")
        with urllib.request.urlopen(str(sender.location), timeout=10) as answer:  # noqa: S310 -- a loopback address
            assert answer.read() == portrait.preview.read_bytes()
            assert answer.headers["Content-Type"] == "image/webp"
        for nobody in ("stranger", "visitor"):
            refused = client_of(nobody).get(f"/en/my/{place}")
            assert bucket.endpoint not in str(refused.location)
            assert refused.status_code in {302, 404}
        assert client_of("visitor").get("/media/0123456789abcdef-320.webp").status_code == 404


# --- a store that fails ----------------------------------------------------------------------------------------------


def entries(app: Portal) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Participant)) or 0


def kept(store: Store) -> set[str]:
    return {key for key, _ in store.keys("")}


def test_a_dead_store_loses_and_doubles_nothing(sqlite_app: Portal, password_hash: str) -> None:
    app, accounts = sqlite_app, make_accounts(sqlite_app, password_hash)
    client, moderator, visitor = (signed_in(app, who) for who in (accounts.contributor, accounts.moderator, None))
    with server_of_its_own() as server:
        bucket = server.make_bucket()
        with keeping_in(app, store_in(bucket)):
            identifier = sent(app, accounts, client)
            before = kept(parts_of(app).store)
            server.stop()
            row = photograph(app)
            shown = moderator.get(f"/en/moderate/photographs/{row.id}/preview")
            assert (shown.status_code, SOON in shown.text) == (503, True)
            assert shown.headers["Retry-After"] == "120"
            assert visitor.get("/media/0123456789abcdef-320.webp").status_code == 503
            assert approve_in(moderator, identifier).status_code == 303
            assert publish_in(app) is Outcome.FAULT, "it is tried again"
            assert entries(app) == 0
            picture = {"photos": (io.BytesIO(jpeg(1)), "another.jpg"), **TYPED, "form_key": "k2", "action": "save"}
            answer = client.send("/en/contribute", {**picture, "surname": "Несохранённая"})
            assert answer.status_code < 500
            assert "another.jpg" in answer.text
            assert "Несохранённая" in answer.text
            with app.app_context():
                assert tidy_fails(parts().store)
        again = start(server.folder)
        with keeping_in(app, store_in(replace(bucket, endpoint=again.endpoint))):
            try:
                assert kept(parts_of(app).store) == before
                assert approve_in(moderator, identifier).status_code >= 400
                assert publish_in(app) is Outcome.DONE
                assert publish_in(app) is Outcome.NOTHING
                assert entries(app) == 1
            finally:
                again.stop()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A real file system of this size."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs root, to make a small disk that can be filled")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_loses_and_doubles_nothing(sqlite_app: Portal, password_hash: str, tmp_path: Path) -> None:
    app, accounts = sqlite_app, make_accounts(sqlite_app, password_hash)
    client, moderator = signed_in(app, accounts.contributor), signed_in(app, accounts.moderator)
    with small_disk(tmp_path / "disk", "1m") as disk, keeping_in(app, LocalStore(disk)):
        identifier = sent(app, accounts, client)
        before = kept(LocalStore(disk))
        filler = disk / "filler"
        fill(filler)
        assert approve_in(moderator, identifier).status_code == 303
        assert publish_in(app) is Outcome.FAULT, "it is tried again"
        assert entries(app) == 0
        picture = {"photos": (io.BytesIO(jpeg(1)), "another.jpg"), **TYPED, "form_key": "k2", "action": "save"}
        answer = client.send("/en/contribute", {**picture, "surname": "Несохранённая"})
        assert answer.status_code < 500
        assert "another.jpg" in answer.text
        assert "Несохранённая" in answer.text
        assert {key for key in kept(LocalStore(disk)) if not key.startswith("public/")} == before, (
            "nothing half written"
        )
        filler.unlink()
        assert publish_in(app) is Outcome.DONE
        assert entries(app) == 1


def fill(path: Path) -> None:
    """Write until nothing more goes onto the disk."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))


def parts_of(app: Portal) -> Parts:
    with app.app_context():
        return parts()


def tidy_fails(store: Store) -> bool:
    try:
        tidy(store)
    except StoreUnavailable:
        return True
    return False
