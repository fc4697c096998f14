"""Submitting: what a submission needs, that it happens once, and taking it back."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.draft import PhotographWords, keep
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.submit import NeedsMending, submit, withdraw
from memory_road.db import db, now
from memory_road.facts.vocabulary import PhotographKind
from memory_road.web.edge import Portal
from tests.application import Accounts, Sample, begin, filled_in, send_in, work


def test_submitting_reads_the_facts(app: Portal, accounts: Accounts) -> None:
    identifier = send_in(app, accounts.contributor, form=filled_in({"patronymic": "  Ивановна ", "sex": "female"}))
    with app.app_context():
        sent = db.session.get_one(Contribution, identifier)
        assert sent.state == State.SUBMITTED
        assert sent.submitted_at is not None
        assert sent.facts == {
            "surname": "Верещагина",
            "given_name": "Анна",
            "patronymic": "Ивановна",
            "sex": "female",
            "birth_date": "1915-05-12",
            "categories": ["medical"],
            "fate": "survived",
            "living": "no",
        }


@pytest.mark.parametrize(
    ("typed", "form", "problem", "why"),
    [
        ({"surname": ""}, {}, ("surname", "missing"), "a needed fact"),
        ({"birth_date": "в среду"}, {}, ("birth_date", "date_not_understood"), "a date that nobody understands"),
        ({}, {"none_survives": False}, ("photos", "portrait_missing"), "a portrait, or the word that none survives"),
        ({}, {"permitted": False}, ("permission", "permission_missing"), "the sender's permission"),
        ({"living": "yes"}, {}, ("living_consent", "living_consent_missing"), "the living person's own consent"),
    ],
)
def test_a_submission_needs(
    app: Portal, accounts: Accounts, typed: Mapping[str, Any], form: Mapping[str, Any], problem: Any, why: str
) -> None:
    identifier = begin(app, accounts.contributor, form=filled_in(typed, **form))
    with pytest.raises(NeedsMending) as mending, work(app):
        submit(identifier, accounts.contributor.actor, now().date())
    assert [(each.field, each.code) for each in mending.value.problems] == [problem], why
    with app.app_context():
        assert db.session.get_one(Contribution, identifier).state == State.DRAFT


def test_a_living_person_who_agreed_can_be_sent(app: Portal, accounts: Accounts) -> None:
    send_in(app, accounts.contributor, form=filled_in({"living": "yes"}, living_consent=True))


def test_a_portrait_stands_for_the_word_that_none_survives(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    send_in(app, accounts.contributor, portrait, form=filled_in(none_survives=False))


def test_the_date_of_a_picture_must_be_understood_too(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    identifier = begin(app, accounts.contributor, portrait)
    with app.app_context():
        photograph = db.session.execute(select(ContributionPhotograph.id)).scalar_one()
    words = PhotographWords(kind=PhotographKind.PORTRAIT, taken="до потопа")
    with work(app):
        keep(identifier, accounts.contributor.actor, filled_in(photographs={photograph: words}))
    with pytest.raises(NeedsMending) as mending, work(app):
        submit(identifier, accounts.contributor.actor, now().date())
    assert [each.field for each in mending.value.problems] == [f"photograph-{photograph}-taken"]


def test_submitting_twice_happens_once(app: Portal, accounts: Accounts) -> None:
    identifier = send_in(app, accounts.contributor)
    with pytest.raises(Refused) as refused, work(app):
        submit(identifier, accounts.contributor.actor, now().date())
    assert refused.value.code is RefusalCode.MOVED_ON
    with app.app_context():
        moves = db.session.scalars(select(Decision.move).order_by(Decision.number)).all()
    assert moves == [Move.START, Move.SUBMIT]


@pytest.mark.parametrize("who", ["stranger", "moderator", "administrator"])
def test_nobody_else_submits_or_withdraws(app: Portal, accounts: Accounts, who: str) -> None:
    actor = getattr(accounts, who).actor
    identifier = begin(app, accounts.contributor)
    for verb in (lambda: submit(identifier, actor, now().date()), lambda: withdraw(identifier, actor)):
        with pytest.raises(Refused) as refused, work(app):
            verb()
        assert refused.value.code is RefusalCode.NOT_FOUND


@pytest.mark.parametrize("make", [begin, send_in])
def test_what_is_not_decided_can_be_withdrawn(app: Portal, accounts: Accounts, make: Any) -> None:
    identifier = make(app, accounts.contributor)
    with work(app):
        withdraw(identifier, accounts.contributor.actor)
    with app.app_context():
        assert db.session.get_one(Contribution, identifier).state == State.WITHDRAWN
    with pytest.raises(Refused) as refused, work(app):
        withdraw(identifier, accounts.contributor.actor)
    assert refused.value.code is RefusalCode.MOVED_ON


def test_what_does_not_exist_is_not_found(app: Portal, accounts: Accounts) -> None:
    with pytest.raises(Refused) as refused, work(app):
        submit("000000000", accounts.contributor.actor, now().date())
    assert refused.value.code is RefusalCode.NOT_FOUND
