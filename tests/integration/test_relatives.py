"""Relatives of one participant: who learns of whom, the first message, stopping, and what is forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from memory_road.accounts.permissions import NotPermitted
from memory_road.accounts.user import Account
from memory_road.db import db, now
from memory_road.family.care import pass_on
from memory_road.family.carer import ChangeReason, locked_care
from memory_road.family.contact import MESSAGES_KEPT, resume_contact, stop_contact, wish_contact, write_to
from memory_road.family.correspondence import Correspondence, MessageState, RelativeMessage, wish_of
from memory_road.family.find import any_message, messages, messages_to_screen, relative, relatives
from memory_road.family.refusal import FamilyRefusal
from memory_road.family.screen import deliver, hold_back
from memory_road.family.transfer import transfer
from memory_road.jobs.tidy import tidy
from memory_road.mail.letter import LetterKind
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, Person, publish, work
from tests.outcomes import letters, refusal_of
from tests.relatives import has_told, two_relatives

ClientOf = Callable[[str], Browser]


@pytest.fixture
def entry(app: Portal, accounts: Accounts) -> str:
    """An entry of the contributor's, of which the stranger has told, too."""
    entry = publish(app, accounts.contributor, accounts.moderator)
    with work(app):
        has_told(entry, accounts.stranger.actor.id, accounts.moderator.actor.id)
    return entry


def wish(app: Portal, entry: str, *people: Person, wished: bool = True) -> None:
    with work(app):
        for person in people:
            wish_contact(entry, person.actor, wished)


def handle(app: Portal, entry: str, person: Person) -> str:
    """What stands in addresses for somebody."""
    with app.app_context():
        found = wish_of(entry, person.actor.id)
        assert found is not None
        return found.id


def seen_by(app: Portal, entry: str, person: Person) -> list[int]:
    """Of whom somebody learns."""
    with app.app_context():
        return [other.account_id for other in relatives(entry, person.actor)]


def wrote(app: Portal, entry: str, sender: Person, receiver: Person, words: str = "Мы родня?") -> str:
    to = handle(app, entry, receiver)
    with work(app):
        return write_to(entry, to, sender.actor, words).id


def state_of(app: Portal, message: str) -> str:
    with app.app_context():
        return str(db.session.get_one(RelativeMessage, message).state)


# --- who learns of whom ----------------------------------------------------------------------------------------------


def test_nobody_learns_of_another_unless_both_wish_it(app: Portal, accounts: Accounts, entry: str) -> None:
    one, other = accounts.contributor, accounts.stranger
    for wishing, seen in (((), False), ((one,), False), ((other,), True)):
        wish(app, entry, *wishing)
        assert seen_by(app, entry, one) == ([other.actor.id] if seen else [])
        assert seen_by(app, entry, other) == ([one.actor.id] if seen else [])
    wish(app, entry, other, wished=False)
    assert seen_by(app, entry, one) == []
    assert seen_by(app, entry, other) == []


def test_only_the_family_of_an_entry_can_wish_it(app: Portal, accounts: Accounts, entry: str) -> None:
    for who in (accounts.moderator, accounts.administrator):
        with pytest.raises(NotPermitted), work(app):
            wish_contact(entry, who.actor, wished=True)
        wish(app, entry, who, wished=False)
    assert refusal_of(app, wish_contact, "000000000", accounts.contributor.actor, True) is RequestRefusal.NOT_FOUND


def test_who_is_no_longer_of_the_family_is_not_found(app: Portal, accounts: Accounts, entry: str) -> None:
    """Somebody who had the care for a while, and has told nothing."""
    one, passing = accounts.stranger, accounts.second_moderator.actor.id
    for holder, seen in ((passing, [passing]), (accounts.contributor.actor.id, [])):
        with work(app):
            transfer(locked_care(entry), holder, ChangeReason.TAKEN_OVER, accounts.moderator.actor.id)
        if seen:
            wish(app, entry, one, accounts.second_moderator)
        assert seen_by(app, entry, one) == seen


