"""Two at once: real threads on connections of their own. Whatever happens, each thing happens once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from memory_road.accounts.permissions import Actor
from memory_road.archive.participant import Participant
from memory_road.cases import Case
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision, faults_in_chain
from memory_road.contributions.draft import start
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.submit import submit, withdraw
from memory_road.db import db, now
from memory_road.jobs.derive import derive_due
from memory_road.jobs.publish import publish_due
from memory_road.mail.letter import Letter, LetterKind, write
from memory_road.mail.send import send_due
from memory_road.moderation.claim import Claim, claim
from memory_road.moderation.decide import approve, reject, return_to_sender
from memory_road.moderation.hold import hold
from memory_road.moderation.kin import recuse
from memory_road.web.edge import Portal, parts
from tests.application import SAFE, Accounts, Sample, add, begin, filled_in, publish_approved, send_in, work
from tests.smtp import SmtpSink

TRIES = 6
CASES = 100
PARALLEL = 50


def at_once(app: Portal, *verbs: Callable[[], Any]) -> list[RefusalCode | None]:
    """Carry out each verb in a thread and a transaction of its own, all let go together; what refused, by verb."""
    gate = threading.Barrier(len(verbs))

    def carry_out(verb: Callable[[], Any]) -> RefusalCode | None:
        gate.wait()
        try:
            with work(app):
                verb()
        except Refused as refused:
            return refused.code
        return None

    with ThreadPoolExecutor(len(verbs)) as threads:
        return list(threads.map(carry_out, verbs))


def moves_of(app: Portal, identifier: str) -> list[str]:
    with app.app_context():
        assert list(faults_in_chain()) == []
        chosen = select(Decision.move).where(Decision.contribution_id == identifier).order_by(Decision.number)
        return list(db.session.scalars(chosen))


def count(app: Portal, table: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_two_moderators_take_one_case(app: Portal, accounts: Accounts) -> None:
    for _ in range(TRIES):
        case = send_in(app, accounts.contributor)
        refused = at_once(
            app,
            lambda case=case: claim(case, accounts.moderator.actor),
            lambda case=case: claim(case, accounts.second_moderator.actor),
        )
        assert sorted(refused, key=str) == [None, RefusalCode.CLAIMED_BY_ANOTHER]
    assert count(app, Claim) == TRIES


def test_approving_and_rejecting_at_once_is_one_decision(app: Portal, accounts: Accounts) -> None:
    moderator, published = accounts.moderator.actor, 0
    for _ in range(TRIES):
        case = send_in(app, accounts.contributor)
        with work(app):
            claim(case, moderator)
        refused = at_once(
            app,
            lambda case=case: approve(case, moderator, SAFE),
            lambda case=case: reject(case, moderator, "other", "Нет."),
        )
        assert sorted(refused, key=str) == [None, RefusalCode.MOVED_ON]
        published += refused[0] is None
        assert moves_of(app, case)[2:] == [Move.APPROVE if refused[0] is None else Move.REJECT]
    with app.app_context():
        assert publish_due(parts().store, TRIES + 1) == published
    assert count(app, Participant) == published


def test_a_double_click_on_approve_publishes_once(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
    refused = at_once(app, *[lambda: approve(case, accounts.moderator.actor, SAFE)] * 3)
    publish_approved(app)
    assert sorted(refused, key=str) == [None, RefusalCode.MOVED_ON, RefusalCode.MOVED_ON]
    assert count(app, Participant) == 1


def test_submitting_and_withdrawing_at_once_leave_one_story(app: Portal, accounts: Accounts) -> None:
    sender = accounts.contributor.actor
    case = begin(app, accounts.contributor)
    refused = at_once(app, *[lambda: submit(case, sender, now().date())] * 2, lambda: withdraw(case, sender))
    moves = moves_of(app, case)
    assert refused.count(None) == len(moves) - 1
    assert moves in ([Move.START, Move.SUBMIT, Move.WITHDRAW], [Move.START, Move.WITHDRAW])


def test_one_form_sent_twice_at_once_begins_one_draft(app: Portal, accounts: Accounts) -> None:
    sender = accounts.contributor.actor
    for number in range(TRIES):
        at_once(app, *[lambda number=number: start(sender, f"form {number}", filled_in())] * 2)
    assert count(app, Contribution) == TRIES
    assert count(app, Decision) == TRIES


def test_one_picture_sent_twice_at_once_is_kept_once(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    case = begin(app, accounts.contributor)
    assert at_once(app, *[lambda: add(case, accounts.contributor, portrait)] * 2) == [None, None]
    assert count(app, ContributionPhotograph) == 1


def test_many_at_once_write_one_unbroken_log(app: Portal, accounts: Accounts) -> None:
    drafts = [begin(app, accounts.contributor) for _ in range(TRIES)]
    sender = accounts.contributor.actor
    assert at_once(app, *[lambda each=each: submit(each, sender, now().date()) for each in drafts]) == [None] * TRIES
    with app.app_context():
        assert list(db.session.scalars(select(Decision.number).order_by(Decision.number))) == [*range(1, 2 * TRIES + 1)]
        assert list(faults_in_chain()) == []


def test_two_workers_send_each_letter_once(app: Portal, accounts: Accounts, smtp_sink: SmtpSink) -> None:
    with work(app):
        for number in range(TRIES):
            write(LetterKind.PASSWORD_CHANGED, f"reader{number}@example.org", "en")
    with app.app_context():
        settings = replace(parts().settings, mail_url=smtp_sink.url)
    at_once(app, *[lambda: send_due(settings)] * 2)
    assert sorted(str(message["To"]) for message in smtp_sink.messages) == [
        f"reader{number}@example.org" for number in range(TRIES)
    ]
    with app.app_context():
        assert db.session.scalars(select(Letter.sent_at).where(Letter.sent_at.is_(None))).all() == []


def test_two_workers_derive_a_picture_once(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    begin(app, accounts.contributor, portrait)
    made: list[int] = []
    at_once(app, *[lambda: made.append(derive_due(parts().store, parts().limits))] * 2)
    assert sorted(made) == [0, 1]
    with app.app_context():
        assert db.session.execute(select(ContributionPhotograph.attempts)).scalar_one() == 0, "only failures count"


def test_two_moderators_claim_and_decide_a_hundred_cases_at_once(app: Portal, accounts: Accounts) -> None:
    first, second = accounts.moderator.actor, accounts.second_moderator.actor

    def claim_then(decide: Callable[[], Any], case: str, actor: Actor) -> None:
        claim(case, actor)
        db.session.commit()
        db.session.rollback()
        decide()

    for _ in range(CASES):
        case = send_in(app, accounts.contributor)
        refused = at_once(
            app,
            lambda case=case: claim_then(lambda: reject(case, first, "other", "Нет."), case, first),
            lambda case=case: claim_then(lambda: return_to_sender(case, second, "other", "Кто это?"), case, second),
        )
        assert refused.count(None) == 1
        assert set(refused) <= {None, RefusalCode.CLAIMED_BY_ANOTHER, RefusalCode.MOVED_ON}
    with app.app_context():
        decided = select(Decision.contribution_id).where(Decision.move.in_((Move.REJECT, Move.RETURN)))
        found = db.session.scalars(decided).all()
        assert (len(found), len(set(found))) == (CASES, CASES)
        assert list(faults_in_chain()) == []
        assert db.session.scalars(select(Case.id)).all() == [], "and none of them waits any longer"


def test_fifty_decisions_at_once_leave_one(app: Portal, accounts: Accounts) -> None:
    case, moderator = send_in(app, accounts.contributor), accounts.moderator.actor
    with work(app):
        claim(case, moderator)
    verbs: list[Callable[[], Any]] = [
        lambda: reject(case, moderator, "other", "Нет."),
        lambda: return_to_sender(case, moderator, "other", "Кто это?"),
        lambda: hold(case, moderator),
        lambda: reject(case, accounts.second_moderator.actor, "other", "Нет."),
        lambda: recuse(case, accounts.second_moderator.actor),
    ]
    refused = at_once(app, *[verbs[number % len(verbs)] for number in range(PARALLEL)])
    assert moves_of(app, case)[2:] in ([Move.REJECT], [Move.RETURN], [Move.HOLD])
    decided = [code for number, code in enumerate(refused) if number % len(verbs) < 4]
    assert decided.count(None) == 1
    assert set(decided) <= {None, RefusalCode.MOVED_ON, RefusalCode.CLAIMED_BY_ANOTHER, RefusalCode.KIN}
