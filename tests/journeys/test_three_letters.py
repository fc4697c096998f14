"""A soldier, a worker of a defence enterprise and a resident of besieged Leningrad are told about from family letters,
by somebody who is interrupted by a closed window, a lost connection and a session that ends: not a word has to be typed
twice. With a script, and without one, where a button's press is what keeps."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import cast

import pytest
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import BrowserContext, Page, expect

from benchmarks.sender import Sender
from tests.journeys.album import Album, real
from tests.journeys.family_letters import LETTERS, Letter
from tests.journeys.people import MODERATOR, RELATIVE
from tests.journeys.steps import act, choose_pictures, pictures
from tests.journeys.visit import Visits

SessionOf = Callable[[str], Sender]


@pytest.fixture(params=["drawn", "real"])
def album(request: pytest.FixtureRequest, drawn_album: Album) -> Album:
    """Once with drawn pictures and once with real ones."""
    return drawn_album if request.param == "drawn" else real()


def fill(page: Page, fields: Mapping[str, str]) -> None:
    for name, value in fields.items():
        page.locator(f"#{name}").fill(value)


def fill_short_way(page: Page, letter: Letter, surname: str) -> None:
    fill(page, {"surname": surname, **letter.brief})
    page.locator(f"[name=categories][value={letter.kind}]").check()
    page.locator("#fate").select_option(letter.fate)
    page.locator("[name=living][value=no]").check()


def expect_filled(page: Page, fields: Mapping[str, str]) -> None:
    for name, value in fields.items():
        expect(page.locator(f"#{name}")).to_have_value(value)


@contextmanager
def signed_out(context: BrowserContext) -> Iterator[None]:
    """Without the session, as if it had ended on the server; afterwards signed in again."""
    kept = context.cookies()
    context.clear_cookies()
    yield
    context.clear_cookies()
    context.add_cookies([cast(SetCookieParam, cookie) for cookie in kept])


@pytest.mark.parametrize("letter", LETTERS, ids=[letter.kind for letter in LETTERS])
def test_with_a_script(visit: Visits, album: Album, letter: Letter, surname: str) -> None:
    with visit(f"/{letter.language}/contribute", signed_in=RELATIVE.email) as first:
        context = first.context
        context.set_offline(True)
        fill_short_way(first, letter, surname)
        expect(first.locator("#unsaved")).to_be_visible()
        first.close(run_before_unload=False)  # the connection is lost, and the window closed with it
        context.set_offline(False)

        page = context.new_page()
        page.goto(f"/{letter.language}/contribute")
        expect_filled(page, {"surname": surname, **letter.brief})
        expect(page.locator(f"[name=categories][value={letter.kind}]")).to_be_checked()
        expect(page.locator("#birth_date-understood")).to_contain_text(letter.meant["birth_date"])
        choose_pictures(page, [album.portrait])
        expect(pictures(page)).to_have_count(1)
        page.locator("[name=living_faces][value=no]").check()
        page.locator("#permission").check()
        act(page, "save")

        for step, fields in letter.steps.items():
            page.locator(f"button[value='go:{step}']").click()
            for name in letter.never_asked:
                expect(page.locator(f"#{name}")).to_have_count(0)
            with signed_out(context):
                fill(page, fields)
                expect(page.locator("#unsaved")).to_be_visible()
            page.evaluate("dispatchEvent(new Event('online'))")  # looked at again after signing in
            expect(page.locator("#unsaved")).to_be_hidden()
            expect_filled(page, fields)
            for name in fields.keys() & letter.meant.keys():
                expect(page.locator(f"#{name}-understood")).to_contain_text(letter.meant[name])
        act(page, "submit")
        expect(page.locator(".state-submitted")).to_be_visible()
    expect_whole(visit, page.url.rsplit("/", 1)[-1].split("?")[0], letter, surname)


@pytest.mark.parametrize("letter", LETTERS, ids=[letter.kind for letter in LETTERS])
def test_without_a_script(visit: Visits, album: Album, letter: Letter, surname: str) -> None:
    with visit(f"/{letter.language}/contribute", signed_in=RELATIVE.email, javascript=False) as page:
        context = page.context
        fill_short_way(page, letter, surname)
        with signed_out(context):
            act(page, "next")  # the button sends, and the session has ended
            expect(page.locator("main")).not_to_contain_text(surname)
        page.locator("main .go a.button").click()
        expect_filled(page, {"surname": surname, **letter.brief})
        choose_pictures(page, [album.portrait])
        page.locator("[name=living_faces][value=no]").check()
        page.locator("#permission").check()
        act(page, "save")
        expect(pictures(page)).to_have_count(1)

        for step, fields in letter.steps.items():
            page.locator(f"button[value='go:{step}']").click()
            for name in letter.never_asked:
                expect(page.locator(f"#{name}")).to_have_count(0)
            fill(page, fields)
            with signed_out(context):
                act(page, "save")
            page.locator("main .go a.button").click()
            expect_filled(page, fields)
            act(page, "save")
            page.goto(page.url)  # the window was closed, and opened again
            expect_filled(page, fields)
        act(page, "submit")
        if page.locator("dl.facts .understood").count():
            page.locator("main form.go button").click()
        expect(page.locator(".state-submitted")).to_be_visible()
        identifier = page.url.rsplit("/", 1)[-1].split("?")[0]
    expect_whole(visit, identifier, letter, surname)


def expect_whole(visit: Visits, identifier: str, letter: Letter, surname: str) -> None:
    """Everything that the letter tells has come to the moderators."""
    with visit(f"/{letter.language}/moderate/{identifier}", signed_in=MODERATOR.email) as desk:
        case = desk.locator(".case")
        expect(case).to_contain_text(surname)
        for fields in letter.steps.values():
            for name, value in fields.items():
                expect(case).to_contain_text(letter.meant.get(name, value))
