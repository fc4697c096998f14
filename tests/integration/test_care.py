"""The care of an entry: whose it is, how it is handed over, how it goes on when an account is closed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from memory_road.accounts.flood import FloodCount
from memory_road.accounts.permissions import NotPermitted
from memory_road.accounts.user import Account
from memory_road.db import db, now
from memory_road.family import queries
from memory_road.family.care import pass_on
from memory_road.family.carer import Care, CareChange, begin_care, carer_of, changes_of
from memory_road.family.hand_over import (
    LONGEST_GREETING,
    TO_ONE_ADDRESS,
    accept,
    decline,
    hand_over,
    invitation_at,
    take_back,
)
from memory_road.family.invitation import Invitation, InvitationState, open_invitation
from memory_road.family.queries import has_told, in_care_of, told_by
from memory_road.family.refusal import FamilyRefusal
from memory_road.family.successor import Successor, forget_successor, name_successor, successor_of
from memory_road.jobs.tidy import tidy
from memory_road.mail.letter import Letter, LetterKind
from memory_road.requests.refusal import RequestRefusal
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Person, filled_in, publish, signed_in, work
from tests.outcomes import letters, refusal_of

VERA = "vera@example.org"


@pytest.fixture
def entry(app: Portal, accounts: Accounts) -> str:
    """An entry of the contributor's."""
    return publish(app, accounts.contributor, accounts.moderator)


def letter(app: Portal, kind: LetterKind) -> Letter:
    """The only letter of its kind; it can be put into words."""
    (only,) = letters(app, kind)
    return only


def offered(app: Portal, entry: str, giver: Person, email: str = VERA) -> str:
    """An invitation; gives the token of its letter."""
    with work(app):
        hand_over(entry, giver.actor, email, "Возьми, пожалуйста.")
        return newest_token()


def newest_token() -> str:
    sent = select(Letter).where(Letter.kind.in_([LetterKind.CARE_OFFERED, LetterKind.CARE_LEFT]))
    newest = db.session.scalars(sent.order_by(Letter.created_at.desc()).limit(1)).one()
    return str(newest.content["token"])


def holder(app: Portal, entry: str) -> int | None:
    with app.app_context():
        return carer_of(entry)


def record(app: Portal, entry: str) -> list[tuple[int | None, int | None, int, str]]:
    """What is recorded of an entry's care: from, to, by whom, why."""
    with app.app_context():
        return [(each.from_id, each.to_id, each.actor_id, str(each.reason)) for each in changes_of(entry)]


# --- whose it is -----------------------------------------------------------------------------------------------------


def test_whoevers_contribution_made_the_entry_has_its_care(app: Portal, accounts: Accounts, entry: str) -> None:
    sender = accounts.contributor.actor.id
    assert holder(app, entry) == sender
    assert record(app, entry) == [(None, sender, sender, "published")]
    with app.app_context():
        assert [item.participant.id for item in in_care_of(accounts.contributor.actor)] == [entry]
        assert in_care_of(accounts.stranger.actor) == []
        assert has_told(accounts.contributor.actor, entry)
        assert not has_told(accounts.stranger.actor, entry)


