"""What was approved is published when it can be taken back no more; how a decision is taken back until then."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from memory_road.accounts.permissions import NotPermitted
from memory_road.archive.participant import Participant
from memory_road.contributions.appeal import appeal
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import faults_in_chain
from memory_road.contributions.draft import keep
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.queries import decisions_about
from memory_road.contributions.submit import withdraw
from memory_road.contributions.told import told_decisions, told_state
from memory_road.db import db, now
from memory_road.jobs.derive import derive_due
from memory_road.jobs.executor import Outcome
from memory_road.jobs.publish import AFTER_A_MISSING_FILE, publish_due, publish_one
from memory_road.mail.letter import Letter, LetterKind
from memory_road.moderation.claim import Claim, claim
from memory_road.moderation.decide import approve, reject, return_to_sender
from memory_road.moderation.hear import reopen, uphold
from memory_road.moderation.hold import hold
from memory_road.moderation.publication import LEASE, lease, overdue
from memory_road.moderation.publish import copied_ahead
from memory_road.moderation.undo import undo
from memory_road.web.edge import Portal, parts
from tests.application import SAFE, Accounts, Sample, filled_in, publish, send_correction, send_in, work


def claimed(app: Portal, accounts: Accounts, *pictures: Sample) -> str:
    """A case in the moderator's hands, its pictures prepared."""
    identifier = send_in(app, accounts.contributor, *pictures)
    with work(app):
        claim(identifier, accounts.moderator.actor)
    with app.app_context():
        derive_due(parts().store, parts().limits)
    return identifier


def approved_case(app: Portal, accounts: Accounts, *pictures: Sample) -> str:
    identifier = claimed(app, accounts, *pictures)
    with work(app):
        approve(identifier, accounts.moderator.actor, SAFE)
    return identifier


def found(identifier: str) -> Contribution:
    return db.session.get_one(Contribution, identifier, populate_existing=True)


def state_of(app: Portal, identifier: str) -> State:
    with app.app_context():
        return State(found(identifier).state)


def moves(identifier: str) -> list[str]:
    return [decision.move for decision in decisions_about(identifier)]


def public_files(app: Portal) -> set[str]:
    """What is published so far; the tests of one run share their store."""
    with app.app_context():
        return {key for key, _ in parts().store.keys("public/")}


def publish_now(app: Portal, identifier: str) -> Outcome:
    with app.app_context():
        return publish_one(parts().store, identifier)


def make_anew(app: Portal) -> None:
    """Other sizes of the only picture, ready at once."""
    with work(app):
        db.session.execute(select(ContributionPhotograph)).scalar_one().make_anew()
    with app.app_context():
        derive_due(parts().store, parts().limits)


def let_them_pass(app: Portal, identifier: str) -> None:
    with work(app):
        for column in (Contribution.publish_at, Contribution.undo_until):
            waits = (Contribution.id == identifier, column.is_not(None))
            db.session.execute(update(Contribution).where(*waits).values({column: now()}))


# --- publication -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("five_minutes")
def test_publication_and_its_letter_wait(app: Portal, accounts: Accounts) -> None:
    identifier = approved_case(app, accounts)
    with app.app_context():
        assert overdue(10, timedelta(0)) == []
        assert publish_due(parts().store) == 0
        assert found(identifier).participant_id is None
        kinds = select(Letter.kind).where(Letter.kind == LetterKind.APPROVED)
        assert db.session.scalars(kinds).all() == []
    let_them_pass(app, identifier)
    with app.app_context():
        assert overdue(10, timedelta(0)) == [identifier]
        assert publish_due(parts().store) == 1
        assert found(identifier).participant_id is not None
        letter = db.session.scalars(select(Letter).where(Letter.kind == LetterKind.APPROVED)).one()
        assert letter.due_at <= now(), "the time is over already"
        assert overdue(10, timedelta(0)) == []


