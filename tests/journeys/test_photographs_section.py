"""Pictures come by the field, dragged or pasted, and change places by keyboard: with a script and without."""

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.album import Album
from tests.journeys.people import RELATIVE
from tests.journeys.steps import act, choose_pictures, pictures
from tests.journeys.visit import Visits

HAND_OVER = """({content, name, kind}) => {
    const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], name, {type: "image/png"}));
    if (kind === "text too") carried.setData("text/plain", "words");
    const options = {bubbles: true, cancelable: true};
    const event = kind === "drop"
        ? new DragEvent("drop", {...options, dataTransfer: carried})
        : new ClipboardEvent("paste", {...options, clipboardData: carried});
    const over = new DragEvent("dragover", {...options, dataTransfer: carried});
    const target = document.querySelector(kind === "beside" ? "#surname" : "#photographs h2");
    if (kind !== "paste" && kind !== "text too") target.dispatchEvent(over);
    const shown = document.getElementById("drop").classList.contains("over");
    const dropped = kind === "beside" ? new DragEvent("drop", {...options, dataTransfer: carried}) : event;
    const left = target.dispatchEvent(dropped);
    return {shown, left};
}"""


def hand_over(page: Page, path: Path, kind: str) -> dict[str, bool]:
    """Drag a picture onto the page, or paste it; whether the place for it showed, and whether the browser went its own
    way."""
    content = base64.b64encode(path.read_bytes()).decode()
    return page.evaluate(HAND_OVER, {"content": content, "name": path.name, "kind": kind})


def names(page: Page) -> list[str]:
    """The file names of the pictures, in their order."""
    return [each.get_attribute("aria-label") or "" for each in pictures(page).locator("[data-photograph]").all()]


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_picture_is_dragged_or_pasted(visit: Visits, drawn_album: Album, kind: str) -> None:
    with visit("/en/contribute", signed_in=RELATIVE.email) as page:
        page.locator("#surname").fill("Орлова")
        expect(page.locator("#drop")).to_be_visible()
        done = hand_over(page, drawn_album.portrait, kind)
        assert done == {"shown": kind == "drop", "left": False}
        expect(pictures(page)).to_have_count(1)
        expect(pictures(page)).to_contain_text(drawn_album.portrait.name)
        expect(page.locator("#told")).to_have_text(f"{drawn_album.portrait.name}: has arrived")
        expect(page.locator("#surname")).to_have_value("Орлова")


def test_what_is_dropped_beside_or_meant_as_text_is_left_alone(visit: Visits, drawn_album: Album) -> None:
    with visit("/en/contribute", signed_in=RELATIVE.email) as page:
        # The browser does not open the picture in place of the page; a copied text is pasted as text.
        assert hand_over(page, drawn_album.portrait, "beside") == {"shown": False, "left": False}
        assert hand_over(page, drawn_album.portrait, "text too")["left"] is True
        expect(page.locator("#uploads li")).to_have_count(0)
        expect(page).to_have_url(re.compile("/en/contribute$"))


def test_the_same_picture_chosen_twice_is_there_once(visit: Visits, drawn_album: Album) -> None:
    with visit("/en/contribute", signed_in=RELATIVE.email) as page:
        choose_pictures(page, [drawn_album.portrait])
        expect(pictures(page)).to_have_count(1)
        choose_pictures(page, [drawn_album.portrait])
        expect(page.locator("#told")).to_have_text(f"{drawn_album.portrait.name}: is here already")
        expect(pictures(page)).to_have_count(1)


def test_somebody_who_signed_in_again_elsewhere_goes_on_by_hand(visit: Visits, drawn_album: Album) -> None:
    with visit("/en/contribute", signed_in=RELATIVE.email) as page:
        choose_pictures(page, [drawn_album.portrait])
        expect(pictures(page)).to_have_count(1)
        page.evaluate("document.querySelector('#contribution [name=csrf_token]').value = 'of an older session'")
        choose_pictures(page, [drawn_album.camera, drawn_album.heic])
        expect(page.locator("#uploads li.wrong")).to_contain_text("you were signed out meanwhile")
        expect(page.locator("#uploads li").last).to_contain_text("waits for its turn")
        page.get_by_role("button", name="Go on").click()
        expect(pictures(page)).to_have_count(3)
        expect(page.locator("#uploads li")).to_have_count(0)


def test_pictures_change_places_by_keyboard(visit: Visits, drawn_album: Album) -> None:
    chosen = [drawn_album.portrait, drawn_album.turned, drawn_album.camera]
    first, second, third = (path.name for path in chosen)
    with visit("/en/contribute", signed_in=RELATIVE.email) as page:
        choose_pictures(page, chosen)
        expect(pictures(page)).to_have_count(3)
        pictures(page).nth(2).locator("[name$=-caption]").fill("Не сохранено")
        up = page.get_by_role("button", name=f"Move up {third}")
        up.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#told")).to_have_text(f"{third}: moved to place 2 of 3")
        assert names(page) == [first, third, second]
        expect(up).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#told")).to_have_text(f"{third}: moved to place 1 of 3")
        expect(up).to_be_hidden()
        expect(page.get_by_role("button", name=f"Move down {third}")).to_be_focused()
        expect(pictures(page).first.locator("[name$=-caption]")).to_have_value("Не сохранено")
        assert names(page) == [third, first, second]
        act(page, "save")
        expect(page.locator("#saved")).to_be_visible()
        assert names(page) == [third, first, second]


def test_pictures_change_places_without_a_script(visit: Visits, drawn_album: Album) -> None:
    with visit("/en/contribute", signed_in=RELATIVE.email, javascript=False) as page:
        expect(page.locator("#drop")).to_be_hidden()
        choose_pictures(page, [drawn_album.portrait, drawn_album.turned])
        act(page, "save")
        first, second = names(page)
        page.locator("#surname").fill("Орлова")
        page.get_by_role("button", name=f"Move down {first}").click()
        expect(page).to_have_url(re.compile("#photograph-"))
        assert names(page) == [second, first]
        expect(page.locator("#surname")).to_have_value("Орлова")


def test_where_a_module_does_not_load_the_plain_form_works(visit: Visits, drawn_album: Album) -> None:
    with visit("", signed_in=RELATIVE.email) as page:
        page.route("**/tus.min.js", lambda route: route.abort())
        page.goto("/en/contribute")
        page.locator("#surname").fill("Орлова")
        choose_pictures(page, [drawn_album.portrait, drawn_album.camera])
        act(page, "save")
        expect(page.locator("#saved")).to_be_visible()
        expect(pictures(page)).to_have_count(2)
