"""What crawlers are told: which pages are for them, and every published entry in every language, however many."""

import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree.ElementTree import Element, fromstring

import pytest
from sqlalchemy import delete, insert

from memory_road.accounts.permissions import Audience
from memory_road.archive import listing
from memory_road.archive.listing import DEEPEST, depth, part
from memory_road.archive.participant import Participant
from memory_road.db import db
from memory_road.identifier import BITS, numbered
from memory_road.web.audience import audience_of
from memory_road.web.edge import Portal
from memory_road.web.gallery.sitemap import CLOSED
from tests.application import Accounts, Browser, publish, work
from tests.prepared import FORM, gone_entries

ClientOf = Callable[[str], Browser]
SITE = "http://127.0.0.1:8000"
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
CHANGED = datetime(2026, 5, 9, 12, 30, 15, tzinfo=UTC)


def read(client: Browser, address: str) -> Element:
    answer = client.get(address.removeprefix(SITE))
    assert (answer.status_code, answer.mimetype) == (200, "application/xml"), address
    return fromstring(answer.data)  # noqa: S314 -- our own


def locations(document: Element) -> list[str]:
    return [found.text or "" for found in document.findall("*/s:loc", NS)]


def fill(app: Portal, identifiers: Iterable[str]) -> None:
    same = {"language": "ru", "contributor_name": "", "contributor_relationship": ""}
    facts = {"surname": "Иванов", "given_name": "Пётр", "patronymic": "Ильич", "biography": "Долгий рассказ."}
    rows: list[dict[str, Any]] = [
        {"id": each, "facts": facts, "published_at": CHANGED - timedelta(days=9), "updated_at": CHANGED, **same}
        for each in identifiers
    ]
    with work(app):
        db.session.execute(delete(Participant))
        db.session.execute(insert(Participant), rows)


def spread(number: int) -> list[str]:
    draw = random.Random(7)
    return [numbered(each) for each in draw.sample(range(2**BITS), number)]


def test_an_entry_stands_in_the_list_in_every_language(app: Portal, client_of: ClientOf) -> None:
    fill(app, ["8k2m4n6p1"])
    client = client_of("visitor")
    assert locations(read(client, "/sitemap.xml")) == [f"{SITE}/sitemap-pages.xml", f"{SITE}/sitemap-0-0.xml"]
    document = read(client, "/sitemap-0-0.xml")
    expected = {code: f"{SITE}/{code}/people/8k2m4n6p1/ivanov-petr-ilich" for code in ("ru", "en")}
    assert locations(document) == list(expected.values())
    for entry in document:
        assert entry.findtext("s:lastmod", namespaces=NS) == "2026-05-09T12:30:15+00:00"
        links = entry.findall("x:link", NS)
        assert {link.attrib["hreflang"]: link.attrib["href"] for link in links} == expected
    for address in expected.values():
        assert client.get(address.removeprefix(SITE)).status_code == 200, "no address that leads to another"


def test_what_is_gone_stands_in_no_list(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    here = publish(app, accounts.contributor, accounts.moderator, form=FORM)
    gone_entries(app, accounts, here)
    listed = locations(read(client_of("visitor"), "/sitemap-0-0.xml"))
    assert listed == [f"{SITE}/{code}/people/{here}/vereshchagina-anna" for code in ("ru", "en")]


def test_all_parts_together_hold_every_entry_once(app: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "SAMPLE", 20)
    monkeypatch.setattr(listing, "USUAL", 50)
    everybody = {*spread(900), numbered(0), numbered(2**BITS - 1)}
    fill(app, everybody)
    with app.app_context():
        deep = depth()
        parts = [part(deep, number, 200) for number in range(2**deep)]
    assert deep in {4, 5}, "nine hundred by fifties are eighteen parts, and there are sixteen or thirty-two"
    assert all(len(each) < 100 for each in parts)
    assert sorted(entry.id for each in parts for entry in each) == sorted(everybody)


@pytest.mark.parametrize(("entries", "parts"), [(0, 0), (999, 0), (2_200, 0), (3_500, 1)])
def test_there_are_as_many_parts_as_are_needed(sqlite_app: Portal, entries: int, parts: int) -> None:
    if entries:
        fill(sqlite_app, spread(entries))
    with sqlite_app.app_context():
        assert depth() == parts


def test_tens_of_millions_have_an_index_of_fixed_size(sqlite_app: Portal, client_of: ClientOf) -> None:
    """The first thousand of sixty million stand so near to each other."""
    fill(sqlite_app, [numbered(number * 2**BITS // 60_000_000) for number in range(1000)])
    assert len(locations(read(client_of("visitor"), "/sitemap.xml"))) == 1 + 2**DEEPEST


def test_a_part_never_holds_more_than_the_protocol_allows(sqlite_app: Portal, caplog: pytest.LogCaptureFixture) -> None:
    fill(sqlite_app, [numbered(number) for number in range(30)])
    with sqlite_app.app_context():
        assert len(part(3, 0, 20)) == 20
    assert "more than 20" in caplog.text


def test_a_part_that_did_not_change_is_not_sent_again(app: Portal, client_of: ClientOf) -> None:
    fill(app, ["8k2m4n6p1"])
    client = client_of("visitor")
    before = client.get("/sitemap-0-0.xml")
    assert client.get("/sitemap-0-0.xml", headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
    fill(app, ["8k2m4n6p1", "8k2m4n6p2"])
    again = client.get("/sitemap-0-0.xml", headers={"If-None-Match": before.headers["ETag"]})
    assert again.status_code == 200
    assert "Content-Length" not in again.headers, "it is sent as it is written"


@pytest.mark.parametrize("address", ["/sitemap-0-1.xml", "/sitemap-16-0.xml", "/sitemap-3-8.xml"])
def test_there_is_no_other_part(sqlite_app: Portal, address: str) -> None:
    assert sqlite_app.test_client().get(address).status_code == 404


def test_robots_read_what_is_for_everybody(app: Portal, client_of: ClientOf) -> None:
    answer = client_of("visitor").get("/robots.txt")
    assert answer.mimetype == "text/plain"
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    for open_to_all in ("/ru/", "/en/gallery", "/ru/people/8k2m4n6p1/ivanov", "/media/x.jpg", "/en/privacy"):
        assert rules.can_fetch("*", SITE + open_to_all), open_to_all
    for closed in ("/ru/account/login", "/en/my/contributions", "/ru/moderate/", "/en/contribute", "/ru/letters/x"):
        assert not rules.can_fetch("*", SITE + closed), closed
    assert "Disallow: /ru/gallery?*q=" in answer.text


def test_no_page_of_accounts_and_desks_is_forgotten(portal: Portal) -> None:
    """A new folder of pages that are not for everybody is named in robots.txt, too."""
    with portal.app_context():
        folders = {
            rule.rule.split("/")[2]
            for rule in portal.url_map.iter_rules()
            if rule.rule.startswith("/<lang>/") and audience_of(rule.endpoint) is not Audience.EVERYONE
        }
    assert folders <= set(CLOSED)
    assert not set(CLOSED) & {"", "gallery", "people", "privacy"}
