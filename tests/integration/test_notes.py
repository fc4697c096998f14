"""Moderators leave each other notes at a case, whatever becomes of it. Its sender never learns of them."""

from collections.abc import Callable

import pytest

from memory_road.accounts.permissions import NotPermitted
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Reason, faults_in_chain
from memory_road.contributions.flag import Flag, flags_of
from memory_road.contributions.lifecycle import Move, Remark, State
from memory_road.contributions.mark_case import flag
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import decisions_about, log_of
from memory_road.db import db
from memory_road.mail.letter import Letter
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import return_to_sender
from memory_road.moderation.kin import recuse
from memory_road.moderation.note import leave_note
from memory_road.moderation.undo import undo
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Sample, send_in, signed_in, work

NOTE = "Спросила архив, ответ придёт в мае"
ClientOf = Callable[[str], Browser]


def returned(app: Portal, accounts: Accounts) -> str:
    """A case that a moderator has just returned."""
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
        return_to_sender(case, accounts.moderator.actor, Reason.OTHER, "Кто это?")
    return case


def test_a_note_stands_in_the_log_and_moves_nothing(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.contributor)
    with work(app):
        before = db.session.get_one(Contribution, case).updated_at
        claim(case, accounts.second_moderator.actor)
        leave_note(case, accounts.moderator.actor, f"  {NOTE}\r\n")
    with app.app_context():
        kept = db.session.get_one(Contribution, case)
        assert (kept.state, kept.updated_at) == (State.SUBMITTED, before)
        last = log_of(case)[-1]
        assert last.words is not None
        assert (last.move, last.from_state, last.to_state) == (Remark.NOTE, State.SUBMITTED, State.SUBMITTED)
        assert (last.words.note, last.words.message) == (NOTE, "")
        assert not list(faults_in_chain())
        assert decisions_about(case)[-1].move == Move.SUBMIT


@pytest.mark.usefixtures("five_minutes")
def test_what_was_decided_is_taken_back_in_spite_of_anothers_note(app: Portal, accounts: Accounts) -> None:
    case = returned(app, accounts)
    with work(app):
        leave_note(case, accounts.second_moderator.actor, NOTE)
        assert undo(case, accounts.moderator.actor).state == State.SUBMITTED
    with app.app_context():
        assert not list(faults_in_chain())


@pytest.mark.parametrize(
    ("text", "code"), [(" \n", RefusalCode.NOTE_MISSING), ("x" * 4001, RefusalCode.TOO_LONG)], ids=["empty", "long"]
)
def test_what_is_no_note(sqlite_app: Portal, accounts: Accounts, text: str, code: RefusalCode) -> None:
    case = send_in(sqlite_app, accounts.contributor)
    with sqlite_app.app_context(), pytest.raises(Refused) as refused:
        leave_note(case, accounts.moderator.actor, text)
    assert refused.value.code is code


def test_neither_its_sender_nor_family_leaves_one(sqlite_app: Portal, accounts: Accounts) -> None:
    own, kin = send_in(sqlite_app, accounts.moderator), send_in(sqlite_app, accounts.contributor)
    with work(sqlite_app):
        recuse(kin, accounts.moderator.actor)
    with sqlite_app.app_context():
        with pytest.raises(NotPermitted):
            leave_note(own, accounts.moderator.actor, NOTE)
        with pytest.raises(Refused, match=RefusalCode.KIN):
            leave_note(kin, accounts.moderator.actor, NOTE)


@pytest.mark.parametrize("mark", [Flag.LOOK_TWICE, Flag.KNOWN_PICTURE])
def test_whom_the_case_concerns_neither_marks_it_nor_takes_a_mark_away(
    sqlite_app: Portal, accounts: Accounts, client_of: ClientOf, portrait: Sample, mark: Flag
) -> None:
    case = send_in(sqlite_app, accounts.contributor, portrait)
    with work(sqlite_app):
        flag(case, mark)
        recuse(case, accounts.senior_moderator.actor)
        picture = db.session.get_one(Contribution, case).photographs[0].id
    kin = client_of("senior_moderator")
    for deed in ("mark", f"photographs/{picture}/harmless"):
        answer = kin.send(f"/en/moderate/{case}/{deed}", {"wanted": "no"})
        assert answer.status_code == 409
        assert "another moderator" in answer.text
    kin.send(f"/en/moderate/{case}/mark", {"wanted": "yes"})
    with sqlite_app.app_context():
        assert flags_of(case) == [mark]


def test_only_moderators_read_it(sqlite_app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = returned(sqlite_app, accounts)
    moderator, sender = client_of("moderator"), client_of("contributor")
    with sqlite_app.app_context():
        letters = db.session.query(Letter).count()
    kept = moderator.send(f"/en/moderate/{case}/note", {"remark": NOTE})
    assert kept.location == f"/en/moderate/{case}?said=noted"
    assert NOTE in client_of("second_moderator").get(f"/en/moderate/{case}").text
    for page in (f"/en/my/{case}", f"/en/contribute/{case}", f"/en/my/{case}/preview", "/en/my"):
        assert NOTE not in sender.get(page).text
    with sqlite_app.app_context():
        assert db.session.query(Letter).count() == letters, "nobody gets a letter"


def test_who_sent_it_or_is_family_reads_none_at_the_desk(sqlite_app: Portal, accounts: Accounts) -> None:
    case = send_in(sqlite_app, accounts.moderator)
    with work(sqlite_app):
        leave_note(case, accounts.second_moderator.actor, NOTE)
        recuse(case, accounts.senior_moderator.actor)
    for person in (accounts.moderator, accounts.senior_moderator):
        page = signed_in(sqlite_app, person).get(f"/en/moderate/{case}").text
        assert NOTE not in page
        assert "Leave a note" not in page


def test_a_note_that_is_refused_comes_back_with_a_sentence(
    sqlite_app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    case = send_in(sqlite_app, accounts.contributor)
    answer = client_of("moderator").send(f"/en/moderate/{case}/note", {"remark": "x" * 4001})
    assert answer.status_code == 422
    assert "too long" in answer.text
    assert "x" * 4001 in answer.text
    empty = client_of("moderator").send(f"/en/moderate/{case}/note", {"remark": " "})
    assert "Please write the note first" in empty.text
