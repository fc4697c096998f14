"""What no single index answers has a time for it, and then says so; on both databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from memory_road.archive import matches, search
from memory_road.archive.participant import Participant
from memory_road.archive.restate import restate
from memory_road.archive.search import find
from memory_road.db import TookTooLong, at_most, db, now
from memory_road.web.edge import Portal
from tests.application import Browser, work

ClientOf = Callable[[str], Browser]
ENDLESS = {
    "postgresql": "SELECT pg_sleep(20)",
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
}


def test_a_read_that_takes_too_long_is_ended_and_the_next_one_is_not(app: Portal) -> None:
    with app.app_context():
        endless = text(ENDLESS[db.engine.dialect.name])
        with pytest.raises(TookTooLong), at_most(0.2):
            db.session.execute(endless)
        with at_most(5):
            assert db.session.scalar(text("SELECT 1")) == 1


@pytest.mark.parametrize(
    ("query", "is_limited", "why"),
    [
        ("Пётр Анна", True, "nobody has both of two names that many bear, and that is known only in the end"),
        ("Пётр А.", True, "nor an initial beside it"),
        ("П. А.", True, "nor of initials alone"),
        ("П.", False, "one initial is a part of an index"),
        ("Пётр", False, "one name is read from an index, however many bear it"),
        ("Пётр Редкий", False, "of somebody with a rare name the others are few"),
    ],
)
def test_names_that_very_many_bear_have_a_time(
    app: Portal, monkeypatch: pytest.MonkeyPatch, query: str, is_limited: bool, why: str
) -> None:
    limited: list[float] = []

    @contextmanager
    def no_time(seconds: float) -> Iterator[None]:
        limited.append(seconds)
        with at_most(seconds):
            yield
        raise TookTooLong

    with work(app):
        for number, name in enumerate(("Орлов Пётр", "Орлова Анна", "Соколов Пётр", "Соколова Анна", "Редкий Пётр")):
            surname, given = name.split()
            participant = Participant(id=f"00000000{number}", language="ru", published_at=now(), updated_at=now())
            restate(participant, {"surname": surname, "given_name": given})
            db.session.add(participant)
    monkeypatch.setattr(matches, "at_most", no_time)
    monkeypatch.setattr(matches, "MANY", 1)
    with app.app_context():
        assert find(query).too_slow == is_limited, why
    assert limited == [matches.SECONDS] * is_limited


def test_the_gallery_says_that_so_much_at_once_takes_too_long(
    app: Portal, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def takes_for_ever(*_: object) -> None:
        db.session.execute(text(ENDLESS[db.engine.dialect.name]))

    monkeypatch.setattr(search, "SECONDS", 0.2)
    monkeypatch.setattr(search, "newest", takes_for_ever)
    page = client_of("visitor").get("/en/gallery?fate=killed&place=Тверь")
    assert page.status_code == 200
    assert "So much at once takes too long to look for." in page.text
