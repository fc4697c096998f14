"""While a name is being typed people are suggested, by keyboard and by finger, and never in the way of the search."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from benchmarks.sender import Sender
from memory_road.facts.names import fold
from tests.journeys.people import MODERATOR, new_surname, publish
from tests.journeys.visit import Visits

BOX, OPTIONS = "input[name=q]", "[role=listbox] [role=option]"
RUNS_OUT = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def surname(sent: Callable[..., str], session_of: Callable[[str], Sender]) -> str:
    """The surname of two people, Анна and Борис, who are published."""
    surname = new_surname()
    for given_name in ("Борис", "Анна"):
        told = {"surname": surname, "given_name": given_name, "none_survives": "yes"}
        publish(session_of(MODERATOR.email), sent(told, []))
    return surname


def typed(page: Page, text: str) -> None:
    page.locator(BOX).press_sequentially(text)
    expect(page.locator("[role=listbox]")).to_be_visible()


def active(page: Page) -> str:
    return page.locator(BOX).get_attribute("aria-activedescendant") or ""


def test_somebody_is_chosen_with_the_arrow_keys(visit: Visits, surname: str) -> None:
    with visit("/en/") as page:
        box = page.get_by_role("combobox")
        expect(box).to_have_attribute("aria-expanded", "false")
        typed(page, fold(surname)[0][:-2])
        expect(box).to_have_attribute("aria-expanded", "true")
        options = page.locator(OPTIONS)
        expect(options).to_have_count(3)
        expect(options.nth(0)).to_contain_text(f"{surname} Анна")
        expect(options.nth(1)).to_contain_text(f"{surname} Борис")
        expect(options.nth(2)).to_contain_text("Find all")
        expect(page.locator(".search [role=status]")).to_have_text("Suggested people: 2. Choose with the arrow keys.")
        assert active(page) == "", "nobody is chosen beforehand"

        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert active(page) == options.nth(1).get_attribute("id")
        expect(options.nth(1)).to_have_attribute("aria-selected", "true")
        expect(box).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        assert active(page) == "", "above the first is the box itself"
        page.keyboard.press("ArrowUp")
        assert active(page) == options.nth(2).get_attribute("id"), "and above that the last"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Анна")


def test_escape_closes_and_enter_searches_as_ever(visit: Visits, surname: str) -> None:
    with visit("/en/gallery") as page:
        typed(page, surname)
        page.keyboard.press("Escape")
        expect(page.locator("[role=listbox]")).to_be_hidden()
        expect(page.locator(BOX)).to_have_value(surname)
        expect(page.locator(".search [role=status]")).to_be_empty()
        page.keyboard.press("ArrowDown")
        expect(page.locator("[role=listbox]")).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.locator("[role=listbox]")).to_be_hidden()
        page.locator(BOX).press("Enter")
        expect(page.locator(".face")).to_have_count(2)


def test_the_search_itself_is_the_last_suggestion(visit: Visits, surname: str) -> None:
    with visit("/en/gallery?category=medical") as page:
        typed(page, surname)
        page.locator(OPTIONS).last.click()
        expect(page.locator(".face").first).to_be_visible()
        assert "category=medical" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_narrow_telephone_suggestions_are_large_enough_to_touch(visit: Visits, surname: str, scheme: str) -> None:
    with visit("/ru/", width=320, height=640, scheme="dark" if scheme == "dark" else "light") as page:
        typed(page, surname)
        page.keyboard.press("ArrowDown")
        found = Axe().run(page)
        assert not found.response["violations"], found.generate_report()
        assert not page.evaluate(RUNS_OUT)
        for option in page.locator(OPTIONS).all():
            box = option.bounding_box()
            assert box is not None
            assert box["height"] >= 44
        page.locator(OPTIONS).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Анна")


def test_an_answer_that_comes_late_is_not_shown(visit: Visits, surname: str) -> None:
    """Whoever types on is not shown what belonged to the letters before; whoever has left the box, nothing."""
    kept: list[Route] = []

    def hold(route: Route) -> None:
        kept.append(route)

    with visit("/en/") as page:
        page.route("**/suggest?*", hold)
        page.locator(BOX).press_sequentially(surname[:3])
        page.wait_for_timeout(600)
        assert len(kept) == 1, "letters that follow each other quickly are asked about once"
        page.unroute("**/suggest?*")
        typed(page, surname[3:])
        expect(page.locator(OPTIONS)).to_have_count(3)
        page.locator(BOX).fill("")
        expect(page.locator("[role=listbox]")).to_be_hidden()


def test_where_suggestions_fail_the_search_goes_on(visit: Visits, surname: str) -> None:
    with visit("/en/") as page:
        page.route("**/suggest?*", lambda route: route.fulfill(status=429, json=[]))
        with page.expect_response("**/suggest?*"):
            page.locator(BOX).press_sequentially(surname)
        expect(page.locator("[role=listbox]")).to_be_hidden()
        page.locator(BOX).press("Enter")
        expect(page.locator(".face")).to_have_count(2)


def test_without_a_script_the_box_is_as_ever(visit: Visits, surname: str) -> None:
    with visit("/en/", javascript=False) as page:
        box = page.get_by_role("searchbox")
        box.fill(surname)
        box.press("Enter")
        expect(page.locator(".face")).to_have_count(2)
