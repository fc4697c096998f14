"""Every kind of page, in both languages, light and dark, on a telephone and on a wide screen: axe finds nothing, and
nothing runs out of its place."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from benchmarks.sender import Sender
from tests.journeys.album import Album
from tests.journeys.exhibits import Exhibit, build
from tests.journeys.visit import Visits

NARROWEST, TELEPHONE, WIDE = 320, 360, 1440

RUNS_OUT = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = here => here && here !== document.body && (
        ["auto", "scroll"].includes(getComputedStyle(here).overflowX) || scrolls(here.parentElement));
    const out = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        const box = range.getBoundingClientRect();
        const around = texts.currentNode.parentElement;
        if (box.width && !around.closest(".unseen, .skip, svg, option") && !scrolls(around)
            && (box.right > width + 1 || box.left < -1)) {
            out.push(texts.currentNode.textContent.trim().slice(0, 60));
        }
    }
    const whole = document.documentElement.scrollWidth;
    if (whole > width) out.push(`the page is ${whole} wide`);
    return out;
}"""
"""The texts that stand beyond the page's edge, outside of parts that can be scrolled by themselves."""


@pytest.fixture(scope="module")
def exhibits(session_of: Callable[[str], Sender], sent: Callable[..., str], drawn_album: Album) -> list[Exhibit]:
    """One page of every kind."""
    return build(session_of, sent, drawn_album)


def faults(page: Page) -> list[str]:
    """What axe finds, as rule and place."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("kind", ["public", "account", "relative", "desk"])
def test_pages_are_open_to_everybody(visit: Visits, exhibits: list[Exhibit], kind: str, language: str) -> None:
    found: dict[str, list[str]] = {}
    for exhibit in (exhibit for exhibit in exhibits if exhibit.kind == kind):
        with visit(f"/{language}{exhibit.path}", signed_in=exhibit.signed_in) as page:
            if exhibit.button:
                page.locator(exhibit.button).first.click()
            for width in (NARROWEST, TELEPHONE, WIDE):
                page.set_viewport_size({"width": width, "height": 900})
                found[f"{exhibit.name} at {width}"] = page.evaluate(RUNS_OUT)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                for width in (TELEPHONE, WIDE):
                    page.set_viewport_size({"width": width, "height": 900})
                    found[f"{exhibit.name}, {scheme}, at {width}"] = faults(page)
    assert {where: what for where, what in found.items() if what} == {}
