"""Every kind of page, in every language, light and dark, on a telephone and on a wide screen: axe finds nothing, and
nothing runs out of its place."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import groupby
from operator import attrgetter
from pathlib import Path
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

ASSETS = Path(__file__).parents[2] / "memory_road" / "web" / "assets"
COLOUR = re.compile(r"#[0-9a-f]{3,8}|var\(--[a-z-]+\)")
AXE = Axe().axe_script
"""Put into every page by the browser itself: sent anew for each, half a megabyte takes longer than its rules."""
NARROWEST, TELEPHONE, WIDE = WIDTHS = (320, 360, 1440)
COLOURED = ("color-contrast", "link-in-text-block")
"""The rules of axe whose answer depends on colours. All that differs between light and dark are colours: so at each
width one answer to all rules is enough, and one more to these."""
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
    # longer words make a part scroll, or a paragraph of what was a link alone
    *("scrollable-region-focusable", "link-in-text-block"),
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
    Look("dark", TELEPHONE, only=COLOURED),
    Look("dark", WIDE),
    Look("light", WIDE, only=COLOURED),
)
IN_WORDS = (Look("light", TELEPHONE, only=SAID),)

RUNS_OUT = """() => {
    const width = document.documentElement.clientWidth;
    const once = judge => {
        const known = new Map();
        return here => known.has(here) ? known.get(here) : known.set(here, judge(here)).get(here);
    };
    const scrolls = once(here => here && here !== document.body && (
        ["auto", "scroll"].includes(getComputedStyle(here).overflowX) || scrolls(here.parentElement)));
    const end = once(here => ["inline", "contents"].includes(getComputedStyle(here).display)
        ? end(here.parentElement) : here.getBoundingClientRect().right);
    const out = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        const box = range.getBoundingClientRect();
        const around = texts.currentNode.parentElement;
        if (box.width && (box.right > Math.min(width, end(around)) + 1 || box.left < -1)
            && !around.closest(".unseen, .skip, svg, option") && !scrolls(around)) {
            out.push(texts.currentNode.textContent.trim().slice(0, 60));
        }
    }
    const whole = document.documentElement.scrollWidth;
    if (whole > width) out.push(`the page is ${whole} wide`);
    return out;
}"""
"""The texts that stand beyond the page's edge or run out of their own block, into what stands beside it; but for parts
that can be scrolled by themselves."""
FAULTS = """async options => (await axe.run(document, options)).violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`))"""
"""What axe finds on a page, as rule and place. All that it says is ten times as much, and stays in the browser."""


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
    return page.evaluate(FAULTS, options | ({"runOnly": look.only} if look.only else {}))


def widen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})


def look_at(page: Page, looks: Sequence[Look]) -> Iterator[tuple[str, list[str]]]:
    """Everything that is wrong with the page, by where it is seen. Each width is laid out once, beginning with that of
    the page before."""
    present = page.viewport_size
    assert present is not None
    for width in sorted(WIDTHS, key=lambda width: width != present["width"]):
        widen(page, width)
        yield f"text at {width}", page.evaluate(RUNS_OUT)
        for look in (look for look in looks if look.width == width):
            page.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")  # no colour on its way to another
            yield f"{look.scheme} at {width}", faults(page, look)


@pytest.mark.parametrize("language", SHIPPED_LANGUAGES)
@pytest.mark.parametrize("kind", ["public", "account", "relative", "desk"])
def test_pages_are_open_to_everybody(visit: Visits, exhibits: list[Exhibit], kind: str, language: str) -> None:
    looks = LOOKS if language == "en" else IN_WORDS
    found: dict[str, list[str]] = {}
    of_kind = sorted((exhibit for exhibit in exhibits if exhibit.kind == kind), key=attrgetter("signed_in"))
    for person, pages in groupby(of_kind, attrgetter("signed_in")):
        with visit(signed_in=person, width=WIDE) as page:
            page.add_init_script(AXE)
            for exhibit in pages:
                if exhibit.act is not None:
                    widen(page, WIDE)
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


def test_dark_differs_from_light_in_colours_alone() -> None:
    """So nothing that depends on places and sizes need be asked twice."""
    schemes = [
        (sheet.name, block)
        for sheet in ASSETS.rglob("*.css")
        for block in re.findall(r"prefers-color-scheme[^{]*\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}", sheet.read_text())
    ]
    assert [name for name, _ in schemes] == ["look.css"]
    rules = re.findall(r"\{([^{}]*)\}", schemes[0][1])
    said = [declaration.partition(":") for rule in rules for declaration in rule.split(";") if declaration.strip()]
    assert {name.strip() for name, _, value in said if not COLOUR.fullmatch(value.strip())} <= {"filter"}
    assert said


def test_axe_would_find_something(visit: Visits) -> None:
    with visit() as page:
        page.add_init_script(AXE)
        page.goto("/en/")
        page.evaluate("document.querySelector('h1').innerHTML = '<button></button>'")
        for look in (*LOOKS[:1], *IN_WORDS):
            assert any(fault.startswith("button-name: <button>") for fault in faults(page, look))
