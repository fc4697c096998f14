"""The portal as the tests meet it: an application on a database of the test's own, its people, and what they send.

The application is built once in a run and pointed at a new database for each test. Everything is made by the verbs and
pages that people use; only signing in goes past the slow password: it opens the session as the sign-in page would.
"""

import io
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from flask_security import hash_password
from PIL import Image, ImageDraw
from sqlalchemy import Dialect, Engine, create_engine, event, insert, make_url, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from werkzeug.test import TestResponse

from memory_road.accounts.permissions import Actor, Role
from memory_road.accounts.tell import UNDO_TIME
from memory_road.accounts.user import Account, account_role
from memory_road.app import create_app
from memory_road.archive.participant import Participant
from memory_road.config import Settings
from memory_road.contributions.attach import attach, take_in
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.correct import correct
from memory_road.contributions.draft import Filled, keep, start
from memory_road.contributions.submit import submit
from memory_road.db import db, now, writing
from memory_road.facts.choice import Choice, Chosen
from memory_road.identifier import new_identifier
from memory_road.jobs.derive import derive_due
from memory_road.jobs.publish import publish_due, publish_one
from memory_road.media.limits import Limits
from memory_road.media.verify import Verified, verify
from memory_road.moderation.approval import Approval, Portrait
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import approve
from memory_road.moderation.next_case import next_for
from memory_road.web.account.security import datastore
from memory_road.web.edge import Portal, parts
from tests.postgresql import FOLDER

PASSWORD = "three words suffice"
ENGINES: dict[str, Engine] = {}
STATEMENTS = 5000
"""More than the whole application has."""
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
TYPED: Mapping[str, Any] = {
    "surname": "Верещагина",
    "given_name": "Анна",
    "birth_date": "12 мая 1915",
    "categories": ["medical"],
    "fate": "survived",
    "living": "no",
}
"""The facts that are needed, and no others."""


SAFE = Approval(nobody_living_exposed=True, choices={"fate": Chosen(Choice.TAKE)}, portrait=Portrait.KEPT)
"""An approval that takes every fact as it was sent, and leaves the entry its face."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account: who acts in the rules, and how they sign in."""

    email: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class Accounts:
    """Somebody for every part: two contributors, two moderators, a senior one, an administrator."""

    contributor: Person
    stranger: Person
    moderator: Person
    second_moderator: Person
    senior_moderator: Person
    administrator: Person


ROLES = {
    "contributor": Role.CONTRIBUTOR,
    "stranger": Role.CONTRIBUTOR,
    "moderator": Role.MODERATOR,
    "second_moderator": Role.MODERATOR,
    "senior_moderator": Role.SENIOR_MODERATOR,
    "administrator": Role.ADMINISTRATOR,
}


ACCOUNT = db.metadata.tables["account"]
Row = dict[str, Any]
WRITTEN: dict[str, tuple[Accounts, list[Row], list[Row]]] = {}
"""The accounts that a run has made, by the hash of their password: who they are, and their rows."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture that was looked at: what ``attach`` asks for."""

    original: Path
    preview: Path
    verified: Verified


class Browser(FlaskClient):
    """A client that takes the form's token from a page, as a browser does."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """Ask, and read the answer to its end, so that the files behind it are closed."""
        return super().open(*args, **{"buffered": True, **options})

    def send(self, address: str, fields: Mapping[str, Any] | None = None, **options: Any) -> TestResponse:
        """Post a form with its token."""
        return self.post(address, data={"csrf_token": self.token(), **(fields or {})}, **options)

    def token(self) -> str:
        """The token of the present session."""
        page = self.get("/en/account/profile", follow_redirects=True)
        return csrf(page)


@pytest.fixture(scope="session")
def settings(pytestconfig: pytest.Config) -> Settings:
    """Settings with folders of this worker's own. The database is the test's own instead."""
    folder = Path(tempfile.mkdtemp(dir=pytestconfig.stash[FOLDER], prefix="portal-"))
    return Settings(
        secret_key="a secret of the tests, long enough",
        data_dir=folder,
        storage_url=folder / "uploads",
        second_factor=False,
        undo_minutes=0,
    )


@pytest.fixture(scope="session")
def portal(settings: Settings) -> Portal:
    """The application; ``app`` gives it a database."""
    made = create_app(settings)
    made.test_client_class = Browser
    # Argon2 as in production, with less to do: its slowness protects nobody here.
    made.extensions["security"].pwd_context.update(argon2__time_cost=1, argon2__memory_cost=64, argon2__parallelism=1)
    return made


@pytest.fixture(scope="session")
def password_hash(portal: Portal) -> str:
    """The hash of ``PASSWORD``."""
    with portal.app_context():
        return str(hash_password(PASSWORD))


@pytest.fixture
def app(portal: Portal, database_url: str) -> Iterator[Portal]:
    """The application on a new database; the test runs on SQLite and on PostgreSQL."""
    yield from on_database(portal, database_url)


@pytest.fixture
def sqlite_app(portal: Portal, sqlite_url: str) -> Iterator[Portal]:
    """The application on a new SQLite database, for what no engine changes."""
    yield from on_database(portal, sqlite_url)


def on_database(app: Portal, url: str) -> Iterator[Portal]:
    """``app`` on the database at ``url``, as the body of a fixture."""
    engine = _engine_at(url)
    with app.app_context():
        engines = cast(dict[str | None, Engine], db.engines)
        engines[None].dispose()
        engines[None] = engine
    yield app
    engine.dispose()


def _engine_at(url: str) -> Engine:
    """The engine of the database at ``url``. Each kind of database has one in the whole run, which every test leads to
    a place of its own: so a statement is compiled once, and not anew in each test."""
    place = make_url(url)
    kind = place.get_backend_name()
    if kind not in ENGINES:
        ENGINES[kind] = create_engine(place, query_cache_size=STATEMENTS)
        event.listen(ENGINES[kind], "do_connect", _connect)
    ENGINES[kind].url = place
    return ENGINES[kind]


def _connect(dialect: Dialect, *_: object) -> DBAPIConnection:
    positional, named = dialect.create_connect_args(ENGINES[dialect.name].url)
    return dialect.connect(*positional, **named)


@pytest.fixture
def five_minutes(app: Portal) -> Iterator[None]:
    """For so long decisions can be taken back, as by default."""
    app.config[UNDO_TIME] = timedelta(minutes=5)
    yield
    app.config[UNDO_TIME] = timedelta(0)


@pytest.fixture
def accounts(app: Portal, password_hash: str) -> Accounts:
    """The people of ``ROLES`` in the test's database, their addresses confirmed."""
    return make_accounts(app, password_hash)


