"""What people do on pages, by what they see there: labels, buttons, links."""

import re
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import SECONDS_TO_PREPARE
from tests.smtp import text_of

SIGN_IN = re.compile("/en/account/login")
ADDRESS = re.compile(r"https?://\S+")


def press(page: Page, form: str = "") -> None:
    """Press the button of the form whose address ends so, or of the only form on the page."""
    page.locator(f"main form[action$='{form}'] button" if form else "main .step form .go button").click()


def act(page: Page, action: str) -> None:
    """Press one of the form's own buttons: save, preview, submit."""
    page.locator(f"button.button[name=action][value={action}]").click()


def save(page: Page) -> None:
    """Save for later, and wait until the portal has answered."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        act(page, "save")


def open_step(page: Page, step: str) -> None:
    """Go to a step of the form by its button; what is typed is saved first."""
    page.locator(f"button[value='go:{step}']").click()
    expect(page).to_have_url(re.compile(f"/contribute/[0-9a-z]{{9}}/{step}"))


def follow(page: Page, name: str) -> None:
    """Follow the link of somebody's name."""
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def answer_briefly(page: Page, surname: str) -> None:
    """The facts that are needed, and no others."""
    page.locator("#surname").fill(surname)
    page.locator("#given_name").fill("Анна")
    page.locator("#birth_date").fill("12 May 1915")
    page.locator("[name=categories][value=medical]").check()
    page.locator("#fate").select_option("survived")
    page.locator("[name=living][value=no]").check()


def pictures(page: Page) -> Locator:
    """The cards of the pictures that have arrived."""
    return page.locator("#pictures > li")


def choose_pictures(page: Page, files: list[Path]) -> None:
    page.locator("#photos").set_input_files(files)


def expect_seen(images: Locator, number: int) -> None:
    """Each of so many pictures is there and can be seen, and not only its frame."""
    expect(images).to_have_count(number)
    for image in images.all():
        image.scroll_into_view_if_needed()
        image.and_(image.page.locator("img[src]")).wait_for()
        handle = image.element_handle()
        assert handle is not None
        image.page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=handle)


def register(page: Page, address: str, password: str, letters_to: Callable[[str, int], list[EmailMessage]]) -> None:
    """Make an account, confirm its address by the letter's link and the page's button, and sign in with it."""
    page.goto("/en/account/register")
    page.locator("#email").fill(address)
    page.locator("#password").fill(password)
    page.locator("#display_name").fill("Мария Орлова")
    press(page)
    expect(page).to_have_url(re.compile("/en/account/code"))
    found = ADDRESS.search(text_of(letters_to(address, 1)[0]))
    assert found is not None, "the letter leads to the page that confirms"
    page.goto(found[0])
    press(page)
    expect(page).to_have_url(SIGN_IN)
    sign_in(page, address, password)


def sign_in(page: Page, address: str, password: str) -> None:
    """Fill in the page for it, which is open."""
    page.locator("#email").fill(address)
    page.locator("#password").fill(password)
    press(page)
    expect(page.get_by_text(address)).to_be_visible()


def look_through(page: Page, number: int) -> None:
    """The viewer opens by Enter, goes on by the arrow through so many pictures, ends by Escape, and gives the focus
    back to the picture that was opened."""
    first = page.locator("a[data-viewer]").first
    first.focus()
    page.keyboard.press("Enter")
    viewer = page.get_by_role("dialog")
    expect(viewer.locator(".stage")).to_be_focused()
    for turn in range(1, number + 1):
        expect(viewer.locator(".counter")).to_have_text(f"{turn} / {number}")
        expect(viewer.locator(".first")).to_have_count(0)  # the large picture has taken its place
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(first).to_be_focused()


def decide(page: Page, verb: str) -> None:
    """Press the button that sends one of the desk's forms: claim, release, approve, return, reject."""
    page.locator(f"button[formaction$='/{verb}']:not([name=begin])").first.click()


def approve(page: Page) -> None:
    """Nobody living is exposed: approve, again if the pictures were not prepared yet."""
    deadline = time.monotonic() + SECONDS_TO_PREPARE
    while "said=approved" not in page.url:
        assert time.monotonic() < deadline, "it cannot be approved"
        page.locator("[name=nobody_living_exposed]").check()
        with page.expect_navigation():
            decide(page, "approve")


def to_the_entry(page: Page) -> None:
    """From the page about a contribution to the entry, which is published a moment after it was approved."""
    deadline = time.monotonic() + SECONDS_TO_PREPARE
    link = page.locator("main a[href^='/p/']")
    while not link.count():
        assert time.monotonic() < deadline, "it is not published"
        page.reload()
    link.click()
