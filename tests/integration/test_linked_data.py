"""What search engines read in public pages: who an entry is about, how the site is searched, the other languages."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Sample, filled_in, publish

ClientOf = Callable[[str], Browser]
SITE = "http://127.0.0.1:8000"
TOLD = {
    "patronymic": "Петровна",
    "former_surname": "Орлова",
    "sex": "female",
    "birth_date": "май 1915",
    "birth_place": "деревня <Малая> & </script> Вишера",
    "birth_country": "RU",
    "birth_point": "58.8463, 32.2258",
    "death_date": "около 1988",
    "occupation": "санитарка",
    "awards": [{"award": "медаль «За отвагу»"}, {"deed": "вынесла раненых"}],
    "kin": [{"relation": "муж", "name": "Тайный Пётр"}],
}


def data(page: str) -> dict[str, Any]:
    """What the one element of a page says that machines read."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


def alternates(page: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))


def canonical(page: str) -> str:
    found = re.search(r'<link rel="canonical" href="([^"]+)">', page)
    return unescape(found[1]) if found else ""


@pytest.fixture
def entry(app: Portal, accounts: Accounts, portrait: Sample) -> str:
    return publish(app, accounts.contributor, accounts.moderator, portrait, form=filled_in(TOLD, none_survives=False))


def test_an_entry_says_who_it_is_about(entry: str, client_of: ClientOf) -> None:
    address = f"{SITE}/en/people/{entry}/vereshchagina-anna-petrovna"
    said = data(client_of("visitor").get(f"/en/people/{entry}/vereshchagina-anna-petrovna").text)
    person, way = said["@graph"]
    picture = person.pop("image")
    assert said["@context"] == "https://schema.org"
    assert person == {
        "@type": "Person",
        "@id": f"{SITE}/p/{entry}",
        "url": address,
        "name": "Верещагина Анна Петровна",
        "givenName": "Анна",
        "familyName": "Верещагина",
        "additionalName": "Петровна",
        "alternateName": ["Орлова Анна Петровна", "Anna Petrovna Vereshchagina", "Vereshchagina Anna Petrovna"],
        "gender": "https://schema.org/Female",
        "birthDate": "1915-05",
        "birthPlace": {
            "@type": "Place",
            "name": "деревня <Малая> & </script> Вишера",
            "address": {"@type": "PostalAddress", "addressCountry": "RU"},
            "geo": {"@type": "GeoCoordinates", "latitude": 58.8463, "longitude": 32.2258},
        },
        "description": "Medical worker",
        "jobTitle": "санитарка",
        "award": ["медаль «За отвагу»"],
    }
    assert re.fullmatch(f"{SITE}/media/[0-9a-f]{{32}}-share.jpg", picture)
    assert [step["item"] for step in way["itemListElement"]] == [f"{SITE}/en/", f"{SITE}/en/gallery", address]


def test_a_name_that_its_readers_read_is_put_into_latin_letters_only(entry: str, client_of: ClientOf) -> None:
    said = data(client_of("visitor").get(f"/ru/people/{entry}/vereshchagina-anna-petrovna").text)
    assert said["@graph"][0]["alternateName"] == ["Орлова Анна Петровна", "Vereshchagina Anna Petrovna"]


def test_no_markup_of_a_family_gets_into_the_page(entry: str, client_of: ClientOf) -> None:
    page = client_of("visitor").get(f"/en/people/{entry}/vereshchagina-anna-petrovna").text
    assert "</script> Вишера" not in page
    assert "Тайный" not in page


def test_the_first_page_says_how_the_site_is_searched(app: Portal, client_of: ClientOf) -> None:
    said = data(client_of("visitor").get("/ru/").text)
    assert (said["@type"], said["name"], said["url"]) == ("WebSite", "Дорога памяти", f"{SITE}/ru/")
    assert said["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/ru/gallery?q={{name}}"


def test_a_page_names_itself_in_every_language(entry: str, client_of: ClientOf) -> None:
    client = client_of("visitor")
    for rest, default in (("", "ru"), ("gallery", "ru"), (f"people/{entry}/vereshchagina-anna-petrovna", "ru")):
        page = client.get(f"/en/{rest}?from=elsewhere").text
        assert canonical(page) == f"{SITE}/en/{rest}"
        assert alternates(page) == {
            "ru": f"{SITE}/ru/{rest}",
            "en": f"{SITE}/en/{rest}",
            "x-default": f"{SITE}/{default}/{rest}",
        }


def test_an_entry_told_in_english_is_by_default_shown_so(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    form = filled_in({"birth_date": "12 May 1915"}, language="en")
    entry = publish(app, accounts.contributor, accounts.moderator, form=form)
    page = client_of("visitor").get(f"/ru/people/{entry}/vereshchagina-anna").text
    assert alternates(page)["x-default"] == f"{SITE}/en/people/{entry}/vereshchagina-anna"


@pytest.mark.parametrize("asked", ["q=анна", "category=medical", "after=x"])
def test_a_part_of_the_gallery_is_not_called_the_gallery(sqlite_app: Portal, asked: str) -> None:
    page = sqlite_app.test_client().get(f"/en/gallery?{asked}").text
    assert (canonical(page), alternates(page)) == ("", {})
