"""Corrections and additions: what they begin with, what they need, and what becomes of the entry."""

from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from memory_road.archive.change import ParticipantChange, changes_of
from memory_road.archive.filters import Filters
from memory_road.archive.look import PhotographLook
from memory_road.archive.participant import Participant
from memory_road.archive.participant_name import ParticipantName
from memory_road.archive.photograph import Photograph
from memory_road.archive.search import find
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.correct import correct, unfinished_about
from memory_road.contributions.decision import Decision, DecisionWords
from memory_road.contributions.draft import PhotographWords, keep
from memory_road.contributions.look import LookAlike
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.submit import NeedsMending, submit
from memory_road.db import db, now
from memory_road.facts.vocabulary import Category, PhotographKind
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import return_to_sender
from memory_road.moderation.recognise import look_for
from memory_road.web.edge import Portal
from tests.application import (
    Accounts,
    Browser,
    Person,
    Sample,
    approved,
    begin_correction,
    decide,
    filled_in,
    publish,
    publish_approved,
    send_correction,
    work,
)

ClientOf = Callable[[str], Browser]
STAR = {"award": "Орден Красной Звезды", "date": "1943"}
COURAGE = {"award": "Медаль «За отвагу»", "date": "май 1944"}


@pytest.fixture
def entry(app: Portal, accounts: Accounts) -> str:
    """A published entry without a picture."""
    told = {"rank": "сержант", "death_date": "около 1978", "awards": [STAR]}
    return publish(app, accounts.contributor, accounts.moderator, form=filled_in(told))


def facts_of(app: Portal, entry: str) -> dict[str, Any]:
    with app.app_context():
        return dict(db.session.get_one(Participant, entry).facts)


def found(app: Portal, identifier: str) -> Contribution:
    with app.app_context():
        return db.session.get_one(Contribution, identifier)


def problems(app: Portal, identifier: str, sender: Person) -> list[tuple[str, str]]:
    with pytest.raises(NeedsMending) as mending, work(app):
        submit(identifier, sender.actor, now().date())
    return [(each.field, str(each.code)) for each in mending.value.problems]


# --- beginning -------------------------------------------------------------------------------------------------------


def test_a_draft_begins_with_what_is_published_in_words(app: Portal, accounts: Accounts, entry: str) -> None:
    with work(app):
        facts = db.session.get_one(Participant, entry).facts
        identifier = correct(accounts.stranger.actor, "key", entry, facts, "en").id
    draft = found(app, identifier)
    assert (draft.state, draft.about_id, draft.base) == ("draft", entry, facts_of(app, entry))
    assert draft.typed["birth_date"] == "12 May 1915"
    assert draft.typed["death_date"] == "about 1978"
    assert draft.typed["awards"] == [{"award": "Орден Красной Звезды", "date": "1943"}]


def test_who_has_begun_goes_on_with_it(app: Portal, accounts: Accounts, entry: str) -> None:
    first = begin_correction(app, accounts.stranger, entry)
    assert begin_correction(app, accounts.stranger, entry) == first
    assert begin_correction(app, accounts.contributor, entry) != first, "somebody else has a draft of their own"
    with work(app):
        facts = db.session.get_one(Participant, entry).facts
        sent = correct(accounts.moderator.actor, "pressed twice", entry, facts, "ru")
        assert correct(accounts.moderator.actor, "pressed twice", entry, facts, "ru") is sent


@pytest.mark.usefixtures("five_minutes")
def test_what_is_returned_is_gone_on_with_once_its_sender_knows(app: Portal, accounts: Accounts, entry: str) -> None:
    sent = send_correction(app, accounts.stranger, entry, typed={"death_date": "1978"})
    with work(app):
        claim(sent, accounts.moderator.actor)
        return_to_sender(sent, accounts.moderator.actor, "other", "Кто это?")
    with app.app_context():
        assert unfinished_about(accounts.stranger.actor, entry) is None
    with work(app):
        db.session.get_one(Contribution, sent).undo_until = now()
    with app.app_context():
        begun = unfinished_about(accounts.stranger.actor, entry)
        assert begun is not None
        assert begun.id == sent


# --- sending ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "changes", "problem", "why"),
    [
        ({}, {}, ("contribution", "nothing_changed"), "what changes nothing is not sent"),
        (
            {"death_date": "приблизительно 1978"},
            {},
            ("contribution", "nothing_changed"),
            "other words change none",
        ),
        ({"surname": ""}, {}, ("surname", "missing"), "a name cannot be taken away"),
        ({"rank": "старшина"}, {"permitted": False}, ("permission", "permission_missing"), "the permission"),
        (
            {"living": "yes", "fate": "not_known", "death_date": ""},
            {},
            ("living_consent", "living_consent_missing"),
            "who is said to be living now has to agree",
        ),
    ],
)
def test_a_correction_needs(
    app: Portal, accounts: Accounts, entry: str, typed: Mapping[str, Any], changes: Any, problem: Any, why: str
) -> None:
    identifier = begin_correction(app, accounts.stranger, entry, typed=typed, **changes)
    assert problems(app, identifier, accounts.stranger) == [problem], why


