"""Who may do what: every route with every method and everything that it can be about, asked by seven people.

``authorisation.tsv`` says what each of them is answered. A line is missing for every new route: the failure gives it,
ready to be read, judged and pasted.

- ``yes``: the person may be there; it says nothing about what was typed
- ``sign in``: who has not signed in is led to it
- ``refused``: it is said to be for others
- ``hidden``: as if it were not there
- ``gone``: what was published and is no longer
"""

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from memory_road.db import db
from memory_road.media.limits import Limits
from memory_road.media.verify import verify
from memory_road.web.edge import SECOND_FACTOR, Portal
from tests.application import Accounts, Sample, jpeg, make_accounts, people, signed_in
from tests.prepared import Prepared, prepare

TABLE = Path(__file__).with_name("authorisation.tsv")
ASKERS = {
    "visitor": None,
    "contributor": "contributor",
    "other contributor": "stranger",
    "moderator out of scope": "second_moderator",
    "moderator": "moderator",
    "senior": "senior_moderator",
    "administrator": "administrator",
}
"""The columns, and who stands for each. The contributor is the one whose things are asked for."""
SENT = ("submitted", "moderator's own")
TO_DECIDE = (*SENT, "moderator's kin")
CASE = ("draft", *SENT)
HEARD = ("appealed", "appealed against the senior", "senior's own")
DESK_ENTRY = ("entry", "moderator's entry")
ABOUT = {
    # endpoint or blueprint: what its routes are asked about; the others are about one thing, or nothing
    "administer": ("contributor's account",),
    "anniversaries.of": ("day of the calendar",),
    "api_days.of": ("day of the calendar",),
    "api_people.one": ("entry", "entry taken down"),
    "batch": SENT,
    "care": ("entry",),
    "citing": ("entry", "entry taken down"),
    "contribute": ("draft", "submitted"),
    "contribute.upload": ("draft",),
    "correction": ("entry", "entry taken down"),
    "comparing": SENT,
    "covering": SENT,
    "covering.page": CASE,
    "desk.find": ("draft", "submitted"),
    "disputes": ("entry",),
    "entries": ("entry",),
    "entry_desk": DESK_ENTRY,
    "entry_desk.find": ("entry",),
    "entry_desk.part": ("entry merged into another",),
    "entry_desk.show_again": ("entry taken down",),
    "factors": ("moderator's passkey",),
    "families.admit": ("dispute",),
    "families.dispute": ("dispute",),
    "families.takeover": ("stranger's takeover",),
    "family_file": ("entry", "entry taken down"),
    "feed.of_kind": ("kind of participant",),
    "files.published": ("published picture",),
    "files.published_tile": ("published tiles",),
    "files.static_file": ("asset",),
    "files.tiles_described": ("published tiles",),
    "gallery.person": ("entry", "entry taken down", "entry merged into another"),
    "gallery.short": ("entry", "entry taken down"),
    "hearing.goes_on": HEARD,
    "hearing.put_on_hold": TO_DECIDE,
    "hearing.resume": ("held",),
    "hearing.stands": HEARD,
    "flowers": ("entry", "entry taken down"),
    "invitations": ("care offered",),
    "invited": ("staff invitation",),
    "keeping.agree": ("search to confirm",),
    "keeping.letter": ("search to confirm",),
    "kept.end": ("searches of a visitor",),
    "kept.seen": ("searches of a visitor",),
    "letters": ("letters' end",),
    "manifest": ("entry", "entry taken down"),
    "mapping.square": ("square of the map",),
    "mapping.squares": ("square of the map",),
    "marking": ("draft",),
    "marking.page": ("draft", "submitted"),
    "merging": DESK_ENTRY,
    "moderate": TO_DECIDE,
    "moderate.case": (*CASE, "rejected", "appealed"),
    "moderate.photograph": CASE,
    "moderate.take": ("draft", *TO_DECIDE),
    "moderate.take_back": ("approved",),
    "moderate.tile": ("tile of draft", "tile of submitted"),
    "my": ("draft", "submitted"),
    "my.tile": ("tile of draft", "tile of submitted"),
    "parked": ("parked form",),
    "portrait": DESK_ENTRY,
    "presence": SENT,
    "proposals": ("takedown proposed", "portrait proposed"),
    "reasons": ("reason",),
    "relatives": ("contributor's wish", "stranger's wish"),
    "reply.answer": ("returned",),
    "reply.look_again": ("rejected",),
    "reporting": ("entry", "entry taken down"),
    "request_desk": ("contributor's request", "moderator's request", "visitor's report"),
    "requests": ("contributor's request", "visitor's report"),
    "requests.takedown": ("entry",),
    "same_person": ("draft",),
    "screening": ("stranger's message",),
    "sharing": ("entry", "entry taken down"),
    "security.confirm_email": ("confirmation",),
    "security.reset_password": ("new password",),
    "noting": SENT,
    "setting_aside": SENT,
    "sitemap.entries": ("part of all entries",),
    "setting_aside.family_of_request": ("contributor's request", "visitor's report"),
    "staff_invitations": ("staff invitation",),
    "takeovers": ("stranger's takeover",),
    "uploads": ("draft",),
    "vocabularies": ("vocabulary",),
}
SOUGHT = {"desk.find": "contribution_id", "entry_desk.find": "participant_id"}
"""What is asked for by its number."""
TYPED = {"note": "Почему?", "words": "Почему?", "message": "Почему?"}
"""What every form is sent with: who must say why is asked that first, and then who they are."""
TYPED_IN: dict[str, dict[str, str]] = {
    # and what it is sent with instead, where that would let the matter come to pass and files move, or where another
    # part of the form is asked for first
    "covering.cover": dict.fromkeys(("left", "top", "width", "height"), "10"),
    "entry_desk.show_again": {},
    "moderate.decline": {**TYPED, "reason": "source_needed"},
    "moderate.send_back": {**TYPED, "reason": "other"},
    "portrait.page": {"action": "replace"},
}
TUS = {"Tus-Resumable": "1.0.0", "Upload-Length": "9", "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
PICTURE = jpeg()
PART = "application/offset+octet-stream"
Line = tuple[str, str, str]
"""A route, a method, and what it is asked about."""


class World:
    """A prepared database, which can be had back after each request that may have changed it."""

    def __init__(self, app: Portal, accounts: Accounts, things: Prepared) -> None:
        self.app, self.things = app, things
        self.cookies: dict[str, str] = {}
        self.tokens: dict[str, str] = {}
        everybody = people(accounts)
        for asker, name in ASKERS.items():
            client = signed_in(app, None if name is None else everybody[name])
            if name is not None:
                with app.app_context(), client.session_transaction("/en/account/login") as session:
                    session[SECOND_FACTOR] = everybody[name].actor.id
            self.tokens[asker] = client.token()
            cookie = client.get_cookie("session", path="/") or client.get_cookie(app.config["SESSION_COOKIE_NAME"])
            assert cookie is not None
            self.cookies[asker] = f"{cookie.key}={cookie.value}"
        with app.app_context():
            self.engine = db.engine
            self.file = Path(str(make_url(db.engine.url).database))
        self.engine.dispose()
        self.copy = shutil.copyfile(self.file, self.file.with_suffix(".prepared"))
        self.restore()

    def ask(self, asker: str, endpoint: str, method: str, address: str) -> TestResponse:
        """One request in a browser of its own, as it would come from our page; nothing of it stays."""
        headers = {"Cookie": self.cookies[asker], "Origin": "http://localhost", "X-CSRFToken": self.tokens[asker]}
        form: dict[str, Any] = {"csrf_token": self.tokens[asker], **TYPED_IN.get(endpoint, TYPED)}
        if endpoint == "contribute.upload":
            form["photos"] = (BytesIO(PICTURE), "portrait.jpg")
        if endpoint.startswith("uploads."):
            headers |= TUS
            options: dict[str, Any] = {"content_type": PART} if method in {"PATCH", "POST"} else {}
        else:
            options = {} if method == "GET" else {"data": form}
        client = self.app.test_client(use_cookies=False)
        answer = client.open(address, method=method, headers=headers, **options)
        if self._traces() != self.untouched:
            self.restore()
        return answer

    def restore(self) -> None:
        """The database as it was prepared."""
        self.engine.dispose()
        for beside in ("-wal", "-shm"):
            self.file.with_name(self.file.name + beside).unlink(missing_ok=True)
        shutil.copyfile(self.copy, self.file)
        self.untouched = self._traces()

    def _traces(self) -> list[tuple[int, int]]:
        """What a write changes of the database's files."""
        files = (self.file, self.file.with_name(f"{self.file.name}-wal"))
        return [
            (file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.exists() and file.stat().st_size
        ]


def methods_of(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}) or ["OPTIONS"]


def things_for(rule: Rule) -> tuple[str, ...]:
    nothing = rule.endpoint not in SOUGHT and not rule.arguments - {"lang"}
    return ("",) if nothing else ABOUT.get(rule.endpoint) or ABOUT.get(rule.endpoint.partition(".")[0]) or ()


def reads(method: str) -> bool:
    return method in {"GET", "OPTIONS"}


def lines(app: Portal, things: Prepared) -> Iterator[tuple[Line, str]]:
    """Every line that the table must have, and the address that it is about."""
    for rule in app.url_map.iter_rules():
        for about in things_for(rule):
            values = {"lang": "en", **things.get(about, {})}
            if not rule.arguments <= values.keys():
                continue
            built = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
            assert built is not None, rule
            sought = f"?number={values[SOUGHT[rule.endpoint]]}" if rule.endpoint in SOUGHT else ""
            for method in methods_of(rule):
                yield (rule.endpoint, method, about), f"{built[1]}{sought}"


def answered(answer: TestResponse) -> str:
    status = answer.status_code
    if status == 401 or (status == 302 and answer.location.startswith("/en/account/login?")):
        return "sign in"
    if status < 400 or status in {409, 422}:
        return "yes"
    return {403: "refused", 404: "hidden", 410: "gone"}.get(status, str(status))


def table() -> dict[Line, tuple[str, ...]]:
    head, *rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    assert head == ["route", "method", "about", *ASKERS]
    assert rows == sorted(rows), "the lines are in their order"
    found = {(row[0], row[1], row[2]): tuple(row[3:]) for row in rows}
    assert len(found) == len(rows), "a line stands once"
    return found


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A picture with tiles."""
    folder = tmp_path_factory.mktemp("picture")
    original, preview = folder / "picture.jpg", folder / "preview.webp"
    original.write_bytes(jpeg(size=(2100, 1300)))
    return Sample(original, preview, verify(original, Limits(), preview))


def write_lightly(connection: DBAPIConnection, _: object) -> None:
    """Nobody waits for the disk: the database is thrown away a thousand times."""
    connection.cursor().execute("PRAGMA synchronous = OFF")


@pytest.fixture
def world(sqlite_app: Portal, password_hash: str, picture: Sample) -> Iterator[World]:
    with sqlite_app.app_context():
        engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", write_lightly)
    accounts = make_accounts(sqlite_app, password_hash)
    yield World(sqlite_app, accounts, prepare(sqlite_app, accounts, picture))
    event.remove(engine, "connect", write_lightly)


@pytest.mark.parametrize("reading", [True, False], ids=["reading", "writing"])
def test_everybody_is_answered_as_the_table_says(world: World, reading: bool) -> None:
    asked: dict[Line, list[tuple[str, ...]]] = {}
    for line, address in lines(world.app, world.things):
        if reads(line[1]) is reading:
            row = tuple(answered(world.ask(asker, line[0], line[1], address)) for asker in ASKERS)
            asked.setdefault(line, []).append(row)
    # A route can have several addresses.
    seen = {
        line: tuple(" or ".join(sorted(set(answers))) for answers in zip(*rows, strict=True))
        for line, rows in asked.items()
    }
    routes = {(rule.endpoint, method) for rule in world.app.url_map.iter_rules() for method in methods_of(rule)}
    left_out = {route for route in routes if reads(route[1]) is reading} - {line[:2] for line in seen}
    assert left_out == set(), "nothing of the prepared world fits these: see ABOUT"
    known = {line: row for line, row in table().items() if reads(line[1]) is reading}
    differ = ["\t".join((*line, *row)) for line, row in sorted(seen.items()) if known.get(line) != row]
    assert differ == [], "lines that are missing from the table or say something else:\n" + "\n".join(differ)
    assert known.keys() - seen.keys() == set(), "lines without a route"