def test_nothing_is_locked_while_pictures_are_copied(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    identifier, before = approved_case(app, accounts, portrait), public_files(app)
    with work(app):
        leased = lease(identifier)
    assert leased is not None
    with work(app), copied_ahead(*leased, parts().store) as copies:
        assert not db.session.registry().in_transaction()
        with ThreadPoolExecutor(1) as other:  # another request can write meanwhile
            other.submit(send_in, app, accounts.stranger).result(timeout=10)
    assert len(public_files(app) - before) == len([size for copy in copies.values() for size in copy.sizes]) > 1


def test_two_workers_publish_once(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    identifier = approved_case(app, accounts, portrait)
    with ThreadPoolExecutor(4) as workers:
        outcomes = [each.result() for each in [workers.submit(publish_now, app, identifier) for _ in range(8)]]
    assert outcomes.count(Outcome.DONE) == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 1


def test_what_a_dead_worker_had_in_hand_is_published_by_another(app: Portal, accounts: Accounts) -> None:
    identifier = approved_case(app, accounts)
    with work(app):
        assert lease(identifier) is not None
    assert publish_now(app, identifier) is Outcome.NOTHING
    with app.app_context():
        assert found(identifier).publish_at == pytest.approx(now() + LEASE, abs=timedelta(seconds=10))
    let_them_pass(app, identifier)
    assert publish_now(app, identifier) is Outcome.DONE


def test_pictures_that_are_made_anew_are_waited_for(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    identifier, before = approved_case(app, accounts, portrait), public_files(app)
    with work(app):
        db.session.execute(select(ContributionPhotograph)).scalar_one().make_anew()
    assert publish_now(app, identifier) is Outcome.PUT_OFF
    assert public_files(app) == before
    with app.app_context():
        derive_due(parts().store, parts().limits)
    let_them_pass(app, identifier)
    assert publish_now(app, identifier) is Outcome.DONE


@pytest.mark.parametrize("changed", [True, False])
def test_a_file_that_goes_while_it_is_copied(
    app: Portal, accounts: Accounts, portrait: Sample, monkeypatch: pytest.MonkeyPatch, changed: bool
) -> None:
    identifier, before = approved_case(app, accounts, portrait), public_files(app)
    with app.app_context():
        store = parts().store
        last = db.session.execute(select(ContributionPhotograph)).scalar_one().size_keys()[-1]
    copy = store.copy

    def change_before_the_last(from_key: str, to_key: str) -> None:
        if from_key == last:
            store.delete(last)
            if changed:
                with ThreadPoolExecutor(1) as other:
                    other.submit(make_anew, app).result(timeout=10)
        copy(from_key, to_key)

    monkeypatch.setattr(type(store), "copy", lambda _store, *keys: change_before_the_last(*keys))
    assert publish_now(app, identifier) is Outcome.PUT_OFF
    monkeypatch.undo()
    assert public_files(app) == before, "nothing is left behind"
    with app.app_context():
        waits = found(identifier).publish_at
        assert waits is not None
        expected = timedelta(minutes=1) if changed else AFTER_A_MISSING_FILE
        assert waits - now() == pytest.approx(expected, abs=timedelta(seconds=15))


def test_a_correction_of_an_entry_that_was_changed_since_goes_back_to_the_queue(
    app: Portal, accounts: Accounts
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    identifier = send_correction(app, accounts.stranger, entry, typed={"rank": "старшина"})
    with work(app):
        claim(identifier, accounts.moderator.actor)
    with work(app):
        approve(identifier, accounts.moderator.actor, SAFE)
    with work(app):
        db.session.execute(update(Participant).values(updated_at=now()))
    assert publish_now(app, identifier) is Outcome.PUT_OFF
    with app.app_context():
        assert found(identifier).state == State.SUBMITTED
        last = decisions_about(identifier)[-1]
        assert (last.move, last.reason, last.actor_id) == (
            Move.UNDO,
            RefusalCode.ENTRY_CHANGED,
            accounts.moderator.actor.id,
        )
        assert list(faults_in_chain()) == []
        assert told_decisions(found(identifier), decisions_about(identifier))[-1].move == Move.SUBMIT


@pytest.mark.usefixtures("five_minutes")
def test_two_changes_of_one_entry_are_not_approved_at_once(app: Portal, accounts: Accounts) -> None:
    entry = publish_waited(app, accounts)
    first, second = (
        send_correction(app, accounts.stranger, entry, typed=typed)
        for typed in ({"rank": "старшина"}, {"birth_place": "Омск"})
    )
    for identifier in (first, second):
        with work(app):
            claim(identifier, accounts.moderator.actor)
    with work(app):
        approve(first, accounts.moderator.actor, SAFE)
    with pytest.raises(Refused) as refused, work(app):
        approve(second, accounts.moderator.actor, SAFE)
    assert refused.value.code is RefusalCode.ENTRY_CHANGING


def publish_waited(app: Portal, accounts: Accounts) -> str:
    identifier = approved_case(app, accounts)
    let_them_pass(app, identifier)
    assert publish_now(app, identifier) is Outcome.DONE
    with app.app_context():
        return str(found(identifier).participant_id)


# --- undo ------------------------------------------------------------------------------------------------------------


def decide_so(app: Portal, accounts: Accounts, which: Move) -> str:
    """A case about which the moderator (for appeals: the senior one) has just decided ``which``."""
    identifier, actor = claimed(app, accounts), accounts.moderator.actor
    verbs: dict[Move, Any] = {
        Move.APPROVE: lambda: approve(identifier, actor, SAFE),
        Move.RETURN: lambda: return_to_sender(identifier, actor, "other", "Кто это?"),
        Move.REJECT: lambda: reject(identifier, actor, "other", "Не сейчас."),
        Move.HOLD: lambda: hold(identifier, actor, "Спросим."),
    }
    with work(app):
        verbs.get(which, verbs[Move.REJECT])()
    if which in {Move.UPHOLD, Move.REOPEN}:
        let_them_pass(app, identifier)
        with work(app):
            appeal(identifier, accounts.contributor.actor, "Посмотрите ещё раз.")
        with work(app):
            (uphold if which is Move.UPHOLD else reopen)(identifier, accounts.senior_moderator.actor, "Да.")
    return identifier


UNDOABLE = {
    # the decision: where the case was before, and the kind of the letter that must not be sent
    Move.APPROVE: (State.SUBMITTED, LetterKind.APPROVED),
    Move.RETURN: (State.SUBMITTED, LetterKind.RETURNED),
    Move.REJECT: (State.SUBMITTED, LetterKind.REJECTED),
    Move.HOLD: (State.SUBMITTED, LetterKind.HELD),
    Move.UPHOLD: (State.APPEALED, LetterKind.UPHELD),
    Move.REOPEN: (State.APPEALED, LetterKind.REOPENED),
}


@pytest.mark.usefixtures("five_minutes")
@pytest.mark.parametrize("which", UNDOABLE)
def test_a_decision_is_taken_back_whole(app: Portal, accounts: Accounts, which: Move) -> None:
    identifier = decide_so(app, accounts, which)
    before, letter = UNDOABLE[which]
    decider = accounts.senior_moderator if before is State.APPEALED else accounts.moderator
    with app.app_context():
        assert told_state(found(identifier)) is before, "the sender is told nothing yet"
        assert which not in [each.move for each in told_decisions(found(identifier), decisions_about(identifier))]
    with work(app):
        undo(identifier, decider.actor)
    with app.app_context():
        sent = found(identifier)
        assert sent.state == before
        assert (sent.publish_at, sent.undo_until) == (None, None)
        assert moves(identifier)[-2:] == [which, Move.UNDO]
        assert db.session.scalars(select(Letter).where(Letter.kind == letter)).all() == []
        told = [each.move for each in told_decisions(sent, decisions_about(identifier))]
        assert not {which, Move.UNDO} & set(told)
        if before is State.APPEALED:
            assert sent.decided_by_id == accounts.moderator.actor.id, "as it was decided first"
        else:
            held = db.session.get_one(Claim, identifier)
            assert held.moderator_id == decider.actor.id, "it is at hand to be decided otherwise"
        assert list(faults_in_chain()) == []


@pytest.mark.usefixtures("five_minutes")
def test_a_decision_is_undone_once_in_time_and_by_who_made_it(app: Portal, accounts: Accounts) -> None:
    identifier = decide_so(app, accounts, Move.RETURN)
    with pytest.raises(NotPermitted), work(app):
        undo(identifier, accounts.second_moderator.actor)
    let_them_pass(app, identifier)
    assert refusal_of(app, identifier, accounts) is RefusalCode.UNDO_TOO_LATE
    with app.app_context():
        assert told_state(found(identifier)) is State.RETURNED, "now the sender knows"
    other = decide_so(app, accounts, Move.RETURN)
    with work(app):
        undo(other, accounts.moderator.actor)
    assert refusal_of(app, other, accounts) is RefusalCode.UNDO_TOO_LATE


def refusal_of(app: Portal, identifier: str, accounts: Accounts) -> RefusalCode:
    with pytest.raises(Refused) as refused, work(app):
        undo(identifier, accounts.moderator.actor)
    return refused.value.code


@pytest.mark.usefixtures("five_minutes")
def test_what_is_taken_back_takes_no_earlier_letter_along(app: Portal, accounts: Accounts) -> None:
    identifier = send_in(app, accounts.contributor)
    with work(app):
        claim(identifier, accounts.moderator.actor)
        reject(identifier, accounts.moderator.actor, "rights", "Чей это снимок?")
    let_them_pass(app, identifier)
    with work(app):
        appeal(identifier, accounts.contributor.actor, "Наш.")
    with work(app):
        reopen(identifier, accounts.senior_moderator.actor, "Посмотрим ещё раз.")
    with work(app):
        claim(identifier, accounts.second_moderator.actor)
        return_to_sender(identifier, accounts.second_moderator.actor, "rights", "Чей это снимок?")
    with work(app):
        undo(identifier, accounts.second_moderator.actor)
    with app.app_context():
        kinds = db.session.scalars(select(Letter.kind).order_by(Letter.created_at)).all()
    assert LetterKind.REOPENED in kinds, "that decision stands"
    assert LetterKind.RETURNED not in kinds


@pytest.mark.usefixtures("five_minutes")
def test_a_sender_changes_nothing_while_the_question_can_be_taken_back(app: Portal, accounts: Accounts) -> None:
    identifier = decide_so(app, accounts, Move.RETURN)
    with pytest.raises(Refused) as refused, work(app):
        keep(identifier, accounts.contributor.actor, filled_in({"given_name": "Мария"}))
    assert refused.value.code is RefusalCode.MOVED_ON


@pytest.mark.usefixtures("five_minutes")
@pytest.mark.parametrize("which", [Move.APPROVE, Move.REJECT, Move.RETURN, Move.HOLD])
def test_who_withdraws_is_faster_than_what_they_were_not_told(app: Portal, accounts: Accounts, which: Move) -> None:
    identifier = decide_so(app, accounts, which)
    with work(app):
        withdraw(identifier, accounts.contributor.actor)
    let_them_pass(app, identifier)
    with app.app_context():
        assert publish_due(parts().store) == 0
        assert found(identifier).state == State.WITHDRAWN
        told = [each.move for each in told_decisions(found(identifier), decisions_about(identifier))]
        assert told == [Move.START, Move.SUBMIT, Move.WITHDRAW]
        letters = select(Letter.kind).where(Letter.kind != LetterKind.RECEIVED)
        assert db.session.scalars(letters).all() == []
        assert list(faults_in_chain()) == []


@pytest.mark.usefixtures("five_minutes")
def test_nobody_appeals_against_what_they_were_not_told(app: Portal, accounts: Accounts) -> None:
    identifier = decide_so(app, accounts, Move.REJECT)
    with pytest.raises(Refused) as refused, work(app):
        appeal(identifier, accounts.contributor.actor, "Посмотрите ещё раз.")
    assert refused.value.code is RefusalCode.MOVED_ON
    let_them_pass(app, identifier)
    with work(app):
        appeal(identifier, accounts.contributor.actor, "Посмотрите ещё раз.")


@pytest.mark.usefixtures("five_minutes")
def test_undo_and_publication_at_once_do_one_of_them(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    for _ in range(5):
        identifier = approved_case(app, accounts, portrait)
        with work(app):
            due: datetime = now()
            db.session.execute(update(Contribution).where(Contribution.id == identifier).values(publish_at=due))
        with ThreadPoolExecutor(2) as both:
            published = both.submit(publish_now, app, identifier)
            undone = both.submit(undo_or_not, app, identifier, accounts)
            assert (published.result() is Outcome.DONE) is not undone.result()
        with app.app_context():
            sent = found(identifier)
            assert (sent.participant_id is None) is undone.result()


def undo_or_not(app: Portal, identifier: str, accounts: Accounts) -> bool:
    try:
        with work(app):
            undo(identifier, accounts.moderator.actor)
    except Refused:
        return False
    return True


def test_without_such_a_time_nothing_is_undone(app: Portal, accounts: Accounts) -> None:
    identifier = decide_so(app, accounts, Move.REJECT)
    assert state_of(app, identifier) is State.REJECTED
    assert refusal_of(app, identifier, accounts) is RefusalCode.UNDO_TOO_LATE
