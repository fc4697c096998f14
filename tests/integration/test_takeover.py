"""Kin ask for the care of an entry: the carer's time, both voices, and the moderator's decision."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.exc import IntegrityError

from memory_road.accounts.permissions import NotPermitted
from memory_road.db import db, now
from memory_road.family.ask_care import MOST_TAKEN_BACK, answer_kin, ask_for_care, decide_care, withdraw_asking
from memory_road.family.care import pass_on
from memory_road.family.carer import carer_of, changes_of
from memory_road.family.hand_over import accept, hand_over
from memory_road.family.queries import (
    asked_of,
    in_care_of,
    takeover_for,
    takeover_of,
    takeovers_by,
    takeovers_to_decide,
)
from memory_road.family.refusal import FamilyRefusal
from memory_road.family.takeover import Takeover, TakeoverState
from memory_road.mail.compose import compose
from memory_road.mail.letter import Letter, LetterKind
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, Person, begin, decide, publish, send_correction, send_in, work
from tests.outcomes import letters, refusal_of

ClientOf = Callable[[str], Browser]
WORDS = "Я её внучка, вот её письмо ко мне."
DAYS = 30


@pytest.fixture
def entry(app: Portal, accounts: Accounts) -> str:
    """An entry of the contributor's."""
    return publish(app, accounts.contributor, accounts.moderator)


def asked(app: Portal, entry: str, who: Person) -> str:
    """Somebody asks for the care; gives the id of that."""
    with work(app):
        return ask_for_care(entry, who.actor, "grandchild", WORDS, "", DAYS).id


def closed() -> ColumnElement[bool]:
    return Takeover.closed_at.is_not(None)


def to_decide(app: Portal) -> list[str]:
    with app.app_context():
        return [takeover.id for takeover in takeovers_to_decide()]


def time_goes_by(app: Portal, days: int) -> None:
    with work(app):
        for takeover in db.session.scalars(select(Takeover)):
            takeover.asked_at -= timedelta(days=days)
            takeover.decide_from_at -= timedelta(days=days)


# --- asking ----------------------------------------------------------------------------------------------------------


