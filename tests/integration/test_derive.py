"""Sizes of pictures are made in the background: once, again after a failure, and never for what is gone."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from memory_road.contributions.attach import detach
from memory_road.contributions.photograph import MOST_ATTEMPTS, ContributionPhotograph
from memory_road.db import db, now
from memory_road.jobs.derive import derive_due
from memory_road.jobs.lease import LENGTH
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Sample, begin, work


def row(app: Portal) -> ContributionPhotograph:
    with app.app_context():
        return db.session.execute(select(ContributionPhotograph)).scalar_one()


def derive(app: Portal) -> int:
    with app.app_context():
        return derive_due(parts().store, parts().limits)


def set_row(app: Portal, **values: Any) -> None:
    with work(app):
        db.session.execute(update(ContributionPhotograph).values(**values))


def test_a_worker_makes_the_sizes(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    begin(app, accounts.contributor, portrait)
    assert row(app).derived_at is None
    assert derive(app) == 1
    assert derive(app) == 0
    made = row(app)
    assert made.derived_at is not None
    assert made.leased_until is None
    names = [size["name"] for size in made.sizes]
    assert names[:3] == ["320.webp", "360.webp", "share.jpg"]
    assert any(name.startswith("card-") for name in names), "the sender may still say that it is the portrait"
    with app.app_context():
        assert all(parts().store.exists(made.size_key(size["name"])) for size in made.sizes)


def test_what_another_worker_is_at_is_left_to_it(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    begin(app, accounts.contributor, portrait)
    set_row(app, leased_until=now() + LENGTH)
    assert derive(app) == 0
    set_row(app, leased_until=now() - timedelta(seconds=1))
    assert derive(app) == 1, "a worker that died does not keep it for ever"


def test_what_fails_is_tried_again_but_not_for_ever(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    begin(app, accounts.contributor, portrait)
    with app.app_context():
        parts().store.delete(row(app).original_key)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert derive(app) == 0
        assert row(app).attempts == attempt
        assert derive(app) == 0, "not at once"
        assert row(app).attempts == attempt
        set_row(app, leased_until=None)
    assert derive(app) == 0
    assert row(app).attempts == MOST_ATTEMPTS


def test_nothing_stays_of_a_picture_that_was_taken_away_meanwhile(
    app: Portal, accounts: Accounts, portrait: Sample, monkeypatch: Any
) -> None:
    with app.app_context():
        store = parts().store
        before = {key for key, _ in store.keys("private/")}
    case = begin(app, accounts.contributor, portrait)
    photograph = row(app).id
    put = store.put

    def taken_away_first(key: str, source: Any) -> None:
        monkeypatch.setattr(type(store), "put", lambda _self, key, source: put(key, source))
        detach(case, accounts.contributor.actor, store, photograph)
        db.session.commit()
        put(key, source)

    monkeypatch.setattr(type(store), "put", lambda _self, key, source: taken_away_first(key, source))
    derive(app)
    with app.app_context():
        assert {key for key, _ in store.keys("private/")} == before
        assert db.session.scalars(select(ContributionPhotograph)).all() == []