def test_entries_are_listed_page_by_page_the_newest_first(
    app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memory_road.family.queries.PAGE", 2)
    first, second, third = (publish(app, accounts.contributor, accounts.moderator) for _ in range(3))
    actor = accounts.contributor.actor
    with app.app_context():
        assert [item.participant.id for item in in_care_of(actor)] == [third, second]
        assert [item.participant.id for item in in_care_of(actor, second)] == [first]
        assert [item.participant.id for item in in_care_of(accounts.stranger.actor, second)] == []


def test_nothing_recorded_is_changed_or_deleted(app: Portal, entry: str) -> None:
    for change in (update(CareChange).values(reason="handed"), delete(CareChange)):
        with pytest.raises(DBAPIError, match="never changed or deleted"), work(app):
            db.session.execute(change)


def test_the_database_refuses_impossible_changes(app: Portal, accounts: Accounts, entry: str) -> None:
    one, other = accounts.contributor.actor.id, accounts.stranger.actor.id
    impossible: list[dict[str, Any]] = [
        {"from_id": None, "to_id": None},
        {"from_id": one, "to_id": one},
        {"from_id": one, "to_id": other, "reason": "published"},
        {"from_id": one, "to_id": other, "reason": "left"},
        {"from_id": one, "to_id": None},
        {"from_id": one, "to_id": other, "reason": "nonsense"},
    ]
    for wrong in impossible:
        sound = {"participant_id": entry, "actor_id": one, "reason": "handed", "made_at": now()}
        with pytest.raises(IntegrityError), work(app):
            db.session.execute(insert(CareChange).values({**sound, **wrong}))
    with pytest.raises(IntegrityError), work(app):
        begin_care(entry, other)


# --- handing over ----------------------------------------------------------------------------------------------------


def test_the_care_is_handed_over_by_a_letter_and_a_button(app: Portal, accounts: Accounts, entry: str) -> None:
    giver, taker = accounts.contributor, accounts.stranger
    token = offered(app, entry, giver)
    sent = letter(app, LetterKind.CARE_OFFERED)
    assert (sent.recipient, sent.content["giver"]) == (VERA, "Name of contributor")
    assert holder(app, entry) == giver.actor.id, "until it is accepted it stays"
    with app.app_context():
        rows = [list(row) for table in db.metadata.sorted_tables for row in db.session.execute(select(table))]
        assert str(rows).count(token) == 1, "the token stands in the letter alone"
    with work(app):
        accept(token, taker.actor)
    assert holder(app, entry) == taker.actor.id
    assert record(app, entry)[1:] == [(giver.actor.id, taker.actor.id, taker.actor.id, "handed")]
    assert letter(app, LetterKind.CARE_ACCEPTED).recipient == giver.email
    with app.app_context():
        ended = db.session.execute(select(Invitation)).scalar_one()
        assert (ended.state, ended.email, ended.words) == (InvitationState.ACCEPTED, "", ""), "nothing of whom is kept"
        assert [one.id for one in told_by(giver.actor).participants] == [entry], "the giver has told of it all the same"
    assert refusal_of(app, accept, token, accounts.moderator.actor) is FamilyRefusal.INVITATION_GONE
    with pytest.raises(NotPermitted), work(app):
        hand_over(entry, giver.actor, VERA)


def test_an_invitation_can_be_declined_without_an_account(app: Portal, accounts: Accounts, entry: str) -> None:
    token = offered(app, entry, accounts.contributor)
    with work(app):
        decline(token)
    assert letter(app, LetterKind.CARE_DECLINED).recipient == accounts.contributor.email
    assert holder(app, entry) == accounts.contributor.actor.id
    assert refusal_of(app, decline, token) is FamilyRefusal.INVITATION_GONE
    assert refusal_of(app, accept, token, accounts.stranger.actor) is FamilyRefusal.INVITATION_GONE


def test_a_link_ends(app: Portal, accounts: Accounts, entry: str) -> None:
    taken_back = offered(app, entry, accounts.contributor)
    with work(app):
        take_back(entry, accounts.contributor.actor)
    replaced = offered(app, entry, accounts.contributor)
    old = offered(app, entry, accounts.contributor, "other@example.org")
    for token in (taken_back, replaced, "nonsense", ""):
        assert refusal_of(app, invitation_at, token) is FamilyRefusal.INVITATION_GONE
    with work(app):
        assert invitation_at(old).email == "other@example.org"
        past = {"made_at": now() - timedelta(days=40), "expires_at": now() - timedelta(days=10)}
        db.session.execute(update(Invitation).where(Invitation.state == "open").values(past))
    assert refusal_of(app, accept, old, accounts.stranger.actor) is FamilyRefusal.INVITATION_GONE
    with app.app_context():
        tidy(parts().store)
    with app.app_context():
        assert open_invitation(entry) is None
        states = db.session.scalars(select(Invitation.state).order_by(Invitation.made_at)).all()
        assert sorted(states) == ["expired", "withdrawn", "withdrawn"]
        assert set(db.session.scalars(select(Invitation.email))) == {""}


def test_who_hands_over_what(app: Portal, accounts: Accounts, entry: str) -> None:
    giver = accounts.contributor
    for who in (accounts.stranger, accounts.moderator, accounts.administrator):
        for verb in (hand_over, lambda identifier, actor, _email: take_back(identifier, actor)):
            with pytest.raises(NotPermitted), work(app):
                verb(entry, who.actor, VERA)
    for arguments, code in (
        (("000000000", giver.actor, VERA), RequestRefusal.NOT_FOUND),
        ((entry, giver.actor, "vera"), RequestRefusal.EMAIL_WRONG),
        ((entry, giver.actor, "Contributor@example.org"), FamilyRefusal.OWN_ADDRESS),
        ((entry, giver.actor, VERA, "я" * (LONGEST_GREETING + 1)), RequestRefusal.WORDS_TOO_LONG),
    ):
        assert refusal_of(app, hand_over, *arguments) is code
    token = offered(app, entry, giver)
    assert refusal_of(app, accept, token, giver.actor) is FamilyRefusal.CARE_IS_YOURS


def test_what_was_taken_back_is_not_sent_any_more(app: Portal, accounts: Accounts, entry: str) -> None:
    """Two invitations wait to be sent, the first one of another entry's; a third one is on its way already."""
    other = publish(app, accounts.contributor, accounts.moderator)
    kept = offered(app, other, accounts.contributor)
    sent = offered(app, entry, accounts.contributor, "sent@example.org")
    with work(app):
        db.session.execute(update(Letter).where(Letter.recipient == "sent@example.org").values(sent_at=now()))
    offered(app, entry, accounts.contributor)  # in place of the one that was sent
    with work(app):
        take_back(entry, accounts.contributor.actor)
    with app.app_context():
        offers = select(Letter).where(Letter.kind == LetterKind.CARE_OFFERED).order_by(Letter.created_at)
        assert [each.content["token"] for each in db.session.scalars(offers)] == [kept, sent]
    for token in (sent, ""):
        assert refusal_of(app, invitation_at, token) is FamilyRefusal.INVITATION_GONE


def test_whose_care_has_passed_on_invites_nobody_any_more(app: Portal, accounts: Accounts, entry: str) -> None:
    offered(app, entry, accounts.contributor)
    with work(app):
        pass_on(accounts.contributor.actor.id)
    with app.app_context():
        assert db.session.scalars(select(Letter).where(Letter.kind == LetterKind.CARE_OFFERED)).all() == []


def test_one_address_is_invited_a_few_times_in_a_day(app: Portal, accounts: Accounts, entry: str) -> None:
    """Whoever sends it, and however the address is written."""
    others = publish(app, accounts.stranger, accounts.moderator)
    for email in (VERA, " Vera@example.org", "VERA@EXAMPLE.ORG")[:TO_ONE_ADDRESS]:
        offered(app, entry, accounts.contributor, email)
    assert refusal_of(app, hand_over, others, accounts.stranger.actor, VERA) is FamilyRefusal.INVITED_OFTEN
    offered(app, others, accounts.stranger, "olga@example.org")
    with app.app_context():
        assert VERA not in str(db.session.execute(select(FloodCount.key)).all()), "nobody's address is kept"


def test_invitations_are_few_in_a_day(
    app: Portal, accounts: Accounts, entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memory_road.family.hand_over.IN_A_DAY", 2)
    for number in range(2):
        offered(app, entry, accounts.contributor, f"{number}@example.org")
        with work(app):
            earlier = now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=number + 2)
            lately = FloodCount.hour_at > now() - timedelta(hours=1)
            db.session.execute(update(FloodCount).where(lately).values(hour_at=earlier))
    code = refusal_of(app, hand_over, entry, accounts.contributor.actor, VERA)
    assert code is FamilyRefusal.TOO_MANY_INVITATIONS


def test_letters_to_strangers_are_few(
    app: Portal, accounts: Accounts, entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memory_road.family.hand_over.IN_AN_HOUR", 1)
    offered(app, entry, accounts.contributor)
    code = refusal_of(app, hand_over, entry, accounts.contributor.actor, VERA)
    assert code is FamilyRefusal.TOO_MANY_INVITATIONS


def test_nothing_tells_whether_an_address_has_an_account(app: Portal, accounts: Accounts, entry: str) -> None:
    kept = []
    for email in (VERA, accounts.stranger.email):
        offered(app, entry, accounts.contributor, email)
        with app.app_context():
            waiting = open_invitation(entry)
            assert waiting is not None
            kept.append((waiting.state, waiting.reason, waiting.taken_by_id, waiting.giver_id))
    assert kept[0] == kept[1]


# --- later -----------------------------------------------------------------------------------------------------------


def test_a_successor_is_named_in_private(app: Portal, accounts: Accounts, entry: str) -> None:
    carer = accounts.contributor.actor
    with work(app):
        name_successor(entry, carer, "  Вера\nИванова ", " Vera@example.org")
        name_successor(entry, carer, "Вера Иванова", VERA)
    with app.app_context():
        named = successor_of(entry, carer, carer.id)
        assert named is not None
        assert (named.name, named.email) == ("Вера Иванова", VERA)
        assert successor_of(entry, accounts.administrator.actor, carer.id) is None
        assert VERA not in set(db.session.scalars(select(Letter.recipient))), "nobody is asked before it is time"
    for arguments, code in (
        ((entry, carer, " ", VERA), FamilyRefusal.NAME_MISSING),
        ((entry, carer, "Вера", ""), RequestRefusal.EMAIL_WRONG),
        ((entry, carer, "Я", accounts.contributor.email), FamilyRefusal.OWN_ADDRESS),
        (("000000000", carer, "Вера", VERA), RequestRefusal.NOT_FOUND),
    ):
        assert refusal_of(app, name_successor, *arguments) is code
    for who in (accounts.stranger, accounts.moderator):
        with pytest.raises(NotPermitted), work(app):
            name_successor(entry, who.actor, "Вера", VERA)
        with pytest.raises(NotPermitted), work(app):
            forget_successor(entry, who.actor)
    with work(app):
        forget_successor(entry, carer)
    with app.app_context():
        assert db.session.scalars(select(Successor)).all() == []


def test_when_an_account_is_closed_the_successor_is_asked(app: Portal, accounts: Accounts, entry: str) -> None:
    leaver, without = accounts.contributor, publish(app, accounts.contributor, accounts.moderator)
    offered(app, entry, leaver, "other@example.org")
    with work(app):
        name_successor(entry, leaver.actor, "Вера", VERA)
        assert pass_on(leaver.actor.id) == 2
        token = newest_token()
        db.session.execute(
            update(Account).where(Account.id == leaver.actor.id).values(email="closed-1@invalid", active=False)
        )
    assert letter(app, LetterKind.CARE_LEFT).recipient == VERA
    assert (holder(app, entry), holder(app, without)) == (None, None)
    left = (leaver.actor.id, None, leaver.actor.id, "left")
    assert record(app, without)[1:] == [left]
    with app.app_context():
        assert db.session.scalars(select(Successor)).all() == [], "forgotten once asked"
    assert refusal_of(app, accept, token, leaver.actor) is FamilyRefusal.CARE_IS_YOURS
    with work(app):
        accept(token, accounts.stranger.actor)
    taken = (None, accounts.stranger.actor.id, accounts.stranger.actor.id, "succeeded")
    assert record(app, entry)[1:] == [left, taken]
    with app.app_context():
        accepted = select(Letter).where(Letter.kind == LetterKind.CARE_ACCEPTED)
        assert db.session.scalars(accepted).all() == [], "a closed account is not written to"


def test_passing_on_goes_through_all_entries(app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memory_road.family.care.BATCH", 2)
    entries = [publish(app, accounts.contributor, accounts.moderator) for _ in range(4)]
    other = publish(app, accounts.stranger, accounts.moderator)
    with work(app):
        assert pass_on(accounts.contributor.actor.id) == 4
        assert pass_on(accounts.contributor.actor.id) == 0
    assert [holder(app, entry) for entry in entries] == [None] * 4
    assert holder(app, other) == accounts.stranger.actor.id


# --- pages -----------------------------------------------------------------------------------------------------------


def test_from_my_entries_to_the_new_carer(app: Portal, accounts: Accounts, entry: str, client_of: Any) -> None:
    giver, taker, visitor = client_of("contributor"), client_of("stranger"), client_of("visitor")
    assert f"/en/my/entries/{entry}" in giver.get("/en/my/entries").text
    assert "Hand the care" in giver.get(f"/en/my/entries/{entry}").text
    lacking = giver.send(f"/en/my/entries/{entry}/hand-over", {"email": "vera", "words": "Возьми <b>"})
    assert lacking.status_code == 422
    assert "not an e-mail address" in lacking.text
    assert "Возьми &lt;b&gt;" in lacking.text
    sent = giver.send(f"/en/my/entries/{entry}/hand-over", {"email": VERA, "words": "Возьми <b>"})
    assert sent.location == f"/en/my/entries/{entry}/hand-over?said=invited"
    assert VERA in giver.get(sent.location).text
    with app.app_context():
        link = f"/en/care/{newest_token()}"
    page = visitor.get(link)
    assert "Name of contributor asks you" in page.text
    assert "Возьми &lt;b&gt;" in page.text
    assert re.search(r'href="/en/account/login\?next=[^"]*care', page.text)
    assert "Yes, I take the care" not in page.text
    for private in (VERA, accounts.contributor.email):
        assert private not in page.text
    assert "Yes, I take the care" in taker.get(link).text
    assert taker.send(link).location == f"/en/my/entries/{entry}?said=care_taken"
    assert f"/en/my/entries/{entry}" in taker.get("/en/my/entries").text
    gone = visitor.get(link)
    assert gone.status_code == 410
    assert "This link does not work" in gone.text
    assert giver.get(f"/en/my/entries/{entry}/hand-over").status_code == 403
    assert "in somebody else’s care" in giver.get("/en/my/entries").text


def test_saying_no_needs_no_account(app: Portal, accounts: Accounts, entry: str, client_of: Any) -> None:
    link, visitor = f"/en/care/{offered(app, entry, accounts.contributor)}", client_of("visitor")
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get(link).text)
    assert token is not None
    assert visitor.post(f"{link}/no").status_code == 400, "only from the page itself"
    answer = visitor.post(f"{link}/no", data={"csrf_token": token[1]})
    assert "Thank you for your answer" in answer.text
    assert visitor.get(link).status_code == 410
    assert visitor.post(f"{link}/no", data={"csrf_token": token[1]}).status_code == 410


def test_the_giver_is_told_that_it_is_their_own(app: Portal, accounts: Accounts, entry: str, client_of: Any) -> None:
    link = f"/en/care/{offered(app, entry, accounts.contributor)}"
    answer = client_of("contributor").send(link)
    assert answer.status_code == 409
    assert "You have the care of this entry yourself" in answer.text


def test_a_successor_is_named_and_forgotten_on_a_page(
    app: Portal, accounts: Accounts, entry: str, client_of: Any
) -> None:
    client, address = client_of("contributor"), f"/en/my/entries/{entry}/successor"
    lacking = client.send(address, {"name": "Вера", "email": "vera"})
    assert lacking.status_code == 422
    assert 'value="Вера"' in lacking.text
    assert client.send(address, {"name": "Вера", "email": VERA}).location == f"{address}?said=successor_named"
    assert VERA in client.get(address).text
    assert client.send(f"{address}/forget").location == f"{address}?said=successor_forgotten"
    assert VERA not in client.get(address).text
    for who in ("stranger", "moderator"):
        assert client_of(who).get(address).status_code == 403
        assert client_of(who).send(f"{address}/forget").status_code == 403
        assert client_of(who).send(f"/en/my/entries/{entry}/hand-over/take-back").status_code == 403


def test_entries_of_which_somebody_has_told_come_in_pages(
    app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender, other = accounts.contributor, accounts.stranger.actor.id
    ids = sorted(publish(app, sender, accounts.moderator, form=filled_in({"given_name": name})) for name in "АБВГД")
    with work(app):
        db.session.execute(update(Care).where(Care.participant_id != ids[1]).values(holder_id=other))
    monkeypatch.setattr(queries, "PAGE", 2)
    assert told(app, sender) == [[ids[0], ids[2]], [ids[3], ids[4]]]
    with work(app):
        db.session.execute(update(Care).where(Care.participant_id != ids[4]).values(holder_id=sender.actor.id))
    monkeypatch.setattr(queries, "LOOKED_THROUGH", 3)
    assert told(app, sender) == [[], [ids[4]]], "a page is bounded also where nearly all is in one's own care"
    client = signed_in(app, sender)
    page = client.get("/en/my/entries")
    assert "Please look further." in page.text
    assert f'href="/en/my/entries?told={ids[2]}"' in page.text
    further = client.get(f"/en/my/entries?told={ids[2]}").text
    assert f"/en/my/entries/{ids[4]}" in further
    assert ids[0] not in further


def told(app: Portal, sender: Person) -> list[list[str]]:
    """The ids on all pages."""
    pages: list[list[str]] = []
    after: str | None = ""
    with app.app_context():
        while after is not None:
            page = told_by(sender.actor, after)
            pages.append([one.id for one in page.participants])
            after = page.after
    return pages
