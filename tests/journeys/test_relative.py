"""A relative tells about somebody: from the first page to "My contributions", with a script and without."""

import secrets
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.album import Album, real
from tests.journeys.people import MODERATOR, RELATIVE
from tests.journeys.steps import (
    SIGN_IN,
    act,
    answer_briefly,
    choose_pictures,
    expect_seen,
    follow,
    open_step,
    pictures,
    press,
    register,
    save,
)
from tests.journeys.visit import Visits

Letters = Callable[[str, int], list[EmailMessage]]
PASSWORD = "birch rye lantern"
WRONG_DATE = "31 February 1915"
STORY = "Она выносила раненых.\n\nПосле войны лечила детей."


@pytest.fixture(params=["drawn", "real"])
def album(request: pytest.FixtureRequest, drawn_album: Album) -> Album:
    """The journey is made once with drawn pictures and once with real ones."""
    return drawn_album if request.param == "drawn" else real()


def test_a_relative_sends_a_contribution(visit: Visits, album: Album, letters_to: Letters, surname: str) -> None:
    address = f"{secrets.token_hex(6)}@example.org"
    with visit("/en/") as page:
        page.locator("header .button").click()
        expect(page).to_have_url(SIGN_IN)
        register(page, address, PASSWORD, letters_to)

        page.goto("/en/contribute")
        answer_briefly(page, "")
        page.locator("#birth_date").fill(WRONG_DATE)
        send_each_picture(page, album)
        act(page, "submit")

        expect(page.locator("#summary")).to_be_focused()
        expect_everything_kept(page, album)
        links = page.locator("#summary a")
        expect(links).to_have_count(3)
        for link, field in zip(links.all(), ("#surname", "#birth_date", "#permission"), strict=True):
            link.click()
            expect(page.locator(field)).to_be_focused()
            expect(page.locator(f"{field}[aria-invalid=true]")).to_be_visible()

        page.locator("#surname").fill(surname)
        page.locator("#birth_date").fill("about 1915")
        pictures(page).nth(1).locator("[name$=-caption]").fill("В госпитале")
        act(page, "save")
        expect(page.locator("#birth_date-understood")).to_contain_text("1915")
        open_step(page, "story")
        page.locator("#biography").fill(STORY)
        save(page)

        again = page.context.new_page()
        page.close()
        again.goto("/en/my/contributions")
        follow(again, surname)
        expect(pictures(again)).to_have_count(len(album.all))
        act(again, "preview")
        expect(again.get_by_role("article").get_by_role("heading", level=1)).to_contain_text(surname)
        expect(again.get_by_role("article")).to_contain_text("После войны лечила детей.")
        expect_seen(again.get_by_role("article").locator("figure img"), len(album.all))
        expect(again.locator("form[action$='/submit']")).to_have_count(0)

        again.locator("main .go a").click()
        again.locator("#permission").check()
        act(again, "preview")
        press(again, "/submit")
        expect(again.locator(".state-submitted")).to_be_visible()
        again.goto("/en/my/contributions")
        expect(again.locator("li", has_text=surname).locator(".state-submitted")).to_be_visible()
        assert surname in str(letters_to(address, 2)[1]["Subject"])

        press(again, "/logout")
        again.goto("/en/my/contributions")
        expect(again).to_have_url(SIGN_IN)


def send_each_picture(page: Page, album: Album) -> None:
    """Each is shown while it travels, and gets a card with its thumbnail once it has arrived."""
    choose_pictures(page, album.all)
    expect(page.locator("#uploads progress").first).to_be_visible()
    expect(page.locator("#uploads li").last).to_contain_text(album.all[-1].name)
    expect(pictures(page)).to_have_count(len(album.all))
    expect(page.locator("#uploads progress")).to_have_count(0)
    expect_seen(pictures(page).locator("> img"), len(album.all))
    assert page.locator("#none_survives").is_checked() is False


