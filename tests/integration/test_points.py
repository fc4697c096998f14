"""Points on the map: typed as families copy them, understood, published where nobody living is exposed, corrected."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

import pytest
from werkzeug.test import TestResponse

from memory_road.archive.participant import Participant
from memory_road.contributions.contribution import Contribution
from memory_road.db import db
from memory_road.web.edge import Portal
from tests.application import (
    TYPED,
    Accounts,
    Browser,
    begin,
    decide,
    filled_in,
    publish,
    send_correction,
    send_in,
)

ClientOf = Callable[[str], Browser]
YANDEX = "https://yandex.ru/maps/?ll=37.6173%2C55.7558&z=15"
MOSCOW = "55.7558, 37.6173"
GEO = 'href="geo:55.7558,37.6173"'
OPENSTREETMAP = "https://www.openstreetmap.org/?mlat=55.7558&mlon=37.6173#map=14/55.7558/37.6173"
LINK = re.compile(r'<a href="(https://www\.openstreetmap\.org/[^"]+)" rel="([^"]+)">')
LOADS = re.compile(r"(?:src|srcset|action|data-[\w-]+)=\"(?:https?:)?//")
LEFT_OUT = "Coordinates are published only if the answer says that the person is not living."


def typed_in(app: Portal, identifier: str) -> Mapping[str, Any]:
    with app.app_context():
        return db.session.get_one(Contribution, identifier).typed


def facts_of(app: Portal, entry: str) -> Mapping[str, Any]:
    with app.app_context():
        return db.session.get_one(Participant, entry).facts


def links(page: TestResponse) -> list[tuple[str, str]]:
    return [(unescape(address), rel) for address, rel in LINK.findall(page.text)]


def field(page: TestResponse, name: str) -> str:
    """The part of the form that asks for one fact."""
    found = re.search(
        rf'<details class="beside"[^>]*>(?:(?!</details>).)*id="{name}".*?</details>', page.text, re.DOTALL
    )
    assert found is not None, f"{name} is not asked for"
    return unescape(found[0])


# --- the form --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "names"), [("life", ["birth_point", "death_point"]), ("burial", ["burial_point"])])
def test_it_is_asked_folded_beside_its_place(
    app: Portal, accounts: Accounts, client_of: ClientOf, step: str, names: list[str]
) -> None:
    identifier, client = begin(app, accounts.contributor), client_of("contributor")
    page = client.get(f"/en/contribute/{identifier}/{step}")
    for name in names:
        asked = field(page, name)
        assert "Coordinates, if you know them" in asked
        assert not asked.startswith('<details class="beside" open')
    assert "_point" not in client.get(f"/en/contribute/{identifier}").text, "the short way is as short as before"
    assert "_point" not in client.get(f"/en/contribute/{identifier}/story").text, "no source is asked about it"


def test_the_address_of_a_map_is_kept_as_typed_and_said_as_understood(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    identifier, client = begin(app, accounts.contributor), client_of("contributor")
    answer = client.send(f"/en/contribute/{identifier}/life", {"birth_point": YANDEX, "action": "save"})
    assert typed_in(app, identifier)["birth_point"] == YANDEX
    asked = field(client.get(answer.location), "birth_point")
    assert asked.startswith('<details class="beside" open'), "what is told stands open"
    assert f'value="{YANDEX}"' in asked
    assert f"We understood: {MOSCOW}" in asked


def test_the_page_says_what_it_understood_while_one_types(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    identifier, client = begin(app, accounts.contributor), client_of("contributor")
    told = {"birth_point": "55°45\u203221\u2033 с. ш. 37°37\u203204\u2033 в. д.", "death_point": "за рекой"}
    answer = client.send(f"/en/contribute/{identifier}/life", {**told, "action": "keep"}).json
    assert answer is not None
    assert answer["understood"]["birth_point"]["words"] == "We understood: 55.7558, 37.6178"
    assert list(answer["wrong"]) == ["death_point"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("за рекой", "We did not understand these coordinates."),
        ("155.7, 37.6", "There is no such place on Earth"),
        ("0.0, 0.0", "there is nothing but sea"),
        ("https://maps.app.goo.gl/AbCdEf", "This address holds no coordinates"),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_typed_is_lost(
    app: Portal, accounts: Accounts, client_of: ClientOf, typed: str, sentence: str
) -> None:
    identifier, client = begin(app, accounts.contributor), client_of("contributor")
    told = {"burial_place": "Старое кладбище", "burial_point": typed, "action": "submit"}
    answer = client.send(f"/en/contribute/{identifier}/burial", told)
    assert answer.status_code == 422
    asked = field(answer, "burial_point")
    assert sentence in asked
    assert f'value="{typed}"' in asked
    assert 'value="Старое кладбище"' in answer.text
    assert re.search(r'<a href="[^"]*#burial_point">Coordinates of the place of burial: ', answer.text)


# --- what becomes of it ----------------------------------------------------------------------------------------------


def test_it_goes_the_whole_way_to_the_entry(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    told = {"birth_place": "Москва", "birth_country": "RU", "birth_point": YANDEX, "burial_point": "53°54′N 27°34′E"}
    identifier = send_in(app, accounts.contributor, form=filled_in(told))
    preview = client_of("contributor").get(f"/en/my/{identifier}/preview")
    desk = client_of("moderator").get(f"/en/moderate/{identifier}")
    receipt = client_of("contributor").get(f"/en/my/{identifier}/receipt")
    for page in (preview, desk, receipt):
        assert GEO in page.text
        assert (OPENSTREETMAP, "nofollow noopener noreferrer") in links(page)
    entry = decide(app, identifier, accounts.moderator)
    facts = facts_of(app, entry)
    assert (facts["birth_point"], facts["burial_point"]) == (MOSCOW, "53.9, 27.5667")
    page = client_of("visitor").get(f"/en/people/{entry}", follow_redirects=True)
    assert GEO in page.text
    assert next(address for address, _ in links(page)) == OPENSTREETMAP
    assert "Buried" in page.text, "a grave is told of though only its point is known"
    assert not LOADS.search(page.text), "no map is loaded before somebody follows the link"
    assert "openstreetmap" not in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("living", ["yes", "not_known"])
def test_of_somebody_who_may_be_living_it_is_left_out(
    app: Portal, accounts: Accounts, client_of: ClientOf, living: str
) -> None:
    told = {**TYPED, "living": living, "birth_place": "Москва", "birth_point": MOSCOW}
    identifier = send_in(app, accounts.contributor, form=filled_in(told, living_consent=True))
    for page in (
        client_of("contributor").get(f"/en/my/{identifier}/preview"),
        client_of("moderator").get(f"/en/moderate/{identifier}"),
    ):
        assert "Москва" in page.text
        assert "geo:" not in page.text
    assert LEFT_OUT in page.text, "the moderator learns why"
    entry = decide(app, identifier, accounts.moderator)
    assert "birth_point" not in facts_of(app, entry)
    assert "37.6173" not in client_of("visitor").get(f"/en/people/{entry}", follow_redirects=True).text


def test_the_sender_is_told_before_sending_that_it_is_left_out(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    told = {**TYPED, "living": "not_known", "birth_point": MOSCOW}
    identifier = begin(app, accounts.contributor, form=filled_in(told))
    assert LEFT_OUT in client_of("contributor").get(f"/en/my/{identifier}/preview").text


def test_numbers_in_the_wrong_order_are_noticed(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    told = {"birth_country": "RU", "birth_point": "37.6173, 55.7558"}
    identifier = send_in(app, accounts.contributor, form=filled_in(told))
    said = "The coordinates of the place of birth lie outside the country that is named."
    assert said in client_of("moderator").get(f"/en/moderate/{identifier}").text


# --- corrections -----------------------------------------------------------------------------------------------------


def test_a_correction_shows_and_changes_it(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    form = filled_in({"birth_point": "55.7, 37.6"})
    entry = publish(app, accounts.contributor, accounts.moderator, form=form)
    identifier = send_correction(app, accounts.stranger, entry, typed={"birth_point": YANDEX})
    for page in (
        client_of("stranger").get(f"/en/my/{identifier}/preview"),
        client_of("moderator").get(f"/en/moderate/{identifier}"),
    ):
        change = re.search(r'<h3 id="change-birth_point">.*?</div>\s*<div class="new">.*?</div>', page.text, re.DOTALL)
        assert change is not None
        assert re.findall(r"<p>([^<]*)</p>", change[0]) == ["55.7, 37.6", MOSCOW]
    decide(app, identifier, accounts.second_moderator)
    assert facts_of(app, entry)["birth_point"] == MOSCOW


def test_a_correction_begins_with_it_and_changes_nothing_by_itself(
    app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in({"burial_point": "53°54′N 27°34′E"}))
    identifier = send_correction(app, accounts.stranger, entry, typed={"rank": "сержант"})
    assert typed_in(app, identifier)["burial_point"] == "53.9, 27.5667"
    assert "change-burial_point" not in client_of("moderator").get(f"/en/moderate/{identifier}").text


def test_a_correction_that_finds_somebody_living_takes_it_away(app: Portal, accounts: Accounts) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in({"birth_point": MOSCOW}))
    told = {"living": "yes"}
    identifier = send_correction(app, accounts.stranger, entry, typed=told, living_consent=True)
    decide(app, identifier, accounts.second_moderator)
    assert "birth_point" not in facts_of(app, entry)
