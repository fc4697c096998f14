"""A picture arrives whole, whatever happens on the way: the line breaks, the server dies, the page is closed."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import NullPool, create_engine, text

from benchmarks.sender import Sender
from benchmarks.served import ServedPortal
from memory_road.media.local_store import LocalStore
from tests.journeys.people import RELATIVE
from tests.journeys.poor_line import PoorLine, poor_line
from tests.journeys.steps import act, choose_pictures, pictures, press
from tests.journeys.visit import PATIENCE, Visits, Watch

MEGABYTE = 1024 * 1024
SECONDS_TO_BREAK = 60.0
FRESH_FORM = re.compile(r"/contribute$")


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture of several parts: noise, which no format makes smaller."""
    path = tmp_path_factory.mktemp("scan") / "бабушка на фронте.jpg"
    noise = random.Random(1).randbytes(2000 * 1600 * 3)
    Image.frombytes("RGB", (2000, 1600), noise).save(path, quality=98)
    assert path.stat().st_size > 4 * MEGABYTE
    return path


@dataclass(frozen=True)
class Kept:
    """What a portal keeps of the pictures of one contribution."""

    portal: ServedPortal

    def ask(self, question: str, contribution: str) -> list[str]:
        engine = create_engine(self.portal.database_url, poolclass=NullPool)
        with engine.connect() as connection:
            return [str(row[0]) for row in connection.execute(text(question), {"contribution": contribution})]

    def originals(self, contribution: str) -> list[str]:
        """The SHA-256 of the bytes of every original."""
        found = self.ask("SELECT id FROM contribution_photograph WHERE contribution_id = :contribution", contribution)
        store, digests = LocalStore(self.portal.files), list[str]()
        for identifier in found:
            with store.open(f"private/originals/{identifier}") as file:
                digests.append(sha256(file.read()).hexdigest())
        return digests

    def received(self, contribution: str) -> list[int]:
        found = self.ask("SELECT received FROM upload WHERE contribution_id = :contribution", contribution)
        return [int(received) for received in found]


def contribution_of(page: Page) -> str:
    found = re.search(r"/contribute/([0-9a-z]{9})$", page.url)
    assert found is not None, page.url
    return found[1]


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def line(site: ServedPortal) -> Iterator[PoorLine]:
    with poor_line(site.port) as made:
        yield made


@pytest.fixture
def far_visit(visit: Visits, line: PoorLine, monkeypatch: pytest.MonkeyPatch) -> Visits:
    """Pages that come over the poor line."""
    monkeypatch.setattr(visit.watch, "address", line.address)
    return visit


def test_a_broken_line_costs_only_the_last_part(
    site: ServedPortal, far_visit: Visits, line: PoorLine, scan: Path
) -> None:
    with far_visit("/en/contribute", signed_in=RELATIVE.email) as page:
        page.locator("#surname").fill("Орлова")
        before = line.sent
        for so_far in (0.6, 1.5):
            line.break_after(int(so_far * MEGABYTE))
            if so_far == 0.6:
                choose_pictures(page, [scan])
            assert line.dead.wait(SECONDS_TO_BREAK)
            line.mend()
        expect(pictures(page)).to_have_count(1)
        expect(page.locator("#uploads li")).to_have_count(0)
        expect(page.locator("#surname")).to_have_value("Орлова")
        contribution = contribution_of(page)
    assert Kept(site).originals(contribution) == [digest(scan)]
    assert line.sent - before < scan.stat().st_size + 3 * MEGABYTE


def test_it_goes_on_by_itself_when_the_connection_is_back(
    site: ServedPortal, far_visit: Visits, line: PoorLine, scan: Path
) -> None:
    with far_visit("/en/contribute", signed_in=RELATIVE.email) as page:
        lose_the_connection(page, line, scan)
        contribution = contribution_of(page)
        (received,) = Kept(site).received(contribution)
        assert 0 < received < scan.stat().st_size
        line.mend()
        page.context.set_offline(False)
        expect(pictures(page)).to_have_count(1)
    assert Kept(site).originals(contribution) == [digest(scan)]


def lose_the_connection(page: Page, line: PoorLine, scan: Path) -> None:
    """In the middle of a picture, and for so long that the page says so."""
    line.break_after(int(2.2 * MEGABYTE))
    choose_pictures(page, [scan])
    assert line.dead.wait(SECONDS_TO_BREAK)
    page.context.set_offline(True)
    expect(page.locator("#uploads li.wrong")).to_contain_text("the connection was lost")
    expect(page.locator("#told")).to_contain_text("the connection was lost")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()


def test_a_closed_page_is_opened_again_and_the_picture_goes_on(
    site: ServedPortal, far_visit: Visits, line: PoorLine, scan: Path
) -> None:
    with far_visit("/en/contribute", signed_in=RELATIVE.email) as page:
        page.locator("#surname").fill("Орлова")
        lose_the_connection(page, line, scan)
        page.context.set_offline(False)
        line.mend()
        address = page.url
        page.close()
        again = page.context.new_page()
        again.goto(address)
        begun = again.locator("#uploads li")
        expect(begun).to_contain_text(f"{scan.name}: ")
        expect(begun).to_contain_text("% has arrived. Choose it again to go on.")
        (received,) = Kept(site).received(contribution_of(again))
        before = line.sent
        choose_pictures(again, [scan])
        expect(pictures(again)).to_have_count(1)
        expect(begun).to_have_count(0)
        expect(again.locator("#surname")).to_have_value("Орлова")
        assert line.sent - before < scan.stat().st_size - received + MEGABYTE, "only the rest was sent"
    assert Kept(site).originals(contribution_of(again)) == [digest(scan)]


