"""Frames on pictures: a portrait is cropped, people are named, a part is hidden, a veil is lifted."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.album import Album
from tests.journeys.people import MODERATOR, RELATIVE
from tests.journeys.steps import (
    act,
    answer_briefly,
    approve,
    choose_pictures,
    decide,
    expect_seen,
    pictures,
    to_the_entry,
)
from tests.journeys.visit import Visits

FRAME = ["left", "top", "width", "height"]


def box(drawn: Locator) -> list[float]:
    """Where a frame stands, in whole percent of the picture, as it is drawn."""
    return drawn.evaluate(
        """rect => {
            const tall = rect.ownerSVGElement.viewBox.baseVal.height;
            const [x, y, width, height] = ["x", "y", "width", "height"].map(name => rect[name].baseVal.value);
            return [x / 100, y / tall * 100, width / 100, height / tall * 100].map(Math.round);
        }"""
    )


def typed(part: Locator) -> list[float]:
    """What the four fields say."""
    return [round(float(part.locator(f"[name={side}]").input_value())) for side in FRAME]


def drag(page: Page, svg: Locator, begin: tuple[float, float], end: tuple[float, float]) -> None:
    """Press the mouse at one point of the picture, given as parts of it, and let it go at another."""
    svg.scroll_into_view_if_needed()
    here = svg.bounding_box()
    assert here is not None
    points = [(here["x"] + here["width"] * x, here["y"] + here["height"] * y) for x, y in (begin, end)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=4)
    page.mouse.up()


def begin(page: Page, surname: str, album: Album) -> None:
    """A draft with a portrait and another picture, and the portrait's own page."""
    answer_briefly(page, surname)
    choose_pictures(page, [album.portrait])
    expect(pictures(page)).to_have_count(1)
    choose_pictures(page, [album.camera])
    expect(pictures(page)).to_have_count(2)
    page.locator("#permission").check()
    to_picture(page, 0)


def to_picture(page: Page, number: int) -> None:
    """From the form to one picture's own page."""
    pictures(page).nth(number).locator("button[value^='picture:']").click()
    expect(page.locator("#people")).to_be_visible()


def test_a_portrait_is_cropped_with_the_keyboard_and_with_the_mouse(
    visit: Visits, drawn_album: Album, surname: str
) -> None:
    with visit("/en/contribute", signed_in=RELATIVE.email) as page:
        begin(page, surname, drawn_album)
        crop = page.locator("#crop form")
        frame = crop.locator(".frame")
        size, across, down = (page.locator(f"#crop-{name}") for name in ("size", "across", "down"))
        expect_seen(crop.locator("img"), 1)
        size.focus()
        for _ in range(10):
            page.keyboard.press("-")
        expect(size).to_have_value("50")
        across.focus()
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        down.focus()
        page.keyboard.press("End")
        expect(across).to_have_value("1")
        left, top, width, height = box(frame)
        assert left in {0, 1}, "one percent of the room that is left"
        assert (top, width) == (100 - height, 50)
        crop.locator("button[value=crop]").press("Enter")
        expect(page).to_have_url(re.compile("said=cropped"))
        expect(size).to_have_value("50")
        expect(down).to_have_value("100")
        before = box(frame)
        drag(page, crop.locator("svg"), (0.2, 0.8), (0.45, 0.3))
        after = box(frame)
        assert after[2:] == before[2:], "its shape and size stay"
        assert (after[0], after[1]) == (before[0] + 25, before[1] - 50)
        with page.expect_navigation():
            crop.locator("button[value=crop]").click()
        assert abs(box(frame)[0] - after[0]) <= 1, "as it was left, within the step of a slider"
        crop.locator("button[value=proposal]").click()
        expect(size).to_have_value("100")


