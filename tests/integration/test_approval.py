"""Approving fact by fact: what is taken, left or mended, which face an entry has, and cases that two must approve."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from memory_road.accounts.tell import UNDO_TIME
from memory_road.archive.change import changes_of
from memory_road.archive.participant import Participant
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import faults_in_chain
from memory_road.contributions.draft import PhotographWords, keep
from memory_road.contributions.flag import Flag
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.mark_case import flag
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.queries import decisions_about
from memory_road.contributions.submit import NeedsMending, submit
from memory_road.contributions.told import told_decisions
from memory_road.db import db, now
from memory_road.facts.choice import Choice, Chosen
from memory_road.facts.vocabulary import PhotographKind
from memory_road.jobs.derive import derive_due
from memory_road.mail.letter import Letter, LetterKind
from memory_road.moderation.approval import Approval, Checked, Portrait
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import approve, return_to_sender
from memory_road.moderation.next_case import next_for
from memory_road.moderation.undo import undo
from memory_road.moderation.unmark import take_mark_away
from memory_road.web.edge import Portal, parts
from tests.application import (
    SAFE,
    Accounts,
    Browser,
    Person,
    Sample,
    begin,
    begin_correction,
    filled_in,
    publish,
    publish_approved,
    send_correction,
    send_in,
    work,
)

ClientOf = Callable[[str], Browser]
YES = Approval(nobody_living_exposed=True)


def take(app: Portal, identifier: str, moderator: Person) -> None:
    with work(app):
        claim(identifier, moderator.actor)
    with app.app_context():
        derive_due(parts().store, parts().limits)


def approve_as(
    app: Portal, identifier: str, moderator: Person, approval: Approval, two_for: frozenset[str] = frozenset()
) -> None:
    take(app, identifier, moderator)
    with work(app):
        approve(identifier, moderator.actor, approval, two_for=two_for)
    publish_approved(app)


def facts_of(app: Portal, entry: str) -> dict[str, object]:
    with app.app_context():
        return dict(db.session.get_one(Participant, entry, populate_existing=True).facts)


def entry_of(app: Portal, identifier: str) -> str:
    with app.app_context():
        return str(db.session.get_one(Contribution, identifier, populate_existing=True).participant_id)


def refusal_of(app: Portal, identifier: str, moderator: Person, approval: Approval) -> RefusalCode:
    with pytest.raises(Refused) as refused, work(app):
        approve(identifier, moderator.actor, approval)
    return refused.value.code


# --- facts -----------------------------------------------------------------------------------------------------------


def test_a_new_entry_is_published_as_it_was_mended(app: Portal, accounts: Accounts) -> None:
    identifier = send_in(app, accounts.contributor, form=filled_in({"rank": "старшена", "unit": "тайна"}))
    choices = {"rank": Chosen(Choice.EDIT, "старшина"), "unit": Chosen(Choice.LEAVE)}
    approve_as(app, identifier, accounts.moderator, replace(YES, choices=choices))
    published = facts_of(app, entry_of(app, identifier))
    assert (published["rank"], published.get("unit")) == ("старшина", None)
    with app.app_context():
        sent = db.session.get_one(Contribution, identifier)
        assert (sent.facts or {})["rank"] == "старшена", "what was sent stays as it was sent"
        letter = db.session.scalars(select(Letter).where(Letter.kind == LetterKind.APPROVED)).one()
        assert letter.content["mended"] is True


def test_a_correction_is_taken_in_part(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in({"rank": "сержант"}))
    changed = {"rank": "старшина", "birth_place": "Омск", "unit": "325-й полк"}
    identifier = send_correction(app, accounts.stranger, entry, typed=changed)
    choices = {"rank": Chosen(Choice.LEAVE), "birth_place": Chosen(Choice.EDIT, "Томск")}
    approve_as(app, identifier, accounts.moderator, replace(YES, choices=choices))
    published = facts_of(app, entry)
    assert [published.get(name) for name in changed] == ["сержант", "Томск", "325-й полк"]
    with app.app_context():
        assert sorted(changes_of(entry)[0].fields) == ["birth_place", "unit"], "what was left is no change"


def test_what_the_moderator_mends_must_not_contradict_itself(app: Portal, accounts: Accounts) -> None:
    identifier = send_in(app, accounts.contributor, form=filled_in({"fate": "killed", "death_date": "1943"}))
    take(app, identifier, accounts.moderator)
    wrong = replace(YES, choices={"death_date": Chosen(Choice.EDIT, "1910")})
    with pytest.raises(NeedsMending), work(app):
        approve(identifier, accounts.moderator.actor, wrong)


def test_another_fate_is_answered_expressly(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    identifier = send_correction(app, accounts.stranger, entry, typed={"fate": "missing"})
    take(app, identifier, accounts.moderator)
    assert refusal_of(app, identifier, accounts.moderator, YES) is RefusalCode.FATE_NOT_ANSWERED
    with work(app):
        left = replace(YES, choices={"fate": Chosen(Choice.LEAVE)})
        approve(identifier, accounts.moderator.actor, left)
    publish_approved(app)
    assert facts_of(app, entry)["fate"] == "survived"


# --- faces -----------------------------------------------------------------------------------------------------------


def with_portrait(app: Portal, sender: Person, draft: str, form: bool) -> None:
    """Say of a draft's only picture that it is a portrait, and send it."""
    with work(app):
        picture = db.session.scalars(
            select(ContributionPhotograph.id).where(ContributionPhotograph.contribution_id == draft)
        ).one()
        words = {picture: PhotographWords(kind=PhotographKind.PORTRAIT)}
        typed = db.session.get_one(Contribution, draft).typed
        filled = filled_in(photographs=words, none_survives=False) if form else filled_in(typed, photographs=words)
        keep(draft, sender.actor, filled)
        submit(draft, sender.actor, now().date())