def make_accounts(app: Portal, password_hash: str) -> Accounts:
    """Write an account for each of ``ROLES`` into a database that has none. The first time in a run Flask-Security
    makes them; then their rows are known, which is quicker by thousands of statements."""
    with work(app):
        if password_hash not in WRITTEN:
            made = Accounts(**{name: _make_account(name, password_hash) for name in ROLES})
            written = db.session.execute(select(ACCOUNT).order_by(ACCOUNT.c.id)).mappings().all()
            # The database gives the same numbers again, and knows afterwards that it gave them. What is empty is left
            # out: a document would hold the word null instead.
            rows = [{n: value for n, value in row.items() if n != "id" and value is not None} for row in written]
            roles = [dict(row) for row in db.session.execute(select(account_role)).mappings()]
            WRITTEN[password_hash] = made, rows, roles
        else:
            made, rows, roles = WRITTEN[password_hash]
            db.session.execute(insert(ACCOUNT), [{**row, "confirmed_at": now(), "created_at": now()} for row in rows])
            db.session.execute(insert(account_role), roles)
    return made


def _make_account(name: str, password_hash: str) -> Person:
    role = ROLES[name]
    account = datastore.create_user(
        email=f"{name}@example.org",
        password=password_hash,
        confirmed_at=now(),
        roles=list(dict.fromkeys((Role.CONTRIBUTOR.value, role.value))),
        display_name=f"Name of {name}",
        pen_name="" if role is Role.CONTRIBUTOR else f"Pen of {name}",
        language="en",
    )
    assert isinstance(account, Account)
    db.session.flush()
    return Person(account.email, account.actor)


@pytest.fixture
def client_of(app: Portal, accounts: Accounts) -> Callable[[str], Browser]:
    """Gives a browser in which the named person of ``Accounts`` is signed in; ``visitor`` is nobody."""
    return lambda name: signed_in(app, None if name == "visitor" else getattr(accounts, name))


def signed_in(app: Portal, person: Person | None) -> Browser:
    """A browser with a session of ``person``, opened through the application's own session interface."""
    client = app.test_client()
    assert isinstance(client, Browser)
    if person is None:
        return client
    with app.app_context():
        uniquifier = db.session.get_one(Account, person.actor.id).fs_uniquifier
        db.session.rollback()
        with client.session_transaction("/en/account/login") as session:
            session["_user_id"], session["_fresh"] = uniquifier, True
    return client


@contextmanager
def work(app: Portal) -> Iterator[None]:
    """One piece of work as the edge does it: a transaction for writing, committed at the end and not after a fault."""
    with app.app_context(), writing():
        yield
        db.session.commit()


def filled_in(typed: Mapping[str, Any] | None = None, **changes: Any) -> Filled:
    """The form with what is needed, and the word that no portrait survives; ``typed`` are further facts."""
    said: dict[str, Any] = {
        "language": "ru",
        "none_survives": True,
        "permitted": True,
        "named": True,
    }
    return Filled(typed={**TYPED, **(typed or {})}, **{**said, **changes})


def begin(app: Portal, sender: Person, *pictures: Sample, form: Filled | None = None) -> str:
    """A draft with ``pictures``; gives its id."""
    with work(app):
        identifier = start(sender.actor, new_identifier(), form or filled_in()).id
        for sample in pictures:
            add(identifier, sender, sample)
    return identifier


