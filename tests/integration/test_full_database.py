"""A database that has no room left answers with a sentence, keeps what was there and shows what was typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, func, select

from memory_road.contributions.contribution import Contribution
from memory_road.db import db
from memory_road.web.edge import Portal
from tests.application import TYPED, make_accounts, signed_in

STORY = "Служила санинструктором. " * 700


@contextmanager
def no_more_pages(engine: Engine) -> Iterator[None]:
    """SQLite takes no page more than it has now, as on a full disk. The engine itself outlives the test."""
    is_full = True

    @event.listens_for(engine, "connect")
    def _limit(connection: Any, _record: object) -> None:
        if is_full:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}")

    engine.dispose()
    try:
        yield
    finally:
        is_full = False
        engine.dispose()


def test_what_the_database_has_no_room_for_is_shown_once_more(sqlite_app: Portal, password_hash: str) -> None:
    accounts = make_accounts(sqlite_app, password_hash)
    client = signed_in(sqlite_app, accounts.contributor)
    client.token()
    with sqlite_app.app_context():
        engine = db.engine
    with no_more_pages(engine):
        answer = client.send("/en/contribute", {**TYPED, "biography": STORY})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Please try again in a few minutes" in answer.text
    assert STORY.strip() in answer.text
    with sqlite_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == 0