LIVING: Mapping[str, Any] = {"living": "yes", "fate": "not_known", "death_date": ""}


def test_a_living_person_agrees_to_every_correction_anew(app: Portal, accounts: Accounts) -> None:
    form = filled_in({"living": "yes", "rank": "сержант"}, living_consent=True)
    living = publish(app, accounts.contributor, accounts.moderator, form=form)
    identifier = begin_correction(app, accounts.stranger, living, typed={"rank": "старшина"})
    assert problems(app, identifier, accounts.stranger) == [("living_consent", "living_consent_missing")]
    send_correction(app, accounts.stranger, living, typed={"rank": "старшина"}, living_consent=True)


def test_who_is_said_to_be_living_meanwhile_agrees_before_it_is_approved(
    app: Portal, accounts: Accounts, entry: str
) -> None:
    silent = send_correction(app, accounts.stranger, entry, typed={"rank": "старшина"})
    spoken = send_correction(app, accounts.contributor, entry, typed=LIVING, living_consent=True)
    decide(app, spoken, accounts.moderator)
    with pytest.raises(Refused) as refused:
        decide(app, silent, accounts.moderator)
    assert refused.value.code is RefusalCode.LIVING_CONSENT_MISSING
    assert facts_of(app, entry)["rank"] == "сержант"


def test_a_picture_alone_or_a_private_fact_is_enough(
    app: Portal, accounts: Accounts, portrait: Sample, entry: str
) -> None:
    send_correction(app, accounts.stranger, entry, portrait)
    send_correction(app, accounts.contributor, entry, typed={"kin": [{"relation": "муж", "name": "Пётр"}]})


# --- approving -------------------------------------------------------------------------------------------------------


def test_the_entry_takes_what_was_changed_and_keeps_the_rest(app: Portal, accounts: Accounts, entry: str) -> None:
    before = facts_of(app, entry)
    secret = {"kin": [{"relation": "муж", "name": "Пётр Тайный"}]}
    changed = {"surname": "Иванова", "former_surname": "Верещагина", "categories": ["press"], "awards": [STAR, COURAGE]}
    identifier = send_correction(app, accounts.stranger, entry, typed={**changed, **secret, "rank": ""}, named=True)
    assert facts_of(app, entry) == before, "before it is approved nothing changes"
    with app.app_context():
        published_at = db.session.get_one(Participant, entry).published_at
    assert decide(app, identifier, accounts.moderator) == entry
    after = facts_of(app, entry)
    expected = {**before, **changed, "awards": [STAR, {**COURAGE, "date": "1944-05"}]}
    del expected["rank"]
    assert after == expected
    with app.app_context():
        participant = db.session.get_one(Participant, entry)
        assert participant.published_at == published_at < participant.updated_at
        assert participant.contributor_name == "Name of contributor", "who told first is named"
        words = db.session.scalars(select(ParticipantName.word).order_by(ParticipantName.word)).all()
        assert words == ["anna", "ivanova", "vereshchagina"]
        assert [card.id for card in find("иванова").cards] == [entry]
        assert [card.id for card in find(filters=Filters(category=Category.PRESS)).cards] == [entry]
        assert find(filters=Filters(category=Category.MEDICAL)).cards == []
        change = changes_of(entry)[0]
        assert (change.fields, change.photographs) == (
            ["surname", "former_surname", "categories", "rank", "awards"],
            0,
        )
        assert found(app, identifier).participant_id == entry
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 1


def test_what_others_have_changed_meanwhile_stays(app: Portal, accounts: Accounts, entry: str) -> None:
    first = send_correction(app, accounts.stranger, entry, typed={"rank": "старшина", "awards": [STAR, COURAGE]})
    second = send_correction(app, accounts.contributor, entry, typed={"unit": "316 СД", "awards": []})
    decide(app, first, accounts.moderator)
    decide(app, second, accounts.moderator)
    facts = facts_of(app, entry)
    assert (facts["rank"], facts["unit"]) == ("старшина", "316 СД")
    assert facts["awards"] == [{**COURAGE, "date": "1944-05"}], "only the award that was taken away is gone"


def test_what_the_entry_says_already_is_no_change(app: Portal, accounts: Accounts, entry: str) -> None:
    cases = [
        send_correction(app, who, entry, typed={"rank": "старшина"})
        for who in (accounts.stranger, accounts.contributor)
    ]
    for case in cases:
        decide(app, case, accounts.moderator)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ParticipantChange)) == 1


