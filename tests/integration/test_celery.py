"""The second executor: real Celery workers behind a real Redis do what the threads do, and forget nothing."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import select

from memory_road.app import executor_of
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db
from memory_road.jobs import offers
from memory_road.jobs.celery_queue import MOST_WAITING, CeleryQueue
from memory_road.jobs.executor import Work
from memory_road.jobs.sweep import Sweep
from memory_road.mail.letter import Letter
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Sample, begin, send_in
from tests.redis import RedisServer

PATIENCE = 60.0
WORKER = """
from datetime import timedelta
from memory_road.jobs import celery_queue, lease
from memory_road.cli import main

lease.LENGTH, lease.SECONDS_BETWEEN_RENEWALS = timedelta(seconds=1), 0.3
celery_queue.SETTINGS["broker_transport_options"]["visibility_timeout"] = 2
celery_queue.FORGOTTEN_AFTER = timedelta(hours={hours})
main(["worker"])
"""
"""The command ``worker`` with shorter times, so that a test need not wait for the real ones."""


def queue_at(app: Portal, url: str) -> CeleryQueue:
    with app.app_context():
        here = parts()
    made = executor_of(app, replace(here.settings, broker_url=url), here.store, here.limits)
    assert isinstance(made, CeleryQueue)
    return made


@pytest.fixture
def queue(app: Portal, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[CeleryQueue]:
    """The application's executor, with a broker."""
    made = queue_at(app, redis_server.url)
    monkeypatch.setitem(app.extensions, offers.EXTENSION, made)
    yield made
    made.stop()


@contextmanager
def worker(app: Portal, database_url: str, redis: RedisServer, log: Path, sweeps: bool) -> Iterator[int]:
    """A worker in a process of its own; gives its id. Unless it ``sweeps`` it knows only what the broker tells."""
    with app.app_context():
        settings = parts().settings
    # As in benchmarks.served: compiled anew, each start costs three seconds more.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ = {name: value for name, value in kept.items() if not name.startswith("MEMORY_ROAD_")} | {
        "MEMORY_ROAD_SECRET_KEY": settings.secret_key,
        "MEMORY_ROAD_DATA_DIR": str(settings.data_dir),
        "MEMORY_ROAD_STORAGE_URL": str(settings.storage_url),
        "MEMORY_ROAD_DATABASE_URL": database_url,
        "MEMORY_ROAD_BROKER_URL": redis.url,
    }
    command = [sys.executable, "-c", WORKER.format(hours=0 if sweeps else 1)]
    with log.open("ab") as writing:
        process = subprocess.Popen(command, env=environ, stdout=writing, stderr=writing)
    try:
        yield process.pid
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) in (0, -signal.SIGKILL), log.read_text()
    finally:
        process.kill()
        process.wait()


def wait_until(done: Callable[[], bool], log: Path) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < give_up_at, log.read_text() if log.exists() else "nothing was logged"
        time.sleep(0.005)


def photograph(app: Portal) -> ContributionPhotograph:
    with app.app_context():
        return db.session.execute(select(ContributionPhotograph)).scalar_one()


def all_done(app: Portal) -> bool:
    with app.app_context():
        derived = db.session.scalars(select(ContributionPhotograph.derived_at)).all()
        sent = db.session.scalars(select(Letter.sent_at)).all()
        return None not in derived and None not in sent