@pytest.mark.parametrize(("choice", "changes"), [(Portrait.KEPT, False), (Portrait.NEW, True)])
def test_another_portrait_is_chosen_expressly(
    app: Portal,
    accounts: Accounts,
    portrait: Sample,
    sample_of: Callable[[int], Sample],
    choice: Portrait,
    changes: bool,
) -> None:
    first = begin(app, accounts.contributor, portrait)
    with_portrait(app, accounts.contributor, first, form=True)
    approve_as(app, first, accounts.moderator, YES)
    entry = entry_of(app, first)
    with app.app_context():
        old = db.session.get_one(Participant, entry).photographs[0].key
    second = begin_correction(app, accounts.stranger, entry, sample_of(7))
    with_portrait(app, accounts.stranger, second, form=False)
    take(app, second, accounts.moderator)
    assert refusal_of(app, second, accounts.moderator, YES) is RefusalCode.PORTRAIT_NOT_ANSWERED
    with work(app):
        approve(second, accounts.moderator.actor, replace(YES, portrait=choice))
    publish_approved(app)
    with app.app_context():
        shown = db.session.get_one(Participant, entry, populate_existing=True).photographs
        assert len(shown) == 2, "no picture is lost"
        assert (shown[0].key != old) is changes
        assert [each.position for each in shown] == [0, 1]


# --- two moderators --------------------------------------------------------------------------------------------------

MEDICAL = frozenset({"medical"})


@pytest.fixture
def voted(app: Portal, accounts: Accounts) -> str:
    """A case of a kind that two must approve, approved by one."""
    identifier = send_in(app, accounts.contributor)
    checked = frozenset({Checked.RIGHTS})
    choices = {"given_name": Chosen(Choice.EDIT, "Мария")}
    approve_as(app, identifier, accounts.moderator, replace(YES, checked=checked, choices=choices), MEDICAL)
    return identifier


def test_the_first_of_two_is_a_vote(app: Portal, accounts: Accounts, voted: str) -> None:
    with app.app_context():
        sent = db.session.get_one(Contribution, voted)
        assert (sent.state, sent.participant_id, sent.voted_by_id) == (
            State.SUBMITTED,
            None,
            accounts.moderator.actor.id,
        )
        assert (sent.approval or {})["checked"] == ["rights"]
        assert [each.move for each in decisions_about(voted)][-1] == Move.VOTE
        assert Move.VOTE not in [each.move for each in told_decisions(sent, decisions_about(voted))]
        assert next_for(accounts.moderator.actor) is None, "it is for somebody else"
        found = next_for(accounts.second_moderator.actor)
        assert found is not None
        assert found.id == voted


def test_one_moderator_is_not_two(app: Portal, accounts: Accounts, voted: str) -> None:
    with pytest.raises(Refused) as refused, work(app):
        claim(voted, accounts.moderator.actor)
    assert refused.value.code is RefusalCode.VOTED_ALREADY


def test_the_second_publishes(app: Portal, accounts: Accounts, voted: str) -> None:
    approve_as(app, voted, accounts.second_moderator, YES, MEDICAL)
    entry = entry_of(app, voted)
    assert facts_of(app, entry)["given_name"] == "Анна", "the second one's choices count"
    with app.app_context():
        assert db.session.get_one(Contribution, voted).decided_by_id == accounts.second_moderator.actor.id
        assert list(faults_in_chain()) == []