def test_a_list_that_becomes_too_long_is_not_published(app: Portal, accounts: Accounts, entry: str) -> None:
    def many(number: int) -> list[dict[str, str]]:
        return [STAR, *({"award": f"Медаль {number}-{row}"} for row in range(30))]

    first = send_correction(app, accounts.stranger, entry, typed={"awards": many(1)})
    second = send_correction(app, accounts.contributor, entry, typed={"awards": many(2)})
    decide(app, first, accounts.moderator)
    with work(app):
        claim(second, accounts.moderator.actor)
    with pytest.raises(Refused) as refused, work(app):
        approved(second, accounts.moderator)
    assert refused.value.code is RefusalCode.TOO_MANY_RECORDS
    assert len(facts_of(app, entry)["awards"]) == 31


def test_a_portrait_becomes_the_face_of_an_entry_that_has_none(
    app: Portal, accounts: Accounts, portrait: Sample, entry: str
) -> None:
    decide(app, send_correction(app, accounts.stranger, entry, portrait), accounts.moderator)
    with app.app_context():
        shown = db.session.execute(select(Photograph)).scalar_one()
        assert (shown.participant_id, shown.position, shown.kind) == (entry, 0, "portrait")
        assert db.session.get(PhotographLook, shown.key) is not None
        assert (changes_of(entry)[0].fields, changes_of(entry)[0].photographs) == ([], 1)


def test_new_pictures_stand_behind_the_earlier_ones(
    app: Portal, accounts: Accounts, portrait: Sample, sample_of: Callable[[int], Sample]
) -> None:
    shown_first = filled_in(none_survives=False)
    entry = publish(app, accounts.contributor, accounts.moderator, portrait, form=shown_first)
    identifier = begin_correction(app, accounts.stranger, entry, sample_of(1), sample_of(2))
    with app.app_context():
        ids = db.session.scalars(
            select(ContributionPhotograph.id)
            .where(ContributionPhotograph.contribution_id == identifier)
            .order_by(ContributionPhotograph.position)
        ).all()
    words = {
        ids[0]: PhotographWords(kind=PhotographKind.DOCUMENT, caption="Справка"),
        ids[1]: PhotographWords(kind=PhotographKind.PORTRAIT, caption="Позже"),
    }
    with work(app):
        draft = db.session.get_one(Contribution, identifier)
        keep(identifier, accounts.stranger.actor, filled_in(draft.typed, photographs=words, none_survives=False))
        submit(identifier, accounts.stranger.actor, now().date())
    decide(app, identifier, accounts.moderator)
    with app.app_context():
        shown = db.session.scalars(select(Photograph).order_by(Photograph.position)).all()
        assert [(each.position, each.caption) for each in shown] == [(0, ""), (1, "Позже"), (2, "Справка")]


def test_nobody_is_asked_whether_the_entry_is_the_same_person(
    app: Portal, accounts: Accounts, portrait: Sample
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, portrait)
    other = begin_correction(app, accounts.stranger, entry, portrait)
    with work(app):
        for photograph in db.session.get_one(Contribution, other).photographs:
            look_for(photograph)
        assert db.session.scalar(select(func.count()).select_from(LookAlike)) == 0


# --- pages -----------------------------------------------------------------------------------------------------------


def test_from_the_entry_to_its_correction(app: Portal, accounts: Accounts, client_of: ClientOf, entry: str) -> None:
    visitor, sender, moderator = client_of("visitor"), client_of("stranger"), client_of("moderator")
    shown = visitor.get(f"/en/people/{entry}", follow_redirects=True)
    assert "What was changed since" not in shown.text
    assert f'href="/en/contribute/about/{entry}"' in shown.text
    address = f"/en/contribute/about/{entry}"
    assert visitor.get(address).location == f"/en/account/login?next=/en/contribute/about/{entry}"
    page = sender.get(address)
    assert page.status_code == 200
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == 1, "looking begins nothing"
    key = page.text.split('name="form_key" value="')[1].split('"')[0]
    begun = sender.send(address, {"form_key": key})
    assert sender.send(address, {"form_key": key}).location == begun.location
    assert "You have begun this already" in sender.get(address).text
    form = sender.get(begun.location)
    assert 'value="12 May 1915"' in form.text
    assert "No portrait survives" not in form.text
    assert 'value="about 1978"' in sender.get(f"{begun.location}/life").text
    identifier = begun.location.rsplit("/", 1)[1]
    with work(app):
        draft = db.session.get_one(Contribution, identifier)
        words = {**draft.typed, "rank": "старшина", "biography": "Её помнили.", "awards": [STAR, COURAGE]}
        keep(identifier, accounts.stranger.actor, filled_in(words, language="en"))
    for client, where in ((sender, f"/en/my/{identifier}/preview"), (sender, f"/en/my/{identifier}")):
        seen = unescape(client.get(where).text)
        for said in ("In the entry now", "сержант", "As it would be", "старшина", "May 1944", "Её помнили."):
            assert said in seen, where
    sent = sender.send(f"/en/contribute/{identifier}/submit")
    assert sent.location == f"/en/my/{identifier}?said=sent"
    assert "correction" in moderator.get("/en/moderate/").text
    case = unescape(moderator.get(f"/en/moderate/{identifier}").text)
    assert "Correction" in case
    assert "сержант" in case
    assert "старшина" in case
    decide(app, identifier, accounts.moderator)
    shown = visitor.get(f"/en/people/{entry}", follow_redirects=True)
    assert "старшина" in shown.text
    assert "What was changed since" in shown.text
    assert "Rank, Awards, Their story" in shown.text
    assert "сержант" not in shown.text, "what stood there before is not kept for visitors"
    assert "What was changed" in sender.get(f"/en/my/{identifier}").text


