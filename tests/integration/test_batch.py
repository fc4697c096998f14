"""Several new entries of one sender are decided on one page, and the case says what else they have sent."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from memory_road.archive.participant import Participant
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.draft import keep
from memory_road.contributions.flag import Flag
from memory_road.contributions.lifecycle import State
from memory_road.contributions.mark_case import flag
from memory_road.contributions.submit import submit
from memory_road.db import db, now
from memory_road.moderation.batch import approve_together, sent_before, together
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import return_to_sender
from memory_road.web.edge import Portal
from tests.application import (
    Accounts,
    Browser,
    Sample,
    filled_in,
    publish,
    publish_approved,
    send_correction,
    send_in,
    work,
)


def test_what_waits_of_one_sender_stands_together(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    first, second, held = (send_in(app, accounts.contributor) for _ in range(3))
    send_in(app, accounts.stranger)
    send_correction(app, accounts.contributor, entry, typed={"rank": "старшина"})
    with work(app):
        claim(held, accounts.second_moderator.actor)
    with app.app_context():
        found = together(second, accounts.moderator.actor)
        assert [each.id for each in found] == [first, second], "new entries that nobody else works on, the oldest first"
        assert together(second, accounts.contributor.actor) == [], "nobody decides their own"


def test_what_cannot_be_approved_waits_and_the_rest_is_published(
    app: Portal, accounts: Accounts, portrait: Sample
) -> None:
    first, unprepared = send_in(app, accounts.contributor), send_in(app, accounts.contributor, portrait)
    with work(app):
        outcome = approve_together([first, unprepared], accounts.moderator.actor)
    assert {identifier: code is None for identifier, code in outcome.items()} == {first: True, unprepared: False}
    publish_approved(app)
    with app.app_context():
        assert db.session.get_one(Contribution, unprepared).state == State.SUBMITTED
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 1


def test_the_desk_decides_several_after_a_look_at_each(
    app: Portal, accounts: Accounts, client_of: Callable[[str], Browser]
) -> None:
    first = send_in(app, accounts.contributor, form=filled_in({"surname": "Первая"}))
    second = send_in(app, accounts.contributor, form=filled_in({"surname": "Вторая"}))
    client = client_of("moderator")
    address = f"/en/moderate/{first}/together"
    assert address in client.get(f"/en/moderate/{first}").text
    page = client.get(address).text
    assert "Первая" in page
    assert "Вторая" in page
    assert "checked" not in page, "nothing is ticked beforehand"
    assert "Nothing is ticked" in client.send(address).text
    (seen,) = [value for value in re.findall(r'name="looked_at" value="([^"]+)"', page) if value.startswith(second)]
    assert client.send(address, {"looked_at": [seen]}).location == "/en/moderate/?said=approved_together"
    with app.app_context():
        states = {each: db.session.get_one(Contribution, each).state for each in (first, second)}
    assert states == {first: State.SUBMITTED, second: State.APPROVED}


def test_the_case_says_what_else_its_sender_has_sent(
    app: Portal, accounts: Accounts, client_of: Callable[[str], Browser]
) -> None:
    publish(app, accounts.contributor, accounts.moderator, form=filled_in({"surname": "Ранняя"}))
    case = send_in(app, accounts.contributor)
    with app.app_context():
        before = sent_before(db.session.get_one(Contribution, case), accounts.moderator.actor)
    assert before.states == {State.APPROVED: 1}
    page = client_of("moderator").get(f"/en/moderate/{case}").text
    assert "Sent before" in page
    assert "Ранняя" in page


def test_what_was_changed_since_it_was_shown_is_looked_at_anew(
    app: Portal, accounts: Accounts, client_of: Callable[[str], Browser]
) -> None:
    case = send_in(app, accounts.contributor)
    client, address = client_of("moderator"), f"/en/moderate/{case}/together"
    seen = re.findall(r'name="looked_at" value="([^"]+)"', client.get(address).text)
    with work(app):
        claim(case, accounts.second_moderator.actor)
        return_to_sender(case, accounts.second_moderator.actor, "other", "Кто это?")
    with work(app):
        keep(case, accounts.contributor.actor, filled_in({"given_name": "Мария"}))
        submit(case, accounts.contributor.actor, now().date())
    answer = client.send(address, {"looked_at": seen})
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.get_one(Contribution, case).state == State.SUBMITTED


@pytest.mark.parametrize(
    ("typed", "changes", "why"),
    [
        ({"living": "not_known"}, {}, "somebody may be living"),
        ({}, {"living_faces": "yes", "faces_consent": True}, "somebody living is seen"),
    ],
)
def test_what_needs_more_than_a_look_is_opened_by_itself(
    app: Portal, accounts: Accounts, typed: dict[str, str], changes: dict[str, object], why: str
) -> None:
    case = send_in(app, accounts.contributor, form=filled_in(typed, **changes))
    with app.app_context():
        assert together(case, accounts.moderator.actor) == [], why


def test_a_case_that_a_moderator_has_marked_is_opened_by_itself(app: Portal, accounts: Accounts) -> None:
    case = send_in(app, accounts.contributor)
    with work(app):
        flag(case, Flag.LOOK_TWICE, accounts.moderator.actor.id)
    with app.app_context():
        assert together(case, accounts.moderator.actor) == []


def test_nobody_ticks_what_may_be_published_already(
    app: Portal, accounts: Accounts, client_of: Callable[[str], Browser]
) -> None:
    publish(app, accounts.stranger, accounts.moderator)
    case = send_in(app, accounts.contributor)
    page = client_of("moderator").get(f"/en/moderate/{case}/together").text
    assert "May be published already" in page
    assert 'name="looked_at"' not in page


def test_two_entries_of_one_sender_about_namesakes_stand_side_by_side(
    app: Portal, accounts: Accounts, client_of: Callable[[str], Browser]
) -> None:
    case, other = send_in(app, accounts.contributor), send_in(app, accounts.contributor)
    page = client_of("moderator").get(f"/en/moderate/{case}/together")
    assert page.status_code == 200
    assert f"the same sender, number {other}" in page.text
