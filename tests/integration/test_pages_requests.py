"""Pages about requests: a visitor's report, a relative's request, the moderators' answer."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from memory_road.db import db
from memory_road.requests import report as reports
from memory_road.requests.entry_request import EntryRequest
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, publish

ClientOf = Callable[[str], Browser]
FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin"}
GIVEN = {"ground": "wrong_person", "words": "Это <b>другой</b> человек.", "email": "vera@example.org"}


@pytest.fixture
def entry(app: Portal, accounts: Accounts) -> str:
    """An entry of the contributor's."""
    return publish(app, accounts.contributor, accounts.moderator)


def report(visitor: Browser, entry: str, given: dict[str, str], headers: dict[str, str] | None = None) -> TestResponse:
    where = FROM_OUR_PAGE if headers is None else headers
    return visitor.post(f"/en/people/{entry}/report", data=given, headers=where)


def requests_in(app: Portal) -> list[EntryRequest]:
    with app.app_context():
        return list(db.session.scalars(select(EntryRequest)))


# --- a visitor's report ----------------------------------------------------------------------------------------------


def test_from_the_entry_to_the_moderators_answer(
    app: Portal, accounts: Accounts, entry: str, client_of: ClientOf
) -> None:
    visitor, moderator = client_of("visitor"), client_of("moderator")
    shown = visitor.get(f"/en/people/{entry}/vereshchagina-anna")
    assert f'href="/en/people/{entry}/report"' in shown.text
    page = visitor.get(f"/en/people/{entry}/report")
    assert page.headers["Cache-Control"] == "no-store"
    assert "csrf_token" not in page.text
    sent = report(visitor, entry, GIVEN)
    assert (sent.status_code, sent.location) == (303, f"/en/people/{entry}/report/sent")
    thanks = visitor.get(sent.location)
    assert "Your message has reached us" in thanks.text
    for answer in (shown, page, sent, thanks):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")

    waiting = moderator.get("/en/moderate/requests")
    assert "1 request waits" in waiting.text
    assert "A visitor reports a problem" in waiting.text
    identifier = requests_in(app)[0].id
    case = moderator.get(f"/en/moderate/requests/{identifier}")
    assert "Это &lt;b&gt;другой&lt;/b&gt; человек." in case.text, "text, and never markup"
    assert "vera@example.org" not in case.text, "an answer needs no look at the address"
    lacking = moderator.send(f"/en/moderate/requests/{identifier}", {"outcome": "mended", "note": "между нами"})
    assert lacking.status_code == 422
    assert "somebody waits for it" in lacking.text
    assert "между нами" in lacking.text
    closed = moderator.send(f"/en/moderate/requests/{identifier}", {"outcome": "mended", "words": "Исправили."})
    assert closed.location == f"/en/moderate/next?after={identifier}&said=answered", "the next case comes up"
    assert "Nothing waits" in moderator.get(closed.location, follow_redirects=True).text
    again = client_of("second_moderator").send(
        f"/en/moderate/requests/{identifier}", {"outcome": "stays", "words": "Написала иначе"}
    )
    assert again.status_code == 409
    assert "answered in the meantime" in again.text
    assert "Написала иначе" in again.text, "what was typed is not lost"


def test_nothing_that_a_visitor_typed_is_lost(app: Portal, entry: str, client_of: ClientOf) -> None:
    for lacking, sentence in (
        ({"ground": ""}, "choose what it is about"),
        ({"words": " "}, "One sentence is enough"),
        ({"words": "я" * 4001}, "4001 characters long"),
        ({"email": "vera"}, "not an e-mail address"),
        ({"website": "https://spam.example"}, "a trap for programs"),
    ):
        given = {**GIVEN, **lacking}
        page = report(client_of("visitor"), entry, given)
        assert page.status_code == 422
        assert sentence in page.text
        for value in (given["words"].replace("<", "&lt;").replace(">", "&gt;"), given["email"]):
            assert value in page.text
        assert not given["ground"] or re.search('value="wrong_person"[^>]* checked', page.text)
    assert requests_in(app) == []


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}], ids=str)
def test_a_form_of_another_site_is_refused(
    app: Portal, entry: str, client_of: ClientOf, headers: dict[str, str]
) -> None:
    answer = report(client_of("visitor"), entry, GIVEN, headers)
    assert answer.status_code == 403
    assert "from its own page on this site" in answer.text
    assert requests_in(app) == []


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://127.0.0.1:8000"}, {"Referer": "http://localhost/en/people/x/report"}], ids=str
)
def test_an_old_browser_may_report(app: Portal, entry: str, client_of: ClientOf, headers: dict[str, str]) -> None:
    assert report(client_of("visitor"), entry, GIVEN, headers).status_code == 303
    assert len(requests_in(app)) == 1


