"""The lease on a photograph: one worker at a time, nothing kept by the dead, and no word from who has lost it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db, now
from memory_road.jobs import lease as leases
from memory_road.jobs.derive import AFTER_A_FAULT, derive_due, derive_one
from memory_road.jobs.executor import Outcome
from memory_road.jobs.lease import Lease, lease, overdue
from memory_road.media.store import Store
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Sample, begin, work
from tests.integration.test_races import at_once

ROUNDS = 4


@pytest.fixture
def waiting(app: Portal, accounts: Accounts, portrait: Sample) -> str:
    """The id of a photograph whose sizes are still to be made."""
    begin(app, accounts.contributor, portrait)
    return only_row(app).id


def only_row(app: Portal) -> ContributionPhotograph:
    with app.app_context():
        return db.session.execute(select(ContributionPhotograph)).scalar_one()


def set_row(app: Portal, **values: Any) -> None:
    with work(app):
        db.session.execute(update(ContributionPhotograph).values(**values))


def taken(app: Portal, row_id: str | None = None) -> Lease:
    with app.app_context():
        held = lease(row_id)
        assert held is not None
        return held


@contextmanager
def before_the_first_put(store: Store, monkeypatch: pytest.MonkeyPatch, happens: Any) -> Iterator[None]:
    """Inside, something happens in the middle of the work: when the first size is about to be kept."""
    put = type(store).put

    def first(self: Store, key: str, source: Any) -> None:
        monkeypatch.setattr(type(store), "put", put)
        happens()
        put(self, key, source)

    monkeypatch.setattr(type(store), "put", first)
    yield


def test_of_several_workers_one_gets_the_lease(app: Portal, waiting: str) -> None:
    for _ in range(ROUNDS):
        got: list[Lease | None] = []
        at_once(app, *[lambda got=got: got.append(lease())] * 2, *[lambda got=got: got.append(lease(waiting))] * 2)
        assert sum(held is not None for held in got) == 1
        set_row(app, leased_until=None)


def test_several_workers_share_several_pictures(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    for _ in range(ROUNDS):
        begin(app, accounts.contributor, portrait)
    got: list[Lease | None] = []
    at_once(app, *[lambda: got.append(lease())] * ROUNDS)
    ids = [held.row.id for held in got if held is not None]
    assert len(ids) == len(set(ids))
    assert len(ids) >= 1
    with app.app_context():
        while (held := lease()) is not None:
            ids.append(held.row.id)
    assert len(set(ids)) == len(ids) == ROUNDS, "each of them once, and none was passed over"


def test_a_lease_that_has_run_out_is_free(app: Portal, waiting: str) -> None:
    first = taken(app)
    with app.app_context():
        assert lease(waiting) is None
    set_row(app, leased_until=now() - timedelta(seconds=1))
    second = taken(app, waiting)
    with app.app_context():
        assert not first.change(derived_at=now(), sizes=[]), "who has lost the lease changes nothing"
        assert second.change(derived_at=now(), sizes=[])


def test_a_lease_is_renewed_as_long_as_the_work_goes_on(
    app: Portal, waiting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "SECONDS_BETWEEN_RENEWALS", 0.02)
    held = taken(app)
    until = only_row(app).leased_until
    assert until is not None
    with app.app_context(), held:
        give_up_at = time.monotonic() + 30
        while (renewed := only_row(app).leased_until) == until:
            assert time.monotonic() < give_up_at, "it was not renewed"
            time.sleep(0.01)
    assert renewed is not None
    assert renewed > until
    with app.app_context():
        assert held.change(derived_at=now()), "a renewed lease still holds"


def test_what_is_taken_over_meanwhile_is_left_to_the_other(
    app: Portal, waiting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        store, limits = parts().store, parts().limits

    def taken_over() -> None:
        set_row(app, leased_until=None)
        with app.app_context():
            assert derive_one(store, limits, waiting) is Outcome.DONE

    with before_the_first_put(store, monkeypatch, taken_over), app.app_context():
        assert derive_one(store, limits) is Outcome.PUT_OFF
    made = only_row(app)
    assert made.sizes
    assert all(store.exists(key) for key in made.size_keys()), "the other's files are not removed"


def test_sizes_of_an_edition_that_has_passed_are_removed(
    app: Portal, waiting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        store, limits = parts().store, parts().limits
        before = {key for key, _ in store.keys("private/sizes/")}

    def hide_a_region() -> None:
        with work(app):
            photograph = db.session.execute(select(ContributionPhotograph)).scalar_one()
            photograph.hidden = [[0, 0, 5000, 5000]]
            photograph.make_anew()

    with before_the_first_put(store, monkeypatch, hide_a_region), app.app_context():
        assert derive_one(store, limits) is Outcome.PUT_OFF
    assert {key for key, _ in store.keys("private/sizes/")} == before
    assert only_row(app).derived_at is None, "it is still to be done"
    with app.app_context():
        assert derive_due(store, limits) == 1
    made = only_row(app)
    assert {key for key, _ in store.keys("private/sizes/")} - before == set(made.size_keys())
    assert made.edition == 1


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), ConnectionError("no answer")])
def test_a_fault_of_the_machine_is_not_the_pictures(
    app: Portal, waiting: str, monkeypatch: pytest.MonkeyPatch, fault: OSError
) -> None:
    with app.app_context():
        store, limits = parts().store, parts().limits

    def fails() -> None:
        raise fault

    with before_the_first_put(store, monkeypatch, fails), app.app_context():
        assert derive_one(store, limits) is Outcome.FAULT
    row = only_row(app)
    assert row.attempts == 0
    assert row.leased_until is not None
    assert row.leased_until <= now() + AFTER_A_FAULT
    with app.app_context():
        assert lease() is None, "not at once: it would only be hammered at"
    set_row(app, leased_until=now())
    with app.app_context():
        assert derive_due(store, limits) == 1


def test_only_what_waits_for_long_is_overdue(app: Portal, waiting: str) -> None:
    def found(patience: timedelta) -> list[str]:
        with app.app_context():
            return overdue(10, patience)

    assert found(timedelta(0)) == [waiting]
    assert found(timedelta(hours=1)) == []
    set_row(app, added_at=now() - timedelta(hours=2))
    assert found(timedelta(hours=1)) == [waiting]
    set_row(app, leased_until=now() + timedelta(minutes=1))
    assert found(timedelta(0)) == []
