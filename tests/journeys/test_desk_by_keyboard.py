"""Moderators decide by keyboard alone, with whatever letters their keyboard types."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import MODERATOR, SECOND_MODERATOR
from tests.journeys.test_keyboard import WHERE
from tests.journeys.visit import Visits

CASES = 20
LETTERS = {
    "KeyQ": "й",
    "KeyR": "к",
    "KeyT": "е",
    "KeyS": "ы",
    "KeyA": "ф",
    "KeyH": "р",
    "KeyJ": "о",
    "KeyK": "л",
    "KeyZ": "я",
    "KeyM": "ь",
    "KeyN": "т",
    "KeyO": "щ",
    "Slash": ",",
}
PRESS = """([code, key, shift]) => {
    const event = { code, key, shiftKey: shift, bubbles: true, cancelable: true };
    const here = document.activeElement ?? document.body;
    here.dispatchEvent(new KeyboardEvent("keydown", event));
    here.dispatchEvent(new KeyboardEvent("keyup", event));
}"""
"""What a keyboard with Russian letters sends: the browser's own driver knows only an English one."""


def press(page: Page, code: str) -> None:
    """Press a key with a Russian letter on it."""
    page.evaluate(PRESS, [code, LETTERS[code], False])


def at_heading(page: Page, surname: str) -> None:
    """The case has come up, and the focus is at its name and can be seen."""
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(surname)
    expect(heading).to_be_focused()
    assert page.evaluate(WHERE)["outline"] >= 2, "the focus cannot be seen"


def fill_in(page: Page, kind: str) -> None:
    """The form that has opened, and the keys that send it."""
    if kind != "hold":
        expect(page.locator(f"#{kind}-reason")).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    expect(page.locator(f"#{kind}-message")).to_be_focused()
    page.keyboard.type("Откуда это известно? Спасибо.")
    page.keyboard.press("Control+Enter")


def test_twenty_cases_are_decided_by_keyboard_alone(visit: Visits, sent: Callable[..., str], surname: str) -> None:
    cases = [sent({"surname": surname, "none_survives": "yes"}, []) for _ in range(CASES)]
    with visit(f"/en/moderate/{cases[0]}", signed_in=MODERATOR.email) as page:
        page.keyboard.press("Tab")
        for number, identifier in enumerate(cases):
            expect(page).to_have_url(re.compile(identifier))
            press(page, "KeyT")
            expect(page).to_have_url(re.compile(f"{identifier}.said=claimed"))
            at_heading(page, surname)
            match number % 4:
                case 0 | 2:
                    press(page, "KeyA")
                    question = page.locator("[name=nobody_living_exposed]")
                    expect(question).to_be_focused()
                    expect(question).not_to_be_checked()
                    page.keyboard.press("Enter")
                case 1:
                    press(page, "KeyR")
                    fill_in(page, "return")
                case _:
                    press(page, "KeyN")
                    fill_in(page, "reject")
            expect(page).to_have_url(re.compile(r"said=(approved|returned|rejected)"))
    with visit("/en/moderate/", signed_in=MODERATOR.email) as page:
        for case in cases:
            expect(page.locator(f"a[href*='{case}']")).to_have_count(0)


def test_the_other_keys(visit: Visits, sent: Callable[..., str], surname: str) -> None:
    case = sent({"surname": surname})
    with visit("/en/moderate/?mine=yes", signed_in=MODERATOR.email) as page:
        page.goto(f"/en/moderate/{case}")
        press(page, "KeyZ")
        expect(page.get_by_role("dialog").locator(".stage")).to_be_focused()
        press(page, "KeyQ")
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        press(page, "KeyM")
        expect(page).to_have_url(re.compile(f"{case}.said=marked"))
        expect(page.locator(".note")).to_contain_text(["look twice"])
        press(page, "KeyT")
        expect(page).to_have_url(re.compile("said=claimed"))
        press(page, "KeyH")
        fill_in(page, "hold")
        expect(page).to_have_url(re.compile("said=held"))
        page.goto(f"/en/moderate/{case}")
        press(page, "KeyT")
        expect(page).to_have_url(re.compile("said=resumed"))
        press(page, "KeyQ")
        expect(page).to_have_url(re.compile(r"/moderate/$"))
        press(page, "KeyJ")
        expect(page.locator(".queue a").first).to_be_focused()
        press(page, "KeyO")
        expect(page).to_have_url(re.compile(r"/moderate/[0-9a-z]{9}$"))
        page.goto(f"/en/moderate/{case}")
        press(page, "KeyS")
        expect(page).to_have_url(re.compile("said=released"))


def test_keys_are_explained_and_can_be_switched_off(visit: Visits, sent: Callable[..., str], surname: str) -> None:
    case = sent({"surname": surname})
    address = f"/en/moderate/{case}"
    with visit(address, signed_in=MODERATOR.email) as page:
        page.evaluate(PRESS, ["Slash", ",", True])
        sheet = page.get_by_role("dialog")
        expect(sheet).to_contain_text("Take this case")
        page.get_by_label("Single keys").press("Space")
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)
        press(page, "KeyT")
        page.reload()
        press(page, "KeyT")
        page.get_by_role("button", name="Keys").press("Enter")
        expect(sheet).to_be_visible()
        expect(page.get_by_label("Single keys")).not_to_be_checked()
        assert page.url.endswith(address), "a key that is switched off does nothing"
        page.get_by_label("Single keys").press("Space")
        page.keyboard.press("Escape")
        press(page, "KeyT")
        expect(page).to_have_url(re.compile("said=claimed"))


@pytest.mark.parametrize("where", ["#return-message", "#return-reason"])
def test_what_is_typed_is_typed(visit: Visits, sent: Callable[..., str], surname: str, where: str) -> None:
    case = sent({"surname": surname})
    with visit(f"/en/moderate/{case}", signed_in=MODERATOR.email) as page:
        press(page, "KeyT")
        expect(page).to_have_url(re.compile("said=claimed"))
        press(page, "KeyR")
        page.locator(where).focus()
        for letter in "tarnhsqzmojk":
            page.keyboard.press(letter)
        expect(page).to_have_url(re.compile(f"{case}.said=claimed"))
        if where == "#return-message":
            expect(page.locator(where)).to_have_value("tarnhsqzmojk")


def test_two_moderators_see_each_other(visit: Visits, sent: Callable[..., str], surname: str) -> None:
    case = sent({"surname": surname})
    address = f"/en/moderate/{case}"
    with visit(address, signed_in=MODERATOR.email) as first:
        expect(first.locator("#presence")).to_be_empty()
        with visit(address, signed_in=SECOND_MODERATOR.email) as second:
            expect(second.locator("#presence")).to_contain_text(MODERATOR.pen_name)
            first.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
            expect(first.locator("#presence")).to_contain_text(SECOND_MODERATOR.pen_name)
