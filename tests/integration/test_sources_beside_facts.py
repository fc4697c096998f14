"""A source that confirms a fact has its number beside it; both lead to each other."""

import re
from collections.abc import Callable

import pytest

from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, filled_in, publish

SOURCES = [
    {"archive": "ЦАМО", "supports": "birth_date,birth_place"},
    {"archive": "Семейный архив", "supports": "awards,surname,unit,похоронка"},
    {"archive": "Память бабушки"},
]
TOLD = {
    "birth_place": "Орёл",
    "awards": [{"award": "«За отвагу»"}, {"award": "Орден Славы"}],
    "references": SOURCES,
}


@pytest.fixture
def page(sqlite_app: Portal, accounts: Accounts, app_client: Browser) -> str:
    entry = publish(sqlite_app, accounts.contributor, accounts.moderator, form=filled_in(TOLD))
    return app_client.get(f"/en/people/{entry}/vereshchagina-anna").text


@pytest.fixture
def app(sqlite_app: Portal) -> Portal:
    """No engine changes how sources are shown."""
    return sqlite_app


@pytest.fixture
def app_client(app: Portal, client_of: Callable[[str], Browser]) -> Browser:
    return client_of("visitor")


def test_marks_lead_to_the_sources(page: str) -> None:
    marks = re.findall(r'<a id="([^"]+)" href="#(source-\d)" aria-label="([^"]+)">(\d)</a>', page)
    assert marks == [
        ("told-surname-2", "source-2", "Source 2: Surname", "2"),
        ("told-birth_date-1", "source-1", "Source 1: Date of birth, Place of birth", "1"),
        ("told-awards-2", "source-2", "Source 2: Awards", "2"),
    ]
    assert "Орден Славы<sup" in page, "what confirms awards stands at the last of them"
    assert [f'<li id="source-{number}">' in page for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_sources_lead_back_to_what_they_confirm(page: str) -> None:
    for label, anchor in (
        ("Date of birth", "told-birth_date-1"),
        ("Place of birth", "told-birth_date-1"),
        ("Surname", "told-surname-2"),
        ("Awards", "told-awards-2"),
    ):
        assert f'<a href="#{anchor}">{label}</a>' in page
    assert ", Unit, похоронка" in page, "what the page does not tell has no link"


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