def test_the_desk_says_what_was_changed_meanwhile(
    app: Portal, accounts: Accounts, client_of: ClientOf, entry: str
) -> None:
    first = send_correction(app, accounts.stranger, entry, typed={"rank": "старшина", "birth_date": "1920"})
    second = send_correction(app, accounts.contributor, entry, typed={"rank": "лейтенант", "service_from": "1918"})
    third = send_correction(app, accounts.moderator, entry, typed={"rank": "старшина"})
    decide(app, first, accounts.moderator)
    client = client_of("moderator")
    page = client.get(f"/en/moderate/{second}").text
    assert "When this was begun, it said: сержант" in page
    assert "This date is before the date of birth." in page, "what would contradict each other now"
    assert "The entry says this already" in client.get(f"/en/moderate/{third}").text


def test_nobody_approves_what_the_page_did_not_show(
    app: Portal, accounts: Accounts, client_of: ClientOf, entry: str
) -> None:
    first = send_correction(app, accounts.stranger, entry, typed={"rank": "старшина"})
    second = send_correction(app, accounts.contributor, entry, typed={"rank": "лейтенант"})
    client, address = client_of("moderator"), f"/en/moderate/{second}"
    with work(app):
        claim(second, accounts.moderator.actor)
    form = {"nobody_living_exposed": "yes", "note": "Приказ № 7 & письмо", "entry": edition(client.get(address))}
    decide(app, first, accounts.second_moderator)
    for sent, why in ((form, "the page is older than the entry"), ({**form, "entry": ""}, "or says nothing of it")):
        answer = client.send(f"{address}/approve", sent)
        assert answer.status_code == 409, why
        assert "The entry was changed while you were looking at this case." in answer.text
        assert "Приказ № 7 &amp; письмо" in answer.text, "what was written is kept"
        assert "When this was begun, it said: сержант" in answer.text
        assert facts_of(app, entry)["rank"] == "старшина", why
    again = client.send(f"{address}/approve", {**form, "entry": edition(answer)})
    assert again.location == f"/en/moderate/next?after={second}&said=approved"
    publish_approved(app)
    assert facts_of(app, entry)["rank"] == "лейтенант"
    with app.app_context():
        words = db.session.scalars(select(DecisionWords.note).where(DecisionWords.note != "")).all()
    assert words == ["Приказ № 7 & письмо"]


def edition(page: TestResponse) -> str:
    """What the page of a case notes of the entry."""
    return page.text.split('name="entry" value="')[1].split('"')[0]


def test_a_correction_without_a_change_is_not_sent(
    app: Portal, client_of: ClientOf, accounts: Accounts, entry: str
) -> None:
    identifier = begin_correction(app, accounts.stranger, entry)
    answer = client_of("stranger").send(f"/en/contribute/{identifier}/submit")
    assert answer.status_code == 422
    assert "Nothing was changed or added yet." in answer.text


@pytest.mark.parametrize("address", ["/en/contribute/about/000000000", "/en/contribute/about/nonsense"])
def test_there_is_nothing_to_correct_where_nothing_is_published(client_of: ClientOf, address: str) -> None:
    client = client_of("stranger")
    assert client.get(address).status_code == 404
    assert client.send(address, {"form_key": "x"}).status_code == 404


def test_what_was_returned_is_gone_on_with(app: Portal, accounts: Accounts, entry: str) -> None:
    identifier = send_correction(app, accounts.stranger, entry, typed={"rank": "старшина"})
    with work(app):
        claim(identifier, accounts.moderator.actor)
        return_to_sender(identifier, accounts.moderator.actor, "other", "Откуда?")
    assert begin_correction(app, accounts.stranger, entry, typed={"rank": "лейтенант"}) == identifier
    with app.app_context():
        moves = db.session.scalars(select(Decision.move).where(Decision.contribution_id == identifier)).all()
        assert len(moves) == 3
