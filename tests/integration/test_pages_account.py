"""Accounts: registering, confirming, signing in and out, a new password; and what each of them gives away."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import url_for
from flask_security import confirmable
from passlib.handlers.sha2_crypt import sha256_crypt
from sqlalchemy import func, select, text, update
from werkzeug.test import TestResponse

from memory_road.accounts.sessions import SignIn, forget_expired
from memory_road.accounts.user import Account
from memory_road.db import db, now
from memory_road.jobs.tidy import tidy
from memory_road.mail.send import send_due
from memory_road.web.edge import Portal, parts
from tests.application import PASSWORD, Accounts, Browser, csrf, signed_in, work
from tests.smtp import SmtpSink, text_of

LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")
ClientOf = Callable[[str], Browser]


def deliver(app: Portal, sink: SmtpSink) -> None:
    """Send what waits through a real server."""
    with app.app_context():
        send_due(replace(parts().settings, mail_url=sink.url))


def link_in(sink: SmtpSink) -> str:
    found = LINK.search(text_of(sink.messages[-1]))
    assert found is not None
    return found[1]


def sign_in(client: Browser, email: str, password: str, address: str = "/en/account/login") -> TestResponse:
    page = client.get(address)
    return client.post(address, data={"csrf_token": csrf(page), "email": email, "password": password})


def register(client: Browser, email: str, **fields: str) -> TestResponse:
    page = client.get("/en/account/register")
    typed = {"csrf_token": csrf(page), "email": email, "password": PASSWORD, "display_name": "Anna", **fields}
    return client.post("/en/account/register", data=typed)


def session_cookie(client: Browser) -> str:
    cookie = client.get_cookie("memory_road")
    assert cookie is not None
    return cookie.value


def rows(app: Portal) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(SignIn)) or 0


def is_signed_in(client: Browser) -> bool:
    return client.get("/en/my/contributions").status_code == 200


def account(app: Portal, email: str) -> Account | None:
    with app.app_context():
        return db.session.scalar(select(Account).where(Account.email == email))


def test_from_registering_to_signing_in(app: Portal, smtp_sink: SmtpSink) -> None:
    client = signed_in(app, None)
    answer = register(client, "Anna@Example.org")
    assert (answer.status_code, answer.location) == (302, "/en/account/code")
    assert client.get(answer.location).status_code == 200
    made = account(app, "anna@example.org")
    assert made is not None
    assert (made.confirmed_at, made.language, made.display_name) == (None, "en", "Anna")
    assert [role.name for role in made.roles] == ["contributor"]
    assert not is_signed_in(client)

    deliver(app, smtp_sink)
    (letter,) = smtp_sink.messages
    assert letter["To"] == "anna@example.org"
    assert re.fullmatch("[0-9]{6} is your code: please confirm your address", letter["Subject"])
    link = link_in(smtp_sink)
    assert link.startswith("/en/account/confirm/")
    page = client.get(link)
    assert page.status_code == 200
    assert (unchanged := account(app, "anna@example.org")) is not None
    assert unchanged.confirmed_at is None, "mail scanners follow links: looking confirms nothing"
    assert client.post(link, data={"csrf_token": csrf(page)}).status_code == 302
    assert (confirmed := account(app, "anna@example.org")) is not None
    assert confirmed.confirmed_at is not None

    stranger = signed_in(app, None)
    answer = sign_in(stranger, "Anna@example.ORG", PASSWORD)
    assert (answer.status_code, answer.location) == (302, "/en/my/contributions")
    assert is_signed_in(stranger)
    assert rows(app) >= 1


def test_who_did_not_confirm_does_not_come_in(app: Portal) -> None:
    client = signed_in(app, None)
    register(client, "anna@example.org")
    sign_in(client, "anna@example.org", PASSWORD)
    assert not is_signed_in(client)
    assert rows(app) == 0


@pytest.mark.parametrize(
    ("fields", "sentence_at"),
    [
        ({"password": "short"}, "password"),
        ({"email": "nobody"}, "email"),
        ({"display_name": "я" * 101}, "display_name"),
    ],
)
def test_registering_says_what_to_mend_and_keeps_the_rest(
    app: Portal, fields: dict[str, str], sentence_at: str
) -> None:
    client = signed_in(app, None)
    page = register(client, **{"email": "anna@example.org", **fields})
    assert page.status_code in {200, 422}
    assert f'href="#{sentence_at}"' in page.text
    assert fields.get("email", "anna@example.org") in page.text
    assert account(app, "anna@example.org") is None


def test_registering_answers_alike_for_known_and_unknown_addresses(
    app: Portal, accounts: Accounts, smtp_sink: SmtpSink
) -> None:
    answers = []
    for email in ("new@example.org", accounts.contributor.email):
        client = signed_in(app, None)
        answer = register(client, email)
        page = client.get(answer.location)
        plain = re.sub(r'name="csrf_token" value="[^"]*"', "", page.text).replace(email, "")
        answers.append((answer.status_code, answer.location, plain))
    assert answers[0] == answers[1]
    deliver(app, smtp_sink)
    assert {message["To"] for message in smtp_sink.messages} == {"new@example.org", accounts.contributor.email}


def test_signing_in_answers_alike_for_known_and_unknown_addresses(app: Portal, accounts: Accounts) -> None:
    pages = []
    for email in (accounts.contributor.email, "nobody@example.org"):
        client = signed_in(app, None)
        page = sign_in(client, email, "not the password")
        assert not is_signed_in(client)
        plain = re.sub(r'value="[^"]*"', "", page.text).replace(email, "")
        pages.append((page.status_code, plain))
    assert pages[0] == pages[1]
    assert 'class="summary"' in pages[0][1]


def test_a_forgotten_password_is_answered_alike_and_replaced(
    app: Portal, accounts: Accounts, smtp_sink: SmtpSink
) -> None:
    pages = []
    for email in (accounts.contributor.email, "nobody@example.org"):
        client = signed_in(app, None)
        token = csrf(client.get("/en/account/reset"))
        page = client.post("/en/account/reset", data={"csrf_token": token, "email": email}, follow_redirects=True)
        pages.append((page.status_code, re.sub(r'value="[^"]*"', "", page.text).replace(email, "")))
    assert pages[0] == pages[1]
    deliver(app, smtp_sink)
    assert [message["To"] for message in smtp_sink.messages] == [accounts.contributor.email]

    thief = signed_in(app, accounts.contributor)
    assert is_signed_in(thief)
    link = link_in(smtp_sink)
    client = signed_in(app, None)
    page = client.get(link)
    assert page.status_code == 200
    asked = dict.fromkeys(re.findall(r'name="(password\w*)"', page.text), "another three words")
    assert client.post(link, data={"csrf_token": csrf(page), **asked}).status_code == 302
    assert not is_signed_in(thief), "a new password ends every session"
    assert client.get(link).status_code == 302, "the link works once"
    sign_in(client, accounts.contributor.email, "another three words")
    assert is_signed_in(client)
    stale = signed_in(app, None)
    sign_in(stale, accounts.contributor.email, PASSWORD)
    assert not is_signed_in(stale)


def test_a_link_that_was_sent_before_the_change_of_its_hash_still_confirms(
    app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirmable, "hash_data", sha256_crypt.using(rounds=1000).hash)
    who = accounts.contributor.actor.id
    with app.test_request_context():
        account = db.session.get_one(Account, who)
        account.confirmed_at = None
        db.session.commit()
        token = confirmable.generate_confirmation_token(account)
        link = url_for("security.confirm_email", lang="en", token=token)
    client = signed_in(app, None)
    assert client.post(link, data={"csrf_token": csrf(client.get(link))}).status_code == 302
    with app.app_context():
        assert db.session.get_one(Account, who).confirmed_at is not None


@pytest.mark.parametrize("address", ["/en/account/confirm/nonsense", "/en/account/reset/nonsense"])
def test_a_wrong_link_is_answered_with_a_page(app: Portal, address: str) -> None:
    client = signed_in(app, None)
    assert client.get(address, follow_redirects=True).status_code == 200
    token = csrf(client.get("/en/account/login"))
    assert client.post(address, data={"csrf_token": token}, follow_redirects=True).status_code == 200


def test_signing_in_makes_a_session_with_a_new_token_and_signing_out_ends_it(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, None)
    client.get("/en/account/login")
    before = session_cookie(client)
    assert rows(app) == 0, "visitors leave no rows"
    sign_in(client, accounts.contributor.email, PASSWORD)
    after = session_cookie(client)
    assert before != after
    assert rows(app) == 1
    with app.app_context():
        row = db.session.execute(select(SignIn)).scalar_one()
        assert row.account_id == accounts.contributor.actor.id
        assert row.token_digest not in after, "who reads the table cannot sign in with it"
    client.send("/en/account/logout")
    assert rows(app) == 0
    copied = signed_in(app, None)
    copied.set_cookie("memory_road", after)
    assert not is_signed_in(copied)


def test_a_cookie_from_before_signing_in_opens_nothing(app: Portal, accounts: Accounts) -> None:
    client, attacker = signed_in(app, None), signed_in(app, None)
    attacker.get("/en/account/login")
    planted = session_cookie(attacker)
    client.set_cookie("memory_road", planted)
    sign_in(client, accounts.contributor.email, PASSWORD)
    assert is_signed_in(client)
    assert not is_signed_in(attacker)


@pytest.mark.parametrize(
    "cookie", ["s.", "s.nonsense", "nonsense", "s." + "a" * 5000, "s.\u00ff\u0416", "\x01", "e30.x.y"]
)
def test_a_cookie_that_is_not_ours_is_nobodys(client_of: ClientOf, cookie: str) -> None:
    client = client_of("visitor")
    for address in ("/en/my/contributions", "/en/account/login", "/en/"):
        answer = client.get(address, headers={"Cookie": f"memory_road={cookie}"})
        assert answer.status_code == (302 if "my" in address else 200)


def test_a_session_that_is_too_old_opens_nothing(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, accounts.contributor)
    with work(app):
        db.session.execute(update(SignIn).values(expires_at=now() - timedelta(seconds=1)))
    assert not is_signed_in(client)
    with app.app_context():
        assert tidy(parts().store) == 1
        assert forget_expired() == 0


def test_a_closed_account_is_signed_out(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, accounts.contributor)
    with work(app):
        db.session.execute(update(Account).values(active=False))
    assert not is_signed_in(client)


def test_the_cookie_is_kept_from_scripts_and_other_sites(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, None)
    cookie = sign_in(client, accounts.contributor.email, PASSWORD).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "https:evil.example"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(app: Portal, accounts: Accounts, elsewhere: str) -> None:
    client = signed_in(app, None)
    token = csrf(client.get("/en/account/login"))
    typed: dict[str, Any] = {"csrf_token": token, "email": accounts.contributor.email, "password": PASSWORD}
    answer = client.post("/en/account/login", query_string={"next": elsewhere}, data=typed)
    assert not (answer.location or "/").startswith(("http", "//", "/\\")), answer.location


def test_who_was_asked_to_sign_in_comes_where_they_wanted(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, None)
    asked = client.get("/en/contribute?x=1")
    assert asked.status_code == 302
    answer = sign_in(client, accounts.contributor.email, PASSWORD, asked.location)
    assert answer.location == "/en/contribute?x=1"


def test_the_profile_is_kept_and_only_moderators_have_a_pen_name(app: Portal, client_of: ClientOf) -> None:
    for who, pen_name in (("contributor", ""), ("moderator", "Ива")):
        client = client_of(who)
        typed = {"display_name": " Анна Т. ", "pen_name": "Ива", "language": "ru", "letters": "at_once"}
        assert client.send("/en/account/profile", typed).status_code == 303
        kept = account(app, f"{who}@example.org")
        assert kept is not None
        assert (kept.display_name, kept.pen_name, kept.language) == ("Анна Т.", pen_name, "ru")
        refused = client.send("/en/account/profile", {**typed, "language": "xx", "display_name": "я" * 101})
        assert refused.status_code in {200, 422}
        assert "я" * 101 in refused.text


def test_changing_the_password_asks_for_the_present_one(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client, other = client_of("contributor"), client_of("contributor")
    typed = {"password": "wrong", "new_password": "quite new words", "new_password_confirm": "quite new words"}
    assert client.send("/en/account/change", typed).status_code in {200, 422}
    assert client.send("/en/account/change", {**typed, "password": PASSWORD}).status_code == 302
    assert is_signed_in(client)
    assert not is_signed_in(other), "other browsers are signed out"


def test_no_password_is_kept_readable(app: Portal) -> None:
    client = signed_in(app, None)
    register(client, "anna@example.org")
    with app.app_context():
        stored = db.session.execute(text("SELECT password FROM account")).scalar_one()
    assert stored.startswith("$argon2id$")
