"""From an entry to others: namesakes told apart, and searches for the same unit, place and work."""

from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from memory_road.archive.same_name import MOST_SHOWN, SameName
from memory_road.archive.whole import whole
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, filled_in, publish, work

ClientOf = Callable[[str], Browser]
Publish = Callable[..., str]
SERVED = {
    "categories": ["soldier", "medical"],
    "unit": "1075-й стрелковый полк",
    "workplace": "Госпиталь № 1172",
    "birth_place": "деревня Липовка",
}


@pytest.fixture
def published(app: Portal, accounts: Accounts) -> Publish:
    def make(**typed: Any) -> str:
        return publish(app, accounts.contributor, accounts.moderator, form=filled_in(typed))

    return make


def namesakes_of(entry: str) -> Sequence[SameName]:
    found = whole(entry)
    assert found is not None
    return found.namesakes


def test_namesakes_are_told_apart_by_years_and_place(app: Portal, published: Publish, client_of: ClientOf) -> None:
    entry = published()
    other = published(patronymic="Петровна", birth_date="1899", death_date="1978", birth_place="Орёл")
    spelt = published(surname="Верещагіна", birth_date="1920")
    published(surname="Орлова")
    with work(app):
        assert [one.id for one in namesakes_of(entry)] == [other, spelt]
    page = client_of("visitor").get(f"/en/people/{entry}/vereshchagina-anna").text
    assert f'<a href="/en/people/{other}/vereshchagina-anna-petrovna">Верещагина Анна Петровна</a>' in page
    assert "1899–1978, Орёл" in page
    assert "Орлова" not in page


def test_who_has_no_namesakes_is_offered_none(published: Publish, client_of: ClientOf) -> None:
    page = client_of("visitor").get(f"/en/people/{published()}/vereshchagina-anna").text
    assert "People of the same name" not in page
    assert "Others of the same unit" not in page


def test_of_many_namesakes_some_are_shown(app: Portal, published: Publish) -> None:
    entry, *_ = [published(birth_date=str(1900 + number)) for number in range(MOST_SHOWN + 2)]
    with work(app):
        assert len(namesakes_of(entry)) == MOST_SHOWN


@pytest.mark.parametrize(
    ("label", "asked"),
    [
        ("Others of the same unit", {"unit": [SERVED["unit"]]}),
        ("Others from the same place of work", {"work": [SERVED["workplace"]]}),
        ("Others from the same place", {"place": [SERVED["birth_place"]]}),
    ],
)
def test_searches_find_whom_they_are_for(
    published: Publish, client_of: ClientOf, label: str, asked: Mapping[str, list[str]]
) -> None:
    entry, other = published(**SERVED), published(**SERVED, surname="Орлова")
    client = client_of("visitor")
    page = client.get(f"/en/people/{entry}/vereshchagina-anna").text
    address = unescape(page.partition(f'">{label}</a>')[0].rpartition('href="')[2])
    assert parse_qs(urlsplit(address).query) == asked
    assert f"/people/{other}/" in client.get(address).text
