"""Whoever sends very much is held back quietly, and far above that asked to wait; nothing that was typed is lost."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from memory_road.accounts.sending import FROM_ONE_ACCOUNT, FROM_ONE_LINE, Sending, may_send
from memory_road.contributions import mark_case
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import Flag, flags_of
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.submit import submit
from memory_road.db import db, now
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import return_to_sender
from memory_road.moderation.skip import skip
from memory_road.web.edge import Portal
from tests.application import TYPED, Accounts, Browser, begin, filled_in, jpeg, next_id, send_in, work

ClientOf = Callable[[str], Browser]
READY = {**TYPED, "none_survives": "y", "permission": "y", "language": "ru"}


def test_much_at_once_waits_behind_everything_else(
    app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mark_case, "MANY", 2)
    first, second, third = (send_in(app, accounts.contributor) for _ in range(3))
    other = send_in(app, accounts.stranger)
    with app.app_context():
        marks = {case: flags_of(case) for case in (first, second, third, other)}
        assert marks == {first: [], second: [], third: [Flag.MANY_AT_ONCE], other: []}
    moderator = accounts.moderator.actor
    with app.app_context():
        assert next_id(moderator, second) == other, "the marked one is older, and comes later"
    with work(app):
        for case in (first, second, other):
            claim(case, accounts.second_moderator.actor)
    with app.app_context():
        assert next_id(moderator) == third, "it is not forgotten"
    with work(app):
        skip(third, moderator)
    with app.app_context():
        assert next_id(moderator) == third, "skipped, and nothing else is left"


def test_who_answers_later_is_marked_no_more(app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark_case, "MANY", 1)
    first, case = (send_in(app, accounts.contributor) for _ in range(2))
    with work(app):
        claim(case, accounts.moderator.actor)
        return_to_sender(case, accounts.moderator.actor, "other", "Кто это?")
        earlier = db.session.get_one(Contribution, first)
        earlier.submitted_at = now() - 2 * mark_case.AN_HOUR
    with work(app):
        submit(case, accounts.contributor.actor, now().date())
        assert flags_of(case) == []


def test_turns_are_counted_by_account_and_by_line(
    app: Portal, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    monkeypatch.setitem(FROM_ONE_ACCOUNT, Sending.PICTURE, 4)
    monkeypatch.setitem(FROM_ONE_LINE, Sending.PICTURE, 6)
    rows = [
        (1, "192.0.2.1", 3, True, "three of four"),
        (1, "192.0.2.2", 2, False, "the account has had five, from wherever"),
        (2, "192.0.2.1", 3, True, "six of six from this line"),
        (3, "192.0.2.1", 1, False, "the line has had seven, by whomever"),
        (4, "", 4, True, "behind a socket the account alone counts"),
        (5, "192.0.2.1", 0, True, "no pictures are no turn"),
    ]
    for account, line, number, may, why in rows:
        with subtests.test(why), work(app):
            assert may_send(account, line, {Sending.PICTURE: number}) is may


def test_far_too_many_drafts_are_refused_with_all_that_was_typed(
    app: Portal, accounts: Accounts, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FROM_ONE_ACCOUNT, Sending.DRAFT, 1)
    client = client_of("contributor")
    assert client.send("/en/contribute", {**READY, "form_key": "one"}).status_code == 303
    answer = client.send("/en/contribute", {**READY, "form_key": "two", "surname": "Запомнилов"})
    assert answer.status_code == 429
    assert "Please wait an hour" in answer.text
    assert "Запомнилов" in answer.text
    kept = client.send("/en/contribute", {**READY, "form_key": "three", "action": "keep"})
    assert kept.status_code == 429
    assert "Please wait an hour" in kept.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == 1


def test_far_too_many_submissions_stay_drafts(
    app: Portal, accounts: Accounts, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FROM_ONE_ACCOUNT, Sending.SUBMISSION, 0)
    draft = begin(app, accounts.contributor, form=filled_in())
    client = client_of("contributor")
    answer = client.send(f"/en/contribute/{draft}", {**READY, "surname": "Запомнилов", "action": "submit"})
    assert answer.status_code == 429
    assert "Запомнилов" in answer.text
    assert client.send(f"/en/contribute/{draft}/submit").status_code == 429
    with app.app_context():
        kept = db.session.get_one(Contribution, draft)
        assert (kept.state, kept.typed["surname"]) == ("draft", "Запомнилов")


def test_far_too_many_pictures_leave_the_words(
    app: Portal, accounts: Accounts, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FROM_ONE_ACCOUNT, Sending.PICTURE, 0)
    draft = begin(app, accounts.contributor, form=filled_in())
    client = client_of("contributor")
    picture = {"photos": (io.BytesIO(jpeg()), "a.jpg")}
    answer = client.send(f"/en/contribute/{draft}", {**READY, "surname": "Запомнилов", **picture})
    assert (answer.status_code, "Please wait an hour" in answer.text) == (429, True)
    alone = client.send(f"/en/contribute/{draft}/photographs", {"photos": (io.BytesIO(jpeg()), "a.jpg")})
    assert (alone.status_code, alone.mimetype) == (429, "text/plain")
    with app.app_context():
        assert db.session.get_one(Contribution, draft).typed["surname"] == "Запомнилов"
        assert db.session.scalar(select(func.count()).select_from(ContributionPhotograph)) == 0
