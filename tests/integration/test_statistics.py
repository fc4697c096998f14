"""How the desk fares: what is counted of the log, once, and what the page says of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from memory_road.contributions.lifecycle import Move
from memory_road.contributions.submit import submit, withdraw
from memory_road.db import db, now
from memory_road.jobs.count_weeks import count_weeks
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject, return_to_sender
from memory_road.moderation.hold import hold, release
from memory_road.moderation.statistics import (
    BOUNDS,
    WEEKS,
    Week,
    count_some,
    monday,
    reasons_given,
    weeks,
)
from memory_road.web.edge import Portal
from tests.application import Accounts, Browser, send_in, work


def counted(app: Portal) -> list[Week]:
    with app.app_context():
        while count_weeks():
            pass
        return list(weeks(now().date()))


def decide(app: Portal, accounts: Accounts, verb: Callable[..., object], reason: str = "source_needed") -> str:
    case = send_in(app, accounts.contributor)
    with work(app):
        claim(case, accounts.moderator.actor)
        verb(case, accounts.moderator.actor, reason, "Откуда это известно?")
    return case


def test_a_week_holds_what_came_what_was_done_and_what_waits(app: Portal, accounts: Accounts) -> None:
    send_in(app, accounts.contributor)
    returned = decide(app, accounts, return_to_sender)
    decide(app, accounts, reject, "rights")
    held = send_in(app, accounts.contributor)
    with work(app):
        claim(held, accounts.moderator.actor)
        hold(held, accounts.moderator.actor)
    taken_back = send_in(app, accounts.contributor)
    with work(app):
        withdraw(taken_back, accounts.contributor.actor)
    found = counted(app)
    assert len(found) == WEEKS
    assert found[-1].begins == monday(now().date())
    present = found[-1]
    assert (present.came, dict(present.done)) == (5, {Move.RETURN: 1, Move.REJECT: 1, Move.HOLD: 1})
    assert present.left == 3
    assert present.backlog == 1, "what is on hold or taken back waits no longer"
    assert present.waited == (BOUNDS[0] / 24, BOUNDS[0] / 24)
    assert [week.backlog for week in found[:-1]] == [0] * (WEEKS - 1)
    with work(app):
        submit(returned, accounts.contributor.actor, now().date())
        release(held, accounts.moderator.actor)
    present = counted(app)[-1]
    assert (present.came, present.backlog) == (6, 3)
    with app.app_context():
        assert reasons_given(now().date()) == [("rights", 1), ("source_needed", 1)]


def test_nothing_is_counted_twice_and_the_rest_later(app: Portal, accounts: Accounts) -> None:
    for _ in range(3):
        decide(app, accounts, return_to_sender)
    with work(app):
        assert count_some(4) == 4
    with work(app):
        assert count_some(100) == 5
        assert count_some(100) == 0
    present = counted(app)[-1]
    assert (present.came, present.left, present.backlog) == (3, 3, 0)


def test_nothing_is_there_yet(app: Portal) -> None:
    assert all((week.came, week.left, week.backlog, week.waited) == (0, 0, 0, None) for week in counted(app))


@pytest.mark.parametrize(
    ("waited", "half", "most", "why"),
    [
        ({"00": 1}, 1, 1, "one alone"),
        ({"00": 5, "04": 5}, 1, 48, "half within the hour, the others within two days"),
        ({"00": 9, "15": 1}, 1, 1, "one of ten does not count among nine"),
        ({"00": 8, "15": 2}, 1, BOUNDS[-1], "longer than all counts as the longest"),
        ({"02": 4, "05": 6}, 72, 72, "the middle lies among the longer ones"),
    ],
)
def test_how_long_it_waited(app: Portal, waited: dict[str, int], half: int, most: int, why: str) -> None:
    with work(app):
        for place, number in waited.items():
            db.session.execute(
                text("INSERT INTO week_count (week, what, key, number) VALUES (:week, 'waited', :key, :number)"),
                {"week": monday(now().date()).isoformat(), "key": place, "number": number},
            )
    with app.app_context():
        assert weeks(now().date())[-1].waited == (half / 24, most / 24), why


def test_what_waited_before_these_weeks_still_waits(app: Portal) -> None:
    with work(app):
        for ago, change in ((60, 7), (40, -2), (3, -1)):
            week = monday(now().date()) - timedelta(weeks=ago)
            db.session.execute(
                text("INSERT INTO week_count (week, what, key, number) VALUES (:week, 'change', '', :number)"),
                {"week": week.isoformat(), "number": change},
            )
    with app.app_context():
        found = weeks(now().date())
    assert (found[0].backlog, found[-1].backlog) == (5, 4)


def test_the_page_shows_drawings_and_their_table(
    app: Portal, accounts: Accounts, client_of: Callable[[str], Browser]
) -> None:
    client = client_of("moderator")
    empty = client.get("/en/moderate/statistics")
    assert empty.status_code == 200
    assert "Nothing was returned" in empty.text
    decide(app, accounts, return_to_sender)
    send_in(app, accounts.contributor)
    counted(app)
    page = client.get("/en/moderate/statistics").text
    assert page.count("<svg") == 6
    assert "A source is needed" in page
    assert "<td>2</td>" in page
    assert "style=" not in page
    assert "/en/moderate/statistics" in client.get("/en/moderate/").text
