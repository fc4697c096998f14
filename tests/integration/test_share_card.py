"""The card that other sites show beside a link: the face and the name as the entry has them now, never too often."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import update

from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.db import db
from memory_road.media.share_card import EMPTY, FACE_WIDTH, HEIGHT, PAPER, WIDTH
from memory_road.web.caching import A_DAY
from memory_road.web.edge import Portal
from memory_road.web.gallery import sharing
from memory_road.web.gallery.sharing import Pace
from tests.application import Accounts, Browser, Sample, filled_in, publish, work

ClientOf = Callable[[str], Browser]
IN_THE_FACE, IN_THE_MARGIN = (FACE_WIDTH // 2, 40), (WIDTH - 10, HEIGHT // 2)


@pytest.fixture
def app(sqlite_app: Portal) -> Portal:
    """No engine changes how a card is drawn."""
    return sqlite_app


@pytest.fixture
def entry(app: Portal, accounts: Accounts, portrait: Sample) -> str:
    """The number of a published entry with a portrait."""
    return publish(app, accounts.contributor, accounts.moderator, portrait, form=filled_in(none_survives=False))


def drawn(client: Browser, entry: str) -> Image.Image:
    answer = client.get(f"/en/people/{entry}/card.jpg")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == A_DAY
    return Image.open(io.BytesIO(answer.data))


def near(pixel: object, colour: str) -> bool:
    wanted = tuple(bytes.fromhex(colour.removeprefix("#")))
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 12 for one, other in zip(pixel, wanted, strict=True))


def darkest(part: Image.Image) -> int:
    return next(value for value, count in enumerate(part.convert("L").histogram()) if count)


def test_the_page_says_where_its_card_is(entry: str, client_of: ClientOf) -> None:
    page = client_of("visitor").get(f"/en/people/{entry}/vereshchagina-anna").text
    assert f'<meta property="og:image" content="http://127.0.0.1:8000/en/people/{entry}/card.jpg?v=' in page
    for said in (
        '<meta property="og:title" content="Верещагина Анна, born 1915">',
        '<meta property="og:description" content="Medical worker">',
        '<meta property="og:locale" content="en_US">',
        '<meta property="og:image:width" content="1200">',
        '<meta property="og:image:height" content="630">',
        '<meta property="og:image:alt" content="Portrait of Верещагина Анна">',
        '<meta name="twitter:card" content="summary_large_image">',
    ):
        assert said in page


def test_a_card_shows_the_face_and_the_name(entry: str, client_of: ClientOf) -> None:
    card = drawn(client_of("visitor"), entry)
    assert card.size == (WIDTH, HEIGHT)
    assert not near(card.getpixel(IN_THE_FACE), EMPTY)
    assert near(card.getpixel(IN_THE_MARGIN), PAPER)
    assert darkest(card.crop((FACE_WIDTH, 0, WIDTH, HEIGHT))) < 60, "something is written in ink"


def test_a_veiled_face_is_never_on_a_card(app: Portal, entry: str, client_of: ClientOf) -> None:
    with work(app):
        db.session.execute(update(Photograph).values(veiled=True))
    assert near(drawn(client_of("visitor"), entry).getpixel(IN_THE_FACE), EMPTY)


def test_without_a_portrait_the_initials_stand_on_grey(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator)
    card = drawn(client_of("visitor"), entry)
    assert near(card.getpixel(IN_THE_FACE), EMPTY)
    assert darkest(card.crop((0, 0, FACE_WIDTH, HEIGHT))) < 100, "initials"


def test_a_card_follows_changed_facts(app: Portal, entry: str, client_of: ClientOf) -> None:
    client, page = client_of("visitor"), f"/en/people/{entry}/vereshchagina-anna"
    before, addressed = client.get(f"/en/people/{entry}/card.jpg"), client.get(page).text
    with work(app):
        participant = db.session.get_one(Participant, entry)
        participant.facts = {**participant.facts, "patronymic": "Петровна"}
        participant.updated_at += timedelta(seconds=1)
    after = client.get(f"/en/people/{entry}/card.jpg", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.data != before.data
    address = addressed.partition('og:image" content="')[2].partition('"')[0]
    assert address not in client.get(page + "-petrovna").text, "nobody who keeps the old one shows it"


def test_a_card_that_did_not_change_is_not_sent_again(entry: str, client_of: ClientOf) -> None:
    client, address = client_of("visitor"), f"/en/people/{entry}/card.jpg"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_drawing_cards_cannot_keep_the_machine_busy(
    entry: str, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "PACE", Pace(most=1))
    client = client_of("visitor")
    statuses = [
        client.get(f"/{code}/people/{entry}/card.jpg?{number}").status_code
        for code, number in (("en", 1), ("en", 2), ("ru", 3), ("en", 4))
    ]
    assert statuses == [200, 200, 503, 200], "what is drawn already is given, however it is asked for"
    assert client.get(f"/ru/people/{entry}/card.jpg").headers["Retry-After"] == "60"
