"""Requests about entries: what is taken, who may see and answer, what is told, and what is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from memory_road.accounts.permissions import NotPermitted
from memory_road.db import db, now
from memory_road.jobs.tidy import tidy
from memory_road.mail.letter import LetterKind
from memory_road.requests import report as reports
from memory_road.requests.answer import ADDRESSES_KEPT, close
from memory_road.requests.entry_request import EntryRequest, Ground, Outcome, RequestState
from memory_road.requests.queries import (
    number_waiting,
    others_about,
    own_request,
    readable_request,
    requests_of,
    waiting_requests,
)
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.report import Report, report
from memory_road.requests.takedown import ask_for_takedown
from memory_road.requests.words import LONGEST_WORDS
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Person, publish, work
from tests.outcomes import letters, refusal_of

WORDS = "На снимке не он, а его брат."


@pytest.fixture
def entry(app: Portal, accounts: Accounts) -> str:
    """An entry of the contributor's."""
    return publish(app, accounts.contributor, accounts.moderator)


def reported(app: Portal, entry: str, **given: str) -> str:
    """A visitor's report; gives its id."""
    with work(app):
        told = Report(**{"ground": "wrong_photograph", "words": WORDS, **given})
        return report(entry, told, "ru", "192.0.2.7").id


def asked(app: Portal, entry: str, who: Person, ground: str = "kin_wish") -> str:
    """A contributor's request; gives its id."""
    with work(app):
        return ask_for_takedown(entry, who.actor, ground, WORDS).id


# --- reports ---------------------------------------------------------------------------------------------------------


def test_a_report_is_kept_with_what_was_given_and_nothing_else(app: Portal, entry: str) -> None:
    identifier = reported(app, entry, email=" Vera@Example.org ", words=f" {WORDS}\r\nВот.  ")
    with app.app_context():
        row = db.session.get_one(EntryRequest, identifier)
        assert (row.participant_id, row.ground, row.words) == (entry, "wrong_photograph", f"{WORDS}\nВот.")
        assert (row.email, row.account_id, row.state, row.language) == ("vera@example.org", None, "open", "ru")
        everything = [list(each) for table in db.metadata.sorted_tables for each in db.session.execute(select(table))]
        assert "192.0.2.7" not in str(everything), "no IP address is kept"
        assert letters(app, LetterKind.REQUEST_RECEIVED) == [], "a stranger's address is not written to unasked"


LACKING: list[tuple[dict[str, str], RequestRefusal]] = [
    ({"ground": ""}, RequestRefusal.GROUND_MISSING),
    ({"ground": "own_wish"}, RequestRefusal.GROUND_MISSING),
    ({"words": " \n "}, RequestRefusal.WORDS_MISSING),
    ({"words": "я" * (LONGEST_WORDS + 1)}, RequestRefusal.WORDS_TOO_LONG),
    ({"words": "а\u202eб"}, RequestRefusal.WORDS_UNREADABLE),
    ({"email": "vera"}, RequestRefusal.EMAIL_WRONG),
    ({"trap": "https://example.org"}, RequestRefusal.TRAP_FILLED),
]


def test_what_a_report_needs(app: Portal, entry: str) -> None:
    for given, code in LACKING:
        told = Report(**{"ground": "other", "words": WORDS, **given})
        assert refusal_of(app, report, entry, told, "ru", "192.0.2.7") is code


@pytest.mark.parametrize(
    ("limit", "code", "again"),
    [
        ("FROM_ONE_ADDRESS", RequestRefusal.FLOOD_FROM_YOU, "192.0.2.8"),
        ("ABOUT_ONE_ENTRY", RequestRefusal.FLOOD_ABOUT_ENTRY, None),
        ("IN_ALL", RequestRefusal.FLOOD, None),
    ],
)
def test_a_flood_is_held_back(
    app: Portal, entry: str, monkeypatch: pytest.MonkeyPatch, limit: str, code: RequestRefusal, again: str | None
) -> None:
    monkeypatch.setattr(reports, limit, 2)
    for _ in range(2):
        reported(app, entry)
    assert refusal_of(app, report, entry, Report("other", WORDS), "ru", "192.0.2.7") is code
    if again is not None:
        with work(app):
            report(entry, Report("other", WORDS), "ru", again)
    else:
        assert refusal_of(app, report, entry, Report("other", WORDS), "ru", "192.0.2.8") is code


