"""Odd addresses and odd forms: every answer is a page of ours, and never an error of ours."""

import io
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

import pytest
from werkzeug.routing import Rule

from memory_road.accounts.permissions import Audience
from memory_road.db import db
from memory_road.web.audience import audience_of
from memory_road.web.edge import Portal
from tests.application import (
    TYPED,
    Accounts,
    Browser,
    Sample,
    begin,
    jpeg,
    make_accounts,
    publish,
    send_in,
    signed_in,
)

ClientOf = Callable[[str], Browser]
ODD = [
    "%00",
    "%00" * 9,
    "%ff%fe",
    "%ED%A0%80",
    quote("я" * 9),
    quote("\u202e\U0001f54a"),
    "-1",
    "0",
    "999999999999999999999999",
    "a" * 9,
    "a" * 5000,
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "'%20OR%20'1'='1",
    "%25s%7B%7B7*7%7D%7D",
    "zzzzzzzzz",
]
ARGUMENTS = ("q", "category", "after", "said", "next", "lang")


def addresses(rules: Iterable[Rule]) -> Iterator[str]:
    """Every one of the routes with every odd value in each of its places, and odd questions behind the plain one."""
    for rule in rules:
        places = sorted(rule.arguments - {"lang"})
        for odd in ODD if places else ["x"]:
            yield filled(rule, odd)
        for odd in ODD[:8]:
            yield f"{filled(rule, '000000000')}?{'&'.join(f'{name}={odd}' for name in ARGUMENTS)}"
        yield f"{filled(rule, '000000000')}?{'&'.join(f'a{number}=1' for number in range(1500))}"
        yield f"{filled(rule, '000000000')}?q=%00%zz&&&=;"


def filled(rule: Rule, value: str) -> str:
    address = rule.rule.replace("<lang>", "ru")
    for name in rule.arguments - {"lang"}:
        address = address.replace(f"<path:{name}>", value).replace(f"<{name}>", value)
    return address


def wrong_answers(client: Browser, rules: Iterable[Rule]) -> dict[str, int]:
    wrong: dict[str, int] = {}
    for address in addresses(rules):
        status = client.get(address).status_code
        if status >= 500 or status not in {200, 301, 302, 303, 304, 308, 400, 403, 404, 410}:
            wrong[address[:120]] = status
    return wrong


@pytest.mark.parametrize("who", ["visitor", "administrator"])
def test_no_address_makes_an_error_of_ours(app: Portal, accounts: Accounts, client_of: ClientOf, who: str) -> None:
    """On SQLite both ask for everything. The engine sees what stands in an address and not who asks: so on PostgreSQL
    the visitor asks for what is for everybody, and the administrator for the rest."""
    publish(app, accounts.contributor, accounts.moderator)
    send_in(app, accounts.contributor)
    with app.app_context():
        both = db.engine.dialect.name == "sqlite"
        asked = [
            rule
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or set())
            and (both or (audience_of(rule.endpoint) is Audience.EVERYONE) is (who == "visitor"))
        ]
    assert asked
    assert wrong_answers(client_of(who), asked) == {}


FORM = {**TYPED, "form_key": "k"}
ODD_FORMS = [
    {"surname": "\x00"},
    {"surname": "a\x00b", "form_key": "\x00"},
    {"surname": "\ud7ff\ufffe"},
    {"birth_date": "9" * 5000},
    {"birth_date": "(" * 500},
    {"death_date": "1 " * 300},
    {"categories": ["\x00", "я"]},
    {"categories": "x" * 1000},
    {"biography": "я" * 30_000},
    {"awards-²-award": "x"},
    {"awards-٣-award": "x"},
    {"awards-99999999999999999999-award": "x"},
    {"awards--award": "x", "awards": "x", "awards-0": "x"},
    {f"awards-{number}-award": "x" for number in range(60)},
    {"references-0-url": "http://[::1"},
    {"birth_country": "\U0001f54a"},
    {"photograph-\x00-caption": "x", "photograph--": "x", "photograph-a-": ""},
    {"action": "remove:\x00"},
    {"action": "add:" + "x" * 5000},
    {"relationship": "\x00"},
    {"form_key": "я" * 200},
    {"csrf_token": "\x00"},
    {"photos": (io.BytesIO(jpeg()), "\x00.jpg")},
    {"photos": "no file"},
]


@pytest.mark.parametrize("where", ["/en/contribute", "/en/contribute/{draft}"])
@pytest.mark.parametrize("action", ["save", "submit"])
def test_no_form_makes_an_error_of_ours(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf, where: str, action: str
) -> None:
    draft = begin(app, accounts.contributor, portrait)
    client = client_of("contributor")
    token = client.token()
    wrong: dict[str, int] = {}
    for number, odd in enumerate(ODD_FORMS):
        form = {**FORM, "action": action, "csrf_token": token, "form_key": f"key {number}"}
        if "photos" in odd and not isinstance(odd["photos"], str):
            odd = {"photos": (io.BytesIO(jpeg()), "\x00.jpg")}  # noqa: PLW2901 -- a file can be sent once
        status = client.post(where.format(draft=draft), data={**form, **odd}).status_code
        if status not in {200, 303, 400, 404, 413, 422}:
            wrong[str(odd)[:120]] = status
    assert wrong == {}


@pytest.mark.parametrize("odd", ["\x00", "a\x00b", "я" * 5000, "\ufffe", "\U0001f54a", "%s%(x)s{{7*7}}"])
def test_no_word_makes_an_error_of_ours(app: Portal, accounts: Accounts, client_of: ClientOf, odd: str) -> None:
    case = send_in(app, accounts.contributor)
    client = client_of("moderator")
    client.send(f"/en/moderate/{case}/claim")
    answers = [
        client.send("/en/account/profile", {"display_name": odd, "pen_name": odd, "language": odd}),
        client.send("/en/account/profile", {"display_name": odd, "language": "en"}),
        client.send("/en/account/change", {"password": odd, "new_password": odd, "new_password_confirm": odd}),
        client.send(f"/en/moderate/{case}/return", {"reason": "other", "message": odd, "note": odd}),
        client.send(f"/en/moderate/{case}/reject", {"reason": odd, "message": odd}),
        client.send(f"/en/moderate/{case}/approve", {"nobody_living_exposed": odd, "note": odd}),
    ]
    visitor = client_of("visitor")
    for name in ("login", "register", "reset", "confirm"):
        form = {"email": odd, "password": odd, "display_name": odd, "csrf_token": visitor.token()}
        answers.append(visitor.post(f"/en/account/{name}", data=form))
    assert {answer.status_code for answer in answers} <= {200, 302, 303, 400, 403, 404, 409, 413, 422}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
def test_no_method_makes_an_error_of_ours(sqlite_app: Portal, password_hash: str, method: str) -> None:
    """On one engine: HEAD reads what GET reads above. Of the others only those of uploads read anything, and they are
    asked for uploads that are not there on both engines, in test_resumable_uploads."""
    client = signed_in(sqlite_app, make_accounts(sqlite_app, password_hash).contributor)
    for rule in sqlite_app.url_map.iter_rules():
        answer = client.open(filled(rule, "000000000"), method=method)
        assert answer.status_code < 500, rule.rule
        if answer.status_code == 405:
            assert answer.headers["Allow"]
