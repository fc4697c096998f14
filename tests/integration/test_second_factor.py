"""The second step of signing in at the desk: who is asked, with what it is taken, and that nothing goes past it."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import cbor2
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from flask_security import hash_password
from passlib.totp import TOTP
from sqlalchemy import func, select
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from werkzeug.test import TestResponse

from memory_road.accounts.code import make_code
from memory_road.accounts.passkey import Passkey
from memory_road.accounts.second_factor import AuthenticatorApp, RecoveryCode, forget_second_factor, has_second_factor
from memory_road.accounts.sessions import SignIn
from memory_road.accounts.user import Account
from memory_road.cli import main
from memory_road.db import db
from memory_road.mail.letter import LetterKind
from memory_road.owner.close import close
from memory_road.web.edge import Parts, Portal, parts
from tests.application import PASSWORD, Accounts, Browser, Person, csrf, on_database, send_in, signed_in, work
from tests.outcomes import letters

OURS = "/en/account/second-factor"
ORIGIN = "http://localhost"
PAPER = re.compile(r'<li class="number">([^<]+)</li>')
TICKET = re.compile(r'name="ticket" value="([^"]+)"')
LETTERS = re.compile(r'class="letters">([^<]+)<')


@pytest.fixture(params=["sqlite_url"])
def app(request: pytest.FixtureRequest, portal: Portal) -> Iterator[Portal]:
    """The application with the second step asked for, as operators get it; on SQLite, unless a test says otherwise."""
    before: Parts = portal.extensions["memory_road"]
    portal.extensions["memory_road"] = replace(before, settings=replace(before.settings, second_factor=True))
    yield from on_database(portal, request.getfixturevalue(request.param))
    portal.extensions["memory_road"] = before


on_both = pytest.mark.parametrize("app", ["sqlite_url", "postgresql_url"], indirect=True)


def codes_of(secret: str, steps: int = 0) -> str:
    """What an app shows that was given the letters ``secret``, so many half minutes from now."""
    generator = TOTP(key=secret)
    return str(generator.generate(generator.normalize_time(None) + 30 * steps).token)


def set_up_an_app(client: Browser, after: str = "") -> tuple[str, list[str]]:
    """Go the whole way of setting up; gives what the app was given, and the codes on paper."""
    page = client.get(f"{OURS}/app{after}")
    secret, ticket = LETTERS.search(page.text), TICKET.search(page.text)
    assert secret is not None
    assert ticket is not None
    assert "<svg" in page.text
    answer = client.post(
        f"{OURS}/app{after}", data={"csrf_token": csrf(page), "ticket": ticket[1], "code": codes_of(secret[1])}
    )
    assert answer.status_code == 200
    return secret[1], PAPER.findall(answer.text)


def again(app: Portal, person: Person) -> Browser:
    """A new session of the person, who has taken the first step."""
    return signed_in(app, person)


def opens(client: Browser) -> bool:
    """Whether the desk is open to the session."""
    return client.get("/en/moderate/").status_code == 200


def test_a_moderator_is_led_to_it_and_comes_back(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.contributor)
    client = signed_in(app, accounts.moderator)
    answer = client.get(f"/en/moderate/{case}?said=claimed")
    assert answer.status_code == 302
    assert answer.location == f"{OURS}?next=/en/moderate/{case}?said%3Dclaimed"
    page = client.get(answer.location)
    assert "Set up an app" in page.text
    after = answer.location.removeprefix(OURS)
    secret, paper = set_up_an_app(client, after)
    assert len(paper) == 10
    assert client.get(f"/en/moderate/{case}").status_code == 200
    assert [letter.content["what"] for letter in letters(app, LetterKind.SECOND_FACTOR)] == ["added"]

    later = again(app, accounts.moderator)
    asked = later.get(f"/en/moderate/{case}")
    assert asked.status_code == 302
    answer = later.send(asked.location, {"code": codes_of(secret, 1)})
    assert (answer.status_code, answer.location) == (303, f"/en/moderate/{case}")
    assert later.get(answer.location).status_code == 200


@pytest.mark.parametrize("name", ["moderator", "senior_moderator", "administrator"])
def test_it_is_asked_of_all_who_have_a_desk(app: Portal, client_of: Callable[[str], Browser], name: str) -> None:
    assert client_of(name).get("/en/moderate/").location == f"{OURS}?next=/en/moderate/"


def test_it_is_not_asked_of_relatives(app: Portal, client_of: Callable[[str], Browser]) -> None:
    client = client_of("contributor")
    assert client.get("/en/my/contributions").status_code == 200
    assert client.get(OURS).status_code == 403
    assert client.get("/en/moderate/").status_code == 403


def test_without_it_a_moderator_is_a_contributor_on_every_page(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.contributor)
    client = signed_in(app, accounts.moderator)
    assert client.get(f"/en/my/{case}/preview").status_code == 404
    assert client.get("/en/my/contributions").status_code == 200
    answer = client.send(f"/en/moderate/{case}/claim", {"note": "Was ich schrieb"})
    assert answer.status_code == 401
    assert "Was ich schrieb" in answer.text
    set_up_an_app(client)
    assert client.get(f"/en/my/{case}/preview").status_code == 200


def by_password(client: Browser, person: Person, app: Portal) -> TestResponse:
    page = client.get("/en/account/login?next=/en/moderate/")
    typed = {"csrf_token": csrf(page), "email": person.email, "password": PASSWORD}
    return client.post("/en/account/login?next=/en/moderate/", data=typed)


def by_letter(client: Browser, person: Person, app: Portal) -> TestResponse:
    page = client.get("/en/account/code?next=/en/moderate/")
    client.post("/en/account/code/send?next=/en/moderate/", data={"csrf_token": csrf(page), "email": person.email})
    with work(app):
        code = make_code(person.actor.id)
    return client.post("/en/account/code", data={"csrf_token": csrf(client.get("/en/account/code")), "code": code})


@pytest.mark.parametrize("way", [by_password, by_letter])
def test_it_does_not_matter_how_somebody_came_in(
    app: Portal, accounts: Accounts, way: Callable[[Browser, Person, Portal], TestResponse]
) -> None:
    secret, _ = set_up_an_app(signed_in(app, accounts.moderator))
    client = signed_in(app, None)
    answer = way(client, accounts.moderator, app)
    assert answer.location == "/en/moderate/"
    assert not opens(client)
    client.send(OURS, {"code": codes_of(secret, 1)})
    assert opens(client)


@on_both
def test_a_code_works_once_and_only_near_its_time(app: Portal, accounts: Accounts) -> None:
    secret, _ = set_up_an_app(signed_in(app, accounts.moderator))
    client = again(app, accounts.moderator)
    for wrong in (codes_of(secret), codes_of(secret, 4), codes_of(secret, -4), "", "кот", "1234567890"):
        answer = client.send(OURS, {"code": wrong})
        assert (answer.status_code, "not right" in answer.text) == (422, True), wrong
        assert not opens(client)
    spaced = codes_of(secret, 1)
    assert client.send(OURS, {"code": f" {spaced[:3]} {spaced[3:]}"}).status_code == 303
    assert opens(client)


@on_both
def test_a_code_on_paper_works_once(app: Portal, accounts: Accounts) -> None:
    _, paper = set_up_an_app(signed_in(app, accounts.moderator))
    client = again(app, accounts.moderator)
    assert client.send(OURS, {"code": paper[3].replace("\u00a0", "-").upper()}).status_code == 303
    assert opens(client)
    told = letters(app, LetterKind.SECOND_FACTOR)[-1].content
    assert (told["what"], told["left"]) == ("used", 9)
    assert again(app, accounts.moderator).send(OURS, {"code": paper[3]}).status_code == 422
    assert "9 are left" in client.get(OURS).text
    fresh = PAPER.findall(client.send(f"{OURS}/codes").text)
    assert set(fresh).isdisjoint(paper)
    assert again(app, accounts.moderator).send(OURS, {"code": paper[4]}).status_code == 422
    assert again(app, accounts.moderator).send(OURS, {"code": fresh[0]}).status_code == 303


def test_somebody_elses_codes_open_nothing(app: Portal, accounts: Accounts) -> None:
    secret, paper = set_up_an_app(signed_in(app, accounts.moderator))
    set_up_an_app(signed_in(app, accounts.second_moderator))
    client = again(app, accounts.second_moderator)
    assert client.send(OURS, {"code": paper[0]}).status_code == 422
    assert client.send(OURS, {"code": codes_of(secret, 1)}).status_code == 422


def test_a_step_of_one_account_does_not_count_for_another(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, accounts.moderator)
    set_up_an_app(client)
    other = signed_in(app, accounts.second_moderator)
    with app.app_context():
        with client.session_transaction("/en/account/login") as kept:
            taken = kept["second_factor"]
        with other.session_transaction("/en/account/login") as kept:
            kept["second_factor"] = taken
    assert not opens(other)


def test_signing_out_ends_it(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, accounts.moderator)
    set_up_an_app(client)
    client.send("/en/account/logout")
    assert by_password(client, accounts.moderator, app).location == "/en/moderate/"
    assert client.get("/en/my/contributions").status_code == 200
    assert not opens(client)


def test_trying_is_limited(app: Portal, accounts: Accounts) -> None:
    _, paper = set_up_an_app(signed_in(app, accounts.moderator))
    client = again(app, accounts.moderator)
    answers = [client.send(OURS, {"code": "000000"}).status_code for _ in range(12)]
    assert answers[-1] == 429
    assert client.send(OURS, {"code": paper[0]}).status_code == 429


def test_a_session_that_has_taken_it_gets_another_cookie(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, accounts.moderator)
    before = client.get_cookie("memory_road")
    assert before is not None
    set_up_an_app(client)
    copied = signed_in(app, None)
    copied.set_cookie("memory_road", before.value)
    assert copied.get("/en/my/contributions").status_code == 302


def test_a_square_is_for_one_account_and_an_hour(app: Portal, accounts: Accounts) -> None:
    client, other = signed_in(app, accounts.moderator), signed_in(app, accounts.second_moderator)
    page = client.get(f"{OURS}/app")
    secret, ticket = LETTERS.search(page.text), TICKET.search(page.text)
    assert secret is not None
    assert ticket is not None
    for foreign in (ticket[1], "forged", ""):
        answer = other.send(f"{OURS}/app", {"ticket": foreign, "code": codes_of(secret[1])})
        assert answer.status_code == 422
        assert "too old" in answer.text
    answer = client.send(f"{OURS}/app", {"ticket": ticket[1], "code": "000000"})
    assert answer.status_code == 422
    assert secret[1] in answer.text, "the same square: the app has read it already"
    assert not opens(client)


def test_who_has_taken_only_the_first_step_changes_nothing(app: Portal, accounts: Accounts) -> None:
    set_up_an_app(signed_in(app, accounts.moderator))
    client = again(app, accounts.moderator)
    assert client.get(f"{OURS}/app").status_code == 403
    for act in ("app", "app/remove", "passkeys", "passkeys/000000000/remove", "codes"):
        assert client.send(f"{OURS}/{act}").status_code == 403, act
    assert client.send(f"{OURS}/challenge", {"purpose": "add"}).status_code == 403
    with app.app_context():
        assert has_second_factor(accounts.moderator.actor.id)


def test_the_last_one_that_is_removed_takes_the_codes_along(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, accounts.moderator)
    set_up_an_app(client)
    assert client.send(f"{OURS}/app/remove").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 0
        assert not has_second_factor(accounts.moderator.actor.id)
    assert client.send(f"{OURS}/codes").location == OURS


def test_the_database_alone_opens_nothing(app: Portal, accounts: Accounts) -> None:
    secret, paper = set_up_an_app(signed_in(app, accounts.moderator))
    with app.app_context():
        kept = db.session.scalars(select(AuthenticatorApp.secret)).one()
        digests = db.session.scalars(select(RecoveryCode.digest)).all()
    assert secret.replace("-", "") not in kept
    plain = {code.replace("\u00a0", "") for code in paper}
    assert plain.isdisjoint(digests)
    assert {hashlib.sha256(code.encode()).hexdigest() for code in plain}.isdisjoint(digests), "keyed, not only hashed"


def test_what_somebody_has_chosen_is_asked_for_also_where_none_is_needed(app: Portal, accounts: Accounts) -> None:
    set_up_an_app(signed_in(app, accounts.moderator))
    known: Parts = app.extensions["memory_road"]
    app.extensions["memory_road"] = replace(known, settings=replace(known.settings, second_factor=False))
    assert opens(signed_in(app, accounts.second_moderator))
    assert not opens(again(app, accounts.moderator))


@on_both
def test_closing_the_account_forgets_it(app: Portal, accounts: Accounts) -> None:
    set_up_an_app(signed_in(app, accounts.moderator))
    with work(app):
        close(accounts.moderator.actor.id, parts().store)
    with app.app_context():
        assert not has_second_factor(accounts.moderator.actor.id)
        assert db.session.scalar(select(func.count()).select_from(RecoveryCode)) == 0


# --- passkeys ---


@dataclass
class Key:
    """A passkey as a telephone makes it, by the standard: ES256, no attestation."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = b"a key of the tests"
    uses: int = 0
    origin: str = ORIGIN
    host: str = "localhost"

    def made(self, challenge: str) -> str:
        numbers = self.private.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(public)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(0x41) + credential}
        return self._answer(
            clientDataJSON=self._client("webauthn.create", challenge), attestationObject=cbor2.dumps(attestation)
        )

    def used(self, challenge: str) -> str:
        self.uses += 1
        client, data = self._client("webauthn.get", challenge), self._data(0x01)
        signature = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4, "big")

    def _answer(self, **response: bytes) -> str:
        spelt = {name: bytes_to_base64url(value) for name, value in response.items()}
        name = bytes_to_base64url(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": spelt})


def challenge_for(client: Browser, purpose: str) -> str:
    answer = client.send(f"{OURS}/challenge", {"purpose": purpose})
    assert answer.status_code == 200
    assert answer.json is not None
    return str(answer.json["challenge"])


def add_key(client: Browser, key: Key, **fields: str) -> TestResponse:
    answer = key.made(challenge_for(client, "add"))
    return client.send(f"{OURS}/passkeys", {"credential": answer, "name": "Мой телефон", **fields})


def use_key(client: Browser, key: Key) -> TestResponse:
    return client.send(f"{OURS}/passkey?next=/en/moderate/", {"credential": key.used(challenge_for(client, "use"))})


@on_both
def test_a_passkey_opens_the_desk(app: Portal, accounts: Accounts) -> None:
    client, key = signed_in(app, accounts.moderator), Key()
    assert len(PAPER.findall(add_key(client, key).text)) == 10
    assert opens(client)
    page = client.get(OURS).text
    assert "Мой телефон" in page
    later = again(app, accounts.moderator)
    assert not opens(later)
    answer = use_key(later, key)
    assert (answer.status_code, answer.location) == (303, "/en/moderate/")
    assert opens(later)
    with app.app_context():
        kept = db.session.scalars(select(Passkey)).one()
        assert (kept.sign_count, kept.used_at is not None) == (1, True)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda key: replace(key, private=ec.generate_private_key(ec.SECP256R1())), "another key signed"),
        (lambda key: replace(key, origin="https://elsewhere.example"), "it was asked by another site"),
        (lambda key: replace(key, host="elsewhere.example"), "it is for another site"),
        (lambda key: replace(key, id=b"nobody's"), "nobody has this one"),
        (lambda key: replace(key, uses=-1), "it was used before: this is a copy"),
    ],
)
def test_another_passkey_opens_nothing(app: Portal, accounts: Accounts, change: Callable[[Key], Key], why: str) -> None:
    key = Key()
    client = signed_in(app, accounts.moderator)
    add_key(client, key)
    assert use_key(again(app, accounts.moderator), key).status_code == 303
    later = again(app, accounts.moderator)
    assert use_key(later, change(key)).status_code == 422, why
    assert not opens(later), why