def test_a_flood_is_told_plainly(app: Portal, entry: str, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "FROM_ONE_ADDRESS", 1)
    visitor = client_of("visitor")
    report(visitor, entry, GIVEN)
    page = report(visitor, entry, GIVEN)
    assert page.status_code == 429
    assert "send this one in an hour" in page.text
    assert "человек." in page.text
    assert len(requests_in(app)) == 1


@pytest.mark.parametrize("address", ["/en/people/000000000/report", "/en/people/000000000/report/sent"])
def test_there_is_nothing_to_report_about_nobody(client_of: ClientOf, accounts: Accounts, address: str) -> None:
    assert client_of("visitor").get(address).status_code == 404
    assert client_of("visitor").post(address, headers=FROM_OUR_PAGE).status_code in {404, 405}


# --- a relative's request --------------------------------------------------------------------------------------------


def test_a_relative_asks_and_sees_the_answer(app: Portal, accounts: Accounts, entry: str, client_of: ClientOf) -> None:
    relative, moderator = client_of("stranger"), client_of("moderator")
    assert f"/en/my/entries/{entry}/takedown" in relative.get(f"/en/my/entries/{entry}").text
    lacking = relative.send(f"/en/my/entries/{entry}/takedown", {"ground": "kin_wish"})
    assert lacking.status_code == 422
    assert "One sentence is enough" in lacking.text
    sent = relative.send(f"/en/my/entries/{entry}/takedown", {"ground": "kin_wish", "words": "Мы не хотим."})
    identifier = requests_in(app)[0].id
    assert sent.location == f"/en/my/requests/{identifier}?said=asked"
    page = relative.get(sent.location)
    assert "Мы не хотим." in page.text
    assert "We are looking at it" in page.text
    assert relative.get(f"/en/my/entries/{entry}/takedown").location == f"/en/my/requests/{identifier}"
    assert "You have asked that this entry be taken down" in relative.get(f"/en/my/entries/{entry}").text
    twice = relative.send(f"/en/my/entries/{entry}/takedown", {"ground": "other", "words": "Ещё раз"})
    assert twice.status_code == 422
    assert "You have asked this already" in twice.text

    moderator.send(f"/en/moderate/requests/{identifier}", {"outcome": "stays", "words": "Почему?", "note": "тихо"})
    page = relative.get(f"/en/my/requests/{identifier}")
    assert "Почему?" in page.text
    assert "The entry stays as it is" in page.text
    assert "тихо" not in page.text
    assert accounts.moderator.email not in page.text
    assert identifier in relative.get("/en/my/requests").text


def test_requests_are_ones_own(app: Portal, accounts: Accounts, entry: str, client_of: ClientOf) -> None:
    client_of("stranger").send(f"/en/my/entries/{entry}/takedown", {"ground": "other", "words": "Мы не хотим."})
    identifier = requests_in(app)[0].id
    for who in ("contributor", "moderator"):
        assert client_of(who).get(f"/en/my/requests/{identifier}").status_code == 404
        assert identifier not in client_of(who).get("/en/my/requests").text
        assert "You have asked" not in client_of(who).get(f"/en/my/entries/{entry}").text
    for what in ("", f"/{identifier}"):
        assert client_of("contributor").get(f"/en/moderate/requests{what}").status_code == 403
    answer = client_of("contributor").send(f"/en/moderate/requests/{identifier}", {"outcome": "stays", "words": "!"})
    assert answer.status_code == 403


def test_a_moderator_does_not_answer_themselves(
    app: Portal, accounts: Accounts, entry: str, client_of: ClientOf
) -> None:
    moderator = client_of("second_moderator")
    moderator.send(f"/en/my/entries/{entry}/takedown", {"ground": "other", "words": "Мы не хотим."})
    identifier = requests_in(app)[0].id
    page = moderator.get(f"/en/moderate/requests/{identifier}")
    assert "another moderator answers it" in page.text
    answer = moderator.send(f"/en/moderate/requests/{identifier}", {"outcome": "taken_down", "words": "!"})
    assert answer.status_code == 403


@pytest.mark.parametrize("address", ["/en/my/entries/000000000", "/en/my/requests/000000000", "/en/my/requests/x"])
def test_what_there_is_not(client_of: ClientOf, address: str) -> None:
    assert client_of("contributor").get(address).status_code == 404


@pytest.mark.parametrize("address", ["/en/my/entries/000000000/takedown", "/en/moderate/requests/000000000"])
def test_nothing_is_asked_or_answered_about_nothing(client_of: ClientOf, address: str) -> None:
    words: dict[str, Any] = {"ground": "other", "outcome": "stays", "words": "!"}
    assert client_of("moderator").send(address, words).status_code == 404
