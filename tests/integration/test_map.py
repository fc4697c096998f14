"""The map: birthplaces and burials in squares that publication counts, and nothing of somebody who may be living."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from memory_road.archive.on_map import FINER, entries_in, squares_in
from memory_road.archive.participant_place import COUNTED, FINEST, MapKind, MapSquare, ParticipantPlace
from memory_road.db import db
from memory_road.facts.point import Point
from memory_road.facts.quadkey import quadkey
from memory_road.moderation.take_down import removed_ahead, restore, shown_ahead, take_down
from memory_road.web.caching import TEN_MINUTES
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, decide, filled_in, publish, send_correction, work

ClientOf = Callable[[str], Browser]
Publish = Callable[..., str]
MOSCOW, NEAR, OMSK = "55.7558, 37.6173", "55.7601, 37.6205", "54.9885, 73.3242"
PART = "1"


@pytest.fixture
def published(app: Portal, accounts: Accounts) -> Publish:
    def make(**typed: Any) -> str:
        return publish(app, accounts.contributor, accounts.moderator, form=filled_in(typed))

    return make


def seen(app: Portal, kind: MapKind, part: str = PART) -> dict[str, int]:
    with app.app_context():
        return {square.key: square.entries for square in squares_in(kind, part)}


def key(point: str, level: int) -> str:
    return quadkey(Point.stored(point), level)


def test_publication_counts_the_squares(app: Portal, published: Publish) -> None:
    published(birth_point=MOSCOW, burial_point=OMSK)
    published(birth_point=NEAR)
    for level in COUNTED:
        part = key(MOSCOW, level - FINER)
        assert seen(app, MapKind.BIRTH, part)[key(MOSCOW, level)] == 2
        assert seen(app, MapKind.BURIAL, part) == ({key(OMSK, level): 1} if key(OMSK, level).startswith(part) else {})


def test_the_whole_world_is_shown_in_larger_squares_than_are_counted(app: Portal, published: Publish) -> None:
    apart = "55.1848, 30.2016"
    assert key(MOSCOW, 5) != key(apart, 5)
    assert key(MOSCOW, 4) == key(apart, 4)
    for point in (MOSCOW, NEAR, apart):
        published(birth_point=point)
    assert seen(app, MapKind.BIRTH, key(MOSCOW, 2)) == {key(MOSCOW, 4): 3}


@pytest.mark.parametrize("living", ["yes", "not_known"])
def test_nothing_is_on_the_map_of_somebody_who_may_be_living(app: Portal, accounts: Accounts, living: str) -> None:
    form = filled_in({"birth_point": MOSCOW, "living": living}, living_consent=True)
    publish(app, accounts.contributor, accounts.moderator, form=form)
    with app.app_context():
        assert db.session.scalars(select(MapSquare.what)).all() == []
        assert db.session.scalars(select(ParticipantPlace.square)).all() == []


def test_the_map_follows_corrections_and_takedowns(app: Portal, accounts: Accounts, published: Publish) -> None:
    entry, senior = published(birth_point=MOSCOW), accounts.senior_moderator.actor
    correction = send_correction(app, accounts.stranger, entry, typed={"birth_point": OMSK})
    decide(app, correction, accounts.moderator)
    moved = {key(OMSK, 2 + FINER): 1}
    assert seen(app, MapKind.BIRTH, key(OMSK, 2)) == moved
    with work(app), removed_ahead(entry, senior, parts().store) as gone:
        take_down(entry, senior, gone, parts().store, "family_wish")
        db.session.commit()
    with app.app_context():
        assert db.session.scalars(select(MapSquare.what)).all() == []
        assert entries_in(MapKind.BIRTH, key(OMSK, 9)) == ([], False)
    with work(app), shown_ahead(entry, senior, parts().store) as back:
        restore(entry, senior, back, parts().store, "Семья согласна.")
        db.session.commit()
    assert seen(app, MapKind.BIRTH, key(OMSK, 2)) == moved


def test_who_is_in_a_square_is_shown(app: Portal, published: Publish, client_of: ClientOf) -> None:
    first, second = published(birth_point=MOSCOW), published(birth_point=OMSK)
    client = client_of("visitor")
    part = client.get(f"/en/map/b/{key(MOSCOW, 2)}.json")
    assert part.headers["Cache-Control"] == TEN_MINUTES
    (square,) = [each for each in json.loads(part.text) if each["page"].endswith(key(MOSCOW, 2 + FINER))]
    assert square["entries"] == 1
    page = client.get(square["page"]).text
    assert first in page
    assert second not in page
    assert first in client.get(f"/en/map/b/{key(MOSCOW, FINEST)}").text
    assert first not in client.get(f"/en/map/g/{key(MOSCOW, FINEST)}").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"birth_place": "Тверь"}, "Тверь"),
        (
            {"birth_place": "посёлок при станции железной дороги, Тверская губерния"},
            "посёлок при станции железной дороги…",
        ),
        ({"birth_place": ""}, ""),
    ],
    ids=["as the family calls it", "shortened where that is long", "nothing where it only has the point"],
)
def test_a_square_is_called_after_a_place_in_it(
    app: Portal, published: Publish, typed: dict[str, str], said: str
) -> None:
    published(birth_point=MOSCOW, burial_place="Омск", **typed)
    published(birth_point=OMSK, birth_place="Омск")
    with app.app_context():
        named = {square.key: square.place for square in squares_in(MapKind.BIRTH, key(MOSCOW, 2))}
    assert named[key(MOSCOW, 2 + FINER)] == said


def test_the_entry_leads_to_the_map_and_the_map_without_a_script_to_countries(
    published: Publish, client_of: ClientOf
) -> None:
    entry, client = published(birth_point=MOSCOW, birth_country="RU"), client_of("visitor")
    page = client.get(f"/en/people/{entry}/vereshchagina-anna").text
    assert f'href="/en/map?of=b#{key(MOSCOW, 6)}">On the map</a>' in page
    assert '<a href="/en/gallery?country=RU">Russia</a> <span class="quiet">1</span>' in client.get("/en/map").text


NOWHERE = ("b/4.json", "x/12.json", "b/.json", "b/1.json", "b/012301230.json", "b/012x", "b/" + "1" * 15)


@pytest.mark.parametrize("address", NOWHERE)
def test_what_is_no_square_is_nowhere(published: Publish, client_of: ClientOf, address: str) -> None:
    assert client_of("visitor").get(f"/en/map/{address}").status_code == 404
