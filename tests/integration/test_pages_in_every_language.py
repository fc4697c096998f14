"""Every page speaks the language of its address, and no English comes through."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from memory_road.app import create_app
from memory_road.config import SHIPPED_LANGUAGES, Settings
from memory_road.migrate import upgrade
from memory_road.web.edge import Portal
from tests.application import ROLES, Accounts, Browser, begin, filled_in, make_accounts, publish, send_in, signed_in

TRANSLATIONS = Path(__file__).parents[2] / "memory_road" / "translations"
READ_ALOUD = {"alt", "aria-description", "aria-label", "label", "placeholder", "title"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
ENGLISH = re.compile(r"\b[A-Z]?[a-z]+(?:[ ,;:]+[a-z]+){2,}")
"""Three words in Latin letters, of which names and formats of files have capitals."""
NUMBER = re.compile(r"\b(?:[0-9a-hjkmnp-tv-z]{3} ){2}[0-9a-hjkmnp-tv-z]{3}\b")
"""As it is read out; it can be of letters only."""
NAMES_OF_TESTS = re.compile(f"(?:Name|Pen) of (?:{'|'.join(ROLES)})")


class Page(HTMLParser):
    """The texts of a page that are in its own language, and that language."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = ""
        self.texts: list[str] = []
        self.inside: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        spoken = given.get("lang") or (self.inside[-1][1] if self.inside else "")
        if spoken == self.language:
            self.texts += [value for name, value in attrs if name in READ_ALOUD and value]
        if tag not in VOID:
            self.inside.append((tag, spoken))

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, spoken = self.inside[-1] if self.inside else ("", "")
        if spoken == self.language and tag not in {"script", "style"} and data.strip():
            self.texts.append(NUMBER.sub("", NAMES_OF_TESTS.sub("", " ".join(data.split()))))


@pytest.fixture(scope="module")
def every_language(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """The application in all languages, on a database of this module's own."""
    folder = tmp_path_factory.mktemp("languages")
    settings = Settings(
        secret_key="a secret of the tests, long enough",
        data_dir=folder,
        storage_url=folder / "uploads",
        languages=SHIPPED_LANGUAGES,
        second_factor=False,
    )
    upgrade(settings.database_url)
    app = create_app(settings)
    app.test_client_class = Browser
    return app


@pytest.fixture(scope="module")
def people(every_language: Portal, password_hash: str) -> Accounts:
    return make_accounts(every_language, password_hash)


@pytest.fixture(scope="module")
def addresses(every_language: Portal, people: Accounts) -> dict[str, list[str]]:
    """By who sees them: every page that needs nothing but its address, and some that need an entry or a case."""
    entry = publish(every_language, people.contributor, people.moderator, form=filled_in())
    draft = begin(every_language, people.contributor, form=filled_in({"surname": "Черновикова"}))
    sent = send_in(every_language, people.contributor, form=filled_in({"surname": "Ждущева"}))
    plain = [
        rule.rule.removeprefix("/<lang>/")
        for rule in every_language.url_map.iter_rules()
        if rule.rule.startswith("/<lang>/") and rule.arguments == {"lang"} and "GET" in (rule.methods or ())
    ]
    return {
        "visitor": [*plain, f"people/{entry}/vereshchagina-anna", "gallery?q=анна", "gallery?q=нет", "nowhere"],
        "contributor": [*plain, f"contribute/{draft}", f"my/{sent}"],
        "moderator": [*plain, f"moderate/{sent}"],
        "administrator": plain,
    }


def catalogue(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def english_of(language: str) -> tuple[set[str], list[re.Pattern[str]]]:
    """English texts that the language has other words for: whole ones, and patterns of those with something put in."""
    whole: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for message in catalogue(language):
        texts = message.id if isinstance(message.id, tuple | list) else (message.id,)
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for text in filter(None, texts):
            if text in said:
                continue
            if PLACEHOLDER.search(text):
                pieces = map(re.escape, PLACEHOLDER.split(text))
                patterns.append(re.compile(".+".join(pieces)))
            else:
                whole.add(text)
    return whole, [pattern for pattern in patterns if len(re.findall("[A-Za-z]{2,}", pattern.pattern)) > 1]


def pages(app: Portal, people: Accounts, addresses: dict[str, list[str]], language: str) -> Iterator[tuple[str, Page]]:
    for who, wanted in addresses.items():
        client = signed_in(app, None if who == "visitor" else getattr(people, who))
        for rest in wanted:
            answer = client.get(f"/{language}/{rest}", follow_redirects=True)
            if answer.mimetype == "text/html":
                yield f"{answer.request.path} as {who}", Page(answer.text)


@pytest.mark.parametrize("language", SHIPPED_LANGUAGES)
def test_a_page_is_in_the_language_of_its_address_and_no_other(
    every_language: Portal, people: Accounts, addresses: dict[str, list[str]], language: str
) -> None:
    whole, patterns = english_of(language) if language != "en" else (set[str](), [])
    leaks: set[tuple[str, str]] = set()
    seen = 0
    for address, page in pages(every_language, people, addresses, language):
        seen += 1
        assert page.language == language, address
        for text in page.texts if language != "en" else ():
            if text in whole or ENGLISH.search(text) or any(pattern.fullmatch(text) for pattern in patterns):
                leaks.add((address, text))
    assert seen > 30
    assert leaks == set()


@pytest.mark.parametrize(
    ("offered", "told"),
    [
        (("ru",), None),
        (("ru", "en"), "div"),
        (("ru", "en", "kk"), "div"),
        (SHIPPED_LANGUAGES, "details"),
    ],
)
def test_readers_get_from_every_language_to_every_other(
    offered: tuple[str, ...], told: str | None, settings: Settings
) -> None:
    client = create_app(replace(settings, languages=offered)).test_client()
    page = client.get("/ru/privacy").text
    links = re.findall(r'href="/(\w+)/privacy" hreflang="(\w+)" lang="(\w+)"', page)
    assert links == [(code, code, code) for code in offered if code != "ru"]
    shown = re.search(r'<(\w+) class="langs"', page)
    assert (shown and shown[1]) == told
