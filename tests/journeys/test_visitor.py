"""A visitor finds somebody, looks at the pictures, and meets nothing that is not published."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie

import pytest
from PIL import Image
from playwright.sync_api import expect

from benchmarks.sender import Sender
from benchmarks.served import ServedPortal
from memory_road.facts.names import fold
from tests.journeys.album import Album, difference, real
from tests.journeys.people import MODERATOR, new_surname, publish
from tests.journeys.steps import expect_seen, look_through
from tests.journeys.visit import Visits

PUBLISHED = re.compile(r"/media/[0-9a-f]{32}-[0-9]+\.(?:webp|jpg)|/media/[0-9a-f]{32}-share\.jpg")
METADATA = ("exif", "xmp", "icc_profile", "comment", "photoshop", "gamma")
"""What Pillow calls a picture's hidden data."""


@dataclass(frozen=True, slots=True)
class Published:
    """A contribution that was approved."""

    contribution: str
    surname: str
    short_address: str
    photographs: list[str]


@pytest.fixture(scope="module", params=["drawn", "real"])
def album(request: pytest.FixtureRequest, drawn_album: Album) -> Album:
    """Everything is looked at once with drawn pictures and once with real ones."""
    return drawn_album if request.param == "drawn" else real()


@pytest.fixture(scope="module")
def published(
    site: ServedPortal,
    sent: Callable[..., str],
    session_of: Callable[[str], Sender],
    album: Album,
) -> Published:
    """Somebody with all pictures of the album; the turned one is the portrait."""
    surname = new_surname()
    identifier = sent(
        {"surname": surname, "biography": "Первая часть.\n\nВторая часть."},
        [album.turned, album.camera, album.heic, album.portrait],
    )
    desk = session_of(MODERATOR.email)
    photographs = re.findall(r"/photographs/([0-9a-z]{9})/", desk.get(f"/en/moderate/{identifier}").text)
    short_address = publish(desk, identifier)
    return Published(identifier, surname, short_address, list(dict.fromkeys(photographs)))


def test_a_visitor_finds_and_looks(visit: Visits, published: Published) -> None:
    latin = fold(published.surname)[0]
    with visit("/en/") as page:
        page.get_by_role("combobox").fill(latin)
        page.locator("[role=search] button").click()
        cards = page.locator(".face")
        expect(cards).to_have_count(1)
        expect_seen(cards.locator("img"), 1)
        cards.click()
        entry = page.get_by_role("article")
        expect(entry.get_by_role("heading", level=1)).to_contain_text(published.surname)
        expect(entry).to_contain_text("Вторая часть.")
        expect_seen(entry.locator("figure img"), 4)

        look_through(page, 4)

        address = page.url
        page.goto(published.short_address)
        expect(page).to_have_url(re.compile(re.escape(address.rsplit("/", 2)[1])))
        expect(page.get_by_role("heading", level=1)).to_contain_text(published.surname)
        page.goto(address)
        page.locator("details.langs summary").click()
        page.get_by_role("banner").get_by_role("link", name="Русский").click()
        expect(page).to_have_url(address.replace("/en/", "/ru/"))
        expect(page.get_by_role("heading", level=1)).to_contain_text(published.surname)
        assert page.context.cookies() == [], "visitors are given no cookie"


def test_what_machines_read_is_harmless_to_browsers(
    visit: Visits, session_of: Callable[[str], Sender], sent: Callable[..., str]
) -> None:
    place = "</script><script>document.title = 'run'</script>"
    address = publish(session_of(MODERATOR.email), sent({"birth_place": place}))
    with visit(address) as page:
        told = page.locator("script[type='application/ld+json']").evaluate("element => JSON.parse(element.textContent)")
        assert told["@graph"][0]["birthPlace"]["name"] == place
        expect(page).not_to_have_title("run")


def test_without_a_script_the_picture_itself_opens(visit: Visits, published: Published) -> None:
    with visit(published.short_address, javascript=False) as page:
        page.locator("a[data-viewer]").first.click()
        expect(page).to_have_url(PUBLISHED)


def test_published_pictures_are_upright_and_say_nothing_more(
    site: ServedPortal, published: Published, album: Album
) -> None:
    visitor = Sender(site.address)
    entry = visitor.get(visitor.get(published.short_address).location).text
    addresses = sorted(set(PUBLISHED.findall(entry)))
    pictures = {address: visitor.get(address).body for address in addresses}
    assert len(pictures) >= 8, "each picture in more than one size, the portrait also to be shared"
    with Image.open(album.upright) as upright:
        portraits = 0
        for address, content in pictures.items():
            with Image.open(io.BytesIO(content)) as shown:
                assert not shown.getexif(), address
                assert not [name for name in METADATA if name in shown.info], address
                if (shown.width < shown.height) == (upright.width < upright.height):
                    portraits += difference(shown, upright) < 12
    assert portraits >= 2, "the turned picture stands upright in every size"
    for trace in (b"Exif", b"http://ns.adobe.com/xap", b"ICC_PROFILE", b"GPS", b"somebody living"):
        assert not [address for address, content in pictures.items() if trace in content], trace


def test_no_address_leads_to_an_original(site: ServedPortal, published: Published) -> None:
    visitor = Sender(site.address)
    keys = [f"private/originals/{photograph}" for photograph in published.photographs]
    keys += [f"private/previews/{photograph}.webp" for photograph in published.photographs]
    stored = [path.relative_to(site.files) for path in site.files.glob("private/*/*/*")]
    assert stored, "the originals are kept somewhere"
    tried = [
        f"{door}{key}" for key in (*keys, *map(str, stored)) for door in ("/", "/media/", "/uploads/", "/static/x/")
    ]
    tried += [f"/media/..%2f{key}" for key in keys] + [f"/media/%2e%2e/{key}" for key in keys]
    for photograph in published.photographs:
        for name in ("preview", "original", "320.webp", "share.jpg"):
            tried += [f"/en/my/photographs/{photograph}/{name}", f"/en/moderate/photographs/{photograph}/{name}"]
    tried += [f"/en/my/{published.contribution}", f"/en/moderate/{published.contribution}"]
    answers = {address: visitor.get(address) for address in tried}
    opened = {address: answer.status for address, answer in answers.items() if answer.status not in {302, 404}}
    assert opened == {}
    led_elsewhere = {a: answer.location for a, answer in answers.items() if answer.status == 302}
    assert all(location.startswith("/en/account/login") for location in led_elsewhere.values()), led_elsewhere
    assert not any(SimpleCookie(answer.headers.get("Set-Cookie", "")) for answer in answers.values())
