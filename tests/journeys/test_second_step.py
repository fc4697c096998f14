"""A moderator who signs in with something that only they have: an app, codes on paper, a passkey."""

import re
from collections.abc import Callable, Iterator

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Browser, Page, expect

from benchmarks.sender import Sender
from benchmarks.served import ServedPortal
from tests.journeys.people import CAREFUL
from tests.journeys.steps import sign_in
from tests.journeys.test_pages import AXE, LOOKS, look_at
from tests.journeys.visit import Visits, Watch

DESK = re.compile("/en/moderate/$")
ASKED = re.compile(r"/en/account/second-factor\?next=")
A_KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def visit(browser: Browser, site: ServedPortal, session_of: Callable[[str], Sender]) -> Iterator[Visits]:
    """Opens the portal by a name: a passkey belongs to one, and not to a number."""
    watch = Watch(site.address.replace("127.0.0.1", "localhost"))
    yield Visits(browser, watch, session_of)
    assert watch.complaints == []


def code(secret: str, steps: int = 0) -> str:
    """What an app shows that was given the letters ``secret``, so many half minutes from now."""
    generator = TOTP(key=secret)
    return str(generator.generate(generator.normalize_time(None) + 30 * steps).token)


def leave_and_come_back(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.goto("/en/moderate/")
    sign_in(page, CAREFUL.email, CAREFUL.password)
    expect(page).to_have_url(ASKED)


def nothing_is_wrong_with(page: Page) -> None:
    page.evaluate(AXE)
    assert {where: what for where, what in look_at(page, LOOKS) if what} == {}


def test_an_app_a_code_on_paper_and_a_passkey(visit: Visits) -> None:
    with visit(width=360, height=740) as page:
        keys = page.context.new_cdp_session(page)
        keys.send("WebAuthn.enable")
        keys.send("WebAuthn.addVirtualAuthenticator", {"options": A_KEY})

        page.goto("/en/account/login")
        sign_in(page, CAREFUL.email, CAREFUL.password)
        page.get_by_role("link", name="Profile").click()
        page.get_by_role("link", name="The second step of signing in").click()
        page.get_by_role("link", name="Set up an app").click()
        secret = page.locator(".letters").inner_text()
        page.get_by_label("The six digits from your app").fill(code(secret))
        page.get_by_role("button", name="Done").click()
        paper = page.locator("ol.codes li").all_inner_texts()
        assert len(paper) == 10
        nothing_is_wrong_with(page)
        page.get_by_role("link", name="I have them: go on").click()
        expect(page).to_have_url(DESK)

        leave_and_come_back(page)
        page.get_by_label("The six digits from your app").fill("000000")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text("This code is not right")).to_be_visible()
        nothing_is_wrong_with(page)
        page.get_by_label("The six digits from your app").fill(code(secret, 1))
        page.get_by_role("button", name="Go on").click()
        expect(page).to_have_url(DESK)

        page.goto("/en/account/second-factor")
        page.get_by_label("Name").fill("The blue stick")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("button", name="Remove The blue stick")).to_be_visible()
        nothing_is_wrong_with(page)

        leave_and_come_back(page)
        page.get_by_role("button", name="Use my passkey").click()
        expect(page).to_have_url(DESK)

    with visit(javascript=False) as page:
        page.goto("/en/moderate/")
        sign_in(page, CAREFUL.email, CAREFUL.password)
        expect(page).to_have_url(ASKED)
        expect(page.get_by_role("button", name="Use my passkey")).to_have_count(0)
        page.get_by_label("The six digits from your app").fill(paper[0])
        page.get_by_role("button", name="Go on").click()
        expect(page).to_have_url(DESK)
