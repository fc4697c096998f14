"""An answer to a request can be taken back, as other decisions can, until whoever asked is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from memory_road.accounts.permissions import NotPermitted
from memory_road.cases import Case
from memory_road.db import db, now
from memory_road.mail.letter import Letter, LetterKind
from memory_road.moderation.answer_request import answer_request
from memory_road.moderation.claim import holder_of
from memory_road.moderation.undo_answer import undo_answer
from memory_road.requests.entry_request import EntryRequest
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.report import Report, report
from memory_road.requests.takedown import ask_for_takedown
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Sample, publish, work
from tests.integration.test_own_data import everything, taken_away

pytestmark = pytest.mark.usefixtures("five_minutes")
ClientOf = Callable[[str], Browser]


@pytest.fixture
def entry(app: Portal, accounts: Accounts, portrait: Sample) -> str:
    return publish(app, accounts.contributor, accounts.moderator, portrait)


@pytest.fixture
def asked(app: Portal, accounts: Accounts, entry: str) -> str:
    """Answered by the moderator a moment ago."""
    with work(app):
        request = ask_for_takedown(entry, accounts.stranger.actor, "own_wish", "Это я.")
        identifier = request.id
    with work(app):
        answer_request(identifier, accounts.moderator.actor, "stays", "Мы не согласны.", "спорно")
    return identifier


def answers(app: Portal) -> int:
    with app.app_context():
        unsent = select(func.count()).select_from(Letter).where(Letter.kind == LetterKind.REQUEST_ANSWERED)
        return db.session.scalar(unsent) or 0


def test_it_waits_again_as_if_it_had_not_been_answered(app: Portal, accounts: Accounts, asked: str) -> None:
    assert answers(app) == 1
    with work(app):
        assert undo_answer(asked, accounts.moderator.actor) == ("stays", "Мы не согласны.", "спорно")
    assert answers(app) == 0
    with app.app_context():
        request = db.session.get_one(EntryRequest, asked)
        assert (request.state, request.outcome) == ("open", "")
        assert db.session.get(Case, asked) is not None
        assert holder_of(asked) == accounts.moderator.actor.id


def test_another_letter_stays(app: Portal, accounts: Accounts, entry: str) -> None:
    with work(app):
        first, second = (
            report(entry, Report("wrong_person", words, "vera@example.org", ""), "ru", "192.0.2.1").id
            for words in ("Кто это?", "Не он.")
        )
    for identifier in (first, second):
        with work(app):
            answer_request(identifier, accounts.moderator.actor, "mended", f"Исправили {identifier}.")
    with work(app):
        undo_answer(first, accounts.moderator.actor)
    with app.app_context():
        kept = db.session.scalars(select(Letter).where(Letter.kind == LetterKind.REQUEST_ANSWERED)).all()
        assert [letter.content["message"] for letter in kept] == [f"Исправили {second}."]


def test_only_whoever_answered_takes_it_back(app: Portal, accounts: Accounts, asked: str) -> None:
    for who in (accounts.second_moderator, accounts.senior_moderator, accounts.stranger):
        with pytest.raises(NotPermitted), work(app):
            undo_answer(asked, who.actor)
    assert answers(app) == 1


def test_what_was_told_stays(app: Portal, accounts: Accounts, asked: str) -> None:
    with work(app):
        db.session.get_one(EntryRequest, asked).closed_at = now() - timedelta(minutes=5)
    with pytest.raises(RequestRefused) as refused, work(app):
        undo_answer(asked, accounts.moderator.actor)
    assert refused.value.code is RequestRefusal.UNDO_TOO_LATE


def test_who_has_asked_again_is_answered_there(app: Portal, accounts: Accounts, asked: str, entry: str) -> None:
    with work(app):
        ask_for_takedown(entry, accounts.stranger.actor, "own_wish", "Ещё раз: это я.")
    with pytest.raises(RequestRefused) as refused, work(app):
        undo_answer(asked, accounts.moderator.actor)
    assert refused.value.code is RequestRefusal.ASKED_AGAIN


def test_until_then_whoever_asked_sees_that_we_look_at_it(app: Portal, client_of: ClientOf, asked: str) -> None:
    page = client_of("stranger").get(f"/en/my/requests/{asked}").text
    assert "We are looking at it" in page
    assert "Мы не согласны" not in page
    with work(app):
        db.session.get_one(EntryRequest, asked).closed_at = now() - timedelta(minutes=5)
    assert "Мы не согласны" in client_of("stranger").get(f"/en/my/requests/{asked}").text


def test_the_page_offers_it_and_keeps_what_was_written(client_of: ClientOf, asked: str) -> None:
    moderator = client_of("moderator")
    assert "Take it back" in moderator.get(f"/en/moderate/requests/{asked}").text
    assert "Take it back" not in client_of("second_moderator").get(f"/en/moderate/requests/{asked}").text
    for _ in ("a click", "and a second one"):
        page = moderator.send(f"/en/moderate/requests/{asked}/undo").text
        assert "Мы не согласны." in page
        assert "спорно" in page
        assert "Answer and close" in page
    assert "Мы не согласны" not in client_of("stranger").get(f"/en/my/requests/{asked}").text
    assert "Мы не согласны" not in everything(taken_away(client_of("stranger")))


def test_the_next_page_offers_it_at_once(app: Portal, entry: str, client_of: ClientOf) -> None:
    with work(app):
        asked = report(entry, Report("wrong_person", "Кто это?"), "ru", "192.0.2.1").id
    form = {"outcome": "answered", "words": "", "note": ""}
    after = client_of("moderator").send(f"/en/moderate/requests/{asked}", form, follow_redirects=True).text
    assert f"/en/moderate/requests/{asked}/undo" in after
    assert "Nobody is told of it until" in after
