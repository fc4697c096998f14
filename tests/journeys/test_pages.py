"""Every kind of page, in every language, light and dark, on a telephone and on a wide screen: axe finds nothing, and
nothing runs out of its place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from benchmarks.sender import Sender
from benchmarks.served import ServedPortal
from memory_road.config import SHIPPED_LANGUAGES
from memory_road.web.edge import Portal
from tests.journeys import exhibits as exhibits_of
from tests.journeys import family_exhibits, letter_exhibits
from tests.journeys.album import Album
from tests.journeys.exhibit import Exhibit
from tests.journeys.exhibits import LONGEST_WORD
from tests.journeys.visit import Visits

AXE = Axe().axe_script
"""Put into every page by the browser itself: sent anew for each, half a megabyte takes longer than its rules."""
NARROWEST, TELEPHONE, WIDE = 320, 360, 1440
SEEN = ("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable")
"""The rules of axe whose answer depends on colours and sizes; of all others one answer for a page is enough."""
SAID = (
    # the name that something is called by is there
    *("aria-command-name", "aria-dialog-name", "aria-input-field-name", "aria-meter-name", "aria-progressbar-name"),
    *("aria-tab-name", "aria-toggle-field-name", "aria-tooltip-name", "aria-treeitem-name", "area-alt", "button-name"),
    *("document-title", "empty-heading", "empty-table-header", "frame-title", "image-alt", "input-button-name"),
    *("input-image-alt", "label", "link-name", "object-alt", "role-img-alt", "select-name", "summary-name"),
    "svg-img-alt",
    # it is seen, and says something that nothing beside it says already
    *("frame-title-unique", "image-redundant-alt", "label-title-only", "landmark-unique", "table-duplicate-name"),
    # the page and its parts say their language
    *("html-has-lang", "html-lang-valid", "html-xml-lang-mismatch", "valid-lang"),
    # ids that are made of a language's code
    *("aria-valid-attr-value", "duplicate-id-aria", "form-field-multiple-labels"),
    # longer words make a part scroll
    "scrollable-region-focusable",
)
"""The rules whose answer depends on what is said, in which language, and how long it is. The others judge elements,
roles and colours, which come from templates and styles: a translation, which is escaped, brings none of them, so that
their answer for English is the one for every language."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at: by all rules of axe, or only by some."""

    scheme: Literal["light", "dark"]
    width: int
    only: tuple[str, ...] = ()


LOOKS = (
    Look("light", TELEPHONE),
    Look("dark", TELEPHONE, only=SEEN),
    Look("dark", WIDE),
    Look("light", WIDE, only=SEEN),
)
IN_WORDS = (Look("light", TELEPHONE, only=SAID),)

RUNS_OUT = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = here => here && here !== document.body && (
        ["auto", "scroll"].includes(getComputedStyle(here).overflowX) || scrolls(here.parentElement));
    const block = here => ["inline", "contents"].includes(getComputedStyle(here).display)
        ? block(here.parentElement) : here;
    const out = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        const box = range.getBoundingClientRect();
        const around = texts.currentNode.parentElement;
        if (box.width && !around.closest(".unseen, .skip, svg, option") && !scrolls(around)
            && (box.right > Math.min(width, block(around).getBoundingClientRect().right) + 1 || box.left < -1)) {
            out.push(texts.currentNode.textContent.trim().slice(0, 60));
        }
    }
    const whole = document.documentElement.scrollWidth;
    if (whole > width) out.push(`the page is ${whole} wide`);
    return out;
}"""
"""The texts that stand beyond the page's edge or run out of their own block, into what stands beside it; but for parts
that can be scrolled by themselves."""


@pytest.fixture(scope="session")
def exhibits(
    site: ServedPortal,
    session_of: Callable[[str], Sender],
    sent: Callable[..., str],
    drawn_album: Album,
    letters_to: Callable[[str, int], list[EmailMessage]],
) -> list[Exhibit]:
    """One page of every kind."""
    pages = exhibits_of.build(session_of, sent, drawn_album)
    entries = [page.path.split("/")[2] for page in pages if page.name in {"entry", "entry-without-portrait"}]
    pages += family_exhibits.build(session_of, letters_to, (entries[0], entries[1]), LONGEST_WORD)
    return pages + letter_exhibits.build(Sender(site.address), letters_to)


def faults(page: Page, look: Look = LOOKS[0]) -> list[str]:
    """What ``AXE`` finds on a page, as rule and place."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    options |= {"runOnly": look.only} if look.only else {}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def look_at(page: Page, looks: Sequence[Look]) -> Iterator[tuple[str, list[str]]]:
    """Everything that is wrong with the page, by where it is seen."""
    for width in (NARROWEST, WIDE, TELEPHONE):
        page.set_viewport_size({"width": width, "height": 900})
        yield f"text at {width}", page.evaluate(RUNS_OUT)
    for look in looks:
        page.emulate_media(color_scheme=look.scheme)
        page.set_viewport_size({"width": look.width, "height": 900})
        yield f"{look.scheme} at {look.width}", faults(page, look)


