"""Whoever owns the database can write the whole log anew, every hash right: the exported head shows it all the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from memory_road.contributions.decision import FIRST_HASH, Decision, DecisionHead, DecisionWords, hash_of
from memory_road.db import db
from memory_road.jobs.export_head import HEADS, export_head
from memory_road.jobs.sweep import Sweep
from memory_road.media.local_store import LocalStore
from memory_road.moderation.freeze import freeze, unfreeze
from memory_road.verification import verify_log
from memory_road.web.edge import Portal
from tests.application import Accounts, publish, send_in, work
from tests.integration.test_executors import Book

Rows = list[dict[str, Any]]


@pytest.fixture
def log(app: Portal, accounts: Accounts) -> Portal:
    """An application whose log holds decisions about contributions and about an entry, in turns."""
    entry = publish(app, accounts.contributor, accounts.moderator)
    with work(app):
        freeze(entry, accounts.second_moderator.actor, "Семьи спорят.")
    send_in(app, accounts.stranger)
    with work(app):
        unfreeze(entry, accounts.second_moderator.actor, "Договорились.")
    return app


def of_entry(rows: Rows) -> int:
    return next(place for place, row in enumerate(rows) if row["participant_id"] is not None)


def updated(rows: Rows) -> Rows:
    place = of_entry(rows)
    return [*rows[:place], rows[place] | {"actor_id": rows[place]["actor_id"] - 1}, *rows[place + 1 :]]


def deleted(rows: Rows) -> Rows:
    return [row for place, row in enumerate(rows) if place != of_entry(rows)]


def inserted(rows: Rows) -> Rows:
    place = of_entry(rows)
    return [*rows[:place], rows[place] | {"move": "unfreeze", "to_state": "published"}, *rows[place:]]


def reordered(rows: Rows) -> Rows:
    place = of_entry(rows)
    return [*rows[: place - 1], rows[place], rows[place - 1], *rows[place + 1 :]]


def cut_off(rows: Rows) -> Rows:
    return rows[:-1]


@pytest.mark.parametrize("change", [updated, deleted, inserted, reordered, cut_off])
def test_a_log_written_anew_is_found_by_the_exported_head(log: Portal, change: Callable[[Rows], Rows]) -> None:
    with log.app_context():
        head = db.session.execute(select(DecisionHead)).scalar_one()
        exported = f"{head.number}:{head.hash}"
        assert verify_log(exported) == ""
    write_anew(log, change)
    with log.app_context():
        assert verify_log("") == "", "from the inside such a log looks whole"
        assert verify_log(exported) == "The log has 1 faults."


def write_anew(app: Portal, change: Callable[[Rows], Rows]) -> None:
    """What only the owner of the database can do, with every hash right."""
    with work(app):
        triggers = {"postgresql": ("decision_is_append_only ON decision",)}
        on_sqlite = ("decision_refuses_update", "decision_refuses_delete")
        for trigger in triggers.get(db.engine.dialect.name, on_sqlite):
            db.session.execute(text(f"DROP TRIGGER {trigger}"))
        rows = [
            dict(row) for row in db.session.execute(select(Decision.__table__).order_by(Decision.number)).mappings()
        ]
        db.session.execute(delete(DecisionWords))
        db.session.execute(delete(Decision))
        previous, number = FIRST_HASH, 0
        for number, row in enumerate(change(rows), start=1):
            values = row | {"number": number, "previous_hash": previous}
            values["hash"] = previous = hash_of(Decision(**values))
            db.session.execute(insert(Decision).values(**values))
        db.session.execute(update(DecisionHead).values(number=number, hash=previous))


def test_the_newest_head_is_kept_once_a_day_in_a_file(log: Portal, tmp_path: Path) -> None:
    with log.app_context():
        assert export_head(tmp_path)
        assert not export_head(tmp_path), "nothing was decided since"
        (line,) = (tmp_path / HEADS).read_text("utf-8").splitlines()
        assert verify_log(line.split()[0]) == ""


def test_the_daily_tidying_keeps_it(log: Portal, tmp_path: Path) -> None:
    Sweep(log, LocalStore(tmp_path / "store"), folder=tmp_path).once(Book())
    assert len((tmp_path / HEADS).read_text("utf-8").splitlines()) == 1
