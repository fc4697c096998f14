"""Floods are counted for all workers together, and nobody's address is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from memory_road.accounts.flood import DailySalt, FloodCount, address_key, forget_counts, take_turn
from memory_road.db import db, now
from memory_road.web.edge import Portal
from tests.application import work


def test_so_many_turns_in_an_hour_and_no_more(app: Portal) -> None:
    with work(app):
        assert [take_turn("report", 2) for _ in range(3)] == [True, True, False]
        assert take_turn("report:other", 2), "another key is counted by itself"
    with work(app):
        db.session.execute(update(FloodCount).values(hour_at=now() - timedelta(hours=1)))
        db.session.expire_all()
        assert take_turn("report", 2), "the next hour begins anew"


@pytest.mark.parametrize(
    ("hours", "taken", "why"),
    [(1, False, "an hour ago is of this day"), (23, False, "so are 23"), (24, True, "a day ago is not")],
)
def test_so_many_turns_in_a_day_too(app: Portal, hours: int, taken: bool, why: str) -> None:
    with work(app):
        assert [take_turn("invitation", 2, 2) for _ in range(2)] == [True, True]
        assert take_turn("invitation:other", 1, 1), "another key is counted by itself"
        this_hour = now().replace(minute=0, second=0, microsecond=0)
        db.session.execute(update(FloodCount).values(hour_at=this_hour - timedelta(hours=hours)))
        db.session.expire_all()
    with work(app):
        assert take_turn("invitation", 2, 2) is taken, why


def test_workers_that_count_at_once_lose_nothing(app: Portal) -> None:
    def once(_number: int) -> bool:
        with work(app):
            return take_turn("report", 5)

    with ThreadPoolExecutor(4) as workers:
        taken = list(workers.map(once, range(12)))
    assert sorted(taken) == [False] * 7 + [True] * 5


@pytest.mark.parametrize(
    ("one", "other", "same", "why"),
    [
        ("192.0.2.7", "192.0.2.7", True, "the same address"),
        ("192.0.2.7", "192.0.2.8", False, "the neighbour's"),
        ("::ffff:192.0.2.7", "192.0.2.7", True, "an old address written in the new way"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", True, "one household's line"),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False, "the next line"),
    ],
)
def test_who_counts_as_the_same(sqlite_app: Portal, one: str, other: str, same: bool, why: str) -> None:
    with work(sqlite_app):
        assert (address_key(one) == address_key(other)) is same, why


@pytest.mark.parametrize("unknown", ["", "unix:", "nonsense"])
def test_an_unknown_address_has_no_key(sqlite_app: Portal, unknown: str) -> None:
    with work(sqlite_app):
        assert address_key(unknown) == ""


def test_no_address_can_be_found_again_on_the_next_day(app: Portal) -> None:
    with work(app):
        key = address_key("192.0.2.7")
        take_turn(key, 5)
        assert "192" not in key
        assert len(key) <= 60
    with work(app):
        db.session.execute(update(DailySalt).values(day=now().date() - timedelta(days=1)))
        db.session.expire_all()
        assert address_key("192.0.2.7") != key, "another day's salt"
        db.session.execute(update(FloodCount).values(hour_at=now() - timedelta(days=2)))
    with work(app):
        assert forget_counts() == 2
    with app.app_context():
        assert db.session.scalars(select(DailySalt.day)).all() == [now().date()]
        assert db.session.scalars(select(FloodCount)).all() == []
