"""Cases on hold, and appeals: who may, what it needs, and where it leads."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from memory_road.accounts.permissions import NotPermitted
from memory_road.contributions.appeal import appeal
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision, Reason, faults_in_chain
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.submit import withdraw
from memory_road.db import db
from memory_road.mail.letter import Letter
from memory_road.moderation.claim import Claim, claim
from memory_road.moderation.decide import reject
from memory_road.moderation.hear import reopen, uphold
from memory_road.moderation.hold import hold, release
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Person, begin, next_id, send_in, work


def claimed(app: Portal, accounts: Accounts, moderator: Person | None = None) -> str:
    identifier = send_in(app, accounts.contributor)
    with work(app):
        claim(identifier, (moderator or accounts.moderator).actor)
    return identifier


def rejected(
    app: Portal, accounts: Accounts, moderator: Person | None = None, reason: Reason = Reason.SOURCE_NEEDED
) -> str:
    moderator = moderator or accounts.moderator
    identifier = claimed(app, accounts, moderator)
    with work(app):
        reject(identifier, moderator.actor, reason, "Откуда это известно?")
    return identifier


def appealed(app: Portal, accounts: Accounts, moderator: Person | None = None) -> str:
    identifier = rejected(app, accounts, moderator)
    with work(app):
        appeal(identifier, accounts.contributor.actor, "Это мой дед.")
    return identifier


def refusal_of(app: Portal, verb: Callable[..., Any], *arguments: Any) -> RefusalCode:
    with pytest.raises(Refused) as refused, work(app):
        verb(*arguments)
    return refused.value.code


def found(app: Portal, identifier: str) -> Contribution:
    with app.app_context():
        return db.session.get_one(Contribution, identifier)


def last(app: Portal) -> Decision:
    with app.app_context():
        return db.session.scalars(select(Decision).order_by(Decision.number.desc())).unique().all()[0]


# --- on hold ---------------------------------------------------------------------------------------------------------


def test_a_held_case_leaves_the_queue_and_comes_back_to_its_old_place(app: Portal, accounts: Accounts) -> None:
    identifier, later = claimed(app, accounts), send_in(app, accounts.contributor)
    with work(app):
        hold(identifier, accounts.moderator.actor, "Спросим историка.", "форма погон")
    sent = found(app, identifier)
    assert (sent.state, sent.decided_by_id) == (State.HELD, None)
    assert (last(app).words.message, last(app).words.note) == ("Спросим историка.", "форма погон")  # pyright: ignore[reportOptionalMemberAccess]
    with app.app_context():
        assert db.session.get(Claim, identifier) is None
        assert next_id(accounts.moderator.actor) == later
    with work(app):
        release(identifier, accounts.second_moderator.actor)
    with app.app_context():
        assert next_id(accounts.moderator.actor) == identifier


def test_holding_needs_a_claim(app: Portal, accounts: Accounts) -> None:
    identifier = send_in(app, accounts.contributor)
    assert refusal_of(app, hold, identifier, accounts.moderator.actor) is RefusalCode.NOT_CLAIMED


def test_what_is_held_is_neither_claimed_nor_held_again(app: Portal, accounts: Accounts) -> None:
    identifier = claimed(app, accounts)
    with work(app):
        hold(identifier, accounts.moderator.actor)
    assert refusal_of(app, hold, identifier, accounts.moderator.actor) is RefusalCode.MOVED_ON
    assert refusal_of(app, claim, identifier, accounts.moderator.actor) is RefusalCode.MOVED_ON


def test_a_sender_withdraws_what_is_on_hold(app: Portal, accounts: Accounts) -> None:
    identifier = claimed(app, accounts)
    with work(app):
        hold(identifier, accounts.moderator.actor)
        withdraw(identifier, accounts.contributor.actor)
    decision = last(app)
    assert (decision.move, decision.from_state, decision.to_state) == (Move.WITHDRAW, State.HELD, State.WITHDRAWN)
    assert decision.actor_id == accounts.contributor.actor.id
    assert refusal_of(app, release, identifier, accounts.moderator.actor) is RefusalCode.MOVED_ON
    with app.app_context():
        assert list(faults_in_chain()) == []


@pytest.mark.parametrize("who", ["contributor", "stranger"])
def test_only_moderators_release(app: Portal, accounts: Accounts, who: str) -> None:
    identifier = claimed(app, accounts)
    with work(app):
        hold(identifier, accounts.moderator.actor)
    with pytest.raises(NotPermitted), work(app):
        release(identifier, getattr(accounts, who).actor)


# --- appeals ---------------------------------------------------------------------------------------------------------


def test_an_appeal_carries_its_words_and_leaves_the_decision_as_it_was(app: Portal, accounts: Accounts) -> None:
    identifier = rejected(app, accounts)
    before = found(app, identifier)
    with work(app):
        appeal(identifier, accounts.contributor.actor, " Это мой дед.\r\nВот письмо. ")
    after = found(app, identifier)
    assert after.state == State.APPEALED
    assert (after.decided_at, after.decided_by_id) == (before.decided_at, accounts.moderator.actor.id)
    assert last(app).words.message == "Это мой дед.\nВот письмо."  # pyright: ignore[reportOptionalMemberAccess]


@pytest.mark.parametrize("who", ["stranger", "moderator", "senior_moderator"])
def test_only_its_sender_appeals(app: Portal, accounts: Accounts, who: str) -> None:
    identifier = rejected(app, accounts)
    assert refusal_of(app, appeal, identifier, getattr(accounts, who).actor, "Ещё раз") is RefusalCode.NOT_FOUND


def test_a_draft_is_not_appealed(app: Portal, accounts: Accounts) -> None:
    identifier = begin(app, accounts.contributor)
    assert refusal_of(app, appeal, identifier, accounts.contributor.actor, "Да") is RefusalCode.NO_APPEAL


def test_a_second_appeal_needs_a_source_that_was_not_named(app: Portal, accounts: Accounts) -> None:
    identifier, sender = appealed(app, accounts), accounts.contributor.actor
    with work(app):
        uphold(identifier, accounts.senior_moderator.actor, "Источника нет.")
    assert refusal_of(app, appeal, identifier, sender, "Нашлось письмо.") is RefusalCode.EVIDENCE_MISSING
    with work(app):
        appeal(identifier, sender, "Нашлось письмо.", " Письмо  с фронта ")
    assert found(app, identifier).facts["references"] == [{"archive": "Письмо с фронта"}]  # pyright: ignore[reportOptionalSubscript]
    with work(app):
        uphold(identifier, accounts.senior_moderator.actor, "Письмо не о нём.")
    again = refusal_of(app, appeal, identifier, sender, "И ещё раз.", "Письмо с фронта")
    assert again is RefusalCode.EVIDENCE_MISSING, "the same source is not new"
    with work(app):
        appeal(identifier, sender, "И в базе.", "https://example.org/1")
    assert found(app, identifier).typed["references"][-1] == {"url": "https://example.org/1"}


def test_upholding_decides_anew(app: Portal, accounts: Accounts) -> None:
    identifier = appealed(app, accounts)
    with work(app):
        uphold(identifier, accounts.senior_moderator.actor, "Источника нет.", "note")
    sent = found(app, identifier)
    assert (sent.state, sent.decided_by_id) == (State.REJECTED, accounts.senior_moderator.actor.id)


def test_reopening_brings_it_back_to_the_queue(app: Portal, accounts: Accounts) -> None:
    identifier = appealed(app, accounts)
    with work(app):
        reopen(identifier, accounts.senior_moderator.actor, "Вы правы.")
    sent = found(app, identifier)
    assert (sent.state, sent.decided_by_id, sent.decided_at) == (State.SUBMITTED, None, None)
    with app.app_context():
        assert next_id(accounts.moderator.actor) == identifier
        assert list(faults_in_chain()) == []


@pytest.mark.parametrize("verb", [uphold, reopen])
@pytest.mark.parametrize("who", ["contributor", "stranger", "moderator", "second_moderator"])
def test_only_senior_moderators_hear(app: Portal, accounts: Accounts, verb: Any, who: str) -> None:
    identifier = appealed(app, accounts)
    with pytest.raises(NotPermitted), work(app):
        verb(identifier, getattr(accounts, who).actor, "Нет.")


@pytest.mark.parametrize("verb", [uphold, reopen])
def test_nobody_hears_an_appeal_against_themselves(app: Portal, accounts: Accounts, verb: Any) -> None:
    identifier = appealed(app, accounts, moderator=accounts.senior_moderator)
    with pytest.raises(NotPermitted), work(app):
        verb(identifier, accounts.senior_moderator.actor, "Нет.")
    with work(app):
        verb(identifier, accounts.administrator.actor, "Посмотрел другой.")


@pytest.mark.parametrize("verb", [uphold, reopen])
def test_hearing_needs_a_message_and_happens_once(app: Portal, accounts: Accounts, verb: Any) -> None:
    identifier, senior = appealed(app, accounts), accounts.senior_moderator.actor
    assert refusal_of(app, verb, identifier, senior, " ") is RefusalCode.MESSAGE_MISSING
    with work(app):
        verb(identifier, senior, "Посмотрели.")
    assert refusal_of(app, verb, identifier, senior, "Посмотрели.") is RefusalCode.MOVED_ON


def test_of_abuse_nothing_is_told_and_nothing_is_lost(app: Portal, accounts: Accounts) -> None:
    with app.app_context():
        before = db.session.scalar(select(func.count()).select_from(Letter)) or 0
    identifier = rejected(app, accounts, reason=Reason.ABUSE)
    with app.app_context():
        letters = db.session.scalar(select(func.count()).select_from(Letter))
    assert letters == before + 1, "only the one that it was received"
    words = last(app).words
    assert words is not None
    assert (words.message, words.note) == ("", "Откуда это известно?")
    assert refusal_of(app, appeal, identifier, accounts.contributor.actor, "Пустите!") is RefusalCode.NO_APPEAL


# --- at the desk -----------------------------------------------------------------------------------------------------


def test_the_desk_sees_what_was_withdrawn_while_on_hold(
    app: Portal, accounts: Accounts, client_of: Callable[[str], Browser]
) -> None:
    case, waiting = claimed(app, accounts), send_in(app, accounts.contributor)
    with work(app):
        hold(case, accounts.moderator.actor)
    sender, moderator = client_of("contributor"), client_of("moderator")
    assert "Yes, withdraw it" in sender.get(f"/en/my/{case}").text
    for each in (case, waiting):
        assert sender.send(f"/en/my/{each}/withdraw").status_code == 303
    queue = moderator.get("/en/moderate/").text
    assert "On hold" not in queue
    _, _, below = queue.partition("Withdrawn by the sender while on hold")
    assert case in below
    assert waiting not in queue, "nobody waited for that"
    page = moderator.get(f"/en/moderate/{case}").text
    assert "Withdrawn" in page
    assert "Bring it back to the queue" not in page


def test_holding_and_hearing_at_the_desk(app: Portal, accounts: Accounts, client_of: Callable[[str], Browser]) -> None:
    case = send_in(app, accounts.contributor)
    moderator, senior = client_of("moderator"), client_of("senior_moderator")
    sender = client_of("contributor")
    moderator.send(f"/en/moderate/{case}/claim")
    held = moderator.send(f"/en/moderate/{case}/hold", {"message": "Спросим историка.", "note": ""})
    assert held.location == f"/en/moderate/next?after={case}&said=held"
    assert "takes longer" in sender.get(f"/en/my/{case}").text
    queue = moderator.get("/en/moderate/").text
    assert "On hold" in queue
    assert "Bring it back to the queue" in moderator.get(f"/en/moderate/{case}").text
    assert moderator.send(f"/en/moderate/{case}/resume").location == f"/en/moderate/{case}?said=resumed"
    moderator.send(f"/en/moderate/{case}/claim")
    moderator.send(f"/en/moderate/{case}/reject", {"reason": "other", "message": "Нет.", "note": ""})
    with work(app):
        appeal(case, accounts.contributor.actor, "Это мой дед.")
    assert "you decided before" in moderator.get("/en/moderate/").text
    assert "Appeal · sent" in senior.get("/en/moderate/").text
    assert "A senior moderator who did not decide before" in moderator.get(f"/en/moderate/{case}").text
    assert moderator.send(f"/en/moderate/{case}/reopen", {"message": "Да."}).status_code == 403
    page = senior.get(f"/en/moderate/{case}").text
    assert "Это мой дед." in page
    empty = senior.send(f"/en/moderate/{case}/reopen", {"message": " "})
    assert empty.status_code == 422
    assert "Please write to the sender" in empty.text
    assert senior.send(f"/en/moderate/{case}/uphold", {"message": "Источника нет."}).status_code == 303
    again = senior.send(f"/en/moderate/{case}/reopen", {"message": "Нет, да."})
    assert again.status_code == 409
    assert "Источника нет." in sender.get(f"/en/my/{case}").text