# --- takedown --------------------------------------------------------------------------------------------------------


def test_asking_for_a_takedown_is_answered_by_a_letter_at_once(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    letter = letters(app, LetterKind.REQUEST_RECEIVED)[0]
    assert (letter.recipient, letter.content["request"]) == (accounts.stranger.email, identifier)


def test_what_a_takedown_needs(app: Portal, accounts: Accounts, entry: str) -> None:
    actor = accounts.stranger.actor
    for arguments, code in (
        (("000000000", actor, "other", WORDS), RequestRefusal.NOT_FOUND),
        ((entry, actor, "", WORDS), RequestRefusal.GROUND_MISSING),
        ((entry, actor, "offence", WORDS), RequestRefusal.GROUND_MISSING),
        ((entry, actor, "other", ""), RequestRefusal.WORDS_MISSING),
    ):
        assert refusal_of(app, ask_for_takedown, *arguments) is code


def test_the_same_is_asked_once_until_it_is_answered(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    assert refusal_of(app, ask_for_takedown, entry, accounts.stranger.actor, "other", "!") is (
        RequestRefusal.ASKED_ALREADY
    )
    asked(app, entry, accounts.contributor)
    with work(app):
        close(identifier, accounts.moderator.actor, None, "stays", "Нет.")
    asked(app, entry, accounts.stranger)


def test_nobody_asks_without_end(app: Portal, accounts: Accounts, entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memory_road.requests.takedown.MOST_OPEN", 1)
    asked(app, entry, accounts.stranger)
    other = publish(app, accounts.contributor, accounts.moderator)
    code = refusal_of(app, ask_for_takedown, other, accounts.stranger.actor, "other", WORDS)
    assert code is RequestRefusal.TOO_MANY_OPEN


# --- who sees it -----------------------------------------------------------------------------------------------------


def test_one_contributor_never_sees_anothers_request(app: Portal, accounts: Accounts, entry: str) -> None:
    mine, theirs = asked(app, entry, accounts.stranger), asked(app, entry, accounts.contributor)
    visitors = reported(app, entry)
    with app.app_context():
        assert own_request(mine, accounts.stranger.actor).id == mine
        assert [one.id for one in requests_of(accounts.stranger.actor)] == [mine]
        assert [one.id for one in requests_of(accounts.moderator.actor)] == []
        for identifier, who in (
            (theirs, accounts.stranger),
            (visitors, accounts.contributor),
            (mine, accounts.moderator),
            ("000000000", accounts.stranger),
            ("nonsense", accounts.stranger),
        ):
            with pytest.raises(RequestRefused) as refused:
                own_request(identifier, who.actor)
            assert refused.value.code is RequestRefusal.NOT_FOUND
        assert readable_request(visitors, accounts.moderator.actor).id == visitors


def test_what_waits_is_shown_the_oldest_first_page_by_page(
    app: Portal, accounts: Accounts, entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memory_road.requests.queries.PAGE", 2)
    made = [reported(app, entry) for _ in range(3)]
    with work(app):
        close(made[1], accounts.moderator.actor, None, "answered", "")
    made.append(asked(app, entry, accounts.stranger))
    with app.app_context():
        assert [one.id for one in waiting_requests()] == [made[0], made[2]]
        assert [one.id for one in waiting_requests(made[2])] == [made[3]]
        assert number_waiting() == 3
        assert {one.id for one in others_about(db.session.get_one(EntryRequest, made[0]))} == {made[2], made[3]}


# --- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("email", "recipients"), [("vera@example.org", ["vera@example.org"]), ("", [])])
def test_a_visitor_is_answered_where_there_is_an_address(
    app: Portal, accounts: Accounts, entry: str, email: str, recipients: list[str]
) -> None:
    identifier = reported(app, entry, email=email)
    with work(app):
        close(identifier, accounts.moderator.actor, None, "mended", "Исправили.", "между нами")
    sent = letters(app, LetterKind.REQUEST_ANSWERED)
    assert [letter.recipient for letter in sent] == recipients
    assert all(letter.language == "ru" and letter.content["message"] == "Исправили." for letter in sent)
    assert "между нами" not in str([letter.content for letter in sent])
    with app.app_context():
        row = db.session.get_one(EntryRequest, identifier)
        assert (row.state, row.outcome, row.closed_by_id) == (
            RequestState.CLOSED,
            "mended",
            accounts.moderator.actor.id,
        )


def test_what_an_answer_needs(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    for outcome, answer, code in (
        ("", "Ответ.", RequestRefusal.OUTCOME_MISSING),
        ("nonsense", "Ответ.", RequestRefusal.OUTCOME_MISSING),
        ("stays", " ", RequestRefusal.ANSWER_MISSING),
        ("stays", "я" * 4001, RequestRefusal.WORDS_TOO_LONG),
    ):
        assert refusal_of(app, close, identifier, accounts.moderator.actor, None, outcome, answer) is code


def test_abuse_is_closed_quietly(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    with work(app):
        close(identifier, accounts.moderator.actor, None, "abuse", "")
    assert letters(app, LetterKind.REQUEST_ANSWERED) == []


def test_a_request_is_answered_once(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = reported(app, entry)
    with work(app):
        close(identifier, accounts.moderator.actor, None, "mended", "")
    again = refusal_of(app, close, identifier, accounts.second_moderator.actor, None, "stays", "Нет.")
    assert again is RequestRefusal.CLOSED_ALREADY
    assert refusal_of(app, close, "000000000", accounts.moderator.actor, None, "stays", "Нет.") is (
        RequestRefusal.NOT_FOUND
    )


def test_who_answers(app: Portal, accounts: Accounts, entry: str) -> None:
    """The moderator asks here, and the second moderator has the care of the entry."""
    identifier, carer = asked(app, entry, accounts.moderator), accounts.second_moderator.actor.id
    for who in (accounts.contributor, accounts.stranger, accounts.moderator, accounts.second_moderator):
        with pytest.raises(NotPermitted), work(app):
            close(identifier, who.actor, carer, "stays", "Нет.")
    with work(app):
        close(identifier, accounts.senior_moderator.actor, carer, "stays", "Нет.")


# --- what is forgotten -----------------------------------------------------------------------------------------------


def test_an_address_is_erased_a_while_after_the_answer(app: Portal, accounts: Accounts, entry: str) -> None:
    old, new, waiting = (reported(app, entry, email="vera@example.org") for _ in range(3))
    with work(app):
        for identifier in (old, new):
            close(identifier, accounts.moderator.actor, None, "mended", "Исправили.")
        past = now() - ADDRESSES_KEPT - timedelta(minutes=1)
        db.session.execute(update(EntryRequest).where(EntryRequest.id == old).values(closed_at=past))
    with app.app_context():
        tidy(parts().store)
    with app.app_context():
        kept = {row.id: row.email for row in db.session.scalars(select(EntryRequest))}
        assert kept == {old: "", new: "vera@example.org", waiting: "vera@example.org"}


# --- what the database refuses ---------------------------------------------------------------------------------------

CLOSED = {"state": "closed", "closed_at": now(), "closed_by_id": 3, "outcome": "stays"}
IMPOSSIBLE: list[dict[str, Any]] = [
    {"kind": "report", "account_id": 1},
    {"kind": "takedown"},
    {"kind": "takedown", "account_id": 1, "ground": "offence"},
    {"ground": "own_wish"},
    {"kind": "takedown", "account_id": 1, "ground": "other", "email": "a@example.org"},
    {"words": ""},
    {"state": "closed"},
    {**CLOSED, "outcome": ""},
    {**CLOSED, "outcome": "nonsense"},
    {**CLOSED, "state": "open"},
    {**CLOSED, "kind": "takedown", "ground": "other", "account_id": 3},
]


def test_the_database_refuses_impossible_requests(app: Portal, entry: str) -> None:
    sound = {
        "participant_id": entry,
        "kind": "report",
        "ground": "rights",
        "words": "!",
        "language": "ru",
        "made_at": now(),
    }
    for wrong in IMPOSSIBLE:
        with pytest.raises(IntegrityError), work(app):
            db.session.execute(insert(EntryRequest).values({**sound, **wrong}))
    with work(app):
        db.session.execute(insert(EntryRequest).values(sound))


def test_vocabularies_are_offered_whole() -> None:
    assert {ground for each in reports.GROUNDS.values() for ground in each} == set(Ground)
    assert all(term.wording for term in (*Ground, *Outcome))