def test_who_has_closed_their_account_is_not_found(app: Portal, accounts: Accounts, entry: str) -> None:
    wish(app, entry, accounts.stranger, accounts.contributor)
    with work(app):
        db.session.execute(update(Account).where(Account.id == accounts.contributor.actor.id).values(active=False))
    assert seen_by(app, entry, accounts.stranger) == []


def test_a_stranger_finds_nobody_by_guessing(app: Portal, accounts: Accounts, entry: str) -> None:
    wish(app, entry, accounts.contributor)
    hidden = handle(app, entry, accounts.contributor)
    with app.app_context():
        for who in (accounts.stranger, accounts.moderator, accounts.contributor):
            for address in (hidden, "000000000", "nonsense"):
                with pytest.raises(RequestRefused) as refused:
                    relative(entry, address, who.actor)
                assert refused.value.code is RequestRefusal.NOT_FOUND
    for verb in (write_to, lambda *given: stop_contact(*given[:3]), lambda *given: resume_contact(*given[:3])):
        assert refusal_of(app, verb, entry, hidden, accounts.stranger.actor, "!") is RequestRefusal.NOT_FOUND


# --- writing ---------------------------------------------------------------------------------------------------------


def test_a_moderator_reads_the_first_message_and_no_other(app: Portal, accounts: Accounts, entry: str) -> None:
    one, other = accounts.contributor, accounts.stranger
    wish(app, entry, one, other)
    first = wrote(app, entry, other, one)
    assert letters(app, LetterKind.RELATIVE_WROTE) == []
    with app.app_context():
        assert [message.id for message in messages_to_screen()] == [first]
        begun = db.session.execute(select(Correspondence)).scalar_one()
        assert [message.id for message in messages(begun, other.actor)] == [first]
        assert messages(begun, one.actor) == [], "not before it was let through"
    with work(app):
        deliver(first, accounts.moderator.actor)
    sent = letters(app, LetterKind.RELATIVE_WROTE)
    assert [(letter.recipient, letter.content["message"]) for letter in sent] == [(one.email, "Мы родня?")]
    assert sent[0].content["relative"] == handle(app, entry, other)
    assert other.email not in str(sent[0].content)
    answer = wrote(app, entry, one, other, "Да!")
    again = wrote(app, entry, other, one, "Ура!")
    assert state_of(app, answer) == state_of(app, again) == MessageState.DELIVERED
    assert [letter.recipient for letter in letters(app, LetterKind.RELATIVE_WROTE)] == [
        one.email,
        other.email,
        one.email,
    ]
    with app.app_context():
        assert messages_to_screen() == []
        for later in (answer, again, "000000000"):
            with pytest.raises(RequestRefused):
                any_message(later)
        begun = db.session.execute(select(Correspondence)).scalar_one()
        assert [message.id for message in messages(begun, one.actor)] == [first, answer, again]


def test_what_is_held_back_is_told_to_the_sender_alone(app: Portal, accounts: Accounts, entry: str) -> None:
    one, other = accounts.contributor, accounts.stranger
    wish(app, entry, one, other)
    first = wrote(app, entry, other, one)
    assert refusal_of(app, hold_back, first, accounts.moderator.actor, " ") is RequestRefusal.ANSWER_MISSING
    with work(app):
        hold_back(first, accounts.moderator.actor, "Пожалуйста, без упрёков.")
    held = letters(app, LetterKind.MESSAGE_HELD)
    assert [(letter.recipient, letter.content["message"]) for letter in held] == [
        (other.email, "Пожалуйста, без упрёков.")
    ]
    assert letters(app, LetterKind.RELATIVE_WROTE) == []
    with app.app_context():
        begun = db.session.execute(select(Correspondence)).scalar_one()
        assert messages(begun, one.actor) == []
    for verb in (deliver, lambda identifier, actor: hold_back(identifier, actor, "Нет.")):
        assert refusal_of(app, verb, first, accounts.moderator.actor) is FamilyRefusal.MESSAGE_SEEN_TO
    second = wrote(app, entry, other, one, "Простите.")
    assert state_of(app, second) == MessageState.WAITING, "the next is a first one again"