def test_what_comes_back_is_looked_at_anew_by_two(app: Portal, accounts: Accounts, voted: str) -> None:
    take(app, voted, accounts.second_moderator)
    with work(app):
        return_to_sender(voted, accounts.second_moderator.actor, "other", "Кто это?")
    with work(app):
        submit(voted, accounts.contributor.actor, now().date())
    approve_as(app, voted, accounts.moderator, SAFE, MEDICAL)
    with app.app_context():
        assert db.session.get_one(Contribution, voted).state == State.SUBMITTED


@pytest.mark.usefixtures("five_minutes")
def test_a_vote_is_taken_back(app: Portal, accounts: Accounts, voted: str) -> None:
    with work(app):
        undo(voted, accounts.moderator.actor)
    with app.app_context():
        sent = db.session.get_one(Contribution, voted)
        assert (sent.state, sent.voted_by_id) == (State.SUBMITTED, None)


@pytest.mark.parametrize(
    ("two_for", "votes", "why"),
    [
        (frozenset(), False, "one is enough unless the operator says otherwise"),
        (frozenset({"captive"}), False, "of another kind of participant it is said"),
        (MEDICAL, True, "of this kind it is"),
        (frozenset({"portrait", "merge"}), False, "nothing of that kind is changed"),
    ],
)
def test_where_two_are_needed(app: Portal, accounts: Accounts, two_for: frozenset[str], votes: bool, why: str) -> None:
    identifier = send_in(app, accounts.contributor)
    approve_as(app, identifier, accounts.moderator, SAFE, two_for)
    with app.app_context():
        state = db.session.get_one(Contribution, identifier).state
    assert (state == State.SUBMITTED) is votes, why


FLAGGED = frozenset({"flagged"})


@pytest.mark.parametrize(
    ("marks", "takes_away", "approves", "two_for", "votes", "why"),
    [
        (None, None, "moderator", FLAGGED, False, "nothing is marked"),
        (Flag.LOOK_TWICE, None, "moderator", FLAGGED, True, "what is marked needs two"),
        (Flag.LOOK_TWICE, "moderator", "moderator", FLAGGED, True, "whoever takes the mark away does not decide alone"),
        (Flag.LOOK_TWICE, "second_moderator", "moderator", FLAGGED, False, "two have looked at it"),
        (Flag.LOOK_TWICE, "moderator", "moderator", frozenset(), False, "a mark needs two only where it is so set"),
        (Flag.KNOWN_PICTURE, "senior_moderator", "senior_moderator", FLAGGED, True, "of any mark it is the same"),
        (None, "moderator", "moderator", FLAGGED, False, "there was no mark to take away"),
    ],
)
def test_who_takes_the_mark_away_does_not_approve_alone(
    app: Portal,
    accounts: Accounts,
    marks: Flag | None,
    takes_away: str | None,
    approves: str,
    two_for: frozenset[str],
    votes: bool,
    why: str,
) -> None:
    identifier = send_in(app, accounts.contributor)
    with work(app):
        if marks is not None:
            flag(identifier, marks, accounts.administrator.actor.id)
        if takes_away is not None:
            take_mark_away(identifier, getattr(accounts, takes_away).actor, marks or Flag.LOOK_TWICE)
    approve_as(app, identifier, getattr(accounts, approves), SAFE, two_for)
    with app.app_context():
        assert (db.session.get_one(Contribution, identifier).state == State.SUBMITTED) is votes, why
        assert list(faults_in_chain()) == []


def test_the_log_says_who_took_the_mark_away(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier = send_in(app, accounts.contributor)
    client = client_of("moderator")
    for wanted in ("yes", "no"):
        client.send(f"/en/moderate/{identifier}/mark", {"wanted": wanted})
    assert "The mark was taken away" in client.get(f"/en/moderate/{identifier}").text
    page = client_of("contributor").get(f"/en/my/{identifier}")
    assert page.status_code == 200
    assert "The mark was taken away" not in page.text, "its sender never learns of marks"


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def correction(app: Portal, accounts: Accounts) -> str:
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in({"rank": "сержант"}))
    return send_correction(
        app, accounts.stranger, entry, typed={"fate": "missing", "rank": "старшина", "birth_date": "1917"}
    )


