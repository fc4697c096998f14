"""The relative's pages: the form keeps everything, says what to mend, and leads from a draft to the moderators."""

import io
import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db
from memory_road.web.edge import Portal
from tests.application import TYPED, Accounts, Browser, Sample, begin, csrf, filled_in, jpeg, send_in

ClientOf = Callable[[str], Browser]
FORM: Mapping[str, Any] = {**TYPED, "none_survives": "yes", "permission": "yes", "form_key": "key of the form"}
VALUES = re.compile(r'<input id="([\w-]+)" name="\1" type="text" value="([^"]*)"')


def picture(seed: int = 0, name: str = "IMG_0001.JPG") -> tuple[io.BytesIO, str]:
    return io.BytesIO(jpeg(seed)), name


def values(page: TestResponse) -> dict[str, str]:
    """What stands in the text inputs of a form."""
    return {name: unescape(value) for name, value in VALUES.findall(page.text)}


def understood(page: TestResponse) -> dict[str, str]:
    """What is said of the dates in a form."""
    return dict(re.findall(r'<span class="understood" id="([\w-]+)-understood">([^<]*)<', page.text))


def only(app: Portal) -> Contribution:
    with app.app_context():
        found = db.session.execute(select(Contribution)).scalar_one()
        assert found.photographs is not None
        return found


def identifier_in(answer: TestResponse) -> str:
    found = re.search(r"/contribute/([0-9a-z]{9})", answer.location or answer.text)
    assert found is not None
    return found[1]


