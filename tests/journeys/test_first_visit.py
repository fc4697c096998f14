"""What a first visit on an old phone costs: few bytes, and a page that stands still while it loads."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.nginx import Nginx
from benchmarks.sender import Sender
from benchmarks.served import ServedPortal
from tests.journeys.album import Album
from tests.journeys.people import MODERATOR, new_surname, publish
from tests.journeys.visit import PATIENCE, Visits

MOST_BYTES = 150_000
"""Of everything but pictures, as it comes over the line."""
MOST_SHIFTED = 0.02
WIDTH, HEIGHT = 360, 640
WATCH_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((seen) => {
        for (const each of seen.getEntries()) if (!each.hadRecentInput) window.shifted += each.value;
    }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def entry(sent: Callable[..., str], session_of: Callable[[str], Sender], drawn_album: Album) -> str:
    """The short address of somebody with several pictures and a story."""
    pictures = [drawn_album.portrait, drawn_album.turned, drawn_album.camera]
    told = {"surname": new_surname(), "biography": "Жила в Ленинграде.\n\nРаботала на заводе."}
    return publish(session_of(MODERATOR.email), sent(told, pictures))


@pytest.fixture(scope="module")
def nginx(site: ServedPortal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """nginx before the portal, which compresses."""
    running = Nginx(tmp_path_factory.mktemp("nginx"), site.port).start()
    yield running
    running.stop()


@pytest.mark.parametrize("address", ["/ru/", "/ru/gallery", "/en/gallery", "the entry"])
def test_a_first_visit_loads_little_beside_pictures(browser: Browser, nginx: Nginx, entry: str, address: str) -> None:
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, base_url=nginx.address)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    loaded: dict[str, int] = {}

    def count(name: str, kind: str, size: int) -> None:
        if kind != "image":
            loaded[name] = size

    page.on("requestfinished", lambda asked: count(asked.url, asked.resource_type, _bytes_of(asked.sizes())))
    page.goto(entry if address == "the entry" else address, wait_until="networkidle")
    context.close()
    assert any("/fonts/" in name for name in loaded), loaded
    assert sum(loaded.values()) < MOST_BYTES, loaded


def _bytes_of(sizes: object) -> int:
    assert isinstance(sizes, dict)
    return int(sizes["responseBodySize"]) + int(sizes["responseHeadersSize"])


@pytest.mark.parametrize("address", ["/ru/gallery", "the entry"])
def test_a_page_stands_still_while_it_loads(visit: Visits, entry: str, address: str) -> None:
    with visit(width=WIDTH, height=HEIGHT) as page:
        page.add_init_script(WATCH_SHIFTS)
        page.goto(entry if address == "the entry" else address, wait_until="networkidle")
        _scroll_through(page)
        assert page.locator("main img").count() > 0
        for picture in page.locator("main img").all():
            assert picture.get_attribute("width"), "its place is kept before it comes"
            assert picture.get_attribute("height")
        assert page.evaluate("window.shifted") < MOST_SHIFTED


def _scroll_through(page: Page) -> None:
    """To the end, a screen at a time, so that pictures come that wait until they are about to be seen."""
    screens = page.evaluate("Math.ceil(document.documentElement.scrollHeight / innerHeight)")
    for _ in range(screens):
        page.evaluate("scrollBy(0, innerHeight)")
        page.wait_for_load_state("networkidle")
        page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