def test_workers_do_what_is_offered(
    app: Portal,
    accounts: Accounts,
    portrait: Sample,
    queue: CeleryQueue,
    database_url: str,
    redis_server: RedisServer,
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    for _ in range(3):
        send_in(app, accounts.contributor, portrait)
    with worker(app, database_url, redis_server, log, sweeps=False):
        wait_until(lambda: all_done(app), log)


def test_what_a_killed_worker_had_in_hand_is_given_to_another(
    app: Portal,
    accounts: Accounts,
    portrait: Sample,
    queue: CeleryQueue,
    database_url: str,
    redis_server: RedisServer,
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    begin(app, accounts.contributor, portrait)
    with worker(app, database_url, redis_server, log, sweeps=False) as first:
        wait_until(lambda: photograph(app).leased_until is not None, log)
        os.kill(first, signal.SIGKILL)
    assert photograph(app).derived_at is None, "it was killed too late to prove anything"
    with worker(app, database_url, redis_server, log, sweeps=False):
        wait_until(lambda: all_done(app), log)


def test_what_the_broker_forgot_is_found(
    app: Portal,
    accounts: Accounts,
    portrait: Sample,
    queue: CeleryQueue,
    database_url: str,
    redis_server: RedisServer,
    tmp_path: Path,
) -> None:
    log = tmp_path / "log"
    send_in(app, accounts.contributor, portrait)
    redis_server.empty()
    with worker(app, database_url, redis_server, log, sweeps=True):
        wait_until(lambda: all_done(app), log)


def test_a_worker_does_without_a_dead_broker(
    app: Portal, accounts: Accounts, portrait: Sample, database_url: str, mortal_redis: RedisServer, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    begin(app, accounts.contributor, portrait)
    mortal_redis.kill()
    with worker(app, database_url, mortal_redis, log, sweeps=False):
        wait_until(lambda: all_done(app), log)


def test_a_task_carries_the_id_of_a_row_as_json_and_nothing_else(sqlite_app: Portal, redis_server: RedisServer) -> None:
    queue = queue_at(sqlite_app, redis_server.url)
    queue.offer(Work.PHOTOGRAPH, "8k2m4n6p1")
    with Redis(port=redis_server.port) as client:
        waiting = client.lrange("memory_road.photograph", 0, -1)
    assert isinstance(waiting, list)
    assert len(waiting) == 1
    task = json.loads(waiting[0])
    assert task["content-type"] == "application/json"
    arguments, named, _ = json.loads(b64decode(task["body"]))
    assert (arguments, named) == (["8k2m4n6p1"], {})
    assert queue.room(Work.PHOTOGRAPH) == MOST_WAITING - 1
    assert queue.room(Work.LETTER) == MOST_WAITING
    queue.stop()


def test_a_dead_broker_is_logged_once_and_refuses_nobody(
    sqlite_app: Portal, mortal_redis: RedisServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("memory_road.jobs.celery_queue.SECONDS_OF_SILENCE", 0.0)
    queue = queue_at(sqlite_app, mortal_redis.url)
    queue.offer(Work.LETTER, "000000001")
    mortal_redis.kill()
    for number in range(5):
        queue.offer(Work.LETTER, f"00000001{number}")
        assert queue.room(Work.LETTER) == 0
    assert [record.message[:35] for record in caplog.records] == ["The message broker does not answer;"]
    mortal_redis.start()
    assert queue.room(Work.LETTER) == MOST_WAITING
    queue.offer(Work.LETTER, "000000002")
    assert queue.room(Work.LETTER) == MOST_WAITING - 1
    assert caplog.records[-1].message == "The message broker answers again."
    queue.stop()


def test_a_broker_that_never_answers_holds_up_one_offer_and_no_more(
    sqlite_app: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen(8)
        queue = queue_at(sqlite_app, f"redis://127.0.0.1:{mute.getsockname()[1]}/0")
        queue.offer(Work.LETTER, "000000001")
        assert len(caplog.records) == 1, "it has given up waiting by itself"
        for number in range(1000):
            queue.offer(Work.LETTER, f"{number:09}")
        mute.setblocking(False)
        connections = 0
        while True:
            try:
                mute.accept()[0].close()
            except BlockingIOError:
                break
            connections += 1
        assert connections < 5, "the others have not even tried"
        queue.stop()


def test_a_server_with_a_broker_works_on_nothing_itself(
    app: Portal, accounts: Accounts, portrait: Sample, queue: CeleryQueue
) -> None:
    queue.start()
    begin(app, accounts.contributor, portrait)
    assert queue.room(Work.PHOTOGRAPH) == MOST_WAITING - 1
    assert photograph(app).leased_until is None


def test_several_sweepers_do_no_harm(
    app: Portal, accounts: Accounts, portrait: Sample, queue: CeleryQueue, redis_server: RedisServer
) -> None:
    send_in(app, accounts.contributor, portrait)
    redis_server.empty()
    with app.app_context():
        store = parts().store
    for _ in range(2):
        Sweep(app, store).once(queue)
    assert queue.room(Work.PHOTOGRAPH) == MOST_WAITING - 2
    with app.app_context():
        verbs = queue._verbs
    identifier = photograph(app).id
    assert [str(verbs.do(Work.PHOTOGRAPH, identifier)) for _ in range(2)] == ["done", "nothing"]
