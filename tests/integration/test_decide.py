"""Claiming and deciding: who may, what it needs, what becomes of it, and what stays private."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from memory_road.accounts.permissions import NotPermitted
from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant, ParticipantCategory
from memory_road.archive.participant_name import ParticipantName
from memory_road.archive.photograph import Photograph
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.draft import PhotographWords, keep
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.move import LONGEST_MESSAGE, RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph, size_key
from memory_road.contributions.submit import submit
from memory_road.db import db, now
from memory_road.facts.vocabulary import PhotographKind
from memory_road.mail.letter import Letter, LetterKind
from memory_road.moderation.approval import Approval
from memory_road.moderation.claim import LEASE, LONGEST, Claim, claim, release
from memory_road.moderation.decide import approve, reject, return_to_sender
from memory_road.web.edge import Portal, parts
from tests.application import SAFE, Accounts, Person, Sample, approved, begin, filled_in, publish, send_in, work


def claimed(app: Portal, accounts: Accounts, pictures: tuple[Sample, ...] = (), **options: Any) -> str:
    identifier = send_in(app, accounts.contributor, *pictures, **options)
    with work(app):
        claim(identifier, accounts.moderator.actor)
    return identifier


def refusal_of(app: Portal, verb: Any, *arguments: Any, **options: Any) -> RefusalCode:
    with pytest.raises(Refused) as refused, work(app):
        verb(*arguments, **options)
    return refused.value.code


def newest_letter() -> Letter:
    return db.session.scalars(select(Letter).order_by(Letter.created_at.desc())).all()[0]


def lapse(app: Portal, **times: Any) -> None:
    with work(app):
        db.session.execute(update(Claim).values(**times))


def state_of(app: Portal, identifier: str) -> State:
    with app.app_context():
        return State(db.session.get_one(Contribution, identifier).state)


# --- claims ----------------------------------------------------------------------------------------------------------


def test_a_claim_lasts_half_an_hour_and_is_renewed_up_to_two_hours(app: Portal, accounts: Accounts) -> None:
    identifier = claimed(app, accounts)
    with app.app_context():
        held = db.session.get_one(Claim, identifier)
        assert held.expires_at - held.claimed_at == pytest.approx(LEASE, abs=timedelta(seconds=1))
    begun = now() - LONGEST + timedelta(minutes=10)
    lapse(app, claimed_at=begun)
    with work(app):
        assert claim(identifier, accounts.moderator.actor).expires_at == begun + LONGEST


def test_what_somebody_holds_is_not_taken_from_them(app: Portal, accounts: Accounts) -> None:
    identifier = claimed(app, accounts)
    assert refusal_of(app, claim, identifier, accounts.second_moderator.actor) is RefusalCode.CLAIMED_BY_ANOTHER
    other = accounts.second_moderator.actor
    assert refusal_of(app, reject, identifier, other, "other", "Нет.") is RefusalCode.CLAIMED_BY_ANOTHER
    with work(app):
        release(identifier, other)  # not theirs: nothing happens
    with app.app_context():
        assert db.session.get_one(Claim, identifier).moderator_id == accounts.moderator.actor.id


def test_a_lapsed_claim_is_taken_over(app: Portal, accounts: Accounts) -> None:
    identifier = claimed(app, accounts)
    lapse(app, claimed_at=now() - timedelta(hours=1), expires_at=now() - timedelta(seconds=1))
    first = accounts.moderator.actor
    assert refusal_of(app, approve, identifier, first, SAFE) is RefusalCode.NOT_CLAIMED
    with work(app):
        held = claim(identifier, accounts.second_moderator.actor)
        assert held.moderator_id == accounts.second_moderator.actor.id
        assert held.holds()
    assert refusal_of(app, claim, identifier, first) is RefusalCode.CLAIMED_BY_ANOTHER


def test_a_released_case_is_free(app: Portal, accounts: Accounts) -> None:
    identifier = claimed(app, accounts)
    with work(app):
        release(identifier, accounts.moderator.actor)
    with work(app):
        claim(identifier, accounts.second_moderator.actor)


def test_only_what_waits_can_be_claimed(app: Portal, accounts: Accounts) -> None:
    identifier = begin(app, accounts.contributor)
    assert refusal_of(app, claim, identifier, accounts.moderator.actor) is RefusalCode.MOVED_ON


@pytest.mark.parametrize("verb", [claim, lambda case, actor: approve(case, actor, SAFE)])
def test_nobody_decides_about_what_they_sent_themselves(app: Portal, accounts: Accounts, verb: Any) -> None:
    identifier = send_in(app, accounts.moderator)
    with pytest.raises(NotPermitted), work(app):
        verb(identifier, accounts.moderator.actor)


@pytest.mark.parametrize("who", ["contributor", "stranger"])
def test_contributors_claim_nothing(app: Portal, accounts: Accounts, who: str) -> None:
    identifier = send_in(app, accounts.contributor)
    with pytest.raises(NotPermitted), work(app):
        claim(identifier, getattr(accounts, who).actor)


# --- decisions -------------------------------------------------------------------------------------------------------


def test_approving_publishes_and_leaves_a_link(app: Portal, accounts: Accounts) -> None:
    identifier = claimed(app, accounts, form=filled_in({"patronymic": "Ивановна"}, relationship="grandchild"))
    with work(app):
        entry = approved(identifier, accounts.moderator, note="проверено").id
    with app.app_context():
        sent = db.session.get_one(Contribution, identifier)
        assert (sent.state, sent.participant_id) == (State.APPROVED, entry)
        assert (sent.decided_by_id, sent.decided_at is None) == (accounts.moderator.actor.id, False)
        published = db.session.get_one(Participant, entry)
        assert published.facts == sent.facts
        assert (published.contributor_name, published.contributor_relationship) == (
            "Name of contributor",
            "grandchild",
        )
        assert {name.word for name in published.names} == {"vereshchagina", "anna", "ivanovna"}
        assert [each.category for each in published.categories] == ["medical"]
        assert db.session.get(Claim, identifier) is None
        letter = newest_letter()
        assert (letter.kind, letter.recipient) == (LetterKind.APPROVED, accounts.contributor.email)
        assert letter.content["entry"] == entry
        decision = db.session.scalars(select(Decision).order_by(Decision.number.desc())).first()
        assert decision is not None
        assert decision.move == Move.APPROVE
        assert decision.words is not None
        assert decision.words.note == "проверено"


def test_approving_needs_the_answer_that_nobody_living_is_exposed(app: Portal, accounts: Accounts) -> None:
    identifier = claimed(app, accounts)
    moderator = accounts.moderator.actor
    refusal = refusal_of(app, approve, identifier, moderator, Approval(nobody_living_exposed=False))
    assert refusal is RefusalCode.EXPOSURE_NOT_ANSWERED
    assert state_of(app, identifier) is State.SUBMITTED


def test_approving_needs_a_claim(app: Portal, accounts: Accounts) -> None:
    identifier = send_in(app, accounts.contributor)
    assert refusal_of(app, approve, identifier, accounts.moderator.actor, SAFE) is RefusalCode.NOT_CLAIMED


def test_approving_waits_for_the_pictures(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    identifier = send_in(app, accounts.contributor, portrait)
    with work(app):
        claim(identifier, accounts.moderator.actor)
    assert refusal_of(app, approve, identifier, accounts.moderator.actor, SAFE) is RefusalCode.BEING_PREPARED


def test_approving_twice_publishes_once(app: Portal, accounts: Accounts) -> None:
    identifier = claimed(app, accounts)
    with work(app):
        approved(identifier, accounts.moderator)
    assert refusal_of(app, approve, identifier, accounts.moderator.actor, SAFE) is RefusalCode.MOVED_ON
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 1


@pytest.mark.parametrize(
    ("verb", "state", "kind"),
    [(return_to_sender, State.RETURNED, LetterKind.RETURNED), (reject, State.REJECTED, LetterKind.REJECTED)],
)
def test_sending_back_tells_reason_and_message(
    app: Portal, accounts: Accounts, verb: Any, state: State, kind: LetterKind
) -> None:
    identifier = claimed(app, accounts)
    with work(app):
        verb(identifier, accounts.moderator.actor, "source_needed", "Откуда это\r\nизвестно? ")
    assert state_of(app, identifier) is state
    with app.app_context():
        letter = newest_letter()
        assert (letter.kind, letter.content["message"]) == (kind, "Откуда это\nизвестно?")
        assert db.session.get(Claim, identifier) is None
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 0


@pytest.mark.parametrize("verb", [return_to_sender, reject])
@pytest.mark.parametrize(
    ("reason", "message", "code"),
    [
        ("", "Откуда?", RefusalCode.REASON_MISSING),
        ("because", "Откуда?", RefusalCode.REASON_MISSING),
        ("other", " \n ", RefusalCode.MESSAGE_MISSING),
        ("other", "я" * (LONGEST_MESSAGE + 1), RefusalCode.TOO_LONG),
    ],
)
def test_sending_back_needs_reason_and_message(
    sqlite_app: Portal, password_hash: str, verb: Any, reason: str, message: str, code: RefusalCode
) -> None:
    with pytest.raises(Refused) as refused, work(sqlite_app):
        verb("000000000", Person("", None).actor, reason, message)  # pyright: ignore[reportArgumentType] -- refused before
    assert refused.value.code is code


def test_what_was_returned_is_mended_and_decided_again(app: Portal, accounts: Accounts) -> None:
    identifier = claimed(app, accounts)
    with work(app):
        return_to_sender(identifier, accounts.moderator.actor, "facts_unclear", "Как звали?")
    with work(app):
        keep(identifier, accounts.contributor.actor, filled_in({"given_name": "Мария"}))
        submit(identifier, accounts.contributor.actor, now().date())
    with work(app):
        claim(identifier, accounts.second_moderator.actor)
    with work(app):
        approved(identifier, accounts.second_moderator)
    with app.app_context():
        moves = db.session.scalars(select(Decision.move).order_by(Decision.number)).all()
        assert moves == [Move.START, Move.SUBMIT, Move.RETURN, Move.SUBMIT, Move.APPROVE]
        assert db.session.execute(select(Participant)).scalar_one().facts["given_name"] == "Мария"


# --- what is published -----------------------------------------------------------------------------------------------


def test_private_facts_never_reach_the_published_row(app: Portal, accounts: Accounts) -> None:
    secret = {"award_certificate": "АБ 123456", "kin": [{"relation": "жена", "name": "Тайная Вера"}]}
    entry = publish(
        app, accounts.contributor, accounts.moderator, form=filled_in({"categories": ["leningrad"], **secret})
    )
    with app.app_context():
        rows = [db.session.get_one(Participant, entry).facts]
        words = db.session.scalars(select(ParticipantName.word)).all()
        assert not {"award_certificate", "kin"} & rows[0].keys()
        assert "123456" not in f"{rows} {words}"
        assert "taynaya" not in words


def test_who_does_not_wish_to_be_named_is_not(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in(named=False))
    with app.app_context():
        assert db.session.get_one(Participant, entry).contributor_name == ""


def test_every_kind_has_its_row(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in({"categories": ["press", "soldier"]}))
    with app.app_context():
        rows = db.session.scalars(select(ParticipantCategory).where(ParticipantCategory.participant_id == entry)).all()
        published_at = db.session.get_one(Participant, entry).published_at
        assert {row.category for row in rows} == {"press", "soldier"}
        assert {row.published_at for row in rows} == {published_at}


def test_pictures_are_published_under_fresh_keys(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    identifier = begin(app, accounts.contributor, portrait)
    with app.app_context():
        sent = db.session.execute(select(ContributionPhotograph.id)).scalar_one()
    words = PhotographWords(kind=PhotographKind.PORTRAIT, caption="В госпитале", taken="около 1943", credit="Семья")
    with work(app):
        keep(identifier, accounts.contributor.actor, filled_in(photographs={sent: words}))
        db.session.execute(
            update(ContributionPhotograph).values(
                derived_at=now(),
                sizes=[{"name": "320.webp", "width": 320, "height": 400, "media_type": "image/webp"}],
            )
        )
        store = parts().store
        store.put(size_key(sent, 0, "320.webp"), portrait.preview)
        submit(identifier, accounts.contributor.actor, now().date())
        claim(identifier, accounts.moderator.actor)
    with work(app):
        entry = approved(identifier, accounts.moderator).id
    with app.app_context():
        shown = db.session.execute(select(Photograph)).scalar_one()
        assert (shown.participant_id, shown.position, shown.taken) == (entry, 0, "1943~")
        assert (shown.caption, shown.credit) == ("В госпитале", "Семья")
        assert sent not in shown.key
        with store.open(f"public/{shown.key}-320.webp") as file:
            assert file.read() == portrait.preview.read_bytes()
        originals = [key for key, _ in store.keys("public/") if "original" in key]
        assert not originals


def test_letters_speak_the_language_of_their_reader(app: Portal, accounts: Accounts) -> None:
    with work(app):
        db.session.execute(update(Account).where(Account.id == accounts.contributor.actor.id).values(language="ru"))
    publish(app, accounts.contributor, accounts.moderator)
    with app.app_context():
        assert db.session.scalars(select(Letter.language)).all() == ["ru", "ru"]
