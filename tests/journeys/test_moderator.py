"""A moderator works through the queue; the relative hears of it and answers."""

import re
import time
from collections.abc import Callable
from email.message import EmailMessage

from playwright.sync_api import Page, expect

from tests.journeys.album import Album
from tests.journeys.people import MODERATOR, RELATIVE, SECOND_MODERATOR, SECONDS_TO_PREPARE
from tests.journeys.steps import act, follow, look_through, sign_in
from tests.journeys.visit import Visits

QUESTION = "В каком городе стоял госпиталь?"


def letter_about(surname: str, letters: list[EmailMessage]) -> str:
    """The newest letter about somebody."""
    return next(letter.get_content() for letter in reversed(letters) if surname in str(letter["Subject"]))


def test_a_case_is_returned_corrected_and_published(
    visit: Visits,
    sent: Callable[..., str],
    drawn_album: Album,
    letters_to: Callable[[str, int], list[EmailMessage]],
    surname: str,
) -> None:
    identifier = sent({"surname": surname}, [drawn_album.portrait, drawn_album.turned])
    following = sent({"surname": f"{surname}-вторая"})
    with visit("/en/account/login") as desk:
        sign_in(desk, MODERATOR.email, MODERATOR.password)
        desk.get_by_role("link", name="Desk").click()
        follow(desk, surname)
        look_through(desk, 2)
        decide(desk, "claim")
        return_with_question(desk)
        expect(desk).to_have_url(re.compile(following))
        expect(desk.get_by_role("status")).to_contain_text("Returned")

        letters = letters_to(RELATIVE.email, 3)
        while QUESTION not in letter_about(surname, letters):
            letters = letters_to(RELATIVE.email, len(letters) + 1)
        with visit("/en/my/contributions", signed_in=RELATIVE.email) as page:
            expect(page.get_by_role("listitem").filter(has_text=identifier)).to_contain_text("has a question")
            page.goto(f"/en/contribute/{identifier}")
            expect(page.locator("#question")).to_contain_text(QUESTION)
            expect(page.locator("#question")).to_contain_text("Something in the facts is unclear")
            page.locator("#birth_place").fill("Омск")
            act(page, "submit")
            expect(page.locator(".state")).to_have_text("Sent, waits for a moderator")

        desk.goto(f"/en/moderate/{identifier}")
        expect(desk.get_by_role("region", name="Facts")).to_contain_text("Омск")
        expect(desk.locator(".log")).to_contain_text(QUESTION)
        decide(desk, "claim")
        approve(desk, identifier)
        expect(desk.get_by_role("status")).to_contain_text("Approved")

    with visit(f"/en/my/{identifier}", signed_in=RELATIVE.email) as page:
        expect(page.locator(".state")).to_have_text("Published")
        expect(page.locator(".history")).to_contain_text(MODERATOR.pen_name)
        follow(page, "To the entry")
        expect(page.get_by_role("heading", level=1)).to_contain_text(surname)


def decide(page: Page, verb: str) -> None:
    """Press the button that sends one of the desk's forms: claim, release, approve, return, reject."""
    page.locator(f"form[action$='/{verb}'] button").click()


def return_with_question(page: Page) -> None:
    page.locator("details:has(#return-message) > summary").click()
    page.locator("#return-reason").select_option("facts_unclear")
    page.locator("#return-message").fill(QUESTION)
    decide(page, "return")


def approve(page: Page, identifier: str) -> None:
    """Once the pictures are prepared: nobody living is exposed, approved."""
    deadline = time.monotonic() + SECONDS_TO_PREPARE
    while page.get_by_text("The pictures are still being prepared").count():
        assert time.monotonic() < deadline
        page.goto(f"/en/moderate/{identifier}")
    page.locator("[name=nobody_living_exposed]").check()
    decide(page, "approve")


def test_a_case_is_not_published_for_a_reason(visit: Visits, sent: Callable[..., str], surname: str) -> None:
    identifier = sent({"surname": surname})
    with visit(f"/en/moderate/{identifier}", signed_in=MODERATOR.email) as page:
        decide(page, "claim")
        page.locator("details:has(#reject-message) > summary").click()
        page.locator("#reject-reason").select_option("source_needed")
        page.locator("#reject-message").fill("Пришлите, пожалуйста, документ.")
        decide(page, "reject")
        expect(page.get_by_role("status")).to_contain_text("Not published")
    with visit(f"/en/my/{identifier}", signed_in=RELATIVE.email) as page:
        expect(page.locator(".state")).to_have_text("Not published yet")
        expect(page.locator(".history")).to_contain_text("A source is needed")
        expect(page.locator(".history")).to_contain_text("Пришлите, пожалуйста, документ.")


def test_two_moderators_do_not_work_on_one_case(visit: Visits, sent: Callable[..., str], surname: str) -> None:
    identifier = sent({"surname": surname})
    address = f"/en/moderate/{identifier}"
    with visit(address, signed_in=MODERATOR.email) as first, visit(address, signed_in=SECOND_MODERATOR.email) as second:
        decide(first, "claim")
        decide(second, "claim")
        expect(second.get_by_role("alert")).to_have_text("Another moderator is working on this case.")
        expect(second.get_by_role("heading", level=1)).to_contain_text(surname)
        expect(second.locator("form[action$=approve]")).to_have_count(0)

        decide(first, "release")
        second.goto(address)
        decide(second, "claim")
        expect(second.get_by_role("status")).to_contain_text("The case is yours")


def test_a_case_that_was_decided_meanwhile_is_shown_as_it_stands(
    visit: Visits, sent: Callable[..., str], surname: str
) -> None:
    identifier = sent({"surname": surname})
    with visit(f"/en/moderate/{identifier}", signed_in=MODERATOR.email) as page:
        decide(page, "claim")
        other = page.context.new_page()
        other.goto(f"/en/moderate/{identifier}")
        approve(other, identifier)
        expect(other.get_by_role("status")).to_contain_text("Approved")
        return_with_question(page)
        expect(page.get_by_role("alert")).to_contain_text("decided or changed in the meantime")
        expect(page.get_by_role("heading", level=1)).to_contain_text(surname)
        page.get_by_role("banner").get_by_role("link", name="Русский").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(surname)
