"""One door to background work: every commit offers what it leaves to be done, and threads do it."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from memory_road.app import executor_of
from memory_road.config import SettingWrong
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import db, now
from memory_road.jobs import offers
from memory_road.jobs.executor import LONGEST_PAUSE, Executor, Outcome, Patience, Work
from memory_road.jobs.sweep import Sweep
from memory_road.jobs.threads import Threads
from memory_road.jobs.verbs import Verbs
from memory_road.mail.letter import Letter, LetterKind, write
from memory_road.web.edge import Portal, parts
from tests.application import Accounts, Sample, begin, send_in, work
from tests.smtp import SmtpSink

PATIENCE = 60.0


class Book:
    """An executor that only notes what it is offered."""

    def __init__(self, room: int = 10) -> None:
        self.offered: list[tuple[Work, str]] = []
        self._room = room

    def offer(self, work: Work, row_id: str) -> None:
        self.offered.append((work, row_id))

    def room(self, work: Work) -> int:
        return self._room

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def work(self) -> None: ...


@pytest.fixture
def book(app: Portal, monkeypatch: pytest.MonkeyPatch) -> Book:
    """Notes what the application offers."""
    noted = Book()
    monkeypatch.setitem(app.extensions, offers.EXTENSION, noted)
    return noted


@pytest.fixture
def threads(app: Portal, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch) -> Iterator[Executor]:
    """Running threads for the application, whose letters go to ``smtp_sink``."""
    with app.app_context():
        here = parts()
    verbs = Verbs(app, replace(here.settings, mail_url=smtp_sink.url), here.store, here.limits)
    running = Threads(verbs, Sweep(app, here.store))
    monkeypatch.setitem(app.extensions, offers.EXTENSION, running)
    running.start()
    yield running
    running.stop()


def wait_until(done: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < give_up_at
        time.sleep(0.01)


def all_derived(app: Portal) -> bool:
    with app.app_context():
        return all(db.session.scalars(select(ContributionPhotograph.derived_at.is_not(None))))


def letter(recipient: str, wait: timedelta = timedelta(0)) -> Letter:
    written = write(LetterKind.PASSWORD_CHANGED, recipient, "en")
    written.due_at = now() + wait
    return written


# --- the door --------------------------------------------------------------------------------------------------------


def test_a_commit_offers_what_it_leaves_to_be_done(
    app: Portal, accounts: Accounts, portrait: Sample, book: Book
) -> None:
    send_in(app, accounts.contributor, portrait)
    with app.app_context():
        picture = db.session.scalars(select(ContributionPhotograph.id)).one()
        received = db.session.scalars(select(Letter.id)).one()
    assert set(book.offered) == {(Work.PHOTOGRAPH, picture), (Work.LETTER, received)}


def test_what_is_not_committed_is_not_offered(app: Portal, accounts: Accounts, book: Book) -> None:
    with app.app_context():
        letter("nobody@example.org")
        db.session.flush()
        assert book.offered == []
        db.session.rollback()
        db.session.commit()
    assert book.offered == []


def test_a_letter_for_later_is_left_to_the_sweep(app: Portal, book: Book) -> None:
    with work(app):
        letter("later@example.org", timedelta(minutes=5))
    assert book.offered == []


def test_asking_for_new_sizes_offers_the_picture_again(
    app: Portal, accounts: Accounts, portrait: Sample, book: Book
) -> None:
    begin(app, accounts.contributor, portrait)
    with app.app_context():
        Verbs(app, parts().settings, parts().store, parts().limits).do_next(Work.PHOTOGRAPH)
    book.offered.clear()
    with work(app):
        photograph = db.session.execute(select(ContributionPhotograph)).scalar_one()
        photograph.make_anew()
        identifier = photograph.id
    assert book.offered == [(Work.PHOTOGRAPH, identifier)]


# --- the sweep -------------------------------------------------------------------------------------------------------


def test_the_sweep_offers_what_was_forgotten(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    send_in(app, accounts.contributor, portrait)
    with app.app_context():
        store = parts().store
    book = Book()
    Sweep(app, store, timedelta(hours=1)).once(book)
    assert book.offered == [], "nobody has forgotten it yet"
    Sweep(app, store).once(book)
    assert [kind for kind, _ in book.offered] == [Work.LETTER, Work.PHOTOGRAPH]


def test_the_sweep_offers_no_more_than_there_is_room_for(app: Portal) -> None:
    with work(app):
        for number in range(5):
            letter(f"reader{number}@example.org")
    with app.app_context():
        store = parts().store
    for room in (0, 2):
        book = Book(room)
        Sweep(app, store).once(book)
        assert len(book.offered) == room


# --- threads ---------------------------------------------------------------------------------------------------------


def test_threads_do_what_they_are_offered(
    app: Portal, accounts: Accounts, portrait: Sample, threads: Executor, smtp_sink: SmtpSink
) -> None:
    for _ in range(3):
        send_in(app, accounts.contributor, portrait)
    wait_until(lambda: len(smtp_sink.messages) == 3 and all_derived(app))


def test_threads_find_what_they_were_never_offered(app: Portal, accounts: Accounts, portrait: Sample) -> None:
    begin(app, accounts.contributor, portrait)
    with app.app_context():
        running = executor_of(app, parts().settings, parts().store, parts().limits)
    running.start()
    try:
        wait_until(lambda: all_derived(app))
    finally:
        running.stop()


def test_letters_are_not_held_up_by_pictures(
    app: Portal,
    accounts: Accounts,
    portrait: Sample,
    threads: Executor,
    smtp_sink: SmtpSink,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go_on = threading.Event()
    with app.app_context():
        store = parts().store
    put = type(store).put

    def held_up(self: object, key: str, source: object) -> None:
        if key.startswith("private/sizes/"):
            assert go_on.wait(PATIENCE)
        put(self, key, source)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(type(store), "put", held_up)
    send_in(app, accounts.contributor, portrait)
    wait_until(lambda: len(smtp_sink.messages) == 1)
    assert not all_derived(app)
    go_on.set()
    wait_until(lambda: all_derived(app))


def test_no_thread_runs_before_it_is_started(sqlite_app: Portal) -> None:
    with sqlite_app.app_context():
        executor_of(sqlite_app, parts().settings, parts().store, parts().limits)
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("memory-road")] == []


# --- a failing machine -----------------------------------------------------------------------------------------------


def test_a_failing_machine_is_left_alone_for_longer_and_longer() -> None:
    patience = Patience()
    assert [patience.after(Outcome.FAULT) for _ in range(4)] == [1, 2, 4, 8]
    assert patience.after(Outcome.NOTHING) == 0
    assert patience.after(Outcome.FAULT) == 16, "that there was nothing to do shows nothing"
    assert patience.after(Outcome.DONE) == 0
    assert patience.after(Outcome.FAULT) == 1
    assert max(patience.after(Outcome.FAULT) for _ in range(50)) == LONGEST_PAUSE


def test_a_verb_that_fails_is_a_fault_and_raises_nothing(
    app: Portal, accounts: Accounts, portrait: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(app, accounts.contributor, portrait)
    with app.app_context():
        here = parts()

    def broken(*_: object) -> None:
        raise RuntimeError("nobody expected this")

    monkeypatch.setattr(type(here.store), "open", broken)
    verbs = Verbs(app, here.settings, here.store, here.limits)
    assert verbs.do_next(Work.PHOTOGRAPH) is Outcome.FAULT


def test_a_broker_without_its_package_is_said_in_a_sentence(
    sqlite_app: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_name: str) -> None:
        raise ModuleNotFoundError("No module named 'celery'", name="celery")

    monkeypatch.setattr("memory_road.app.import_module", missing)
    with sqlite_app.app_context():
        here = parts()
    with pytest.raises(SettingWrong, match="MEMORY_ROAD_BROKER_URL names a broker, which needs celery: install"):
        executor_of(sqlite_app, replace(here.settings, broker_url="redis://127.0.0.1/0"), here.store, here.limits)