def test_the_carer_is_written_to_and_has_time(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    to_carer, to_asker = letters(app, LetterKind.CARE_ASKED), letters(app, LetterKind.CARE_ASKING)
    assert [letter.recipient for letter in to_carer] == [accounts.contributor.email]
    assert WORDS not in str(to_carer[0].content), "nobody has read them yet: they stand on the page alone"
    with app.app_context():
        assert WORDS not in str(compose(to_carer[0], parts().settings).get_body(("plain",)))
    assert [letter.recipient for letter in to_asker] == [accounts.stranger.email]
    assert accounts.stranger.email not in str(to_carer[0].content)
    assert accounts.contributor.email not in str(to_asker[0].content)
    assert to_decide(app) == [], "not before the carer had their time"
    code = refusal_of(app, decide_care, identifier, accounts.moderator.actor, "granted", "Да.")
    assert code is FamilyRefusal.CARER_HAS_TIME
    with app.app_context():
        assert [item.asked for item in in_care_of(accounts.contributor.actor)] == [True]
    time_goes_by(app, DAYS)
    assert to_decide(app) == [identifier]


def test_where_nobody_has_the_care_a_moderator_decides_at_once(app: Portal, accounts: Accounts, entry: str) -> None:
    with work(app):
        pass_on(accounts.contributor.actor.id)
    identifier = asked(app, entry, accounts.stranger)
    assert to_decide(app) == [identifier]
    assert letters(app, LetterKind.CARE_ASKED) == []


def test_what_asking_needs(app: Portal, accounts: Accounts, entry: str) -> None:
    who = accounts.stranger
    draft, theirs = begin(app, who), send_in(app, accounts.contributor)
    for arguments, code in (
        (("000000000", who.actor, "child", WORDS, "", DAYS), RequestRefusal.NOT_FOUND),
        ((entry, accounts.contributor.actor, "child", WORDS, "", DAYS), FamilyRefusal.CARE_IS_YOURS),
        ((entry, who.actor, "", WORDS, "", DAYS), FamilyRefusal.RELATIONSHIP_MISSING),
        ((entry, who.actor, "child", " ", "", DAYS), RequestRefusal.WORDS_MISSING),
        ((entry, who.actor, "child", WORDS, "000000000", DAYS), FamilyRefusal.NO_SUCH_CONTRIBUTION),
        ((entry, who.actor, "child", WORDS, theirs, DAYS), FamilyRefusal.NO_SUCH_CONTRIBUTION),
        ((entry, who.actor, "child", WORDS, draft, DAYS), FamilyRefusal.NO_SUCH_CONTRIBUTION),
    ):
        assert refusal_of(app, ask_for_care, *arguments) is code
    shown = send_in(app, who)
    with work(app):
        assert ask_for_care(entry, who.actor, "child", WORDS, shown, DAYS).contribution_id == shown
    again = refusal_of(app, ask_for_care, entry, who.actor, "child", WORDS, "", DAYS)
    assert again is FamilyRefusal.TAKEOVER_ASKED_ALREADY


def test_the_carer_is_left_in_peace_after_a_refusal(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    with work(app):
        answer_kin(identifier, accounts.contributor.actor, "objects", "Я отвечаю!")
        decide_care(identifier, accounts.moderator.actor, "refused", "Нет.")
    code = refusal_of(app, ask_for_care, entry, accounts.stranger.actor, "child", WORDS, "", DAYS)
    assert code is FamilyRefusal.TAKEOVER_DECIDED_LATELY
    with work(app):
        db.session.execute(update(Takeover).values(closed_at=now() - timedelta(days=DAYS + 1)))
    asked(app, entry, accounts.stranger)


def test_who_asked_can_take_it_back(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    assert refusal_of(app, withdraw_asking, identifier, accounts.contributor.actor) is RequestRefusal.NOT_FOUND
    with work(app):
        withdraw_asking(identifier, accounts.stranger.actor)
    assert refusal_of(app, withdraw_asking, identifier, accounts.stranger.actor) is FamilyRefusal.TAKEOVER_OVER
    asked(app, entry, accounts.stranger)


def test_who_takes_it_back_again_and_again_asks_no_more(app: Portal, accounts: Accounts, entry: str) -> None:
    for _ in range(MOST_TAKEN_BACK):
        identifier = asked(app, entry, accounts.stranger)
        with work(app):
            withdraw_asking(identifier, accounts.stranger.actor)
    code = refusal_of(app, ask_for_care, entry, accounts.stranger.actor, "child", WORDS, "", DAYS)
    assert code is FamilyRefusal.TAKEOVER_TAKEN_BACK
    assert len(letters(app, LetterKind.CARE_ASKED)) == MOST_TAKEN_BACK
    asked(app, entry, accounts.second_moderator)
    with work(app):
        db.session.execute(update(Takeover).values(closed_at=now() - timedelta(days=DAYS + 1)).where(closed()))
    asked(app, entry, accounts.stranger)


def test_one_account_asks_for_few_entries_in_a_day(
    app: Portal, accounts: Accounts, entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memory_road.family.ask_care.IN_A_DAY", 1)
    other = publish(app, accounts.contributor, accounts.moderator)
    asked(app, entry, accounts.stranger)
    code = refusal_of(app, ask_for_care, other, accounts.stranger.actor, "child", WORDS, "", DAYS)
    assert code is FamilyRefusal.TOO_MANY_TAKEOVERS


# --- answering and deciding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "said"), [("agrees", ""), ("objects", "Я отвечаю!")])
def test_once_the_carer_has_answered_a_moderator_decides(
    app: Portal, accounts: Accounts, entry: str, answer: str, said: str
) -> None:
    identifier = asked(app, entry, accounts.stranger)
    with work(app):
        answer_kin(identifier, accounts.contributor.actor, answer, said)
    assert to_decide(app) == [identifier]


def test_who_answers_and_how(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    carer = accounts.contributor.actor
    for who in (accounts.stranger, accounts.moderator, accounts.administrator):
        assert refusal_of(app, answer_kin, identifier, who.actor, "agrees", "") is RequestRefusal.NOT_FOUND
    for arguments, code in (
        ((identifier, carer, "", ""), FamilyRefusal.ANSWER_NOT_CHOSEN),
        ((identifier, carer, "objects", " "), RequestRefusal.WORDS_MISSING),
        (("000000000", carer, "agrees", ""), RequestRefusal.NOT_FOUND),
        (("nonsense", carer, "agrees", ""), RequestRefusal.NOT_FOUND),
    ):
        assert refusal_of(app, answer_kin, *arguments) is code


def test_what_is_granted_changes_hands_and_is_recorded(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    time_goes_by(app, DAYS)
    with work(app):
        decide_care(identifier, accounts.moderator.actor, "granted", "Внучка показала письмо.", "тихо")
    with app.app_context():
        assert carer_of(entry) == accounts.stranger.actor.id
        change = changes_of(entry)[-1]
        assert (change.from_id, change.to_id) == (accounts.contributor.actor.id, accounts.stranger.actor.id)
        assert (change.actor_id, change.reason) == (accounts.moderator.actor.id, "taken_over")
    told = letters(app, LetterKind.CARE_DECIDED)
    assert [letter.recipient for letter in told] == [accounts.stranger.email, accounts.contributor.email]
    assert "тихо" not in str([letter.content for letter in told])
    again = refusal_of(app, decide_care, identifier, accounts.second_moderator.actor, "refused", "Нет.")
    assert again is FamilyRefusal.TAKEOVER_OVER


def test_what_is_refused_stays_where_it_is(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    time_goes_by(app, DAYS)
    for arguments, code in (
        (("", "Нет."), FamilyRefusal.DECISION_MISSING),
        (("waiting", "Нет."), FamilyRefusal.DECISION_MISSING),
        (("refused", " "), RequestRefusal.ANSWER_MISSING),
    ):
        assert refusal_of(app, decide_care, identifier, accounts.moderator.actor, *arguments) is code
    with work(app):
        decide_care(identifier, accounts.moderator.actor, "refused", "Нет.")
    with app.app_context():
        assert carer_of(entry) == accounts.contributor.actor.id
        assert len(changes_of(entry)) == 1


def test_who_decides(app: Portal, accounts: Accounts) -> None:
    """One moderator has the care here, and another asks for it."""
    entry = publish(app, accounts.moderator, accounts.second_moderator)
    identifier = asked(app, entry, accounts.second_moderator)
    time_goes_by(app, DAYS)
    for who in (accounts.moderator, accounts.second_moderator, accounts.contributor):
        with pytest.raises(NotPermitted), work(app):
            decide_care(identifier, who.actor, "granted", "Да.")
    with work(app):
        decide_care(identifier, accounts.senior_moderator.actor, "granted", "Да.")


def test_who_has_told_of_the_entry_does_not_decide(app: Portal, accounts: Accounts, entry: str) -> None:
    decide(
        app, send_correction(app, accounts.second_moderator, entry, typed={"death_date": "1978"}), accounts.moderator
    )
    identifier = asked(app, entry, accounts.stranger)
    time_goes_by(app, DAYS)
    with pytest.raises(NotPermitted), work(app):
        decide_care(identifier, accounts.second_moderator.actor, "granted", "Да.")
    with work(app):
        decide_care(identifier, accounts.moderator.actor, "granted", "Да.")


def test_a_new_carer_has_the_whole_time_again(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    with work(app):
        answer_kin(identifier, accounts.contributor.actor, "agrees", "")
        hand_over(entry, accounts.contributor.actor, "vera@example.org")
        token = db.session.execute(select(Letter).where(Letter.kind == "care_offered")).scalar_one().content["token"]
    with work(app):
        accept(token, accounts.second_moderator.actor)
    assert to_decide(app) == [], "what the former carer said counts no more"
    assert [letter.recipient for letter in letters(app, LetterKind.CARE_ASKED)] == [
        accounts.contributor.email,
        accounts.second_moderator.email,
    ]
    time_goes_by(app, DAYS)
    assert to_decide(app) == [identifier]


def test_who_got_the_care_another_way_asks_no_longer(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    other = asked(app, entry, accounts.second_moderator)
    with work(app):
        hand_over(entry, accounts.contributor.actor, "vera@example.org")
        token = db.session.execute(select(Letter).where(Letter.kind == "care_offered")).scalar_one().content["token"]
        accept(token, accounts.stranger.actor)
        states = {takeover.id: takeover.state for takeover in db.session.scalars(select(Takeover))}
    assert states == {identifier: TakeoverState.WITHDRAWN, other: TakeoverState.WAITING}


def test_who_closes_their_account_asks_no_longer(app: Portal, accounts: Accounts, entry: str) -> None:
    asked(app, entry, accounts.stranger)
    with work(app):
        assert pass_on(accounts.stranger.actor.id) == 0
        assert db.session.scalars(select(Takeover)).all() == [], "what they wrote of themselves goes with them"


def test_who_sees_what(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = asked(app, entry, accounts.stranger)
    asker, carer, other = accounts.stranger.actor, accounts.contributor.actor, accounts.second_moderator.actor
    with app.app_context():
        assert [each.id for each in takeovers_by(asker)] == [identifier]
        assert takeovers_by(carer) == []
        assert [each.id for each in asked_of(carer, entry)] == [identifier]
        assert asked_of(asker, entry) == []
        assert takeover_of(identifier, asker).id == takeover_for(identifier, carer).id == identifier
        for read, who in ((takeover_of, carer), (takeover_of, other), (takeover_for, asker), (takeover_for, other)):
            with pytest.raises(RequestRefused):
                read(identifier, who)


def test_the_database_refuses_impossible_rows(app: Portal, accounts: Accounts, entry: str) -> None:
    asker, carer, decider = (
        accounts.stranger.actor.id,
        accounts.contributor.actor.id,
        accounts.moderator.actor.id,
    )
    granted = {"state": "granted", "closed_at": now(), "decided_by_id": decider}
    sound = {
        "participant_id": entry,
        "asker_id": asker,
        "carer_id": carer,
        "relationship_to": "child",
        "words": WORDS,
        "days": DAYS,
        "decide_from_at": now(),
    }
    impossible: list[dict[str, Any]] = [
        {"words": ""},
        {"relationship_to": ""},
        {"days": 0},
        {"carer_id": asker},
        {"answer": "agrees"},
        {"answer": "objects", "answered_at": now()},
        {"answer": "nonsense", "answered_at": now()},
        {"state": "granted"},
        {**granted, "decided_by_id": None},
        {**granted, "decided_by_id": asker},
        {**granted, "decided_by_id": carer},
        {"closed_at": now()},
    ]
    for wrong in impossible:
        with pytest.raises(IntegrityError), work(app):
            db.session.execute(insert(Takeover).values({**sound, **wrong}))
    with work(app):
        db.session.execute(insert(Takeover).values({**sound, **granted}))
        db.session.execute(insert(Takeover).values(sound))
    with pytest.raises(IntegrityError), work(app):
        db.session.execute(insert(Takeover).values(sound))


# --- pages -----------------------------------------------------------------------------------------------------------


def test_from_asking_to_the_decision(app: Portal, accounts: Accounts, entry: str, client_of: ClientOf) -> None:
    asker, carer, moderator = client_of("stranger"), client_of("contributor"), client_of("moderator")
    shown = send_in(app, accounts.stranger)
    address = f"/en/my/entries/{entry}/takeover"
    assert address in asker.get(f"/en/my/entries/{entry}").text
    page = asker.get(address)
    assert "has 30 days" in page.text
    assert shown in page.text, "own contributions are offered"
    lacking = asker.send(address, {"words": WORDS})
    assert lacking.status_code == 422
    assert "choose who you are" in lacking.text
    assert WORDS in lacking.text
    sent = asker.send(address, {"relationship": "grandchild", "words": WORDS, "contribution": shown})
    with app.app_context():
        identifier = db.session.execute(select(Takeover.id)).scalar_one()
    assert sent.location == f"/en/my/requests/care/{identifier}?said=care_asked"
    assert WORDS in asker.get(sent.location).text
    assert identifier in asker.get("/en/my/requests").text
    assert asker.get(address).location == f"/en/my/requests/care/{identifier}"
    assert carer.get(f"/en/my/requests/care/{identifier}").status_code == 404

    assert "A relative waits for your answer" in carer.get("/en/my/entries").text
    assert f"{address}/{identifier}" in carer.get(f"/en/my/entries/{entry}").text
    assert asker.get(f"{address}/{identifier}").status_code == 404
    page = carer.get(f"{address}/{identifier}")
    assert WORDS in page.text
    assert shown not in page.text, "its pictures are for moderators"
    assert accounts.stranger.email not in page.text
    early = moderator.get(f"/en/moderate/families/care/{identifier}")
    assert "can answer until" in early.text
    lacking = carer.send(f"{address}/{identifier}", {"answer": "objects"})
    assert lacking.status_code == 422
    answered = carer.send(f"{address}/{identifier}", {"answer": "objects", "words": "Я отвечаю!"})
    assert answered.location == f"/en/my/entries/{entry}?said=kin_answered"

    assert identifier in moderator.get("/en/moderate/families").text
    case = moderator.get(f"/en/moderate/families/care/{identifier}")
    for words in (WORDS, "Я отвечаю!", f"/en/moderate/{shown}"):
        assert words in case.text
    lacking = moderator.send(f"/en/moderate/families/care/{identifier}", {"words": "Внучка права."})
    assert lacking.status_code == 422
    assert "Внучка права." in lacking.text
    decision = {"decision": "granted", "words": "Внучка права.", "note": "тихо"}
    decided = moderator.send(f"/en/moderate/families/care/{identifier}", decision)
    assert decided.location == "/en/moderate/families?said=family_decided"
    again = client_of("second_moderator").send(f"/en/moderate/families/care/{identifier}", decision)
    assert again.status_code == 409
    page = asker.get(f"/en/my/requests/care/{identifier}")
    assert "Внучка права." in page.text
    assert "тихо" not in page.text
    late = carer.send(f"{address}/{identifier}", {"answer": "agrees"})
    assert late.status_code == 409
    assert f"/en/my/entries/{entry}" in asker.get("/en/my/entries").text
    for who in (asker, carer):
        assert who.get("/en/moderate/families").status_code == 403
        assert who.send(f"/en/moderate/families/care/{identifier}", decision).status_code == 403


def test_what_is_taken_back_on_its_page(app: Portal, accounts: Accounts, entry: str, client_of: ClientOf) -> None:
    identifier = asked(app, entry, accounts.stranger)
    address = f"/en/my/requests/care/{identifier}/withdraw"
    assert client_of("contributor").send(address).status_code == 404
    assert client_of("stranger").send(address).location.endswith("?said=care_not_asked")
    assert client_of("stranger").send(address).status_code == 409


@pytest.mark.parametrize(
    "address",
    [
        "/en/my/entries/000000000/takeover",
        "/en/my/entries/000000000/takeover/000000000",
        "/en/my/requests/care/000000000",
        "/en/moderate/families/care/000000000",
    ],
)
def test_what_there_is_not(client_of: ClientOf, address: str) -> None:
    assert client_of("moderator").get(address).status_code == 404
    assert client_of("moderator").send(address, {"decision": "granted", "words": "!"}).status_code in {404, 405}
