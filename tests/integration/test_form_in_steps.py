"""The form in steps: each is kept by itself, dates are shown as understood before they count, nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.parked import KEPT, MOST, ParkedForm, forget_old_forms, park
from memory_road.db import db, now
from memory_road.web.edge import Portal
from tests.application import TYPED, Accounts, Browser, Sample, begin, filled_in, signed_in, work

ClientOf = Callable[[str], Browser]
ENOUGH = {**TYPED, "none_survives": "yes", "permission": "yes"}
ADDRESS = re.compile(r'href="(/en/contribute/parked/[0-9a-z]{9})"')
TICKET = re.compile(r'name="ticket" value="([^"]+)"')


def draft_of(app: Portal, identifier: str) -> Contribution:
    with app.app_context():
        return db.session.get_one(Contribution, identifier)


def test_a_step_keeps_what_it_asks_and_leaves_the_rest(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client, identifier = (
        client_of("contributor"),
        begin(app, accounts.contributor, form=filled_in({"unit": "1-й полк"})),
    )
    answer = client.send(f"/en/contribute/{identifier}/life", {"birth_place": "Омск", "action": "next"})
    assert answer.location == f"/en/contribute/{identifier}/service?said=saved"
    kept = draft_of(app, identifier)
    assert kept.typed["birth_place"] == "Омск"
    assert kept.typed["unit"] == "1-й полк"
    assert (kept.none_survives, kept.named, kept.permitted_at is not None) == (True, True, True)
    client.send(f"/en/contribute/{identifier}/life", {"birth_place": "", "action": "save"})
    assert "birth_place" not in draft_of(app, identifier).typed, "what is taken out is gone"


def test_a_step_that_does_not_exist_is_not_there(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client, identifier = client_of("contributor"), begin(app, accounts.contributor)
    assert client.get(f"/en/contribute/{identifier}/nonsense").status_code == 404
    assert client_of("stranger").get(f"/en/contribute/{identifier}/life").status_code == 404


def test_every_step_leads_to_the_next_and_the_last_to_the_preview(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    client, identifier = client_of("contributor"), begin(app, accounts.contributor)
    address, seen = f"/en/contribute/{identifier}", list[str]()
    while "/contribute/" in address:
        address = client.send(address.split("?", maxsplit=1)[0], {**ENOUGH, "action": "next"}).location
        seen.append(address.split("?")[0].rsplit("/", 1)[-1])
    assert seen == ["life", "service", "work", "awards", "burial", "pictures", "story", "preview"]


def test_a_button_of_the_list_leads_to_its_step_and_saves_first(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    client, identifier = client_of("contributor"), begin(app, accounts.contributor)
    answer = client.send(
        f"/en/contribute/{identifier}/story", {"biography": "Она выносила раненых.", "action": "go:awards"}
    )
    assert answer.location == f"/en/contribute/{identifier}/awards"
    assert draft_of(app, identifier).typed["biography"] == "Она выносила раненых."


def test_a_date_that_is_not_understood_is_said_before_one_goes_on(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    client, identifier = client_of("contributor"), begin(app, accounts.contributor)
    answer = client.send(f"/en/contribute/{identifier}/life", {"death_date": "on Wednesday", "action": "next"})
    assert answer.status_code == 422
    assert 'id="death_date-error"' in answer.text
    assert 'value="on Wednesday"' in answer.text
    assert 'id="death_date-error"' in client.get(f"/en/contribute/{identifier}/life").text
    assert 'id="summary"' not in client.get(f"/en/contribute/{identifier}").text, "another page is not troubled"


def test_what_had_to_be_understood_is_shown_before_it_is_sent(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    client = client_of("contributor")
    answer = client.send("/en/contribute", {**ENOUGH, "birth_date": "12.05.1915", "action": "submit"})
    assert answer.status_code == 200
    assert "How we understood the dates" in answer.text
    assert "12 May 1915" in answer.text
    assert "you wrote: 12.05.1915" in answer.text
    with app.app_context():
        identifier = db.session.scalars(select(Contribution.id)).one()
    assert draft_of(app, identifier).state == "draft"
    seen = {"understood": "birth_date=1915-05-12"}
    assert client.send(f"/en/contribute/{identifier}/submit", seen).location == f"/en/my/{identifier}?said=sent"


def test_what_was_typed_as_we_say_it_needs_no_second_look(client_of: ClientOf) -> None:
    for typed in ("12 May 1915", "12 мая 1915", "About 1915", "spring 1915"):
        answer = client_of("contributor").send("/en/contribute", {**ENOUGH, "birth_date": typed, "action": "submit"})
        assert "said=sent" in (answer.location or ""), typed


def test_a_page_that_said_a_date_counts_only_while_it_stays_the_same(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    client, identifier = client_of("contributor"), begin(app, accounts.contributor)
    form = {**ENOUGH, "birth_date": "13.05.1915", "understood": "birth_date=1915-05-12", "action": "submit"}
    assert "How we understood the dates" in client.send(f"/en/contribute/{identifier}", form).text


def test_a_mistake_on_another_step_is_linked_from_where_one_stands(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    form = filled_in({"death_date": "in the war"}, language="en")
    client, identifier = client_of("contributor"), begin(app, accounts.contributor, form=form)
    answer = client.send(f"/en/contribute/{identifier}", {**ENOUGH, "surname": "", "action": "submit"})
    assert answer.status_code == 422
    assert 'href="#surname"' in answer.text
    assert f'href="/en/contribute/{identifier}/life#death_date"' in answer.text


def test_the_living_in_pictures_are_asked_for(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    client, identifier = client_of("contributor"), begin(app, accounts.contributor, portrait)
    form = {**ENOUGH, "living_faces": "yes", "action": "submit"}
    answer = client.send(f"/ru/contribute/{identifier}", form)
    assert answer.status_code == 422
    assert 'href="#faces_consent"' in answer.text
    sent = client.send(f"/ru/contribute/{identifier}", {**form, "faces_consent": "yes"})
    assert sent.location == f"/ru/my/{identifier}?said=sent"
    assert draft_of(app, identifier).faces_consent


def test_the_page_keeps_by_itself_and_says_what_it_understood(client_of: ClientOf) -> None:
    client = client_of("contributor")
    form = {"surname": "Орлов", "birth_date": "12.05.1915", "form_key": "k", "action": "keep"}
    first = client.send("/en/contribute", form)
    assert first.status_code == 200
    assert first.json is not None
    assert first.json["understood"]["birth_date"]["words"] == "We understood: 12 May 1915"
    address, revision = first.json["address"], first.json["revision"]
    again = client.send(address, {**form, "birth_date": "on Wednesday", "revision": revision})
    assert again.json is not None
    assert "birth_date" in again.json["wrong"]
    assert client.send(address, {**form, "revision": revision}).status_code == 409, "another window was quicker"


def test_a_draft_opened_in_another_language_keeps_its_dates(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    form = filled_in({"death_date": "осень 1943"}, language="ru")
    client, identifier = client_of("contributor"), begin(app, accounts.contributor, form=form)
    assert 'value="autumn 1943"' in client.get(f"/en/contribute/{identifier}/life").text
    client.send(f"/en/contribute/{identifier}", {**ENOUGH, "action": "save"})
    kept = draft_of(app, identifier)
    assert (kept.language, kept.typed["death_date"]) == ("en", "autumn 1943")


def test_a_source_names_the_facts_that_it_confirms(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client, identifier = client_of("contributor"), begin(app, accounts.contributor)
    source = {"references-0-archive": "ЦАМО", "references-0-supports": ["birth_date", "fate", "свои слова"]}
    client.send(f"/en/contribute/{identifier}/story", {**source, "action": "save"})
    assert draft_of(app, identifier).typed["references"][0]["supports"] == "birth_date,fate,свои слова"
    page = client.get(f"/en/contribute/{identifier}/story").text
    for chosen in ("birth_date", "fate", "свои слова"):
        assert re.search(rf'name="references-0-supports" value="{chosen}"[^>]* checked', page), chosen
    preview = re.sub(r"<[^>]+>", "", client.get(f"/en/my/{identifier}/preview").text)
    assert "confirms: Date of birth, Fate, свои слова" in preview


# --- a session that ends meanwhile ---


def ticket_in(client: Browser) -> str:
    found = TICKET.search(client.get("/en/contribute").text)
    assert found is not None
    return found[1]


def test_what_was_sent_after_the_session_had_ended_waits_for_its_sender(app: Portal, accounts: Accounts) -> None:
    identifier = begin(app, accounts.contributor)
    ticket = ticket_in(signed_in(app, accounts.contributor))
    form = {"ticket": ticket, "biography": "Целый вечер", "revision": "1", "action": "next", "csrf_token": "old"}
    answer = signed_in(app, None).post(f"/en/contribute/{identifier}/story", data=form)
    assert answer.status_code == 401
    found = ADDRESS.search(answer.text)
    assert found is not None
    assert "Целый вечер" not in answer.text, "whoever sits there now does not see it"
    address = found[1]
    assert signed_in(app, None).get(address).status_code == 302
    assert signed_in(app, accounts.stranger).get(address).status_code == 404
    client = signed_in(app, accounts.contributor)
    page = client.get(address).text
    assert "Целый вечер" in page
    assert "biography" not in draft_of(app, identifier).typed, "it is kept when its sender says so"
    parked = address.rsplit("/", 1)[-1]
    client.send(f"/en/contribute/{identifier}/story", {"biography": "Целый вечер", "parked": parked, "action": "save"})
    assert draft_of(app, identifier).typed["biography"] == "Целый вечер"
    assert client.get(address).status_code == 404, "it is no longer needed"


def test_an_old_token_loses_nothing_either(app: Portal, accounts: Accounts) -> None:
    client = signed_in(app, accounts.contributor)
    form = {**ENOUGH, "ticket": ticket_in(client), "form_key": "k", "csrf_token": "of another sign-in"}
    answer = client.post("/en/contribute", data=form)
    found = ADDRESS.search(answer.text)
    assert found is not None
    page = client.get(found[1]).text
    assert 'value="Верещагина"' in page
    assert 'name="form_key" value="k"' in page


def test_what_one_person_typed_is_never_kept_as_anothers(app: Portal, accounts: Accounts) -> None:
    ticket = ticket_in(signed_in(app, accounts.contributor))
    other = signed_in(app, accounts.stranger)
    form = {**ENOUGH, "ticket": ticket, "form_key": "k"}
    assert other.send("/en/contribute", {**form, "action": "keep"}).status_code == 401
    answer = other.send("/en/contribute", {**form, "action": "save"})
    found = ADDRESS.search(answer.text)
    assert found is not None
    with app.app_context():
        assert db.session.scalars(select(Contribution)).all() == []
    assert other.get(found[1]).status_code == 404
    assert 'value="Верещагина"' in signed_in(app, accounts.contributor).get(found[1]).text


def test_the_first_page_found_again_writes_over_nothing(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    first = client.send("/en/contribute", {**ENOUGH, "form_key": "k", "action": "save"})
    address = first.location.split("?")[0]
    client.send(address, {**ENOUGH, "patronymic": "Ивановна", "revision": "1", "action": "save"})
    again = client.send("/en/contribute", {**ENOUGH, "form_key": "k", "action": "save"})
    assert again.status_code == 409
    assert "changed in another window" in again.text
    assert draft_of(app, address.rsplit("/", 1)[-1]).typed["patronymic"] == "Ивановна"


def test_a_name_that_is_still_being_typed_begins_one_draft(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    for typed in ("Ива", "Иванов"):
        client.send("/en/contribute", {"surname": typed, "form_key": "k", "action": "keep"})
    with app.app_context():
        assert db.session.scalars(select(Contribution)).one().typed["surname"] == "Иванов"


def test_no_more_than_the_newest_forms_are_put_aside(app: Portal, accounts: Accounts) -> None:
    with work(app):
        for number in range(MOST + 3):
            park(accounts.contributor.actor.id, f"/en/contribute/{number}", [])
    with app.app_context():
        kept = db.session.scalars(select(ParkedForm.address)).all()
        assert sorted(kept) == sorted(f"/en/contribute/{number}" for number in range(3, MOST + 3))


def test_what_no_keyboard_makes_is_not_parked(app: Portal, accounts: Accounts) -> None:
    ticket = ticket_in(signed_in(app, accounts.contributor))
    form = {**ENOUGH, "ticket": ticket, "birth_place": "\x00", "\x00": "x"}
    assert signed_in(app, None).post("/en/contribute", data=form).status_code == 401
    with app.app_context():
        (kept,) = db.session.scalars(select(ParkedForm.fields))
        names = [name for name, _ in kept]
        assert "surname" in names
        assert "birth_place" not in names


def test_a_forged_ticket_parks_nothing(app: Portal, accounts: Accounts) -> None:
    for ticket in ("", "1", "MQ.forged", ticket_in(signed_in(app, accounts.contributor)) + "x"):
        answer = signed_in(app, None).post("/en/contribute", data={**ENOUGH, "ticket": ticket})
        assert answer.status_code == 401
        assert ADDRESS.search(answer.text) is None
    with app.app_context():
        assert db.session.scalars(select(ParkedForm)).all() == []


def test_what_nobody_comes_back_for_is_forgotten(app: Portal, accounts: Accounts) -> None:
    with work(app):
        for age in (timedelta(0), KEPT + timedelta(hours=1)):
            db.session.add(
                ParkedForm(
                    account_id=accounts.contributor.actor.id,
                    address="/en/contribute",
                    fields=[],
                    created_at=now() - age,
                )
            )
    with work(app):
        assert forget_old_forms() == 1
