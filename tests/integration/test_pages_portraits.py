"""Portraits in the gallery: cropped as cards, never larger than needed, in their colour until they come."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from memory_road.archive.photograph import Photograph
from memory_road.db import db
from memory_road.web.built import STATIC, asset_folder
from memory_road.web.edge import Portal
from memory_road.web.tones import LEVELS
from tests.application import Accounts, Browser, Sample, publish, work

CARD = re.compile(r"<img[^>]* width=\"320\" height=\"400\"[^>]*>")


@pytest.fixture
def published(app: Portal, accounts: Accounts, portrait: Sample) -> str:
    """The key of a published portrait."""
    publish(app, accounts.contributor, accounts.moderator, portrait)
    change(app, kind="portrait", position=0)
    with app.app_context():
        return db.session.execute(select(Photograph.key)).scalar_one()


def change(app: Portal, **columns: object) -> None:
    with work(app):
        row = db.session.execute(select(Photograph)).scalar_one()
        for name, value in columns.items():
            setattr(row, name, value)


def card(client: Browser, address: str) -> str:
    found = CARD.search(client.get(address).text)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("address", ["/en/", "/en/gallery", "/en/gallery?q=vereshchagina"])
def test_a_card_is_offered_in_two_widths(
    app: Portal, published: str, client_of: Callable[[str], Browser], address: str
) -> None:
    change(
        app,
        colour="8a7f72",
        sizes=[
            {"name": name, "width": width, "height": height, "media_type": "image/webp"}
            for name, width, height in (
                ("320.webp", 320, 240),
                ("card-640.webp", 512, 640),
                ("card-320.webp", 320, 400),
                ("640.webp", 640, 480),
            )
        ],
    )
    shown = card(client_of("visitor"), address)
    base = f"/media/{published}"
    assert f'src="{base}-card-320.webp"' in shown
    assert f'srcset="{base}-card-320.webp 320w, {base}-card-640.webp 512w"' in shown
    assert "sizes=" in shown
    assert 'class="tone-222"' in shown
    assert "loading" not in shown, "the first ones are seen at once"


def test_a_picture_without_a_card_is_cropped_by_the_page(
    app: Portal, published: str, client_of: Callable[[str], Browser]
) -> None:
    widths = (320, 640, 1280)
    sizes = [{"name": f"{width}.webp", "width": width, "media_type": "image/webp"} for width in widths]
    change(app, colour="", sizes=sizes)
    shown = card(client_of("visitor"), "/en/gallery")
    base = f"/media/{published}"
    assert f'srcset="{base}-320.webp 320w, {base}-640.webp 640w"' in shown, "a card needs no more than that"
    assert "class=" not in shown, "its colour is not known"


def test_an_entry_shows_the_whole_picture(app: Portal, published: str, client_of: Callable[[str], Browser]) -> None:
    change(app, colour="ffffff")
    visitor = client_of("visitor")
    entry = visitor.get(visitor.get("/en/gallery").text.split('class="face" href="')[1].split('"')[0]).text
    shown = re.search(r"<img[^>]*>", entry)
    assert shown is not None
    assert f"{published}-card" not in shown[0]
    assert 'class="tone-444"' in shown[0]
    assert 'width="360" height="450"' in shown[0], "nothing jumps when it comes"


def test_every_tone_has_its_class() -> None:
    look = Path(STATIC, asset_folder(), "look.css").read_text(encoding="utf-8")
    assert (
        len(set(re.findall(r"^img\.tone-([0-4]{3})\{background:rgb\(\d+,\d+,\d+\)\}$", look, re.MULTILINE)))
        == LEVELS**3
    )
    assert "img.tone-410{background:rgb(255,63,0)}" in look
