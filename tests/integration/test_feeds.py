"""Feeds of the newest entries (RFC 4287), for programs that follow sites."""

from collections.abc import Callable
from typing import cast
from xml.etree.ElementTree import Element, fromstring

import pytest

from memory_road.archive.participant import Participant
from memory_road.db import db
from memory_road.web.edge import Portal
from memory_road.web.gallery.feed import LONGEST_SUMMARY
from tests.application import Accounts, Browser, Sample, filled_in, publish, work
from tests.prepared import FORM, gone_entries

ClientOf = Callable[[str], Browser]
SITE = "http://127.0.0.1:8000"
A = {"a": "http://www.w3.org/2005/Atom"}
TOLD = {"patronymic": "Петровна", "death_date": "1978", "biography": "Спасала <раненых> & пела.\n\nВторая часть."}


def read(client: Browser, address: str) -> Element:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml"), address
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    return fromstring(answer.data)  # noqa: S314 -- our own


def said(element: Element, name: str) -> str:
    return element.findtext(f"a:{name}", "", A)


def links(element: Element, rel: str) -> list[str]:
    return [found.attrib["href"] for found in element.findall("a:link", A) if found.attrib["rel"] == rel]


def test_a_feed_tells_who_was_added(app: Portal, accounts: Accounts, portrait: Sample, client_of: ClientOf) -> None:
    form = filled_in(TOLD, none_survives=False)
    identifier = publish(app, accounts.contributor, accounts.moderator, portrait, form=form)
    feed = read(client_of("visitor"), "/en/feed.atom")
    assert (said(feed, "id"), said(feed, "title")) == (f"{SITE}/en/feed.atom", "Memory Road")
    assert links(feed, "self") == [f"{SITE}/en/feed.atom"]
    assert links(feed, "alternate") == [f"{SITE}/en/gallery"]
    entry = cast(Element, feed.find("a:entry", A))
    assert said(entry, "id") == f"{SITE}/p/{identifier}"
    assert said(entry, "title") == "Верещагина Анна Петровна, 1915–1978"
    assert said(entry, "updated") == said(feed, "updated")
    assert said(entry, "published") <= said(entry, "updated")
    assert links(entry, "alternate") == [f"{SITE}/en/people/{identifier}/vereshchagina-anna-petrovna"]
    assert said(entry, "summary") == "Спасала <раненых> & пела."
    kind = cast(Element, entry.find("a:category", A))
    assert kind.attrib == {"term": "medical", "label": "Medical worker"}
    enclosure = cast(Element, entry.find("a:link[@rel='enclosure']", A)).attrib
    picture = client_of("visitor").get(enclosure["href"].removeprefix(SITE))
    assert (picture.mimetype, str(len(picture.data))) == (enclosure["type"], enclosure["length"])
    with work(app):
        db.session.get_one(Participant, identifier).photographs[0].veiled = True
    entry = cast(Element, read(client_of("visitor"), "/en/feed.atom").find("a:entry", A))
    assert links(entry, "enclosure") == [], "a picture behind a veil is not sent along"


def test_a_feed_holds_only_what_is_shown_and_of_its_kind(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    client = client_of("visitor")
    here = publish(app, accounts.contributor, accounts.moderator, form=FORM)
    gone_entries(app, accounts, here)
    for address, expected in (("/ru/feed.atom", 1), ("/ru/feed/medical.atom", 1), ("/ru/feed/soldier.atom", 0)):
        ids = [said(entry, "id") for entry in read(client, address).findall("a:entry", A)]
        assert ids == [f"{SITE}/p/{here}"] * expected, address
    empty = read(client, "/ru/feed/soldier.atom")
    assert (said(empty, "title"), said(empty, "updated")) == ("Дорога памяти: Фронтовики", "1970-01-01T00:00:00Z")
    assert client.get("/ru/feed/general.atom").status_code == 404


def test_a_long_story_is_cut_at_a_word(sqlite_app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    publish(sqlite_app, accounts.contributor, accounts.moderator, form=filled_in({"biography": "слово, " * 200}))
    summary = said(cast(Element, read(client_of("visitor"), "/en/feed.atom").find("a:entry", A)), "summary")
    assert summary.endswith("слово…")
    assert len(summary) <= LONGEST_SUMMARY + 1


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/en/", "/en/feed.atom"),
        ("/en/gallery", "/en/feed.atom"),
        ("/en/gallery?category=soldier", "/en/feed/soldier.atom"),
    ],
)
def test_pages_name_their_feed(sqlite_app: Portal, page: str, feed: str) -> None:
    assert 'type="application/atom+xml"' in sqlite_app.test_client().get(page).text
    assert f'href="{feed}">' in sqlite_app.test_client().get(page).text
