"""Another face for an entry; and what needs two moderators is proposed by one and carried out by another."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from memory_road.accounts.permissions import NotPermitted
from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.db import db
from memory_road.moderation.portrait import replace_portrait
from memory_road.moderation.proposal import EntryProposal, ProposalState, ProposedMove, carry_out, decline, propose
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefused
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Sample, publish, work

ClientOf = Callable[[str], Browser]


@pytest.fixture
def entry(app: Portal, accounts: Accounts, sample_of: Callable[[int], Sample]) -> str:
    """A published entry with a portrait and two other pictures."""
    made = publish(app, accounts.contributor, accounts.moderator, *(sample_of(seed) for seed in (1, 2, 3)))
    with work(app):
        db.session.execute(update(Photograph).where(Photograph.position == 1).values(position=0, kind="portrait"))
    return made


@pytest.fixture
def two_needed(app: Portal) -> Iterator[None]:
    """The operator has set that two are needed."""
    before = app.extensions["memory_road"]
    needed = frozenset({"portrait", "merge", "takedown"})
    app.extensions["memory_road"] = replace(before, settings=replace(before.settings, two_approvals=needed))
    yield
    app.extensions["memory_road"] = before


def keys(app: Portal) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Photograph.key).order_by(Photograph.position)))


def edition(app: Portal, entry: str) -> str:
    with app.app_context():
        return db.session.get_one(Participant, entry).edition


def state_of_proposal(app: Portal) -> Any:
    with app.app_context():
        return db.session.scalars(select(EntryProposal)).one().state


def test_the_new_face_and_the_old_one_change_places(
    app: Portal, accounts: Accounts, entry: str, client_of: ClientOf
) -> None:
    old, second, third = keys(app)
    with work(app):
        replace_portrait(entry, accounts.moderator.actor, third, edition(app, entry))
    assert keys(app) == [third, second, old]
    page = client_of("visitor").get(f"/en/people/{entry}", follow_redirects=True).text
    assert page.index(third) < page.index(second)
    assert "another portrait" in page


@pytest.mark.parametrize(
    ("key", "seen", "code"),
    [
        ("nothing", None, EntryRefusal.PICTURE_MISSING),
        ("", None, EntryRefusal.PICTURE_MISSING),
        (None, None, EntryRefusal.PICTURE_MISSING),
        ("nothing", "yesterday", EntryRefusal.CHANGED),
    ],
    ids=["no such picture", "none chosen", "the portrait itself", "changed since"],
)
def test_what_cannot_be_the_new_face(
    app: Portal, accounts: Accounts, entry: str, key: str | None, seen: str | None, code: EntryRefusal
) -> None:
    chosen = keys(app)[0] if key is None else key
    with work(app), pytest.raises(RequestRefused) as refused:
        replace_portrait(entry, accounts.moderator.actor, chosen, seen or edition(app, entry))
    assert refused.value.code is code


def test_old_and_new_stand_side_by_side_and_nothing_is_chosen_beforehand(
    app: Portal, accounts: Accounts, entry: str, client_of: ClientOf
) -> None:
    old, second, _ = keys(app)
    moderator, address = client_of("moderator"), f"/en/moderate/entries/{entry}/portrait"
    asked = moderator.get(address)
    assert asked.status_code == 200
    assert " checked" not in asked.text
    fields = {"edition": edition(app, entry), "note": "Здесь лицо видно лучше."}
    assert moderator.send(address, {**fields, "action": "look"}).status_code == 422
    beside = moderator.send(address, {**fields, "picture": second, "action": "look"}).text
    assert f"/media/{old}" in beside
    assert f"/media/{second}" in beside
    assert keys(app)[0] == old
    assert moderator.send(address, {**fields, "picture": second, "action": "replace"}).status_code == 303
    assert keys(app)[0] == second
    assert moderator.send(address, {**fields, "picture": old, "action": "replace"}).status_code == 409


@pytest.mark.parametrize("note", ["Здесь лицо видно лучше.", "Долго. " * 700], ids=["changed since", "too long"])
def test_a_refused_portrait_keeps_the_choice_and_the_note(
    app: Portal, entry: str, client_of: ClientOf, note: str
) -> None:
    _, second, _ = keys(app)
    now = edition(app, entry)
    seen = "yesterday" if len(note) < 4000 else now
    form = {"picture": second, "edition": seen, "note": note, "action": "replace"}
    answer = client_of("moderator").send(f"/en/moderate/entries/{entry}/portrait", form)
    assert answer.status_code in {409, 422}
    for kept in (note.strip(), f'name="picture" value="{second}"', f'name="edition" value="{now}"'):
        assert kept in answer.text


def test_where_two_are_needed_another_moderator_carries_it_out(
    app: Portal, accounts: Accounts, entry: str, client_of: ClientOf, two_needed: None
) -> None:
    senior, other = client_of("senior_moderator"), client_of("administrator")
    form = {"reason": "rights", "words": "", "note": "Письмо музея."}
    address = f"/en/moderate/entries/{entry}/take-down"
    assert senior.send(address, form).status_code == 303
    assert client_of("visitor").get(f"/en/people/{entry}", follow_redirects=True).status_code == 200
    assert senior.send(address, form).status_code == 409, "it is proposed already"
    assert "Proposals (1)" in other.get("/en/moderate/").text
    number = other.get("/en/moderate/entries/proposals").text.split("/entries/proposals/")[1].split('"')[0]
    proposal = f"/en/moderate/entries/proposals/{number}"
    assert 'value="carry_out"' not in senior.get(proposal).text
    assert senior.send(proposal, {"action": "carry_out"}).status_code == 403
    shown = other.get(proposal).text
    for said in ("Письмо музея.", "belong to somebody who did not permit it", 'value="carry_out"'):
        assert said in shown
    assert other.send(proposal, {"action": "carry_out"}).status_code == 303
    assert client_of("visitor").get(f"/en/people/{entry}").status_code == 410
    assert state_of_proposal(app) == ProposalState.CARRIED_OUT
    assert other.send(proposal, {"action": "carry_out"}).status_code == 409


def test_a_new_portrait_too(app: Portal, entry: str, client_of: ClientOf, two_needed: None) -> None:
    old, second, _ = keys(app)
    fields = {"edition": edition(app, entry), "picture": second, "action": "replace"}
    first, another = client_of("moderator"), client_of("second_moderator")
    assert first.send(f"/en/moderate/entries/{entry}/portrait", fields).status_code == 303
    assert keys(app)[0] == old
    number = another.get("/en/moderate/entries/proposals").text.split("/entries/proposals/")[1].split('"')[0]
    page = another.get(f"/en/moderate/entries/proposals/{number}").text
    assert page.index(f"/media/{old}") < page.index(f"/media/{second}"), "the present face beside the chosen one"
    assert "In the entry now" in page
    assert another.send(f"/en/moderate/entries/proposals/{number}", {"action": "carry_out"}).status_code == 303
    assert keys(app)[0] == second


def test_what_is_proposed_out_of_scope_is_not_listed(
    app: Portal, accounts: Accounts, entry: str, client_of: ClientOf, two_needed: None
) -> None:
    fields = {"edition": edition(app, entry), "picture": keys(app)[1], "action": "replace"}
    client_of("moderator").send(f"/en/moderate/entries/{entry}/portrait", fields)
    another = client_of("second_moderator")
    for languages, listed in ((["ru"], True), (["hy"], False)):
        with work(app):
            db.session.get_one(Account, accounts.second_moderator.actor.id).scope_languages = languages
        assert ("/entries/proposals/" in another.get("/en/moderate/entries/proposals").text) is listed


def test_nobody_is_both_of_two(app: Portal, accounts: Accounts, entry: str) -> None:
    senior, moderator = accounts.senior_moderator.actor, accounts.moderator.actor
    with work(app):
        made = propose(entry, ProposedMove.TAKE_DOWN, {"reason": "rights", "message": ""}, senior).id
    for who in (senior, moderator):
        with pytest.raises(NotPermitted), work(app):
            carry_out(made, who)
    with work(app), pytest.raises(RequestRefused) as refused:
        decline(made, senior, "")
    assert refused.value.code is EntryRefusal.NOTE_MISSING
    with work(app):
        decline(made, senior, "Ошибка.")
    assert state_of_proposal(app) == ProposalState.DECLINED
