"""Everything can be done without a mouse, and it can always be seen where one is."""

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
        expect(page.get_by_role("searchbox")).to_be_focused()


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
