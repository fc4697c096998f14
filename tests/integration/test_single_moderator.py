"""A house with a single moderator: own cases are approved in the open, and nothing else is theirs to decide of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from memory_road.accounts.permissions import NotPermitted
from memory_road.accounts.tell import UNDO_TIME
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import OWN_CASE, faults_in_chain
from memory_road.contributions.lifecycle import State
from memory_road.contributions.queries import decisions_about
from memory_road.db import db
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import approve, reject, return_to_sender
from memory_road.moderation.hold import hold
from memory_road.moderation.kin import recuse
from memory_road.moderation.next_case import next_for
from memory_road.moderation.undo import undo
from memory_road.web.edge import Parts, Portal
from tests.application import SAFE, Accounts, Person, send_in, signed_in, work


@pytest.fixture
def alone(app: Portal, accounts: Accounts) -> Iterator[Person]:
    """The one moderator of a house that is set so."""
    known: Parts = app.extensions["memory_road"]
    app.extensions["memory_road"] = replace(known, settings=replace(known.settings, single_moderator=True))
    yield replace(accounts.moderator, actor=replace(accounts.moderator.actor, decides_own=True))
    app.extensions["memory_road"] = known


def test_an_own_case_is_approved_in_the_open(app: Portal, alone: Person) -> None:
    case = send_in(app, alone)
    client = signed_in(app, alone)
    assert client.get("/en/moderate/next").location.startswith(f"/en/moderate/{case}")
    assert client.send(f"/en/moderate/{case}/claim").status_code == 303
    page = client.get(f"/en/moderate/{case}").text
    assert "You sent this yourself" in page
    assert f"/en/moderate/{case}/return" not in page
    assert client.send(f"/en/moderate/{case}/approve", {"nobody_living_exposed": "yes"}).status_code == 303
    with app.app_context():
        contribution = db.session.get_one(Contribution, case)
        assert (contribution.state, contribution.decided_openly) == (State.APPROVED, True)
        assert decisions_about(case)[-1].reason == OWN_CASE
        assert list(faults_in_chain()) == []
    assert "Own case, decided in the open" in client.get(f"/en/moderate/{case}").text


def test_nothing_else_is_decided_of_an_own_case(app: Portal, alone: Person) -> None:
    case = send_in(app, alone)
    with work(app):
        claim(case, alone.actor)
    for verb in (reject, return_to_sender):
        with pytest.raises(NotPermitted), work(app):
            verb(case, alone.actor, "other", "Почему?")
    with pytest.raises(NotPermitted), work(app):
        hold(case, alone.actor)


def test_it_can_be_taken_back(app: Portal, alone: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, UNDO_TIME, timedelta(minutes=5))
    case = send_in(app, alone)
    with work(app):
        claim(case, alone.actor)
        approve(case, alone.actor, SAFE)
    with work(app):
        undo(case, alone.actor)
    with app.app_context():
        contribution = db.session.get_one(Contribution, case)
        assert (contribution.state, contribution.decided_openly) == (State.SUBMITTED, False)


def test_who_says_that_it_concerns_their_family_is_out_of_it(app: Portal, alone: Person) -> None:
    case = send_in(app, alone)
    with work(app):
        recuse(case, alone.actor)
    assert "concerns your family" in signed_in(app, alone).get(f"/en/moderate/{case}").text


def test_without_the_setting_another_moderator_decides(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.moderator)
    with pytest.raises(NotPermitted), work(app):
        claim(case, accounts.moderator.actor)
    with app.app_context():
        assert next_for(accounts.moderator.actor) is None
