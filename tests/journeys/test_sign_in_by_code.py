"""Somebody who keeps no passwords: registers with an address alone, and comes in by the digits from a letter."""

import re
import secrets
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import SIGN_IN
from tests.journeys.visit import Visits

Letters = Callable[[str, int], list[EmailMessage]]
TYPE_IT = re.compile("/en/account/code$")


def digits_in(letter: EmailMessage) -> str:
    """The code, as the list of letters shows it."""
    return str(letter["Subject"]).split(" ", 1)[0]


def type_code(page: Page, digits: str) -> None:
    expect(page).to_have_url(TYPE_IT)
    page.get_by_label("The six digits from the letter").fill(f"{digits[:3]} {digits[3:]}")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with a script", "without"])
def test_an_account_without_a_password(visit: Visits, letters_to: Letters, javascript: bool) -> None:
    address = f"{secrets.token_hex(6)}@example.org"
    with visit("/en/account/register", javascript=javascript, width=320, height=640) as page:
        page.get_by_label("E-mail address").fill(address)
        page.get_by_role("main").get_by_role("button", name="Register").click()
        type_code(page, digits_in(letters_to(address, 1)[0]))
        expect(page).to_have_url(re.compile("/en/my/contributions"))
        page.get_by_role("button", name="Sign out").click()

        page.goto("/en/contribute")
        expect(page).to_have_url(SIGN_IN)
        page.get_by_label("E-mail address").fill(address)
        page.get_by_role("button", name="Send me a code").click()
        digits = digits_in(letters_to(address, 2)[1])
        type_code(page, f"{(int(digits) + 1) % 10**6:06}")
        expect(page.get_by_text("This code is not right")).to_be_visible()
        type_code(page, digits)
        expect(page).to_have_url(re.compile("/en/contribute$"))
