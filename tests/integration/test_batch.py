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
from memory_road.facts.choice import Choice, Chosen
from memory_road.mail.letter import Letter
from memory_road.moderation.approval import Approval
from memory_road.moderation.batch import approve_together, sent_before, together
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import approve, return_to_sender
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
    assert client.send(address, {"looked_at": [seen]}).location == f"{address}?done=approved&number=1"
    after = client.get(f"{address}?done=approved&number=1").text
    assert "1 entry is approved" in after
    assert "Первая" in after, "what waits still is on the page"
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


NAMES = ("Первая", "Вторая", "Третья")


def send_named(app: Portal, accounts: Accounts, surname: str) -> str:
    return send_in(app, accounts.contributor, form=filled_in({"surname": surname}))


def ticks(client: Browser, address: str) -> list[str]:
    """What can be ticked on the page."""
    return re.findall(r'name="looked_at" value="([^"]+)"', client.get(address).text)


def states_of(app: Portal, *cases: str) -> list[str]:
    with app.app_context():
        return [str(db.session.get_one(Contribution, each).state) for each in cases]


def test_what_the_first_of_two_left_out_is_not_published_among_others(app: Portal, accounts: Accounts) -> None:
    case, plain = (send_in(app, accounts.contributor, form=filled_in({"rank": "сержант"})) for _ in range(2))
    two_for = frozenset({"medical"})
    for each, choices in ((case, {"rank": Chosen(Choice.LEAVE)}), (plain, {})):
        with work(app):
            claim(each, accounts.moderator.actor)
            approve(each, accounts.moderator.actor, Approval(True, choices), two_for=two_for)
    with app.app_context():
        assert [each.id for each in together(plain, accounts.second_moderator.actor)] == [plain]


@pytest.mark.usefixtures("five_minutes")
@pytest.mark.parametrize(
    ("verb", "state", "said"),
    [
        ("return", State.RETURNED, "2 entries are returned to the sender."),
        ("reject", State.REJECTED, "2 entries will not be published."),
    ],
)
def test_several_are_returned_or_not_published_together_and_taken_back(
    app: Portal, accounts: Accounts, client_of: Callable[[str], Browser], verb: str, state: State, said: str
) -> None:
    first, second, other = (send_named(app, accounts, each) for each in NAMES)
    client, address = client_of("moderator"), f"/en/moderate/{first}/together"
    two = [seen for seen in ticks(client, address) if not seen.startswith(other)]
    words = {f"{verb}-reason": "rights", f"{verb}-message": "Чьи это снимки?"}
    answer = client.send(f"{address}/{verb}", {"looked_at": two, **words})
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert said in page
    assert "Take all of them back" in page
    assert states_of(app, first, second, other) == [state, state, State.SUBMITTED]
    with app.app_context():
        letters = db.session.scalars(select(Letter).where(Letter.account_id == accounts.contributor.actor.id)).all()
        about = sorted(str(each.content.get("contribution")) for each in letters if "reason" in each.content)
        assert about == sorted([first, second]), "a letter about each"
    back = client.send(f"{address}/undo", {"decided": [first, second]})
    assert "2 decisions are taken back" in client.get(back.location).text
    assert states_of(app, first, second, other) == [State.SUBMITTED] * 3
    assert client.send(f"{address}/undo", {"decided": [first, second]}).status_code == 409


@pytest.mark.usefixtures("five_minutes")
def test_one_of_several_is_taken_back_alone(
    app: Portal, accounts: Accounts, client_of: Callable[[str], Browser]
) -> None:
    first, second = (send_named(app, accounts, each) for each in NAMES[:2])
    client, address = client_of("moderator"), f"/en/moderate/{first}/together"
    client.send(address, {"looked_at": ticks(client, address)})
    client.send(f"{address}/undo", {"decided": [second]})
    assert states_of(app, first, second) == [State.APPROVED, State.SUBMITTED]
    other = client_of("second_moderator")
    assert other.send(f"{address}/undo", {"decided": [first]}).status_code == 409, "only whoever decided it"
    assert states_of(app, first) == [State.APPROVED]


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"return-reason": ""}, "Please choose a reason"),
        ({"return-message": " "}, "Please write"),
        ({"return-message": "x" * 4001}, "too long"),
        ({"looked_at": []}, "Nothing is ticked"),
    ],
)
def test_what_was_typed_and_ticked_comes_back(
    app: Portal,
    accounts: Accounts,
    client_of: Callable[[str], Browser],
    lacking: dict[str, str | list[str]],
    sentence: str,
) -> None:
    case = send_in(app, accounts.contributor)
    client, address = client_of("moderator"), f"/en/moderate/{case}/together"
    typed = {"return-reason": "rights", "return-message": "Чьи это снимки?", "return-note": "Между нами"}
    form = {"looked_at": ticks(client, address), **typed, **lacking}
    answer = client.send(f"{address}/return", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Между нами" in answer.text
    assert str(form["return-message"]) in answer.text
    assert ("checked" in answer.text) == bool(form["looked_at"])
    assert states_of(app, case) == [State.SUBMITTED]


def test_the_usual_message_begins_for_several_too(
    app: Portal, accounts: Accounts, client_of: Callable[[str], Browser]
) -> None:
    case = send_in(app, accounts.contributor)
    client, address = client_of("moderator"), f"/en/moderate/{case}/together"
    form = {"looked_at": ticks(client, address), "return-reason": "rights", "return-message": "Здравствуйте!"}
    answer = client.send(f"{address}/return", {**form, "begin": "yes"})
    assert answer.status_code == 200
    assert "Здравствуйте!\n\n" in answer.text
    assert "checked" in answer.text
