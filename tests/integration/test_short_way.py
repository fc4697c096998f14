"""What visitors' pages read takes the short way to PostgreSQL, and says what the long way says."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import event, insert, update
from sqlalchemy.orm import DeclarativeBase

from memory_road.archive.change import changes_of
from memory_road.archive.flower import FlowerCount
from memory_road.archive.queries import shown
from memory_road.archive.rows_of import rows_of
from memory_road.archive.same_name import asks_for_namesakes, read_namesakes
from memory_road.archive.tally import SECONDS_AT_HAND, Tally, tallied
from memory_road.archive.whole import whole
from memory_road.db import db
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, Sample, decide, filled_in, publish, send_correction, work

ClientOf = Callable[[str], Browser]


@pytest.fixture
def entry(app: Portal, accounts: Accounts, portrait: Sample) -> str:
    """An entry with a portrait, a change, flowers and a namesake."""
    seen = filled_in(none_survives=False)
    made = publish(app, accounts.contributor, accounts.moderator, portrait, form=seen)
    publish(app, accounts.contributor, accounts.moderator, form=filled_in({"birth_date": "1920"}))
    changed = send_correction(app, accounts.stranger, made, typed={"birth_place": "деревня <Липовка>"})
    decide(app, changed, accounts.moderator)
    with work(app):
        db.session.add(FlowerCount(participant_id=made, number=3))
    return made


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("gallery", "the first page of the gallery"),
        ("gallery?category=medical", "a kind of participant"),
        (f"gallery?q={quote('Верещагина')}", "a surname"),
        ("on-this-day/05-12", "a day of the calendar"),
        ("people/{entry}/vereshchagina-anna", "an entry"),
    ],
)
def test_nothing_stands_between_a_page_and_postgresql(
    app: Portal, entry: str, client_of: ClientOf, page: str, what: str
) -> None:
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    visitor, address = client_of("visitor"), f"/en/{page.format(entry=entry)}"
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    answer = visitor.get(address)
    event.remove(engine, "before_cursor_execute", listen)
    assert "Верещагина" in answer.text, what
    if engine.dialect.name == "postgresql":
        assert said == [], f"{what} goes by SQLAlchemy, which costs three times as much"
    else:
        assert said, "on SQLite everything does, so this would hear it"


def test_an_entry_that_is_asked_for_at_once_is_the_same(app: Portal, entry: str) -> None:
    with app.app_context():
        found, apart = whole(entry.upper()), shown(entry)
        assert found is not None
        assert apart is not None
        assert _columns(found.participant) == _columns(apart)
        assert list(map(_columns, found.participant.photographs)) == list(map(_columns, apart.photographs))
        assert list(map(_columns, found.changes)) == list(map(_columns, changes_of(entry)))
        assert found.namesakes == read_namesakes(rows_of(asks_for_namesakes(), {"id": entry}))
        assert [len(apart.photographs), len(found.changes), found.flowers, len(found.namesakes)] == [1, 1, 3, 1]
        assert whole("000000000") is None
        assert whole("no number") is None


def test_the_numbers_of_the_gallery_are_a_second_late_at_most(app: Portal, entry: str) -> None:
    with app.app_context():
        known = tallied("fate:")["survived"]
    with app.app_context(), db.engine.begin() as another_process:
        another_process.execute(update(Tally).where(Tally.what == "fate:survived").values(entries=known + 5))
        another_process.execute(insert(Tally).values(what="fate:missing", entries=2))
    time.sleep(SECONDS_AT_HAND)
    with app.app_context():
        assert (tallied("fate:")["survived"], tallied("fate:")["missing"]) == (known + 5, 2)
    assert SECONDS_AT_HAND <= 1


def _columns(row: DeclarativeBase) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
