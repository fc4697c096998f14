"""A large picture is looked at closely: by keyboard alone, in tiles, with nothing that the page's policy forbids."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from benchmarks.sender import Sender
from tests.journeys.people import MODERATOR, SECONDS_BETWEEN_LOOKS, SECONDS_TO_PREPARE, new_surname, publish
from tests.journeys.test_pages import RUNS_OUT, faults
from tests.journeys.visit import Visits

FULL_SIZE = re.compile(r"/(?:media|photographs)/[0-9a-z]+/[0-9]+,[0-9]+,512,512/512,512/0/default\.jpg$")
"""A tile in which each pixel is one of the picture's."""
UPPER_LEFT = re.compile(r"/0,0,512,512/512,512/0/default\.jpg$")
"""Nobody has seen it before walking there."""
SMALLEST_TARGET = 44


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture of 3,000 pixels with something to read in every part of it."""
    path = tmp_path_factory.mktemp("document") / "letter.jpg"
    paper = Image.new("RGB", (3000, 2200), "#e4dac4")
    drawing = ImageDraw.Draw(paper)
    for number, row in enumerate(range(20, 2200, 60), start=1):
        line = f"{number}. " + "My dear ones, I am alive and well. " * 7
        drawing.text((40, row), line, "#2a2520", font_size=22)
    paper.save(path, quality=85)
    return path


@pytest.fixture(scope="module")
def case(sent: Callable[..., str], session_of: Callable[[str], Sender], document: Path) -> str:
    """A contribution with that picture, waiting for a decision."""
    identifier = sent({"surname": new_surname()}, [document])
    desk, deadline = session_of(MODERATOR.email), time.monotonic() + SECONDS_TO_PREPARE
    while "info.json" not in desk.get(f"/en/moderate/{identifier}").text:
        assert time.monotonic() < deadline, "its tiles are never made"
        time.sleep(SECONDS_BETWEEN_LOOKS)
    return identifier


@pytest.fixture(scope="module")
def entry(sent: Callable[..., str], session_of: Callable[[str], Sender], document: Path) -> str:
    """The address of a published entry with that picture."""
    identifier = sent({"surname": new_surname()}, [document])
    return publish(session_of(MODERATOR.email), identifier)


def opened(page: Page) -> Locator:
    """The large view, opened by Enter on the first picture, once its tiles have taken the place of the small one."""
    link = page.locator("a[data-viewer]").first
    expect(link).to_have_attribute("data-viewer", re.compile(r"/info\.json$"))
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".stage")).to_be_focused()
    expect(dialog.locator(".first")).to_have_count(0)
    return dialog


def look_closely(page: Page) -> None:
    """Larger until tiles of the full picture come, about in it, back to the whole, and away."""
    dialog = opened(page)
    with page.expect_response(FULL_SIZE) as answer:
        for _ in range(9):
            page.keyboard.press("+")
    assert answer.value.status == 200
    with page.expect_response(UPPER_LEFT):
        for _ in range(20):
            page.keyboard.press("ArrowLeft")
            page.keyboard.press("ArrowUp")
    page.keyboard.press("0")
    for button in dialog.get_by_role("button").all():
        place = button.bounding_box()
        assert place is not None
        assert min(place["width"], place["height"]) >= SMALLEST_TARGET
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator("a[data-viewer]").first).to_be_focused()


def test_a_visitor_reads_a_letter_by_keyboard(visit: Visits, entry: str) -> None:
    with visit(entry) as page:
        look_closely(page)


def test_a_moderator_reads_it_before_it_is_published(visit: Visits, case: str) -> None:
    with visit(f"/en/moderate/{case}", signed_in=MODERATOR.email) as page:
        look_closely(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_large_view_is_open_to_everybody(visit: Visits, entry: str, scheme: Literal["light", "dark"]) -> None:
    for width in (320, 1440):
        with visit(entry, width=width, scheme=scheme) as page:
            opened(page)
            page.evaluate(Axe().axe_script)
            assert faults(page) == [], width
            assert page.evaluate(RUNS_OUT) == [], width


def test_without_a_script_the_largest_size_opens(visit: Visits, entry: str) -> None:
    with visit(entry, javascript=False) as page:
        page.locator("a[data-viewer]").first.click()
        expect(page).to_have_url(re.compile(r"-2000\.webp$"))