@pytest.mark.parametrize("language", SHIPPED_LANGUAGES)
@pytest.mark.parametrize("kind", ["public", "account", "relative", "desk"])
def test_pages_are_open_to_everybody(visit: Visits, exhibits: list[Exhibit], kind: str, language: str) -> None:
    looks = LOOKS if language == "en" else IN_WORDS
    found: dict[str, list[str]] = {}
    of_kind = sorted((exhibit for exhibit in exhibits if exhibit.kind == kind), key=attrgetter("signed_in"))
    for person, pages in groupby(of_kind, attrgetter("signed_in")):
        with visit(signed_in=person) as page:
            page.add_init_script(AXE)
            for exhibit in pages:
                page.goto(f"/{language}{exhibit.path}")
                if exhibit.act is not None:
                    exhibit.act(page)
                found |= {f"{exhibit.name}, {where}": what for where, what in look_at(page, looks)}
    assert {where: what for where, what in found.items() if what} == {}


NO_PAGES = {
    "files": "static files, favicon, published pictures and their tiles",
    "probes": "for machines",
    "gallery.welcome": "leads to the page in the reader's language",
    "gallery.short": "leads to an entry",
    "citing.square": "a picture",
    "sharing.card": "a picture",
    "mapping.squares": "for the script of the map",
    "sitemap": "for machines",
    "feed": "for programs that follow sites",
    "manifest": "for viewers of pictures",
    "api": "for programs",
    "api_people": "the same",
    "api_vocabularies": "the same",
    "api_days": "the same",
    "anniversaries.today": "leads to the page of today",
    "suggesting": "for the script of the search box",
    "family_file": "a file for programs of family trees",
    "paper.form": "a PDF",
    "my.photograph": "a picture",
    "my.tile": "a part of a picture",
    "moderate.photograph": "a picture",
    "moderate.tile": "a part of a picture",
    "desk.find": "leads to a case",
    "presence.notice": "what others do, for the page of the case",
    "request_desk.notice": "the same of a request",
    "desk.following": "leads to a case",
    "uploads.state": "for the script that sends",
    "data.archive": "an archive",
    "parked.back": "shows the form again",
}


def test_every_page_is_looked_at(portal: Portal, exhibits: list[Exhibit]) -> None:
    pages = {rule.endpoint for rule in portal.url_map.iter_rules() if "GET" in (rule.methods or set())}
    addresses = portal.url_map.bind("localhost")
    seen = {
        addresses.match(f"/en{exhibit.path.partition('?')[0]}")[0] for exhibit in exhibits if exhibit.name != "error"
    }
    others = {page for page in pages if page in NO_PAGES or page.partition(".")[0] in NO_PAGES}
    assert pages - seen - others == set()
    assert seen & others == set()


def test_axe_would_find_something(visit: Visits) -> None:
    with visit() as page:
        page.add_init_script(AXE)
        page.goto("/en/")
        page.evaluate("document.querySelector('h1').innerHTML = '<button></button>'")
        for look in (*LOOKS[:1], *IN_WORDS):
            assert any(fault.startswith("button-name: <button>") for fault in faults(page, look))
