"""Everything can be done without a mouse, and it can always be seen where one is."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import RELATIVE
from tests.journeys.visit import Visits

FARTHEST = 120
"""Tab stops within which everything on the form must be met."""

WHERE = """() => {
    const here = document.activeElement;
    const style = getComputedStyle(here);
    return {
        id: here.id, name: here.name || "", value: here.value || "", text: here.textContent.trim(),
        outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        seen: here.getBoundingClientRect().height > 1,
    };
}"""

COVERED = """() => {
    const here = document.activeElement;
    const box = here.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 40) / 2);
    const mine = top && (here.contains(top) || top.contains(here) || top.closest("label")?.control === here);
    const over = mine ? "" : top ? top.outerHTML.slice(0, 80) : "the edge";
    return { id: here.id || here.name || here.textContent.trim(), over };
}"""
"""What lies over the upper part of the element that has the focus."""


def go_to(page: Page, **wanted: str) -> None:
    """Press Tab until the element that is ``wanted`` by its id, name, value or text has the focus. Wherever the focus
    rests on the way, it shows."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        assert here["seen"], f"the focus is on something that cannot be seen: {here}"
        assert here["outline"] >= 2, f"the focus cannot be seen: {here}"
        if all(here[part] == value for part, value in wanted.items()):
            return
    raise AssertionError(f"{wanted} cannot be reached with {FARTHEST} presses of Tab")


def test_the_first_key_leads_past_the_head(visit: Visits) -> None:
    with visit("/en/") as page:
        page.keyboard.press("Tab")
        skip = page.locator("a[href='#main']")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.get_by_role("combobox")).to_be_focused()


def test_a_contribution_is_sent_with_the_keyboard_alone(visit: Visits, surname: str) -> None:
    with visit("/en/contribute", signed_in=RELATIVE.email) as page:
        go_to(page, id="surname")
        page.keyboard.type(surname)
        go_to(page, id="given_name")
        page.keyboard.type("Анна")
        go_to(page, id="birth_date")
        page.keyboard.type("1915")
        go_to(page, name="categories", value="medical")
        page.keyboard.press("Space")
        go_to(page, id="fate")
        page.keyboard.press("ArrowDown")
        expect(page.locator("#fate")).to_have_value("survived")
        go_to(page, id="living")
        page.keyboard.press("Space")
        go_to(page, id="none_survives")
        page.keyboard.press("Space")
        go_to(page, id="permission")
        page.keyboard.press("Space")
        go_to(page, name="action", value="submit")
        page.keyboard.press("Enter")
        expect(page.locator(".state-submitted")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_contain_text(surname)


def test_enter_in_a_field_saves_and_sends_nothing_for_checking(visit: Visits, surname: str) -> None:
    with visit("/en/contribute", signed_in=RELATIVE.email) as page:
        page.locator("#surname").fill(surname)
        page.locator("#surname").press("Enter")
        expect(page.locator("#saved")).to_be_visible()
        expect(page.locator("#surname")).to_have_value(surname)


# 320 by 256 pixels are what is left of 1280 by 1024 at 400 % (WCAG 2.2, 1.4.10); 2.4.11 wants the focus not covered.
@pytest.mark.parametrize(("width", "height"), [(320, 256), (1280, 720)])
def test_nothing_lies_over_the_field_in_which_one_is(visit: Visits, width: int, height: int) -> None:
    with visit("/en/contribute", signed_in=RELATIVE.email, width=width, height=height) as page:
        covered: list[str] = []
        for _ in range(FARTHEST):
            page.keyboard.press("Tab")
            here = page.evaluate(COVERED)
            if here["over"]:
                covered.append(f"{here['id']} lies under {here['over']}")
            if here["id"] == "permission":
                break
        else:
            pytest.fail("the end of the form is not reached")
        assert covered == []
