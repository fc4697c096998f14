"""An entry can be cited: a line to copy that holds its short address, and the square code that leads there."""

from collections.abc import Callable

import pytest
import pyvips

from memory_road.db import db
from memory_road.moderation.take_down import removed_ahead, take_down
from memory_road.web.caching import A_DAY
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, filled_in, publish, work

ClientOf = Callable[[str], Browser]
BORN_AND_DIED = {"patronymic": "Петровна", "death_date": "1978"}


@pytest.fixture
def entry(sqlite_app: Portal, accounts: Accounts) -> str:
    """The number of a published entry."""
    return publish(sqlite_app, accounts.contributor, accounts.moderator, form=filled_in(BORN_AND_DIED))


@pytest.fixture
def app(sqlite_app: Portal) -> Portal:
    """No engine changes how an entry is cited."""
    return sqlite_app


def test_an_entry_says_how_to_cite_it(entry: str, client_of: ClientOf) -> None:
    page = client_of("visitor").get(f"/en/people/{entry}/vereshchagina-anna-petrovna").text
    line = f"Верещагина Анна Петровна, 1915–1978. Memory Road. http://127.0.0.1:8000/p/{entry}. Last changed on "
    assert page.count(line) == 2, "folded on the page, and at the foot of the printed sheet"
    assert f'src="/p/{entry}/qr.svg"' in page


def test_the_square_code_leads_to_the_short_address(entry: str, client_of: ClientOf) -> None:
    cv2 = pytest.importorskip("cv2", reason="needs OpenCV, which reads square codes")
    answer = client_of("visitor").get(f"/p/{entry.upper()}/qr.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == A_DAY
    assert " style=" not in answer.text
    drawn = pyvips.Image.svgload_buffer(answer.data, scale=8).flatten(background=[255.0])
    read, _, _ = cv2.QRCodeDetector().detectAndDecode(drawn.numpy())
    assert read == f"http://127.0.0.1:8000/p/{entry}"


def test_what_is_not_published_has_no_square_code(
    entry: str, app: Portal, accounts: Accounts, client_of: ClientOf
) -> None:
    senior = accounts.senior_moderator.actor
    with work(app), removed_ahead(entry, senior, parts().store) as moved:
        take_down(entry, senior, moved, parts().store, "family_wish")
        db.session.commit()
    for nobody in (entry, "000000000", "x"):
        assert client_of("visitor").get(f"/p/{nobody}/qr.svg").status_code == 404
