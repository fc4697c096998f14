"""Visitors lay flowers: nobody is asked who they are, nothing is kept of them, and the number is a few seconds late."""

from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import func, select

from memory_road.accounts.flood import FloodCount
from memory_road.archive import flower
from memory_road.archive.flower import Flower, FlowerCount, add_up, lay_flower
from memory_road.archive.whole import whole
from memory_road.db import db, writing
from memory_road.jobs.add_up_flowers import add_up_flowers
from memory_road.moderation.take_down import removed_ahead, restore, shown_ahead, take_down
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Browser, publish, work

ClientOf = Callable[[str], Browser]
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def entry(app: Portal, accounts: Accounts) -> str:
    """The number of a published entry."""
    return publish(app, accounts.contributor, accounts.moderator)


def lay(client: Browser, entry: str, headers: Mapping[str, str] = FROM_HERE) -> tuple[int, str]:
    answer = client.post(f"/en/people/{entry}/flower", headers=headers)
    assert "Set-Cookie" not in answer.headers
    return answer.status_code, answer.location or ""


def counted(app: Portal, entry: str) -> int:
    with app.app_context():
        while add_up_flowers():
            pass
        return laid_at(entry)


def laid_at(entry: str) -> int:
    found = whole(entry)
    assert found is not None
    return found.flowers


def test_a_flower_leads_back_to_the_entry_which_thanks(app: Portal, entry: str, client_of: ClientOf) -> None:
    client, page = client_of("visitor"), f"/en/people/{entry}/vereshchagina-anna"
    before = client.get(page)
    assert "flowers</p>" not in before.text, "nobody is shown a nought"
    assert [lay(client, entry.upper()), lay(client, entry)] == [(303, f"{page}#flower-laid")] * 2
    assert 'id="flower-laid"' in before.text
    assert counted(app, entry) == 2
    after = client.get(page)
    assert "<p>2 flowers</p>" in after.text
    assert after.headers["ETag"] != before.headers["ETag"]


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({}, "nobody says where it comes from"),
        ({"Sec-Fetch-Site": "cross-site"}, "a page of another site"),
        ({"Origin": "https://elsewhere.example.org"}, "the same, from an older browser"),
    ],
)
def test_a_flower_is_laid_from_our_own_page(
    app: Portal, entry: str, client_of: ClientOf, headers: Mapping[str, str], why: str
) -> None:
    assert lay(client_of("visitor"), entry, headers)[0] == 403, why
    assert counted(app, entry) == 0


def test_a_flood_from_one_line_ends_and_others_go_on(
    app: Portal, entry: str, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flower, "AT_ONE_ENTRY", 2)
    client = client_of("visitor")
    assert [lay(client, entry)[0] for _ in range(3)] == [303, 303, 429]
    answer = client.post(f"/en/people/{entry}/flower", headers=FROM_HERE)
    assert "Please come again a little later." in answer.text
    with work(app):
        lay_flower(entry, "192.0.2.99")
    assert counted(app, entry) == 3


def test_nothing_is_kept_of_who_laid_it(app: Portal, entry: str) -> None:
    assert {column.name for column in Flower.__table__.columns} == {"id", "participant_id"}
    with work(app):
        lay_flower(entry, "192.0.2.7")
    with app.app_context():
        keys = db.session.scalars(select(FloodCount.key)).all()
    assert not any("192.0.2.7" in key for key in keys)


def test_where_lines_cannot_be_told_apart_each_entry_has_its_limit(
    app: Portal, entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flower, "FROM_NOWHERE", 1)
    with work(app):
        lay_flower(entry, "")
    with app.app_context(), writing(), pytest.raises(flower.TooManyFlowers):
        lay_flower(entry, "")


def test_each_flower_is_added_up_once(app: Portal, accounts: Accounts, entry: str) -> None:
    other = publish(app, accounts.stranger, accounts.moderator)
    with work(app):
        for participant in (entry, entry, other, entry):
            lay_flower(participant, "192.0.2.7")
    with work(app):
        assert add_up(3) == 3
    with work(app):
        assert [add_up(3), add_up(3)] == [1, 0]
    with app.app_context():
        assert (laid_at(entry), laid_at(other)) == (3, 1)
        assert db.session.scalar(select(func.count()).select_from(Flower)) == 0


def test_flowers_are_there_again_when_an_entry_is_shown_again(
    app: Portal, accounts: Accounts, entry: str, client_of: ClientOf
) -> None:
    senior, client = accounts.senior_moderator.actor, client_of("visitor")
    lay(client, entry)
    assert counted(app, entry) == 1
    with work(app), removed_ahead(entry, senior, parts().store) as moved:
        take_down(entry, senior, moved, parts().store, "family_wish")
        db.session.commit()
    assert lay(client, entry)[0] == 404
    with work(app), shown_ahead(entry, senior, parts().store) as moved:
        restore(entry, senior, moved, parts().store, "Семья согласна.")
        db.session.commit()
    assert "<p>1 flower</p>" in client.get(f"/en/people/{entry}/vereshchagina-anna").text
    with app.app_context():
        assert db.session.scalars(select(FlowerCount.number)).all() == [1]