def test_an_answer_works_once(app: Portal, accounts: Accounts) -> None:
    key = Key()
    add_key(signed_in(app, accounts.moderator), key)
    client = again(app, accounts.moderator)
    answer = key.used(challenge_for(client, "use"))
    assert client.send(f"{OURS}/passkey", {"credential": answer}).status_code == 303
    later = again(app, accounts.moderator)
    assert later.send(f"{OURS}/passkey", {"credential": answer}).status_code == 422
    challenge_for(later, "use")
    assert later.send(f"{OURS}/passkey", {"credential": answer}).status_code == 422
    assert not opens(later)


def test_somebody_elses_passkey_opens_nothing(app: Portal, accounts: Accounts) -> None:
    key = Key()
    add_key(signed_in(app, accounts.moderator), key)
    add_key(signed_in(app, accounts.second_moderator), Key(id=b"another"))
    client = again(app, accounts.second_moderator)
    assert use_key(client, key).status_code == 422
    assert not opens(client)
    with app.app_context():
        mine = db.session.scalars(select(Passkey).where(Passkey.account_id == accounts.moderator.actor.id)).one()
    other = again(app, accounts.second_moderator)
    use_key(other, Key(private=key.private, id=b"another"))
    assert other.send(f"{OURS}/passkeys/{mine.id}/remove").status_code == 403


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '"x"', '{"rawId": 7}', '{"rawId": "!"}', "{" * 3000])
def test_nonsense_in_place_of_a_passkey(app: Portal, accounts: Accounts, answer: str) -> None:
    client = signed_in(app, accounts.moderator)
    challenge_for(client, "add")
    refused = client.send(f"{OURS}/passkeys", {"credential": answer, "name": "Ключ на связке"})
    assert refused.status_code == 422
    assert "Ключ на связке" in refused.text
    add_key(client, Key())
    later = again(app, accounts.moderator)
    challenge_for(later, "use")
    assert later.send(f"{OURS}/passkey", {"credential": answer}).status_code == 422


