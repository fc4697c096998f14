"""A moderator works through the queue; the relative hears of it and answers."""

import re
from collections.abc import Callable
from email.message import EmailMessage

from playwright.sync_api import Page, expect

from tests.journeys.album import Album
from tests.journeys.people import MODERATOR, RELATIVE, SECOND_MODERATOR
from tests.journeys.steps import act, approve, decide, follow, look_through, open_step, sign_in, to_the_entry
from tests.journeys.visit import Visits
from tests.smtp import text_of

QUESTION = "В каком городе стоял госпиталь?"


def letter_about(surname: str, letters: list[EmailMessage]) -> str:
    """The newest letter about somebody."""
    return next(text_of(letter) for letter in reversed(letters) if surname in str(letter["Subject"]))


def test_a_case_is_returned_corrected_and_published(
    visit: Visits,
    sent: Callable[..., str],
    drawn_album: Album,
    letters_to: Callable[[str, int], list[EmailMessage]],
    surname: str,
) -> None:
    identifier = sent({"surname": surname}, [drawn_album.portrait, drawn_album.turned])
    sent({"surname": f"{surname}-вторая"})
    with visit("/en/account/login") as desk:
        sign_in(desk, MODERATOR.email, MODERATOR.password)
        desk.locator("a[href='/en/moderate/']").click()
        follow(desk, surname)
        look_through(desk, 2)
        decide(desk, "claim")
        reason = return_with_question(desk)
        expect(desk).to_have_url(re.compile(r"/moderate/[0-9a-z]{9}\?said=returned"))
        assert identifier not in desk.url, "the next case comes up"

        letters = letters_to(RELATIVE.email, 3)
        while QUESTION not in letter_about(surname, letters):
            letters = letters_to(RELATIVE.email, len(letters) + 1)
        with visit("/en/my/contributions", signed_in=RELATIVE.email) as page:
            expect(page.locator(f"li:has(a[href$='{identifier}'])").locator(".state-returned")).to_be_visible()
            page.goto(f"/en/contribute/{identifier}")
            expect(page.locator("#question")).to_contain_text(QUESTION)
            expect(page.locator("#question")).to_contain_text(reason)
            open_step(page, "life")
            page.locator("#birth_place").fill("Омск")
            act(page, "submit")
            expect(page.locator(".state-submitted")).to_be_visible()

        desk.goto(f"/en/moderate/{identifier}")
        expect(desk.locator(".case")).to_contain_text("Омск")
        expect(desk.locator(".log")).to_contain_text(QUESTION)
        decide(desk, "claim")
        approve(desk)

    with visit(f"/en/my/{identifier}", signed_in=RELATIVE.email) as page:
        expect(page.locator(".state-approved")).to_be_visible()
        expect(page.locator(".history")).to_contain_text(MODERATOR.pen_name)
        to_the_entry(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text(surname)


def return_with_question(page: Page) -> str:
    """Ask the sender something; gives the reason in words."""
    page.locator("details:has(#return-message) > summary").click()
    page.locator("#return-reason").select_option("facts_unclear")
    page.locator("#return-message").fill(QUESTION)
    reason = page.locator("#return-reason option:checked").inner_text()
    decide(page, "return")
    return reason


def test_a_case_is_not_published_for_a_reason(visit: Visits, sent: Callable[..., str], surname: str) -> None:
    identifier = sent({"surname": surname})
    with visit(f"/en/moderate/{identifier}", signed_in=MODERATOR.email) as page:
        decide(page, "claim")
        page.locator("details:has(#reject-message) > summary").click()
        page.locator("#reject-reason").select_option("source_needed")
        page.locator("#reject-message").fill("Пришлите, пожалуйста, документ.")
        decide(page, "reject")
        expect(page).to_have_url(re.compile("said=rejected"))
    with visit(f"/en/my/{identifier}", signed_in=RELATIVE.email) as page:
        expect(page.locator(".state-rejected")).to_be_visible()
        expect(page.locator(".history")).to_contain_text("Пришлите, пожалуйста, документ.")


def test_two_moderators_do_not_work_on_one_case(visit: Visits, sent: Callable[..., str], surname: str) -> None:
    identifier = sent({"surname": surname})
    address = f"/en/moderate/{identifier}"
    with visit(address, signed_in=MODERATOR.email) as first, visit(address, signed_in=SECOND_MODERATOR.email) as second:
        decide(first, "claim")
        decide(second, "claim")
        expect(second.get_by_role("alert")).to_be_visible()
        expect(second.get_by_role("heading", level=1)).to_contain_text(surname)
        expect(second.locator("button[formaction$=approve]")).to_have_count(0)

        decide(first, "release")
        second.goto(address)
        decide(second, "claim")
        expect(second.locator("button[formaction$=approve]")).to_be_visible()


def test_a_case_that_was_decided_meanwhile_is_shown_as_it_stands(
    visit: Visits, sent: Callable[..., str], surname: str
) -> None:
    identifier = sent({"surname": surname})
    with visit(f"/en/moderate/{identifier}", signed_in=MODERATOR.email) as page:
        decide(page, "claim")
        other = page.context.new_page()
        other.goto(f"/en/moderate/{identifier}")
        approve(other)
        return_with_question(page)
        expect(page.get_by_role("alert")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_contain_text(surname)
        page.locator("details.langs summary").click()
        page.get_by_role("banner").get_by_role("link", name="Русский").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(surname)