def test_who_screens(app: Portal, accounts: Accounts) -> None:
    """A moderator who is one of the two does not."""
    entry = publish(app, accounts.moderator, accounts.second_moderator)
    with work(app):
        has_told(entry, accounts.stranger.actor.id, accounts.second_moderator.actor.id)
    wish(app, entry, accounts.moderator, accounts.stranger)
    first = wrote(app, entry, accounts.stranger, accounts.moderator)
    for who in (accounts.moderator, accounts.stranger, accounts.contributor):
        for verb in (deliver, lambda identifier, actor: hold_back(identifier, actor, "Нет.")):
            with pytest.raises(NotPermitted), work(app):
                verb(first, who.actor)
    with work(app):
        deliver(first, accounts.second_moderator.actor)


def test_what_writing_needs(app: Portal, accounts: Accounts, entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = accounts.contributor, accounts.stranger
    wish(app, entry, one, other)
    to = handle(app, entry, one)
    assert refusal_of(app, write_to, entry, to, other.actor, " ") is RequestRefusal.WORDS_MISSING
    assert refusal_of(app, write_to, entry, to, other.actor, "я" * 4001) is RequestRefusal.WORDS_TOO_LONG
    first = wrote(app, entry, other, one)
    assert refusal_of(app, write_to, entry, to, other.actor, "Ещё") is FamilyRefusal.FIRST_MESSAGE_WAITS
    with work(app):
        deliver(first, accounts.moderator.actor)
    monkeypatch.setattr("memory_road.family.contact.IN_AN_HOUR", 2)
    wrote(app, entry, other, one)
    assert refusal_of(app, write_to, entry, to, other.actor, "Ещё") is FamilyRefusal.TOO_MANY_MESSAGES


# --- stopping --------------------------------------------------------------------------------------------------------


def test_either_stops_it_at_any_time(app: Portal, accounts: Accounts, entry: str) -> None:
    one, other = accounts.contributor, accounts.stranger
    wish(app, entry, one, other)
    first = wrote(app, entry, other, one)
    with work(app):
        deliver(first, accounts.moderator.actor)
        stop_contact(entry, wish_of(entry, other.actor.id).id, one.actor)  # pyright: ignore[reportOptionalMemberAccess]
    to_one, to_other = handle(app, entry, one), handle(app, entry, other)
    for writer, to in ((other, to_one), (one, to_other)):
        assert refusal_of(app, write_to, entry, to, writer.actor, "Ещё") is FamilyRefusal.CONTACT_STOPPED
    assert refusal_of(app, resume_contact, entry, to_one, other.actor) is FamilyRefusal.CONTACT_STOPPED
    with work(app):
        stop_contact(entry, to_one, other.actor)  # stopped already: who stopped it stays who can begin again
        resume_contact(entry, to_other, one.actor)
    wrote(app, entry, other, one, "Ещё")


def test_what_waits_is_not_delivered_after_a_stop(app: Portal, accounts: Accounts, entry: str) -> None:
    one, other = accounts.contributor, accounts.stranger
    wish(app, entry, one, other)
    first = wrote(app, entry, other, one)
    wish(app, entry, one, wished=False)
    assert state_of(app, first) == MessageState.HELD_BACK
    with app.app_context():
        assert messages_to_screen() == []
        assert relative(entry, wish_of(entry, one.actor.id).id, other.actor)[1] is not None  # pyright: ignore[reportOptionalMemberAccess]
    to = handle(app, entry, one)
    assert refusal_of(app, write_to, entry, to, other.actor, "Ещё") is FamilyRefusal.CONTACT_OFF
    wish(app, entry, one)
    second = wrote(app, entry, other, one)
    with work(app):
        stop_contact(entry, wish_of(entry, other.actor.id).id, one.actor)  # pyright: ignore[reportOptionalMemberAccess]
    assert state_of(app, second) == MessageState.HELD_BACK
    with pytest.raises(RequestRefused), work(app):
        deliver(second, accounts.moderator.actor)


def test_a_closed_account_is_written_to_no_more(app: Portal, accounts: Accounts, entry: str) -> None:
    one, other = accounts.contributor, accounts.stranger
    wish(app, entry, one, other)
    theirs, mine = wrote(app, entry, other, one), wrote(app, entry, one, other)
    with work(app):
        pass_on(other.actor.id)
    with app.app_context():
        assert db.session.get(RelativeMessage, theirs) is None, "what nobody has read goes with who wrote it"
    assert state_of(app, mine) == MessageState.HELD_BACK
    assert seen_by(app, entry, one) == []


# --- what is forgotten -----------------------------------------------------------------------------------------------


def test_messages_are_kept_for_a_year(app: Portal, accounts: Accounts, entry: str) -> None:
    one, other = accounts.contributor, accounts.stranger
    with work(app):
        two_relatives(publish_again(app, accounts), accounts)
    wish(app, entry, one, other)
    old = wrote(app, entry, other, one)
    with work(app):
        deliver(old, accounts.moderator.actor)
        past = now() - MESSAGES_KEPT - timedelta(minutes=1)
        db.session.execute(update(RelativeMessage).where(RelativeMessage.id == old).values(made_at=past))
    with app.app_context():
        tidy(parts().store)
    with app.app_context():
        assert db.session.get(RelativeMessage, old) is None
        kept = db.session.execute(select(Correspondence)).scalar_one()
        assert kept.participant_id != entry, "what has no message any more begins anew"
        assert len(db.session.scalars(select(RelativeMessage)).all()) == 1


def publish_again(app: Portal, accounts: Accounts) -> str:
    return publish(app, accounts.contributor, accounts.moderator)


def test_who_stopped_it_is_not_forgotten(app: Portal, accounts: Accounts, entry: str) -> None:
    one, other = accounts.contributor, accounts.stranger
    wish(app, entry, one, other)
    with work(app):
        stop_contact(entry, wish_of(entry, other.actor.id).id, one.actor)  # pyright: ignore[reportOptionalMemberAccess]
    with app.app_context():
        tidy(parts().store)
    to = handle(app, entry, one)
    assert refusal_of(app, write_to, entry, to, other.actor, "Ещё") is FamilyRefusal.CONTACT_STOPPED


def test_the_database_refuses_impossible_rows(app: Portal, accounts: Accounts, entry: str) -> None:
    one, other, third = (each.actor.id for each in (accounts.contributor, accounts.stranger, accounts.moderator))
    pair = {"participant_id": entry, "one_id": one, "other_id": other}
    for wrong in (
        {"one_id": other, "other_id": one},
        {"one_id": one, "other_id": one},
        {"stopped_at": now()},
        {"stopped_at": now(), "stopped_by_id": third},
    ):
        with pytest.raises(IntegrityError), work(app):
            db.session.execute(insert(Correspondence).values({**pair, **wrong}))
    with work(app):
        db.session.execute(insert(Correspondence).values(pair))
        begun = db.session.execute(select(Correspondence.id)).scalar_one()
    sound = {"correspondence_id": begun, "sender_id": one, "words": "!", "state": "waiting"}
    impossible: list[dict[str, Any]] = [
        {"words": ""},
        {"state": "nonsense"},
        {"state": "delivered"},
        {"decided_at": now()},
        {"state": "delivered", "decided_at": now(), "decided_by_id": one},
    ]
    for wrong in impossible:
        with pytest.raises(IntegrityError), work(app):
            db.session.execute(insert(RelativeMessage).values({**sound, **wrong}))
    with work(app):
        db.session.execute(insert(RelativeMessage).values(sound))


# --- pages -----------------------------------------------------------------------------------------------------------


def test_from_the_wish_to_the_answer(app: Portal, accounts: Accounts, entry: str, client_of: ClientOf) -> None:
    one, other, moderator = client_of("contributor"), client_of("stranger"), client_of("moderator")
    address = f"/en/my/entries/{entry}/relatives"
    assert address in one.get(f"/en/my/entries/{entry}").text
    assert one.send(address, {"wished": "yes"}).location == f"{address}?said=contact_on"
    assert "Nobody else so far" in one.get(address).text
    assert "Name of contributor" not in other.get(address).text
    other.send(address, {"wished": "yes"})
    page = other.get(address)
    assert "Name of contributor" in page.text
    assert accounts.contributor.email not in page.text
    to_one, to_other = (handle(app, entry, each) for each in (accounts.contributor, accounts.stranger))
    assert other.send(f"{address}/{to_one}", {"words": " "}).status_code == 422
    sent = other.send(f"{address}/{to_one}", {"words": "Мы <b>родня?"})
    assert sent.location == f"{address}/{to_one}?said=message_waits"
    again = other.send(f"{address}/{to_one}", {"words": "Вы тут?"})
    assert again.status_code == 422
    assert "Вы тут?" in again.text
    assert "родня" not in one.get(f"{address}/{to_other}").text

    with app.app_context():
        first = db.session.execute(select(RelativeMessage.id)).scalar_one()
    desk = f"/en/moderate/families/messages/{first}"
    assert desk in moderator.get("/en/moderate/families").text
    case = moderator.get(desk)
    assert "Мы &lt;b&gt;родня?" in case.text
    for private in (accounts.contributor.email, accounts.stranger.email):
        assert private not in case.text
    assert moderator.send(f"{desk}/hold-back", {"words": " "}).status_code == 422
    assert moderator.send(f"{desk}/deliver").location == "/en/moderate/families?said=message_delivered"
    late = moderator.send(f"{desk}/hold-back", {"words": "Нет, лучше не надо"})
    assert late.status_code == 409
    assert "Нет, лучше не надо" in late.text
    for who in (one, other):
        assert who.get(desk).status_code == 403
        assert who.send(f"{desk}/deliver").status_code == 403

    assert "Мы &lt;b&gt;родня?" in one.get(f"{address}/{to_other}").text
    assert one.send(f"{address}/{to_other}", {"words": "Да!"}).location.endswith("?said=message_sent")
    assert "Да!" in other.get(f"{address}/{to_one}").text
    one.send(f"{address}/{to_other}/stop")
    assert "This correspondence is stopped." in other.get(f"{address}/{to_one}").text
    refused = other.send(f"{address}/{to_one}", {"words": "Почему?"})
    assert refused.status_code == 422
    assert "Почему?" in refused.text
    assert other.send(f"{address}/{to_one}/resume").status_code == 409
    assert one.send(f"{address}/{to_other}/resume").location.endswith("?said=contact_resumed")
    one.send(address, {"wished": ""})
    assert "does not wish to be written to" in other.get(f"{address}/{to_one}").text
    assert "Name of contributor" not in other.get(address).text


def test_the_page_is_the_familys(app: Portal, accounts: Accounts, entry: str, client_of: ClientOf) -> None:
    address = f"/en/my/entries/{entry}/relatives"
    wish(app, entry, accounts.contributor, accounts.stranger)
    to = handle(app, entry, accounts.contributor)
    moderator = client_of("moderator")
    assert moderator.get(address).status_code == 403
    assert moderator.send(address, {"wished": "yes"}).status_code == 403
    assert address not in moderator.get(f"/en/my/entries/{entry}").text
    for what in ("", "/stop", "/resume"):
        assert moderator.send(f"{address}/{to}{what}", {"words": "!"}).status_code == 404
    assert moderator.get(f"{address}/{to}").status_code == 404


@pytest.mark.parametrize("address", ["/en/my/entries/000000000/relatives", "/en/moderate/families/messages/000000000"])
def test_what_there_is_not(client_of: ClientOf, address: str) -> None:
    assert client_of("moderator").get(address).status_code == 404


def test_stopping_before_anything_was_written(app: Portal, accounts: Accounts, entry: str, client_of: ClientOf) -> None:
    wish(app, entry, accounts.contributor, accounts.stranger)
    address = f"/en/my/entries/{entry}/relatives/{handle(app, entry, accounts.stranger)}"
    client = client_of("contributor")
    assert client.send(f"{address}/stop").location == f"{address}?said=contact_stopped"
    assert "Begin again" in client.get(address).text