def test_one_passkey_is_of_one_account(app: Portal, accounts: Accounts) -> None:
    add_key(signed_in(app, accounts.moderator), Key())
    assert add_key(signed_in(app, accounts.second_moderator), Key()).status_code == 422


def test_options_say_for_whom_the_passkey_is(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, accounts.moderator)
    made = client.send(f"{OURS}/challenge", {"purpose": "add"}).json
    assert made is not None
    assert made["rp"] == {"name": "Memory Road", "id": "localhost"}
    assert base64url_to_bytes(made["user"]["id"]) == str(accounts.moderator.actor.id).encode()
    add_key(client, Key())
    again_made = client.send(f"{OURS}/challenge", {"purpose": "add"}).json
    assert again_made is not None
    assert [key["id"] for key in again_made["excludeCredentials"]] == [bytes_to_base64url(Key().id)]


def test_it_can_be_forgotten_for_somebody(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, accounts.moderator)
    set_up_an_app(client)
    add_key(client, Key())
    with work(app):
        forget_second_factor(accounts.moderator.actor.id)
    assert "Set up an app" in again(app, accounts.moderator).get(OURS).text


def test_a_new_password_ends_other_sessions_and_asks_anew(app: Portal, accounts: Accounts) -> None:
    secret, _ = set_up_an_app(signed_in(app, accounts.moderator))
    with work(app):
        db.session.get_one(Account, accounts.moderator.actor.id).password = hash_password("another three words")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignIn)) == 1
    client = signed_in(app, None)
    page = client.get("/en/account/login")
    client.post(
        "/en/account/login",
        data={"csrf_token": csrf(page), "email": accounts.moderator.email, "password": "another three words"},
    )
    assert not opens(client)
    client.send(OURS, {"code": codes_of(secret, 1)})
    assert opens(client)


def test_the_command_forgets_it_and_ends_sessions(tmp_path: Path, accounts: Accounts, portal: Portal) -> None:
    environ = {
        "MEMORY_ROAD_SECRET_KEY": "x" * 40,
        "MEMORY_ROAD_DATA_DIR": str(tmp_path),
        "MEMORY_ROAD_DATABASE_URL": "",
    }
    with portal.app_context():
        environ["MEMORY_ROAD_DATABASE_URL"] = db.engine.url.render_as_string(hide_password=False)
    client = signed_in(portal, accounts.moderator)
    set_up_an_app(client)
    run = CliRunner().invoke
    done = run(main, ["user", "reset-second-step", "Moderator@example.org"], env=environ)
    assert done.exit_code == 0, done.output
    assert client.get("/en/my/contributions").status_code == 302
    with portal.app_context():
        assert not has_second_factor(accounts.moderator.actor.id)
    assert letters(portal, LetterKind.SECOND_FACTOR)[-1].content["what"] == "reset"
    assert run(main, ["user", "reset-second-step", "nobody@example.org"], env=environ).exit_code == 1
