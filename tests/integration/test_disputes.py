"""Family against family: who marks an entry, what waits meanwhile, who is heard, and how it ends."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from memory_road.accounts.permissions import NotPermitted
from memory_road.archive.participant import Participant
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.db import db, now
from memory_road.family.disagree import admit_dispute, dispute, end_dispute, tell_side
from memory_road.family.dispute import LONGEST_SUBJECT, Dispute, DisputeSide, DisputeState, require_undisputed
from memory_road.family.queries import disputes_before, disputes_running
from memory_road.family.refusal import FamilyRefusal
from memory_road.mail.letter import LetterKind
from memory_road.requests.refusal import RequestRefusal
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Person, decide, publish, send_correction, work
from tests.outcomes import letters, refusal_of

ClientOf = Callable[[str], Browser]
SUBJECT = "Год смерти"
WORDS = "Он жил до 1950 года, у нас его письма."
LINE = "Families tell this differently; it is being looked into."


@pytest.fixture
def entry(app: Portal, accounts: Accounts) -> str:
    """An entry of the contributor's."""
    return publish(app, accounts.contributor, accounts.moderator)


def corrected(app: Portal, accounts: Accounts, entry: str, sender: Person) -> None:
    """``sender`` has told of the entry, too, and was published."""
    decide(
        app, send_correction(app, sender, entry, typed={"biography": f"Рассказ {sender.actor.id}"}), accounts.moderator
    )


def marked(app: Portal, entry: str, who: Person) -> str:
    """Somebody tells it differently; gives the id of that."""
    with work(app):
        return dispute(entry, who.actor, SUBJECT, WORDS).id


def is_marked(app: Portal, entry: str) -> bool:
    with app.app_context():
        return db.session.get_one(Participant, entry).disputed_at is not None


def running(app: Portal, state: DisputeState) -> list[str]:
    with app.app_context():
        return [found.id for found in disputes_running(state)]


# --- who marks it ----------------------------------------------------------------------------------------------------


def test_the_carer_marks_an_entry_and_the_others_are_asked(app: Portal, accounts: Accounts, entry: str) -> None:
    corrected(app, accounts, entry, accounts.stranger)
    identifier = marked(app, entry, accounts.contributor)
    assert is_marked(app, entry)
    assert running(app, DisputeState.OPEN) == [identifier]
    asked = letters(app, LetterKind.DISPUTE_ASKED)
    assert [letter.recipient for letter in asked] == [accounts.stranger.email]
    assert asked[0].content["about"] == SUBJECT
    assert WORDS not in str(asked[0].content), "the account itself is for moderators"


def test_another_contributor_marks_it_and_the_carer_is_asked(app: Portal, accounts: Accounts, entry: str) -> None:
    corrected(app, accounts, entry, accounts.stranger)
    marked(app, entry, accounts.stranger)
    assert is_marked(app, entry)
    assert [letter.recipient for letter in letters(app, LetterKind.DISPUTE_ASKED)] == [accounts.contributor.email]