def add(identifier: str, sender: Person, sample: Sample, name: str = "portrait.jpg") -> str:
    """Attach a picture in the present transaction; gives its id."""
    store = parts().store
    arrived = take_in(store, sample.original, sample.preview, sample.verified, name)
    return attach(identifier, sender.actor, store, arrived).id


def send_in(app: Portal, sender: Person, *pictures: Sample, form: Filled | None = None) -> str:
    """A submitted contribution; gives its id."""
    identifier = begin(app, sender, *pictures, form=form)
    with work(app):
        submit(identifier, sender.actor, now().date())
    return identifier


def begin_correction(
    app: Portal, sender: Person, entry: str, *pictures: Sample, typed: Mapping[str, Any] | None = None, **changes: Any
) -> str:
    """A draft about the published ``entry``, in which ``typed`` stands instead of what was filled in; gives its id."""
    with work(app):
        draft = correct(sender.actor, new_identifier(), entry, db.session.get_one(Participant, entry).facts, "ru")
        for sample in pictures:
            add(draft.id, sender, sample)
        words = {name: value for name, value in {**draft.typed, **(typed or {})}.items() if value}
        keep(draft.id, sender.actor, Filled(typed=words, **{"language": "ru", "permitted": True, **changes}))
        return draft.id


def send_correction(
    app: Portal, sender: Person, entry: str, *pictures: Sample, typed: Mapping[str, Any] | None = None, **changes: Any
) -> str:
    """A submitted correction of ``entry``; gives its id."""
    identifier = begin_correction(app, sender, entry, *pictures, typed=typed, **changes)
    with work(app):
        submit(identifier, sender.actor, now().date())
    return identifier


def decide(app: Portal, identifier: str, moderator: Person) -> str:
    """Take a submitted contribution and approve it; gives the id of its entry."""
    with work(app):
        claim(identifier, moderator.actor)
    with app.app_context():
        derive_due(parts().store, parts().limits)
    with work(app):
        return approved(identifier, moderator).id


def publish(app: Portal, sender: Person, moderator: Person, *pictures: Sample, form: Filled | None = None) -> str:
    """A published entry; gives its id."""
    identifier = send_in(app, sender, *pictures, form=form)
    with work(app):
        claim(identifier, moderator.actor)
    if pictures:
        with app.app_context():
            derive_due(parts().store, parts().limits)
    with work(app):
        return approved(identifier, moderator).id


def approved(identifier: str, moderator: Person, note: str = "") -> Participant:
    """The entry of a contribution that the moderator holds, which must be committed: what is open is given up. The time
    in which this could be taken back is over at once."""
    sent = approve(identifier, moderator.actor, SAFE, note=note)
    sent.undo_until, sent.undo_state, sent.publish_at = None, None, now()
    db.session.commit()
    outcome = publish_one(parts().store, identifier)
    sent = db.session.get_one(Contribution, identifier, populate_existing=True)
    assert sent.participant_id is not None, f"it is not published: {outcome}, {sent.state}"
    return db.session.get_one(Participant, sent.participant_id)


def publish_approved(app: Portal) -> None:
    """Publish what was approved, as the worker does."""
    with app.app_context():
        publish_due(parts().store)


def next_id(actor: Actor, after: str = "") -> str | None:
    """The id of the case that comes next for a moderator."""
    found = next_for(actor, after)
    return found.id if found is not None else None


def jpeg(seed: int = 0, size: tuple[int, int] = (360, 450)) -> bytes:
    """A drawn picture; another ``seed`` gives other bytes."""
    image = Image.new("RGB", size, (90, 80, 70))
    drawing = ImageDraw.Draw(image)
    drawing.ellipse((90, 60, 270, 300), fill=(200, 180 - seed % 100, 160))
    drawing.text((10, 10), str(seed), fill="white")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture(scope="session")
def portrait(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A picture that the real decoder has looked at, once in a run."""
    folder = tmp_path_factory.mktemp("portrait")
    original, preview = folder / "portrait.jpg", folder / "preview.webp"
    original.write_bytes(jpeg())
    return Sample(original, preview, verify(original, Limits(), preview))


@pytest.fixture(scope="session")
def sample_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Sample]:
    """Gives another picture for each number, looked at by the real decoder when it is first asked for."""
    folder = tmp_path_factory.mktemp("samples")

    @cache
    def looked_at(seed: int) -> Sample:
        original, preview = folder / f"{seed}.jpg", folder / f"{seed}.webp"
        original.write_bytes(jpeg(seed))
        return Sample(original, preview, verify(original, Limits(), preview))

    return looked_at


def csrf(page: TestResponse) -> str:
    """The token of the first form of a page."""
    found = TOKEN.search(page.text)
    assert found is not None, f"no form with a token in {page.request.path}"
    return unescape(found[1])


def people(accounts: Accounts) -> dict[str, Person]:
    """The accounts by their names."""
    return {each.name: getattr(accounts, each.name) for each in fields(accounts)}