def test_opening_the_form_keeps_nothing(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    first, second = client.get("/en/contribute"), client.get("/en/contribute")
    assert first.status_code == 200
    keys = [re.findall(r'name="form_key" value="([^"]+)"', page.text)[0] for page in (first, second)]
    assert keys[0] != keys[1]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == 0


def test_from_the_empty_form_to_the_moderators(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    saved = client.send("/ru/contribute", {**FORM, "action": "save"})
    assert saved.status_code == 303
    identifier = identifier_in(saved)
    assert saved.location == f"/ru/contribute/{identifier}?said=saved"
    page = client.get(saved.location)
    assert values(page)["surname"] == "Верещагина"
    assert understood(page)["birth_date"].endswith(": 12 мая 1915")

    previewed = client.send(f"/ru/contribute/{identifier}", {**FORM, "patronymic": "Ивановна", "action": "preview"})
    assert previewed.location == f"/ru/my/{identifier}/preview"
    page = client.get(previewed.location)
    assert "Анна Ивановна" in page.text
    assert f'action="/ru/contribute/{identifier}/submit"' in page.text
    sent = client.send(f"/ru/contribute/{identifier}/submit")
    assert (sent.status_code, sent.location) == (303, f"/ru/my/{identifier}?said=sent")
    page = client.get(sent.location)
    assert "Отправлено" in page.text
    assert identifier in client.get("/ru/my/contributions").text
    assert only(app).state == "submitted"
    again = client.send(f"/ru/contribute/{identifier}/submit")
    assert (again.status_code, again.location) == (303, f"/ru/my/{identifier}")
    kept = client.send(f"/ru/contribute/{identifier}", {**FORM, "surname": "Тян"})
    assert (kept.status_code, kept.location) == (303, f"/ru/my/{identifier}?said=sent_before")
    assert only(app).typed["surname"] == "Верещагина"


def test_what_is_missing_is_said_and_everything_else_is_kept(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    typed = {
        "surname": 'Тян <b>&</b> "Ко"',
        "given_name": "",
        "birth_date": "в среду",
        "birth_country": "KZ",
        "sex": "female",
        "categories": ["press", "soldier"],
        "living": "no",
        "biography": "Первая строка\r\n<script>alert(1)</script>",
        "rank": "Сержант",
        "awards-0-award": "Орден",
        "awards-0-date": "вчера",
        "awards-1-award": "Медаль",
        "kin-0-name": "Вера",
        "relationship": "grandchild",
        "named": "yes",
        "form_key": "k",
        "action": "submit",
        "photos": [picture(1), picture(2, "Дед в 1943.jpg")],
    }
    page = client.send("/en/contribute", typed)
    assert page.status_code == 422
    identifier = identifier_in(page)
    steps = {name: client.get(f"/en/contribute/{identifier}/{name}") for name in ("life", "service", "awards", "story")}
    linked = re.findall(r'<li><a href="([\w/]*)#([\w-]+)">', page.text)
    assert [name for _, name in linked] == ["given_name", "birth_date", "fate", "awards-0-date", "permission"]
    for address, name in linked:
        where = client.get(address) if address else page
        assert f'id="{name}"' in where.text, f"the summary leads to {name}"
    assert '<label for="given_name">' in page.text
    assert 'id="given_name-error"' in page.text
    shown = {name: value for each in (page, *steps.values()) for name, value in values(each).items()}
    assert shown["surname"] == typed["surname"]
    assert (shown["birth_date"], shown["rank"]) == ("в среду", "Сержант")
    assert (shown["awards-0-award"], shown["awards-0-date"], shown["awards-1-award"]) == ("Орден", "вчера", "Медаль")
    assert shown["kin-0-name"] == "Вера"
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in steps["story"].text
    assert "<script>alert" not in steps["story"].text
    assert 'value="KZ" selected' in steps["life"].text
    assert 'value="grandchild" selected' in page.text
    for ticked, where in (("press", page), ("soldier", page), ("female", steps["life"]), ("no", page)):
        assert re.search(rf'value="{ticked}"[^>]* checked', where.text), ticked
    assert re.search(r'id="named" name="named" value="yes" checked', page.text)
    assert "IMG_0001.JPG" in page.text
    assert "Дед в 1943.jpg" in page.text
    assert [kept.kind for kept in only(app).photographs] == ["portrait", "photograph"]

    again = client.get(f"/en/contribute/{identifier}")
    assert values(again) == values(page)
    assert "Дед в 1943.jpg" in again.text


def test_the_words_of_a_picture_are_kept(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    identifier = begin(app, accounts.contributor, portrait)
    (photograph,) = only(app).photographs
    client = client_of("contributor")
    said = {
        f"photograph-{photograph.id}-kind": "document",
        f"photograph-{photograph.id}-caption": "Билет",
        f"photograph-{photograph.id}-taken": "около 1938",
        f"photograph-{photograph.id}-place": "Омск",
        f"photograph-{photograph.id}-credit": "Семья",
        f"photograph-{photograph.id}-enhanced": "yes",
        "photograph-zzzzzzzzz-caption": "чужая",
        "photograph-": "",
        "photograph-a-b-c": "",
    }
    client.send(f"/ru/contribute/{identifier}", {**FORM, **said})
    with app.app_context():
        kept = db.session.execute(select(ContributionPhotograph)).scalar_one()
        assert (kept.kind, kept.caption, kept.taken) == ("document", "Билет", "около 1938")
        assert (kept.taken_place, kept.credit, kept.enhanced) == ("Омск", "Семья", True)
    page = client.get(f"/ru/contribute/{identifier}")
    assert understood(page)[f"photograph-{photograph.id}-taken"].endswith(": около 1938")
    assert values(page)[f"photograph-{photograph.id}-place"] == "Омск"


def test_a_row_is_added_and_a_picture_taken_away_without_losing_a_word(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf
) -> None:
    identifier = begin(app, accounts.contributor, portrait)
    (photograph,) = only(app).photographs
    client = client_of("contributor")
    page = client.send(f"/en/contribute/{identifier}/awards", {"awards-0-award": "Орден", "action": "add:awards"})
    assert page.status_code == 200
    assert {"awards-0-award", "awards-1-award"} <= values(page).keys()
    assert values(page)["awards-0-award"] == "Орден"
    typed = {**FORM, "surname": "Тян"}
    page = client.send(f"/en/contribute/{identifier}", {**typed, "action": f"remove:{photograph.id}"})
    assert page.status_code == 200
    assert photograph.id not in page.text
    assert values(page)["surname"] == "Тян"
    assert values(client.get(f"/en/contribute/{identifier}/awards"))["awards-0-award"] == "Орден"
    assert only(app).photographs == []
    for action in ("remove:nothing", "add:nothing", "add:surname", "remove:", "nonsense", ""):
        assert client.send(f"/en/contribute/{identifier}", {**typed, "action": action}).status_code in {200, 303}


def test_one_form_sent_twice_begins_one_draft(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    first, second = (client.send("/en/contribute", {**FORM, "action": "save"}) for _ in range(2))
    assert first.location == second.location
    assert only(app).state == "draft"


def test_a_second_click_on_send_leads_to_where_it_stands(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    first, second = (client.send("/en/contribute", {**FORM, "action": "submit"}) for _ in range(2))
    assert first.status_code == 303
    assert second.status_code in {302, 303}, "what was sent is no error to the one who sent it"
    assert only(app).state == "submitted"


def test_the_sender_withdraws(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier = send_in(app, accounts.contributor)
    client = client_of("contributor")
    answer = client.send(f"/en/my/{identifier}/withdraw")
    assert answer.location == f"/en/my/{identifier}?said=withdrawn"
    assert "Withdrawn" in client.get(answer.location).text
    assert client.send(f"/en/my/{identifier}/withdraw").status_code == 409


def test_what_is_empty_says_so(client_of: ClientOf) -> None:
    assert "You have not sent anything yet." in client_of("contributor").get("/en/my/contributions").text


def test_a_form_without_its_token_is_refused_with_a_sentence(client_of: ClientOf) -> None:
    client = client_of("contributor")
    for token in (
        {},
        {"csrf_token": ""},
        {"csrf_token": "nonsense"},
        {"csrf_token": csrf(client_of("stranger").get("/en/account/profile"))},
    ):
        answer = client.post("/en/contribute", data={**FORM, **token})
        assert answer.status_code == 400
        assert "This form is too old" in answer.text


def test_every_form_of_a_signed_in_page_has_its_token(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier = begin(app, accounts.contributor)
    client = client_of("contributor")
    for address in (
        "contribute",
        f"contribute/{identifier}",
        f"my/{identifier}",
        f"my/{identifier}/preview",
        "account/profile",
    ):
        page = client.get(f"/en/{address}").text
        posted = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
        assert posted
        assert all('name="csrf_token"' in form for form in posted), address


def test_a_preview_shows_only_what_was_understood(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier = begin(app, accounts.contributor, form=filled_in({"birth_date": "в среду"}))
    page = client_of("contributor").get(f"/en/my/{identifier}/preview")
    assert page.status_code == 200
    assert "в среду" not in page.text
    assert f"/contribute/{identifier}/submit" not in page.text, "what cannot be sent has no button for it"


def test_a_draft_of_nothing_can_be_kept_and_shown(app: Portal, client_of: ClientOf) -> None:
    client = client_of("contributor")
    answer = client.send("/en/contribute", {"action": "save"})
    identifier = identifier_in(answer)
    for address in (answer.location, f"/en/my/{identifier}", f"/en/my/{identifier}/preview", "/en/my/contributions"):
        assert client.get(address).status_code == 200
