"""What no single index answers has a time for it, and then says so; on both databases."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from memory_road.archive import search
from memory_road.db import TookTooLong, at_most, db
from memory_road.web.edge import Portal
from tests.application import Browser

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