def test_the_page_asks_of_each_fact(app: Portal, accounts: Accounts, client_of: ClientOf, correction: str) -> None:
    client = client_of("moderator")
    assert "choice-rank" not in client.get(f"/en/moderate/{correction}").text, "whoever does not hold it only looks"
    client.send(f"/en/moderate/{correction}/claim")
    page = client.get(f"/en/moderate/{correction}").text
    assert 'name="choice-rank" value="take" checked' in page
    assert 'name="choice-fate" value="take" required' in page, "a fate is not ticked beforehand"
    edition = page.split('name="entry" value="')[1].split('"')[0]
    form = {"nobody_living_exposed": "yes", "entry": edition, "choice-rank": "leave", "choice-birth_date": "edit"}
    for said, sentence in (
        ({"edit-birth_date": "весной"}, "Date of birth:"),
        ({"edit-birth_date": "1916"}, "which fate the entry shall tell"),
    ):
        answer = client.send(f"/en/moderate/{correction}/approve", {**form, **said})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'name="choice-rank" value="leave" checked' in answer.text, "what was chosen is kept"
        assert f'value="{said["edit-birth_date"]}"' in answer.text
    done = client.send(f"/en/moderate/{correction}/approve", {**form, "edit-birth_date": "1916", "choice-fate": "take"})
    assert done.status_code == 303
    publish_approved(app)
    published = facts_of(app, entry_of(app, correction))
    assert [published[name] for name in ("rank", "birth_date", "fate")] == ["сержант", "1916", "missing"]
    mine = client_of("stranger").get(f"/en/my/{correction}").text
    assert "What the moderator changed" in mine
    assert "left out" in mine


def test_a_fact_of_a_new_entry_is_mended_at_the_desk(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier = send_in(app, accounts.contributor, form=filled_in({"rank": "старшена", "unit": "тайна"}))
    client = client_of("moderator")
    client.send(f"/en/moderate/{identifier}/claim")
    page = client.get(f"/en/moderate/{identifier}").text
    assert 'name="edit-rank" form="typed" value="старшена"' in page
    assert 'name="edit-birth_date" form="typed" value="12 мая 1915"' in page, "as the sender typed it"
    assert "https://pamyat-naroda.ru/heroes/?" in page
    form = {"nobody_living_exposed": "yes", "edit-rank": "старшина", "edit-unit": "", "edit-birth_date": "12 мая 1915"}
    assert client.send(f"/en/moderate/{identifier}/approve", form).status_code == 303
    publish_approved(app)
    published = facts_of(app, entry_of(app, identifier))
    assert (published["rank"], published.get("unit"), published["birth_date"]) == ("старшина", None, "1915-05-12")


def test_nobody_is_told_a_vote(
    app: Portal, accounts: Accounts, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = send_in(app, accounts.contributor)
    with app.app_context():
        whole = app.extensions["memory_road"]
    two = replace(whole, settings=replace(whole.settings, two_approvals=MEDICAL))
    monkeypatch.setitem(app.extensions, "memory_road", two)
    monkeypatch.setitem(app.config, UNDO_TIME, timedelta(0))
    client, other = client_of("moderator"), client_of("second_moderator")
    client.send(f"/en/moderate/{identifier}/claim")
    answer = client.send(f"/en/moderate/{identifier}/approve", {"nobody_living_exposed": "yes"})
    assert "said=voted" in answer.location
    assert "Approved for the first time" not in client_of("contributor").get(f"/en/my/{identifier}").text
    other.send(f"/en/moderate/{identifier}/claim")
    assert "Approved for the first time by Pen of moderator" in other.get(f"/en/moderate/{identifier}").text
    answer = other.send(f"/en/moderate/{identifier}/approve", {"nobody_living_exposed": "yes"})
    assert "said=approved" in answer.location


def test_what_a_moderator_left_out_does_not_come_back_by_itself(
    app: Portal, accounts: Accounts, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of two presses the button as the page stands."""
    identifier = send_in(app, accounts.contributor, form=filled_in({"birth_place": "Минск, Ленина 5"}))
    with app.app_context():
        whole = app.extensions["memory_road"]
    two = replace(whole, settings=replace(whole.settings, two_approvals=MEDICAL))
    monkeypatch.setitem(app.extensions, "memory_road", two)
    mended = {"edit-birth_place": "", "edit-birth_date": "1916", "edit-given_name": "Анна"}
    for name, typed in (("moderator", mended), ("second_moderator", None)):
        client = client_of(name)
        client.send(f"/en/moderate/{identifier}/claim")
        page = client.get(f"/en/moderate/{identifier}").text
        form = typed or dict(re.findall(r'<input id="edit-[a-z_]+" name="(edit-[a-z_]+)"[^>]* value="([^"]*)"', page))
        answer = client.send(f"/en/moderate/{identifier}/approve", {"nobody_living_exposed": "yes", **form})
        assert answer.status_code == 303
    publish_approved(app)
    published = facts_of(app, entry_of(app, identifier))
    assert (published.get("birth_place"), published["birth_date"]) == (None, "1916")
