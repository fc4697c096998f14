"""May this be the same person: who is found, who is asked about whom, and what becomes of the answers."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from memory_road.archive.alike import MOST_ALIKE, alike
from memory_road.archive.participant import Participant, ParticipantNamesake
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.draft import keep
from memory_road.contributions.namesake import ContributionNamesake, also_sent
from memory_road.contributions.same_person import SamePerson, Verdict
from memory_road.contributions.submit import withdraw
from memory_road.db import db
from memory_road.identifier import new_identifier
from memory_road.jobs.key_names import key_names_in_steps
from memory_road.web.edge import Portal
from tests.application import (
    TYPED,
    Accounts,
    Browser,
    Sample,
    begin,
    begin_correction,
    filled_in,
    publish,
    send_in,
    work,
)

ClientOf = Callable[[str], Browser]
LATIN: Mapping[str, Any] = {"surname": "Vereshchagina", "given_name": "Anna", "birth_date": "1915"}
FORM: Mapping[str, Any] = {**TYPED, **LATIN, "none_survives": "yes", "permission": "yes", "action": "submit"}


def typed_about(app: Portal, identifier: str) -> Mapping[str, Any]:
    with app.app_context():
        return db.session.get_one(Contribution, identifier).typed


def found(app: Portal, facts: Mapping[str, Any]) -> list[str]:
    with app.app_context():
        return [entry.id for entry in alike(facts)]


def test_an_entry_is_found_in_every_spelling(app: Portal, accounts: Accounts, subtests: pytest.Subtests) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in({"former_surname": "Тян"}))
    for facts, expected, why in (
        ({"surname": "Верещагина", "given_name": "Анна", "birth_date": "1915-05-12"}, [entry], "as it is"),
        ({"surname": "Վերեշչագինա", "given_name": "Աննա", "birth_date": "1915"}, [entry], "in Armenian"),
        ({"surname": "ვერეშჩაგინა", "given_name": "ანნა", "birth_date": "1915~"}, [entry], "in Georgian"),
        ({"surname": "Wereschtschagina", "given_name": "Anna", "birth_date": "1916"}, [entry], "in German"),
        ({"surname": "Tyan", "given_name": "Anna", "birth_date": "1915"}, [entry], "before she married"),
        ({"surname": "Верещагина", "given_name": "Анна", "birth_date": "XXXX"}, [entry], "no date, but a rare name"),
        ({"surname": "Верещагина", "given_name": "Анна", "birth_date": "1921"}, [], "another age"),
        ({"surname": "Верещагина", "given_name": "Мария", "birth_date": "1915"}, [], "another name"),
        ({"surname": "Верещагина"}, [], "half a name"),
        ({}, [], "nothing"),
    ):
        with subtests.test(why):
            assert found(app, facts) == expected


def test_of_many_namesakes_a_few_are_found_the_likeliest_first(app: Portal, accounts: Accounts) -> None:
    sender, moderator = accounts.contributor, accounts.moderator
    for day in (1, 2, 3, 4, 5):
        publish(app, sender, moderator, form=filled_in({"birth_date": f"{day} мая 1915"}))
    exact = publish(app, sender, moderator, form=filled_in({"birth_date": "9 июня 1915", "patronymic": "Ивановна"}))
    ids = found(app, {**LATIN, "birth_date": "1915-06-09", "patronymic": "Ивановна"})
    assert ids[0] == exact
    assert len(ids) == MOST_ALIKE


def test_the_sender_is_asked_before_it_is_sent_and_a_different_person_is_not_asked_about_again(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    client = client_of("stranger")
    draft = begin(app, accounts.stranger)
    answer = client.send(f"/en/contribute/{draft}", FORM)
    assert (answer.status_code, answer.location) == (303, f"/en/contribute/{draft}/same-person?then=send")
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "Верещагина Анна" in page.text
    assert "Anna Vereshchagina" in page.text
    assert "1915" in page.text
    assert f"/people/{entry}/" in page.text
    assert typed_about(app, draft)["surname"] == "Vereshchagina", "what was typed is kept"

    unanswered = client.send(answer.location)
    assert unanswered.status_code == 422
    assert "Please choose an answer." in unanswered.text
    assert f'href="#same-{entry}"' in unanswered.text
    assert f'id="same-{entry}"' in unanswered.text
    sent = client.send(answer.location, {f"same-{entry}": "different"})
    assert (sent.status_code, sent.location) == (303, f"/en/my/{draft}?said=sent")
    with app.app_context():
        assert db.session.execute(select(SamePerson.participant_id, SamePerson.answer)).all() == [(entry, "different")]
        assert db.session.get_one(Contribution, draft).state == "submitted"
    assert client.send(answer.location).location == f"/en/my/{draft}", "a second click"

    for sender, asked in (("stranger", False), ("contributor", True)):
        again = begin(app, getattr(accounts, sender))
        location = client_of(sender).send(f"/en/contribute/{again}", FORM).location or ""
        assert ("same-person" in location) is asked, "the answer is remembered for who gave it"


def test_who_is_not_sure_sends_all_the_same_and_the_moderator_sees_it(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    client, moderator = client_of("stranger"), client_of("moderator")
    draft = begin(app, accounts.stranger)
    question = client.send(f"/en/contribute/{draft}", FORM).location or ""
    client.send(question, {f"same-{entry}": "nonsense"})
    assert client.send(question, {f"same-{entry}": "unsure"}).location == f"/en/my/{draft}?said=sent"
    case = moderator.get(f"/en/moderate/{draft}").text
    assert "May be published already" in case
    assert f"/people/{entry}" in case
    assert "the sender is not sure" in case


def test_nobody_is_held_up_where_nobody_is_alike(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    publish(app, accounts.contributor, accounts.moderator)
    client = client_of("stranger")
    draft = begin(app, accounts.stranger)
    sent = client.send(f"/en/contribute/{draft}", {**FORM, "birth_date": "1921"})
    assert sent.location == f"/en/my/{draft}?said=sent"


def test_what_is_to_be_mended_comes_before_the_question(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    publish(app, accounts.contributor, accounts.moderator)
    client = client_of("stranger")
    draft = begin(app, accounts.stranger)
    page = client.send(f"/en/contribute/{draft}", {**FORM, "permission": ""})
    assert page.status_code == 422
    assert "We need your permission" in page.text


def test_the_same_person_is_added_to_with_everything_typed_kept(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    told = {"patronymic": "Ивановна", "biography": "Служила медсестрой."}
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in(told))
    client = client_of("stranger")
    draft = begin(app, accounts.stranger, portrait)
    more = {"biography": "She sang well.", "rank": "сержант", "awards-0-award": "Орден", "kin-0-name": "Вера"}
    question = client.send(f"/en/contribute/{draft}", {**FORM, **more}).location or ""
    joined = client.send(question, {f"same-{entry}": "same"})
    assert (joined.status_code, joined.location) == (303, f"/en/my/{draft}/preview?said=joined")
    preview = client.get(joined.location)
    assert "now added to the entry" in preview.text
    typed = typed_about(app, draft)
    assert (typed["surname"], typed["given_name"], typed["patronymic"]) == ("Верещагина", "Анна", "Ивановна")
    assert typed["birth_date"] == "12 May 1915", "a day says more than its year"
    assert typed["biography"] == "Служила медсестрой.\n\nShe sang well."
    assert typed["rank"] == "сержант"
    assert typed["awards"][0]["award"] == "Орден"
    assert typed["kin"][0]["name"] == "Вера"
    assert {"value": "Vereshchagina Anna"} in typed["also_recorded"]
    with app.app_context():
        contribution = db.session.get_one(Contribution, draft)
        assert contribution.about_id == entry
        assert contribution.base == db.session.get_one(Participant, entry).facts
        assert contribution.state == "draft"
        assert len(contribution.photographs) == 1
    sent = client.send(f"/en/contribute/{draft}/submit")
    assert sent.location == f"/en/my/{draft}?said=sent", "it is asked once"


def test_a_different_person_after_all_is_an_entry_of_its_own_with_everything_typed(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    told = {"patronymic": "Ивановна", "biography": "Служила медсестрой.", "rank": "рядовой"}
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in(told))
    client = client_of("stranger")
    more = {"biography": "She sang well.", "unit": "316", "death_date": "some spring", "awards": [{"award": "Орден"}]}
    draft = begin(app, accounts.stranger, portrait, form=filled_in({**LATIN, **more}, permitted=False, language="en"))
    before = typed_about(app, draft)
    client.send(f"/en/contribute/{draft}/same-person", {f"same-{entry}": "same"})
    form = client.get(f"/en/contribute/{draft}")
    assert 'name="action" value="apart"' in form.text
    assert form.text.index('value="save"') < form.text.index('value="apart"'), "Enter in a field only saves"
    revision = form.text.split('name="revision" value="')[1].split('"')[0]
    page = {name: said for name, said in typed_about(app, draft).items() if isinstance(said, str)}
    page |= {"categories": "medical", "birth_place": "Tula", "revision": revision, "action": "apart"}
    apart = client.send(f"/en/contribute/{draft}", page)
    assert (apart.status_code, apart.location) == (303, f"/en/contribute/{draft}?said=apart")
    assert typed_about(app, draft) == {**before, "birth_place": "Tula"}, "and what is typed on the page is saved first"
    form = client.get(apart.location)
    assert "an entry of its own again" in form.text
    assert 'value="apart"' not in form.text
    with app.app_context():
        contribution = db.session.get_one(Contribution, draft)
        assert (contribution.about_id, contribution.base, contribution.typed_before) == (None, None, None)
        assert len(contribution.photographs) == 1
        assert db.session.execute(select(SamePerson.participant_id, SamePerson.answer)).all() == [(entry, "different")]
    assert client.get(f"/en/contribute/{draft}/same-person").location == f"/en/contribute/{draft}", (
        "it is not asked again"
    )


def test_what_was_changed_while_it_was_added_to_an_entry_stays(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    told = {"biography": "Служила медсестрой.", "rank": "рядовой", "death_date": "1978"}
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in(told))
    client = client_of("stranger")
    draft = begin(app, accounts.stranger, form=filled_in({**LATIN, "unit": "316", "rank": "sergeant"}, language="en"))
    client.send(f"/en/contribute/{draft}/same-person", {f"same-{entry}": "same"})
    with work(app):
        now_typed = {**typed_about(app, draft), "biography": "Служила медсестрой. Пела.", "birth_date": "13 мая 1915"}
        del now_typed["unit"]
        keep(draft, accounts.stranger.actor, filled_in(now_typed, language="ru"))
    assert "different person after all" in client.get(f"/en/my/{draft}/preview").text
    apart = client.send(f"/en/contribute/{draft}/same-person/apart")
    assert apart.location == f"/en/contribute/{draft}?said=apart"
    typed = typed_about(app, draft)
    assert (typed["surname"], typed["rank"]) == ("Vereshchagina", "sergeant")
    assert (typed["biography"], typed["birth_date"]) == ("Служила медсестрой. Пела.", "13 мая 1915")
    assert not {"unit", "death_date", "also_recorded"} & typed.keys(), "what only the entry said, or was taken away"
    again = client.send(f"/en/contribute/{draft}/same-person/apart")
    assert (again.status_code, typed_about(app, draft)) == (303, typed), "a second click changes nothing"


def test_what_was_typed_since_and_is_not_understood_stays_too(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    client, draft = client_of("stranger"), begin(app, accounts.stranger, form=filled_in(LATIN, language="en"))
    client.send(f"/en/contribute/{draft}/same-person", {f"same-{entry}": "same"})
    since = {"death_date": "as the snow melted", "biography": "She sang. " * 2500, "awards": [{"date": "some spring"}]}
    with work(app):
        keep(draft, accounts.stranger.actor, filled_in({**typed_about(app, draft), **since}, language="en"))
    client.send(f"/en/contribute/{draft}/same-person/apart")
    typed = typed_about(app, draft)
    assert {name: typed.get(name) for name in since} == since


def test_what_was_about_the_entry_from_the_beginning_stays_so(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    draft = begin_correction(app, accounts.stranger, entry)
    client = client_of("stranger")
    assert 'value="apart"' not in client.get(f"/en/contribute/{draft}").text
    client.send(f"/en/contribute/{draft}/same-person/apart")
    assert client_of("contributor").send(f"/en/contribute/{draft}/same-person/apart").status_code == 404
    with app.app_context():
        assert db.session.get_one(Contribution, draft).about_id == entry


def test_the_question_can_be_answered_early(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    client = client_of("stranger")
    draft = begin(app, accounts.stranger, form=filled_in({**LATIN, "death_date": "вчера утром"}, permitted=False))
    question = f"/en/contribute/{draft}/same-person"
    assert client.get(question).status_code == 200
    joined = client.send(question, {f"same-{entry}": "same"})
    assert joined.location == f"/en/contribute/{draft}?said=joined", "there is something to mend before it is sent"
    assert typed_about(app, draft)["death_date"] == "вчера утром", "what is not understood is kept as well"
    assert client.get(question).location == f"/en/contribute/{draft}", "nothing more to ask"

    other = begin(app, accounts.stranger, form=filled_in(LATIN, permitted=False))
    answered = client.send(f"/en/contribute/{other}/same-person", {f"same-{entry}": "unsure"})
    assert answered.location == f"/en/contribute/{other}?said=answered"
    with app.app_context():
        assert db.session.get_one(Contribution, other).state == "draft"


def test_the_form_shows_whose_entry_may_be_meant_while_it_is_filled_in(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    client = client_of("stranger")
    assert 'id="same-person" aria-live="polite"></div>' in client.get("/en/contribute").text
    key = {"form_key": new_identifier(), "revision": ""}
    kept = client.send("/en/contribute", {**key, "surname": "Vereshchagina", "action": "keep"}).json
    assert kept is not None
    assert kept["alike"].strip() == "", "half a name is nothing to go by"
    name = {"surname": "Vereshchagina", "given_name": "Anna", "birth_date": "1915"}
    kept = client.send(kept["address"], {**name, "revision": kept["revision"], "action": "keep"}).json
    assert kept is not None
    form = client.get(kept["address"])
    for text in (kept["alike"], form.text):
        assert "Is one of these your relative?" in text
        assert f"/people/{entry}/" in text
    assert form.text.index('value="save"') < form.text.index('value="same"') < form.text.index('id="field-fate"')
    answered = client.send(kept["address"], {**name, "birth_place": "Tula", "action": "same"})
    assert answered.location == f"{kept['address']}/same-person"
    assert typed_about(app, kept["address"].rsplit("/", 1)[1])["birth_place"] == "Tula", "what is typed is saved first"
    client.send(answered.location, {f"same-{entry}": "different"})
    assert "Is one of these" not in client.get(kept["address"]).text
    assert "Is one of these" not in client.get(f"{kept['address']}/life").text


def test_the_sender_learns_of_nothing_unpublished_and_the_moderator_does(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    first = send_in(app, accounts.contributor)
    draft = begin(app, accounts.stranger, form=filled_in({"surname": "Черновик"}))
    client = client_of("stranger")
    case = begin(app, accounts.stranger)
    assert client.send(f"/en/contribute/{case}", FORM).location == f"/en/my/{case}?said=sent"
    page = client_of("moderator").get(f"/en/moderate/{case}").text
    assert "May have been sent as well" in page
    assert f"another sender, number {first}" in page
    assert draft not in page
    for reader in ("stranger", "contributor"):
        mine = case if reader == "stranger" else first
        assert "sent as well" not in client_of(reader).get(f"/en/my/{mine}").text


def test_what_is_done_with_is_not_found_among_what_was_sent(app: Portal, accounts: Accounts) -> None:
    case, other = send_in(app, accounts.contributor), send_in(app, accounts.stranger)
    draft = begin(app, accounts.stranger)
    assert sent_like(app, case) == [other]
    with work(app):
        withdraw(other, accounts.stranger.actor)
    assert sent_like(app, case) == []
    published = publish(app, accounts.stranger, accounts.moderator)
    assert sent_like(app, case) == []
    with app.app_context():
        keyed = set(db.session.scalars(select(ContributionNamesake.contribution_id)))
        assert keyed == {case}
        assert draft not in keyed
        assert published in set(db.session.scalars(select(ParticipantNamesake.participant_id)))


def sent_like(app: Portal, identifier: str) -> list[str]:
    with app.app_context():
        return [other.id for other in also_sent(db.session.get_one(Contribution, identifier))]


def test_names_that_are_older_than_the_keys_are_keyed_afterwards(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    case = send_in(app, accounts.stranger)
    with work(app):
        db.session.execute(delete(ParticipantNamesake))
        db.session.execute(delete(ContributionNamesake))
        db.session.execute(update(Participant).values(keyed_at=None))
    facts = {"surname": "Верещагина", "given_name": "Анна", "birth_date": "1915"}
    assert found(app, facts) == []
    for keyed in (2, 0):
        with app.app_context():
            assert sum(key_names_in_steps()) == keyed
        assert found(app, facts) == [entry]
    with app.app_context():
        assert db.session.scalar(select(ContributionNamesake.contribution_id)) == case
        assert db.session.scalar(select(func.count()).where(Participant.keyed_at.is_(None))) == 0


def test_nobody_answers_for_another(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    draft = begin(app, accounts.stranger)
    client = client_of("contributor")
    question = f"/en/contribute/{draft}/same-person"
    assert client.get(question).status_code == 404
    assert client.send(question, {f"same-{entry}": "same"}).status_code == 404
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SamePerson)) == 0
        assert db.session.get_one(Contribution, draft).about_id is None


def test_an_answer_to_what_was_not_asked_is_left_aside(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    publish(app, accounts.contributor, accounts.moderator)
    other = publish(app, accounts.contributor, accounts.moderator, form=filled_in({"surname": "Тян"}))
    draft = begin(app, accounts.stranger)
    question = f"/en/contribute/{draft}/same-person?then=send"
    answer = client_of("stranger").send(question, {f"same-{other}": Verdict.SAME.value})
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.get_one(Contribution, draft).about_id is None
