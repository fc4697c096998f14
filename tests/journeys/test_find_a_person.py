"""From a surname as somebody abroad wrote it, with a slip, to the entry, its place on the map, a letter looked at
closely, and back by the browser's own button, step by step."""

import re
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from benchmarks.sender import Sender
from tests.journeys.people import MODERATOR, publish
from tests.journeys.test_pages import faults
from tests.journeys.visit import Visits

MISTYPED = "Vereshagn"
"""Верещагин in Latin letters with one left out."""
SQUARES = re.compile(r"/map/b/[0-3]+\.json$")
"""What the map asks for where it has come to a part that it has not shown."""
POINT = "55.7558, 37.6173"


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A letter large enough for tiles."""
    path = tmp_path_factory.mktemp("letter") / "letter.jpg"
    paper = Image.new("RGB", (2600, 2000), "#e4dac4")
    drawing = ImageDraw.Draw(paper)
    for row in range(20, 2000, 60):
        drawing.text((40, row), "Дорогие мои, я жив и здоров. " * 6, "#2a2520", font_size=22)
    paper.save(path, quality=85)
    return path


@pytest.fixture(scope="module")
def given_name(sent: Callable[..., str], session_of: Callable[[str], Sender], letter: Path) -> str:
    """The given name, which nobody else has, of a published Верещагин with a place on the map and a letter."""
    name = "Лавр" + "".join(secrets.choice("абвгдежзик") for _ in range(6))
    fields = {"surname": "Верещагин", "given_name": name, "birth_place": f"деревня {name}", "birth_point": POINT}
    publish(session_of(MODERATOR.email), sent(fields, [letter]))
    return name


def is_open_to_everybody(page: Page) -> None:
    """Nothing on the page, as it is now, stands in anybody's way."""
    page.evaluate(Axe().axe_script)
    assert faults(page) == [], page.url


def test_there_and_back(visit: Visits, given_name: str) -> None:
    typed = f"{MISTYPED} {given_name}"
    with visit("/en/") as page:
        page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill(typed)
        page.locator("[role=search] button").first.click()
        found = page.locator("a.face").filter(has_text=given_name)
        expect(found).to_have_count(1)
        results = page.url
        is_open_to_everybody(page)

        found.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(given_name)
        entry = page.url
        is_open_to_everybody(page)

        page.get_by_role("link", name="On the map").click()
        here = page.locator("#in-view .squares a")
        expect(here.first).to_have_text(re.compile(r"^деревня Лавр\S+ and nearby: \d$"))
        is_open_to_everybody(page)
        here.first.click()
        expect(page.locator("a.face").filter(has_text=given_name)).to_have_count(1)

        page.go_back()
        expect(here.first).to_be_visible()
        page.go_back()
        expect(page).to_have_url(entry)

        picture = page.locator("a[data-viewer]").first
        expect(picture).to_have_attribute("data-viewer", re.compile(r"/info\.json$"))
        picture.click()
        view = page.get_by_role("dialog")
        with page.expect_response(re.compile(r"/512,512/0/default\.jpg$")):
            for _ in range(6):
                page.keyboard.press("+")
        expect(view).to_be_visible()
        page.keyboard.press("Escape")
        expect(view).to_have_count(0)

        page.go_back()
        expect(page).to_have_url(results)
        expect(page.locator("input[name=q]").first).to_have_value(typed)
        expect(found).to_have_count(1)
        page.go_back()
        expect(page).to_have_url(re.compile(r"/en/$"))


def test_the_map_is_walked_by_keyboard_alone(visit: Visits, given_name: str) -> None:
    with visit("/en/map") as page:
        page.locator("#map .square-mark").first.wait_for()
        walk_to(page, "#map")
        with page.expect_response(SQUARES):
            page.keyboard.press("+")
        with page.expect_response(SQUARES):
            for _ in range(30):
                page.keyboard.press("ArrowRight")
        walk_to(page, ".leaflet-control-zoom-out")
        page.keyboard.press("Enter")
        page.goto("/en/")
        page.goto("/en/map")
        page.locator("#map .square-mark").first.wait_for()
        walk_to(page, ".square-mark a")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/en/map/b/[0-3]+$"))
        expect(page.locator("a.face").filter(has_text=given_name)).to_have_count(1)


def walk_to(page: Page, place: str) -> None:
    """On by Tab until the focus is at ``place``, and is seen there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("place => document.activeElement.matches(place)", place):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"nobody sees that the focus is at {place}"
            return
    raise AssertionError(f"no key leads to {place}")