def test_of_somebody_who_has_told_nothing_a_moderator_looks_first(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = marked(app, entry, accounts.stranger)
    assert not is_marked(app, entry)
    assert running(app, DisputeState.ASKED) == [identifier]
    assert letters(app, LetterKind.DISPUTE_ASKED) == []
    for who in (accounts.contributor, accounts.stranger):
        with pytest.raises(NotPermitted), work(app):
            admit_dispute(identifier, who.actor)
    with work(app):
        admit_dispute(identifier, accounts.moderator.actor)
        admit_dispute(identifier, accounts.moderator.actor)
    assert is_marked(app, entry)
    assert [letter.recipient for letter in letters(app, LetterKind.DISPUTE_ASKED)] == [accounts.contributor.email]


def test_what_is_asked_is_marked_once_the_family_says_so_too(app: Portal, accounts: Accounts, entry: str) -> None:
    first = marked(app, entry, accounts.stranger)
    assert marked(app, entry, accounts.contributor) == first, "one more side of the same"
    assert is_marked(app, entry)
    assert letters(app, LetterKind.DISPUTE_ASKED) == [], "both are heard already"
    with app.app_context():
        sides = {side.account_id: side.words for side in db.session.get_one(Dispute, first).sides}
        assert sides == {
            accounts.stranger.actor.id: WORDS,
            accounts.contributor.actor.id: f"{SUBJECT}\n\n{WORDS}",
        }


def test_what_telling_it_needs(app: Portal, accounts: Accounts, entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    who = accounts.contributor.actor
    for arguments, code in (
        (("000000000", who, SUBJECT, WORDS), RequestRefusal.NOT_FOUND),
        ((entry, who, " ", WORDS), FamilyRefusal.SUBJECT_MISSING),
        ((entry, who, "я" * (LONGEST_SUBJECT + 1), WORDS), FamilyRefusal.SUBJECT_TOO_LONG),
        ((entry, who, SUBJECT, " "), RequestRefusal.WORDS_MISSING),
    ):
        assert refusal_of(app, dispute, *arguments) is code
    marked(app, entry, accounts.contributor)
    assert refusal_of(app, dispute, entry, who, SUBJECT, WORDS) is FamilyRefusal.DISPUTED_ALREADY
    monkeypatch.setattr("memory_road.family.disagree.IN_AN_HOUR", 1)
    other = publish(app, accounts.contributor, accounts.moderator)
    assert refusal_of(app, dispute, other, who, SUBJECT, WORDS) is FamilyRefusal.TOO_MANY_DISPUTES


def test_only_so_many_are_asked(app: Portal, accounts: Accounts, entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memory_road.family.disagree.MOST_ASKED", 2)
    for sender in (accounts.stranger, accounts.second_moderator, accounts.senior_moderator):
        corrected(app, accounts, entry, sender)
    marked(app, entry, accounts.senior_moderator)
    asked = [letter.recipient for letter in letters(app, LetterKind.DISPUTE_ASKED)]
    assert asked == [accounts.contributor.email, accounts.second_moderator.email], "the carer, then the newest"


# --- meanwhile -------------------------------------------------------------------------------------------------------


def test_while_it_is_disputed_corrections_wait(app: Portal, accounts: Accounts, entry: str) -> None:
    correction = send_correction(app, accounts.stranger, entry, typed={"biography": "Другое."})
    identifier = marked(app, entry, accounts.contributor)
    with pytest.raises(Refused) as refused:
        decide(app, correction, accounts.moderator)
    assert refused.value.code is RefusalCode.DISPUTED
    with pytest.raises(Refused), work(app):
        require_undisputed(entry)
    with work(app):
        end_dispute(identifier, accounts.second_moderator.actor, "documents", "Решает документ.")
    with work(app):
        require_undisputed(entry)
    decide(app, correction, accounts.moderator)
    with app.app_context():
        assert db.session.get_one(Participant, entry).facts["biography"] == "Другое."


def test_new_entries_do_not_wait(app: Portal, accounts: Accounts, entry: str) -> None:
    marked(app, entry, accounts.contributor)
    publish(app, accounts.stranger, accounts.moderator)


def test_who_is_asked_tells_their_side(app: Portal, accounts: Accounts, entry: str) -> None:
    corrected(app, accounts, entry, accounts.stranger)
    identifier = marked(app, entry, accounts.contributor)
    with work(app):
        tell_side(entry, accounts.stranger.actor, "Сначала так.")
        tell_side(entry, accounts.stranger.actor, "У нас похоронка.")
        tell_side(entry, accounts.contributor.actor, "Письма до 1950 года.")
    with app.app_context():
        told = {side.account_id: side.words for side in db.session.get_one(Dispute, identifier).sides}
        assert told[accounts.stranger.actor.id] == "У нас похоронка."
        assert told[accounts.contributor.actor.id] == "Письма до 1950 года."
    assert refusal_of(app, tell_side, entry, accounts.moderator.actor, "!") is FamilyRefusal.DISPUTE_OVER
    assert refusal_of(app, tell_side, entry, accounts.stranger.actor, " ") is RequestRefusal.WORDS_MISSING
    assert refusal_of(app, tell_side, "000000000", accounts.stranger.actor, "!") is RequestRefusal.NOT_FOUND


# --- the end ---------------------------------------------------------------------------------------------------------


def test_a_moderator_ends_it_with_a_message_to_both(app: Portal, accounts: Accounts, entry: str) -> None:
    corrected(app, accounts, entry, accounts.stranger)
    identifier = marked(app, entry, accounts.contributor)
    for arguments, code in (
        (("", "Решено."), RequestRefusal.OUTCOME_MISSING),
        (("both_stand", " "), RequestRefusal.ANSWER_MISSING),
    ):
        assert refusal_of(app, end_dispute, identifier, accounts.second_moderator.actor, *arguments) is code
    with work(app):
        end_dispute(identifier, accounts.second_moderator.actor, "both_stand", "Оба года стоят рядом.", "тихо")
    assert not is_marked(app, entry)
    told = letters(app, LetterKind.DISPUTE_ENDED)
    assert {letter.recipient for letter in told} == {accounts.contributor.email, accounts.stranger.email}
    assert {letter.content["message"] for letter in told} == {"Оба года стоят рядом."}
    assert refusal_of(app, tell_side, entry, accounts.stranger.actor, "!") is FamilyRefusal.DISPUTE_OVER
    again = refusal_of(app, end_dispute, identifier, accounts.moderator.actor, "stays", "Нет.")
    assert again is FamilyRefusal.DISPUTE_OVER
    second = marked(app, entry, accounts.contributor)
    with app.app_context():
        assert [old.id for old in disputes_before(db.session.get_one(Dispute, second))] == [identifier]


def test_who_ends_it(app: Portal, accounts: Accounts, entry: str) -> None:
    """The moderators who are sides do not."""
    corrected(app, accounts, entry, accounts.second_moderator)
    identifier = marked(app, entry, accounts.senior_moderator)
    with work(app):
        admit_dispute(identifier, accounts.moderator.actor)
    for who in (accounts.contributor, accounts.stranger, accounts.second_moderator, accounts.senior_moderator):
        with pytest.raises(NotPermitted), work(app):
            end_dispute(identifier, who.actor, "stays", "Нет.")
    with work(app):
        end_dispute(identifier, accounts.moderator.actor, "stays", "Нет.")


@pytest.mark.parametrize("tie", ["care", "told"])
def test_who_is_of_the_family_decides_no_more_before_they_are_asked(
    app: Portal, accounts: Accounts, client_of: ClientOf, tie: str
) -> None:
    name = "moderator" if tie == "care" else "second_moderator"
    kin = accounts.moderator if tie == "care" else accounts.second_moderator
    entry = publish(app, accounts.moderator, accounts.administrator)
    if tie == "told":
        typed = {"biography": "Рассказ"}
        decide(app, send_correction(app, kin, entry, typed=typed), accounts.administrator)
    identifier = marked(app, entry, accounts.stranger)
    page = client_of(name).get(f"/en/moderate/families/disputes/{identifier}")
    assert WORDS not in page.text, "what each side tells is for those who decide"
    with pytest.raises(NotPermitted), work(app):
        end_dispute(identifier, kin.actor, "stays", "Нет.")
    with pytest.raises(NotPermitted), work(app):
        admit_dispute(identifier, kin.actor)
    assert running(app, DisputeState.ASKED) == [identifier]


def test_the_database_refuses_impossible_disputes(app: Portal, accounts: Accounts, entry: str) -> None:
    one, other = accounts.contributor.actor.id, accounts.moderator.actor.id
    ended = {"state": "ended", "opened_at": now(), "ended_at": now(), "ended_by_id": other, "outcome": "stays"}
    impossible: list[dict[str, Any]] = [
        {"subject": ""},
        {"state": "open"},
        {"state": "nonsense"},
        {"outcome": "stays"},
        {**ended, "outcome": ""},
        {**ended, "outcome": "nonsense"},
        {**ended, "ended_by_id": None},
        {**ended, "ended_by_id": one},
    ]
    sound = {"participant_id": entry, "opener_id": one, "subject": SUBJECT, "state": "asked"}
    for wrong in impossible:
        with pytest.raises(IntegrityError), work(app):
            db.session.execute(insert(Dispute).values({**sound, **wrong}))
    with work(app):
        db.session.execute(insert(Dispute).values({**sound, **ended}))
        db.session.execute(insert(Dispute).values(sound))
    with pytest.raises(IntegrityError), work(app):
        db.session.execute(insert(Dispute).values(sound))
    with app.app_context():
        identifier = db.session.execute(select(Dispute.id).where(Dispute.state == "asked")).scalar_one()
    for side in ({"words": "!", "told_at": None}, {"words": "", "told_at": now()}):
        with pytest.raises(IntegrityError), work(app):
            db.session.execute(insert(DisputeSide).values(dispute_id=identifier, account_id=one, **side))


# --- pages -----------------------------------------------------------------------------------------------------------


def test_from_two_families_to_the_moderators_message(
    app: Portal, accounts: Accounts, entry: str, client_of: ClientOf
) -> None:
    corrected(app, accounts, entry, accounts.stranger)
    one, other, moderator = client_of("contributor"), client_of("stranger"), client_of("second_moderator")
    visitor, address = client_of("visitor"), f"/en/my/entries/{entry}/dispute"
    public = f"/en/people/{entry}/vereshchagina-anna"
    assert LINE not in visitor.get(public).text
    assert address in one.get(f"/en/my/entries/{entry}").text
    lacking = one.send(address, {"words": WORDS})
    assert lacking.status_code == 422
    assert "what is told differently" in lacking.text
    assert WORDS in lacking.text
    sent = one.send(address, {"subject": "Год <b>", "words": WORDS})
    assert sent.location == f"{address}?said=disputed"
    assert WORDS in one.get(sent.location).text
    shown = visitor.get(public)
    assert LINE in shown.text
    for private in (WORDS, "Год &lt;b&gt;", accounts.contributor.email):
        assert private not in shown.text

    page = other.get(address)
    assert "Год &lt;b&gt;" in page.text
    assert "Please tell us how your family knows it" in page.text
    for private in (WORDS, "Name of contributor", accounts.contributor.email):
        assert private not in page.text
    assert other.send(f"{address}/side", {"words": " "}).status_code == 422
    assert other.send(f"{address}/side", {"words": "У нас похоронка."}).status_code == 303
    assert "У нас похоронка." not in one.get(address).text
    outsider = client_of("administrator").get(address)
    assert "Год &lt;b&gt;" not in outsider.text

    with app.app_context():
        identifier = db.session.execute(select(Dispute.id)).scalar_one()
    assert identifier in moderator.get("/en/moderate/families").text
    case = moderator.get(f"/en/moderate/families/disputes/{identifier}")
    for words in (WORDS, "У нас похоронка.", "has the care of the entry"):
        assert words in case.text
    lacking = moderator.send(f"/en/moderate/families/disputes/{identifier}", {"words": "Решено."})
    assert lacking.status_code == 422
    assert "Решено." in lacking.text
    ending = {"outcome": "documents", "words": "Решает похоронка."}
    assert moderator.send(f"/en/moderate/families/disputes/{identifier}", ending).status_code == 303
    assert client_of("moderator").send(f"/en/moderate/families/disputes/{identifier}", ending).status_code == 409
    assert LINE not in visitor.get(public).text
    late = other.send(f"{address}/side", {"words": "Ещё одно письмо"})
    assert late.status_code == 409
    assert "has ended in the meantime" in late.text
    assert "Ещё одно письмо" in late.text


def test_a_moderator_marks_what_was_asked(app: Portal, accounts: Accounts, entry: str, client_of: ClientOf) -> None:
    client_of("stranger").send(f"/en/my/entries/{entry}/dispute", {"subject": SUBJECT, "words": WORDS})
    with app.app_context():
        identifier = db.session.execute(select(Dispute.id)).scalar_one()
    address = f"/en/moderate/families/disputes/{identifier}"
    assert client_of("contributor").get(address).status_code == 403
    assert client_of("contributor").send(f"{address}/admit").status_code == 403
    moderator = client_of("moderator")
    assert "Mark the entry" in moderator.get(address).text
    assert moderator.send(f"{address}/admit").location == f"{address}?said=dispute_admitted"
    assert "Mark the entry" not in moderator.get(address).text
    assert LINE in client_of("visitor").get(f"/en/people/{entry}/vereshchagina-anna").text


def test_a_disputed_correction_is_told_at_the_desk(
    app: Portal, accounts: Accounts, entry: str, client_of: ClientOf
) -> None:
    correction = send_correction(app, accounts.stranger, entry, typed={"biography": "Другое."})
    marked(app, entry, accounts.contributor)
    moderator = client_of("moderator")
    moderator.send(f"/en/moderate/{correction}/claim")
    answer = moderator.send(f"/en/moderate/{correction}/approve", {"nobody_living_exposed": "yes"})
    assert answer.status_code == 422
    assert "corrections wait until that is settled" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/en/my/entries/000000000/dispute",
        "/en/my/entries/000000000/dispute/side",
        "/en/moderate/families/disputes/000000000",
        "/en/moderate/families/disputes/000000000/admit",
    ],
)
def test_what_there_is_not(client_of: ClientOf, address: str) -> None:
    words = {"subject": SUBJECT, "outcome": "stays", "words": "!"}
    assert client_of("moderator").send(address, words).status_code == 404