def test_what_was_begun_can_be_taken_away(far_visit: Visits, line: PoorLine, scan: Path) -> None:
    with far_visit("/en/contribute", signed_in=RELATIVE.email) as page:
        lose_the_connection(page, line, scan)
        page.context.set_offline(False)
        line.mend()
        address = page.url
        page.close()
        again = page.context.new_page()
        again.goto(address)
        again.get_by_role("button", name=f"Do not send it {scan.name}").click()
        expect(again.locator("#uploads li")).to_have_count(0)
        expect(again.locator("#photos")).to_be_focused()
        again.reload()
        expect(again.locator("#uploads li")).to_have_count(0)
        # And one that is just being sent.
        line.break_after(int(1.5 * MEGABYTE))
        choose_pictures(again, [scan])
        assert line.dead.wait(SECONDS_TO_BREAK)
        line.mend()
        again.get_by_role("button", name=f"Do not send it {scan.name}").click()
        expect(again.locator("#uploads li")).to_have_count(0)
        expect(pictures(again)).to_have_count(0)


def test_whoever_is_signed_out_meanwhile_signs_in_and_goes_on(
    site: ServedPortal, far_visit: Visits, line: PoorLine, scan: Path
) -> None:
    session = Sender(site.address).sign_in(RELATIVE)
    with replace(far_visit, sessions=lambda _: session)("/en/contribute", signed_in=RELATIVE.email) as page:
        lose_the_connection(page, line, scan)
        session.post("/en/account/logout")
        line.mend()
        page.context.set_offline(False)
        expect(page.locator("#uploads li.wrong")).to_contain_text("you were signed out meanwhile")
        other = page.context.new_page()
        other.goto("/en/account/login")
        other.locator("#email").fill(RELATIVE.email)
        other.locator("#password").fill(RELATIVE.password)
        press(other)
        expect(other.get_by_text(RELATIVE.email)).to_be_visible()
        other.close()
        page.get_by_role("button", name="Go on").click()
        expect(pictures(page)).to_have_count(1)
        contribution = contribution_of(page)
        page.locator("#surname").fill("Орлова")
        act(page, "save")
        expect(page.locator("#saved")).to_be_visible()
        expect(page.locator("#surname")).to_have_value("Орлова")
    assert Kept(site).originals(contribution) == [digest(scan)]


def test_leaving_the_page_in_the_middle_is_asked_about(far_visit: Visits, line: PoorLine, scan: Path) -> None:
    with far_visit("/en/contribute", signed_in=RELATIVE.email) as page:
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.locator("#surname").press_sequentially("Орлова")  # a page that nobody has touched may be left unasked
        lose_the_connection(page, line, scan)
        page.context.set_offline(False)
        with page.expect_event("dialog") as asked:
            page.close(run_before_unload=True)
        assert asked.value.type == "beforeunload"
        line.mend()
        expect(pictures(page)).to_have_count(1)


@pytest.fixture
def own_portal(tmp_path: Path) -> Iterator[ServedPortal]:
    """A portal of the test's own, which it may kill."""
    portal = ServedPortal(tmp_path / "portal", settings={"MEMORY_ROAD_PHOTO_MAX_MEGABYTES": "9"})
    portal.create([RELATIVE])
    portal.start()
    yield portal
    portal.stop()
    assert "Traceback" not in portal.log.read_text(), portal.last_words()


def test_a_killed_server_is_started_again_and_the_picture_goes_on(
    browser: Browser, own_portal: ServedPortal, scan: Path, tmp_path: Path
) -> None:
    signed_in = Sender(own_portal.address).sign_in(RELATIVE)
    with poor_line(own_portal.port) as line:
        watch = Watch(line.address)
        visit = Visits(browser, watch, lambda _: signed_in)
        with visit("/en/contribute", signed_in=RELATIVE.email) as page:
            line.break_after(int(2.2 * MEGABYTE))
            choose_pictures(page, [scan])
            assert line.dead.wait(SECONDS_TO_BREAK)
            own_portal.kill()
            own_portal.start()
            line.mend()
            expect(pictures(page)).to_have_count(1, timeout=3 * PATIENCE)
            contribution = contribution_of(page)
            large = tmp_path / "large.tif"
            large.write_bytes(bytes(10 * MEGABYTE))
            before = line.sent
            choose_pictures(page, [large])
            expect(page.locator("#uploads li.wrong")).to_contain_text("too large, at most 9 MB")
            assert line.sent - before < MEGABYTE, "it is not sent in vain"
        assert watch.complaints == []
    assert Kept(own_portal).originals(contribution) == [digest(scan)]
