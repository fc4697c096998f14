"""Deep zoom over HTTP: what viewers on any site are answered, and what only the sender and the desk see."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from sqlalchemy import select

from memory_road.archive.photograph import Photograph
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db
from memory_road.jobs.derive import derive_due
from memory_road.media.limits import Limits
from memory_road.media.pyramid import factors, tiles
from memory_road.media.verify import verify
from memory_road.web.caching import A_DAY
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, Sample, jpeg, publish, send_in

SIZE = (2100, 1300)
NAMES = [tile.name for factor in factors(*SIZE) for tile in tiles(*SIZE, factor)]
NOT_KEPT = [
    "0,0,512,512/256,256/0/default.jpg",
    "0,0,511,512/511,512/0/default.jpg",
    "0,0,512,512/512,512/90/default.jpg",
    "0,0,512,512/512,512/0/color.jpg",
    "0,0,512,512/512,512/0/default.png",
    "0,0,512,512/max/0/default.jpg",
    "full/2100,1300/0/default.jpg",
    "../../../info.json",
    "x/y/z/info.json",
]
"""What another server of this interface could answer; here each name is exact."""


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """A picture larger than its published sizes."""
    folder = tmp_path_factory.mktemp("letter")
    original, preview = folder / "letter.jpg", folder / "preview.webp"
    original.write_bytes(jpeg(size=SIZE))
    return Sample(original, preview, verify(original, Limits(), preview))


@pytest.fixture
def key(app: Portal, accounts: Accounts, letter: Sample) -> str:
    """The key under which the picture is published."""
    publish(app, accounts.contributor, accounts.moderator, letter)
    with app.app_context():
        return db.session.execute(select(Photograph.key)).scalar_one()


def test_a_viewer_is_told_where_the_tiles_are(app: Portal, key: str, client_of: Callable[[str], Browser]) -> None:
    answer = client_of("visitor").get(f"/media/{key}/info.json")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == A_DAY
    document = json.loads(answer.text)
    with app.app_context():
        assert document["id"] == f"{parts().settings.base_url}/media/{key}"
    assert (document["width"], document["height"], document["profile"]) == (*SIZE, "level0")


def test_every_tile_is_answered_and_nothing_else(key: str, client_of: Callable[[str], Browser]) -> None:
    visitor = client_of("visitor")
    for name in NAMES:
        answer = visitor.get(f"/media/{key}/{name}")
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg"), name
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cache-Control"] == A_DAY
        assert "Set-Cookie" not in answer.headers
        width, height = name.split("/")[1].split(",")
        assert Image.open(io.BytesIO(answer.data)).size == (int(width), int(height))
    for name in NOT_KEPT:
        assert visitor.get(f"/media/{key}/{name}").status_code == 404, name
    for other in ("0" * 32, "..", "%2e%2e", f"{key}-tiles.zip"):
        assert visitor.get(f"/media/{other}/info.json").status_code == 404, other
        assert visitor.get(f"/media/{other}/{NAMES[0]}").status_code == 404, other


def test_the_whole_picture_is_answered_as_it_is_shown_to_other_sites(
    key: str, client_of: Callable[[str], Browser]
) -> None:
    whole = client_of("visitor").get(f"/media/{key}/full/max/0/default.jpg")
    assert whole.headers["Access-Control-Allow-Origin"] == "*"
    size = Image.open(io.BytesIO(whole.data)).size
    document = client_of("visitor").get(f"/media/{key}/info.json").get_json()
    assert max(size) == document["maxWidth"]


def test_the_entry_offers_the_tiles(key: str, client_of: Callable[[str], Browser]) -> None:
    visitor = client_of("visitor")
    grid = visitor.get("/en/gallery").text
    entry = visitor.get(grid.split('class="face" href="')[1].split('"')[0]).text
    assert f'data-viewer="/media/{key}/info.json"' in entry
    assert f'href="/media/{key}-2000.webp"' in entry, "without a script the link leads to the largest size"


def test_what_waits_is_seen_closely_by_its_sender_and_the_desk(
    app: Portal, accounts: Accounts, letter: Sample, client_of: Callable[[str], Browser]
) -> None:
    case = send_in(app, accounts.contributor, letter)
    with app.app_context():
        derive_due(parts().store, parts().limits)
        photograph = db.session.execute(select(ContributionPhotograph.id)).scalar_one()
    for name in ("info.json", NAMES[0], NAMES[-1]):
        mine, desk = (f"/en/{place}/photographs/{photograph}/{name}" for place in ("my", "moderate"))
        for reader, seen in (("contributor", (mine,)), ("moderator", (mine, desk)), ("stranger", ()), ("visitor", ())):
            for address in (mine, desk):
                answer = client_of(reader).get(address)
                assert (answer.status_code == 200) is (address in seen), (reader, address)
                assert "Access-Control-Allow-Origin" not in answer.headers
                assert answer.headers["Cache-Control"] != A_DAY
        assert client_of("visitor").get(f"/media/{photograph}/{name}").status_code == 404
    for name in NOT_KEPT:
        assert client_of("moderator").get(f"/en/moderate/photographs/{photograph}/{name}").status_code == 404, name
    shown = client_of("moderator").get(f"/en/moderate/{case}").text
    assert f'data-viewer="/en/moderate/photographs/{photograph}/info.json"' in shown


def test_a_small_picture_has_no_tiles(
    app: Portal, accounts: Accounts, portrait: Sample, client_of: Callable[[str], Browser]
) -> None:
    publish(app, accounts.contributor, accounts.moderator, portrait)
    with app.app_context():
        key = db.session.execute(select(Photograph.key)).scalar_one()
    visitor = client_of("visitor")
    assert visitor.get(f"/media/{key}/info.json").status_code == 404
    assert (
        'data-viewer=""'
        in visitor.get(visitor.get("/en/gallery").text.split('class="face" href="')[1].split('"')[0]).text
    )


def test_tiles_that_are_gone_are_not_answered(
    app: Portal, key: str, client_of: Callable[[str], Browser], tmp_path: Path
) -> None:
    """Their table of contents may still be remembered; their bytes are not."""
    visitor = client_of("visitor")
    assert visitor.get(f"/media/{key}/{NAMES[0]}").status_code == 200
    with app.app_context():
        parts().store.delete(f"public/{key}-tiles.zip")
    assert visitor.get(f"/media/{key}/{NAMES[0]}").status_code == 404
    assert visitor.get(f"/media/{key}/info.json").status_code == 404


def test_tiles_made_anew_under_the_same_key_are_never_mixed(
    app: Portal, key: str, client_of: Callable[[str], Browser], tmp_path: Path
) -> None:
    visitor = client_of("visitor")
    before = visitor.get(f"/media/{key}/{NAMES[0]}").data
    with app.app_context(), parts().store.open(f"public/{key}-tiles.zip") as file:
        damaged = bytearray(file.read())
        damaged[: len(damaged) // 2] = bytes(len(damaged) // 2)
        whole = tmp_path / "tiles.zip"
        whole.write_bytes(damaged)
        parts().store.put(f"public/{key}-tiles.zip", whole)
    answers = [visitor.get(f"/media/{key}/{name}") for name in NAMES]
    assert {answer.status_code for answer in answers} <= {200, 404}
    assert visitor.get(f"/media/{key}/{NAMES[0]}").data != before


def test_the_file_of_all_tiles_is_nobodys_to_fetch(key: str, client_of: Callable[[str], Browser]) -> None:
    assert client_of("visitor").get(f"/media/{key}-tiles.zip").status_code == 404


def test_one_file_holds_all_tiles(app: Portal, key: str) -> None:
    with app.app_context(), parts().store.open(f"public/{key}-tiles.zip") as file:
        assert sorted(ZipFile(file).namelist()) == sorted(["info.json", *NAMES])