def test_who_is_in_a_picture_is_drawn_named_and_published(visit: Visits, drawn_album: Album, surname: str) -> None:
    with visit("/en/contribute", signed_in=RELATIVE.email) as page:
        begin(page, surname, drawn_album)
        page.get_by_role("link", name="Back to the form").first.click()
        to_picture(page, 1)
        people = page.locator("#people [data-frame]")
        new = people.locator(".new")
        drag(page, people.locator("svg"), (0.3, 0.1), (0.7, 0.5))
        assert typed(people) == box(new) == [30, 10, 40, 40]
        drag(page, people.locator("svg"), (0.5, 0.3), (0.55, 0.35))
        assert typed(people) == box(new) == [35, 15, 40, 40], "a frame that is there already is moved"
        page.locator("#name").fill("Иван Петров")
        page.get_by_role("button", name="Name this person").click()
        expect(page.locator(".named li")).to_have_text(re.compile("Иван Петров"))
        expect(page.locator("g.person")).to_have_count(1)
        page.get_by_role("button", name="Put a frame in the middle").press("Enter")
        expect(page.locator("#people-left")).to_be_focused()
        page.keyboard.press("ArrowUp")
        assert box(new) == [41, 40, 20, 20]
        page.locator("#name").fill("Анна Орлова")
        page.locator("#name").press("Enter")
        expect(page.locator(".named li")).to_have_count(2)
        page.get_by_role("link", name="Back to the form").first.click()
        act(page, "submit")
        expect(page.locator(".state-submitted")).to_be_visible()
        case = page.url.split("/my/")[1][:9]
    with visit(f"/en/moderate/{case}", signed_in=MODERATOR.email) as desk:
        expect(desk.locator(".pictures-side")).to_contain_text("Анна Орлова")
        decide(desk, "claim")
        approve(desk)
    with visit(f"/en/my/{case}", signed_in=RELATIVE.email) as page:
        to_the_entry(page)
        entry = page.url
    for javascript in (True, False):
        with visit(entry, javascript=javascript) as page:
            group = page.locator(".group-picture")
            expect(group.locator("ol li")).to_have_text(["Иван Петров", "Анна Орлова"])
            expect(group.locator(".who")).to_be_hidden()
            group.locator(".show-who").check()
            expect(group.locator(".who")).to_be_visible()


def test_a_part_is_hidden_without_a_script(visit: Visits, sent: Callable[..., str], drawn_album: Album) -> None:
    case = sent({}, [drawn_album.camera, drawn_album.portrait])
    with visit(f"/en/moderate/{case}", signed_in=MODERATOR.email, javascript=False) as desk:
        decide(desk, "claim")
        desk.get_by_role("link", name="Hide a part, or veil it").nth(1).click()
        for side, percent in zip(FRAME, ("0", "0", "25.5", "25.5"), strict=True):
            desk.locator(f"#hide-{side}").fill(percent)
        desk.get_by_role("button", name="Hide this part").click()
        expect(desk.locator("g.hidden")).to_have_count(1)
        assert box(desk.locator("g.hidden .edge")) == [0, 0, 26, 26]


def test_a_moderator_hides_a_part_with_the_keyboard_and_with_the_mouse(
    visit: Visits, sent: Callable[..., str], drawn_album: Album
) -> None:
    case = sent({}, [drawn_album.portrait])
    with visit(f"/en/moderate/{case}", signed_in=MODERATOR.email) as desk:
        decide(desk, "claim")
        desk.get_by_role("link", name="Hide a part, or veil it").press("Enter")
        part = desk.locator("#hide [data-frame]")
        expect_seen(part.locator("img"), 1)
        desk.get_by_role("button", name="Put a frame in the middle").press("Enter")
        for _ in range(3):
            desk.keyboard.press("ArrowDown")
        desk.get_by_role("button", name="Hide this part").press("Enter")
        expect(desk.locator("g.hidden")).to_have_count(1)
        assert box(desk.locator("g.hidden .edge")) == [37, 40, 20, 20]
        drag(desk, part.locator("svg"), (0.6, 0.9), (0.1, 0.7))
        desk.get_by_role("button", name="Hide this part").click()
        expect(desk.locator("g.hidden")).to_have_count(2)
        assert box(desk.locator("g.hidden .edge").nth(1)) == [10, 70, 50, 20]
        desk.get_by_role("button", name="Show it again 1").press("Enter")
        expect(desk.locator("g.hidden")).to_have_count(1)
        published = desk.get_by_role("heading", name="As it will be published").locator("xpath=following::img[1]")
        while not published.count():
            desk.reload()
        expect_seen(published, 1)


def test_a_veil_is_lifted_by_who_wants_to_see(visit: Visits, sent: Callable[..., str], drawn_album: Album) -> None:
    case = sent({}, [drawn_album.portrait, drawn_album.turned])
    with visit(f"/en/moderate/{case}", signed_in=MODERATOR.email) as desk:
        decide(desk, "claim")
        desk.get_by_role("link", name="Hide a part, or veil it").first.click()
        desk.locator("#veiled").check()
        desk.locator("#veil button").click()
        expect(desk.locator("#veiled")).to_be_checked()
        desk.get_by_role("link", name="Back to the case").first.click()
        approve(desk)
    with visit(f"/en/my/{case}", signed_in=RELATIVE.email) as page:
        to_the_entry(page)
        entry = page.url
    with visit() as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(entry)
        veil = page.locator("a.veil")
        key = (veil.get_attribute("href") or "").split("/")[-1].split("-")[0]
        page.locator(".strip a").first.click()
        expect(page.get_by_role("dialog").locator(".stage")).to_be_focused()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".strip a").first).to_be_focused()
        assert not [address for address in asked if key in address], "not even by the viewer"
        veil.press("Enter")
        expect_seen(page.locator(".portrait img"), 1)
        expect(page.locator(".portrait a")).to_be_focused()
        assert [address for address in asked if key in address]
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
