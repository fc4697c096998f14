"""What a relative was told has arrived is there, whole, once and with its sizes made, even when a part of the portal is
killed in the middle of its work."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.faults import Plan, kill_at_random, kill_worker_celery, kill_worker_threads
from benchmarks.trial import Outcome

KILLS = 6


def check(outcome: Outcome) -> None:
    assert outcome.acknowledged == outcome.submitted, "what was cut off is taken when it is sent again"
    assert outcome.lost == 0
    assert outcome.doubled == 0
    assert outcome.broken == 0
    assert outcome.underived == 0


def test_kills_of_the_server_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    outcome = kill_at_random(tmp_path, Plan(kills=KILLS, hasten=True))

    assert outcome.interrupted >= KILLS, "the kills must fall into the work, or they prove nothing"
    check(outcome)


def test_nor_on_postgresql(tmp_path: Path, postgresql_url: str) -> None:
    settings = {"MEMORY_ROAD_DATABASE_URL": postgresql_url}
    outcome = kill_at_random(tmp_path, Plan(kills=2, settings=settings, hasten=True))

    assert outcome.interrupted >= 2, "the kills must fall into the work, or they prove nothing"
    check(outcome)


@pytest.mark.parametrize("kill_workers", [kill_worker_threads, kill_worker_celery], ids=["threads", "celery"])
def test_kills_of_workers_leave_no_picture_without_its_sizes(
    tmp_path: Path, kill_workers: Callable[[Path, Plan], Outcome]
) -> None:
    outcome = kill_workers(tmp_path, Plan(pictures=12, kills=1, hasten=True))

    assert outcome.faults == 1, "the kill must fall into the work, or it proves nothing"
    check(outcome)