def expect_everything_kept(page: Page, album: Album) -> None:
    """After a mistake nothing has to be done again."""
    expect(page.locator("#given_name")).to_have_value("Анна")
    expect(page.locator("#birth_date")).to_have_value(WRONG_DATE)
    expect(page.locator("[name=categories][value=medical]")).to_be_checked()
    expect(page.locator("#fate")).to_have_value("survived")
    expect(page.locator("[name=living][value=no]")).to_be_checked()
    expect_seen(pictures(page).locator("> img"), len(album.all))
    for card, path in zip(pictures(page).all(), album.all, strict=True):
        expect(card).to_contain_text(path.name)


def test_it_goes_as_well_without_a_script(visit: Visits, drawn_album: Album, letters_to: Letters, surname: str) -> None:
    address = f"{secrets.token_hex(6)}@example.org"
    with visit("/en/", javascript=False) as page:
        page.locator("header .button").click()
        register(page, address, PASSWORD, letters_to)

        page.goto("/en/contribute")
        answer_briefly(page, "")
        page.locator("#birth_date").fill(WRONG_DATE)
        choose_pictures(page, drawn_album.all)
        act(page, "submit")

        expect(page.locator("#summary a")).to_have_count(3)
        expect_everything_kept(page, drawn_album)

        page.locator("#surname").fill(surname)
        page.locator("#birth_date").fill("1915")
        page.locator("#permission").check()
        act(page, "save")
        open_step(page, "story")
        page.locator("#biography").fill(STORY)
        save(page)

        again = page.context.new_page()
        page.close()
        again.goto("/en/my/contributions")
        follow(again, surname)
        expect(pictures(again)).to_have_count(len(drawn_album.all))
        pictures(again).last.locator("button[value^=remove]").click()
        expect(pictures(again)).to_have_count(len(drawn_album.all) - 1)
        expect(again.locator("#surname")).to_have_value(surname)
        act(again, "preview")
        expect(again.get_by_role("article")).to_contain_text("После войны лечила детей.")
        expect_seen(again.get_by_role("article").locator("figure img"), len(drawn_album.all) - 1)
        press(again, "/submit")
        expect(again.locator(".state-submitted")).to_be_visible()


def test_what_is_no_picture_is_refused_with_a_sentence(visit: Visits, drawn_album: Album, tmp_path: Path) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7\n%%EOF\n")
    with visit("/en/contribute", signed_in=RELATIVE.email) as page:
        choose_pictures(page, [letter, drawn_album.portrait])
        expect(page.locator("#uploads .wrong")).to_contain_text("letter.pdf")
        expect(pictures(page)).to_have_count(1)
    with visit("/en/contribute", signed_in=RELATIVE.email, javascript=False) as page:
        page.locator("#surname").fill("Орлова")
        choose_pictures(page, [letter, drawn_album.portrait])
        act(page, "save")
        expect(page.locator("#summary")).to_contain_text("letter.pdf")
        expect(page.locator("#surname")).to_have_value("Орлова")
        expect(pictures(page)).to_have_count(1)


def test_a_sent_contribution_can_be_withdrawn(visit: Visits, sent: Callable[..., str], surname: str) -> None:
    identifier = sent({"surname": surname})
    with visit(f"/en/my/{identifier}", signed_in=RELATIVE.email) as page:
        page.locator(".withdraw summary").click()
        press(page, "/withdraw")
        expect(page.locator(".state-withdrawn")).to_be_visible()
    with visit(f"/en/moderate/{identifier}", signed_in=MODERATOR.email) as page:
        expect(page.locator("button[formaction$='/claim']")).to_have_count(0)


def test_consent_is_asked_for_where_somebody_is_living(visit: Visits) -> None:
    with visit("/en/contribute", signed_in=RELATIVE.email, javascript=False) as page:
        for answered, consent in (("living", "#living_consent"), ("living_faces", "#faces_consent")):
            for value, asked in (("no", False), ("yes", True), ("not_known", False)):
                page.locator(f"[name={answered}][value={value}]").check()
                expect(page.locator(consent)).to_be_visible(visible=asked)
