"""The one queue: what stands in it and for how long, its filters, its pages, and the next case."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from memory_road.accounts.permissions import Actor, Scope
from memory_road.cases import Case, CaseCategory, CaseKind
from memory_road.contributions.appeal import appeal
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import Flag, flags_of
from memory_road.contributions.lifecycle import State
from memory_road.contributions.mark_case import flag, unflag
from memory_road.contributions.submit import withdraw
from memory_road.db import db, now
from memory_road.facts.vocabulary import Category
from memory_road.moderation import queue, wanted
from memory_road.moderation.claim import claim
from memory_road.moderation.decide import reject, return_to_sender
from memory_road.moderation.hear import reopen
from memory_road.moderation.hold import hold, release
from memory_road.moderation.queue import depth, put_aside, waiting
from memory_road.moderation.wanted import EVERYTHING, Wanted
from memory_road.requests.answer import close
from memory_road.requests.report import Report, report
from memory_road.requests.takedown import ask_for_takedown
from memory_road.web.edge import Portal
from tests.application import (
    Accounts,
    Browser,
    decide,
    filled_in,
    next_id,
    publish,
    send_correction,
    send_in,
    work,
)

ClientOf = Callable[[str], Browser]


def ids(actor: Actor, asked: Wanted = EVERYTHING, after: str = "") -> list[str]:
    return [row.case.id for row in waiting(actor, asked, after).rows]


def age(app: Portal, identifier: str, days: int) -> None:
    """Let a case have waited for so long."""
    moment = now() - timedelta(days=days)
    with work(app):
        db.session.execute(update(Case).where(Case.id == identifier).values(since=moment))
        db.session.execute(update(CaseCategory).where(CaseCategory.case_id == identifier).values(since=moment))
        db.session.execute(update(Contribution).where(Contribution.id == identifier).values(submitted_at=moment))


def test_the_oldest_waits_first(app: Portal, accounts: Accounts) -> None:
    first, second = send_in(app, accounts.contributor), send_in(app, accounts.stranger)
    with app.app_context():
        assert ids(accounts.moderator.actor) == [first, second]
        found = depth(accounts.moderator.actor)
        assert (found.waiting, found.oldest) == (2, db.session.get_one(Contribution, first).submitted_at)


def test_an_empty_queue_says_so(app: Portal, accounts: Accounts) -> None:
    with app.app_context():
        found = depth(accounts.moderator.actor)
        assert (ids(accounts.moderator.actor), found.waiting, found.oldest) == ([], 0, None)
        assert next_id(accounts.moderator.actor) is None


def test_the_next_case_is_one_that_the_moderator_can_take(app: Portal, accounts: Accounts) -> None:
    own = send_in(app, accounts.moderator)
    held = send_in(app, accounts.contributor)
    free, last = send_in(app, accounts.contributor), send_in(app, accounts.stranger)
    with work(app):
        claim(held, accounts.second_moderator.actor)
    moderator, other = accounts.moderator.actor, accounts.second_moderator.actor
    with app.app_context():
        assert next_id(moderator) == free, "neither the own nor the held one"
        assert next_id(moderator, after=free) == last, "what was put aside does not come straight back"
        assert next_id(moderator, after=last) == free, "after the last one the first comes again"
        assert next_id(other) == own, "for somebody else it is a case like others"
        assert next_id(other, after="nonsense") == own
        assert [row.claim is not None for row in waiting(moderator).rows] == [False, True, False, False]


def test_only_what_waits_stands_in_the_queue(app: Portal, accounts: Accounts) -> None:
    """Every way into the queue and out of it, one after another."""
    sender, moderator, senior = accounts.contributor.actor, accounts.moderator.actor, accounts.senior_moderator.actor
    case = send_in(app, accounts.contributor)

    def stands() -> CaseKind | None:
        with app.app_context():
            return db.session.scalar(select(Case.kind).where(Case.id == case))

    assert stands() == CaseKind.ENTRY
    with work(app):
        claim(case, moderator)
        hold(case, moderator)
    assert stands() is None
    with app.app_context():
        assert [held.id for held in put_aside(State.HELD, moderator).contributions] == [case]
    with work(app):
        release(case, moderator)
    assert stands() == CaseKind.ENTRY
    with work(app):
        claim(case, moderator)
        reject(case, moderator, "other", "Нет.")
    assert stands() is None
    with work(app):
        appeal(case, sender, "Посмотрите ещё раз.")
    assert stands() == CaseKind.APPEAL
    with app.app_context():
        assert next_id(moderator) is None, "appeals are heard by senior moderators"
        assert next_id(senior) == case
    with work(app):
        reopen(case, senior, "Смотрим.")
    assert stands() == CaseKind.ENTRY
    with work(app):
        claim(case, moderator)
        return_to_sender(case, moderator, "other", "Кто это?")
    assert stands() is None
    with work(app):
        withdraw(case, sender)
    assert stands() is None
    decide(app, send_in(app, accounts.stranger), accounts.moderator)
    with app.app_context():
        assert ids(moderator) == []
        assert db.session.scalars(select(CaseCategory)).all() == []


def test_requests_wait_among_the_others(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    entry = publish(app, accounts.contributor, accounts.moderator, form=filled_in({"birth_country": "KZ"}))
    with work(app):
        reported = report(entry, Report("other", "Кто это?"), "ru", "192.0.2.7").id
        asked = ask_for_takedown(entry, accounts.stranger.actor, "rights", "Это наш снимок.").id
    correction = send_correction(app, accounts.stranger, entry, typed={"rank": "старшина"})
    moderator = accounts.moderator.actor
    with app.app_context():
        assert ids(moderator) == [reported, asked, correction]
        assert ids(moderator, Wanted(kind=CaseKind.TAKEDOWN)) == [asked]
        assert ids(moderator, Wanted(kind=CaseKind.CORRECTION)) == [correction]
        assert ids(moderator, Wanted(country="KZ")) == [reported, asked, correction]
    client = client_of("moderator")
    page = client.get("/en/moderate/").text
    assert "A visitor reports a problem" in page
    assert page.index(reported) < page.index(asked) < page.index(correction)
    assert client.get("/en/moderate/next").location == f"/en/moderate/requests/{reported}"
    assert client.get("/en/moderate/next?kind=correction").location == f"/en/moderate/{correction}?kind=correction"
    with work(app):
        close(reported, moderator, None, "answered", "")
    with app.app_context():
        assert ids(moderator) == [asked, correction]


def test_each_filter_shows_its_part(app: Portal, accounts: Accounts, subtests: pytest.Subtests) -> None:
    press = {"birth_country": "KZ", "categories": ["press", "soldier"]}
    old = send_in(app, accounts.contributor, form=filled_in(press))
    age(app, old, 8)
    child = {"birth_country": "BY", "birth_date": "1938", "categories": ["medical", "soldier"]}
    other = send_in(app, accounts.stranger, form=filled_in(child, language="en"))
    taken = send_in(app, accounts.contributor)
    with work(app):
        flag(taken, Flag.LOOK_TWICE, accounts.moderator.actor.id)
        claim(taken, accounts.moderator.actor)
    cases: list[tuple[Wanted, list[str]]] = [
        (EVERYTHING, [old, other, taken]),
        (Wanted(kind=CaseKind.ENTRY), [old, other, taken]),
        (Wanted(kind=CaseKind.APPEAL), []),
        (Wanted(language="en"), [other]),
        (Wanted(country="KZ"), [old]),
        (Wanted(category=Category.PRESS), [old]),
        (Wanted(category=Category.MEDICAL), [other, taken]),
        (Wanted(category=Category.SOLDIER), [old, other]),
        (Wanted(waits_for=timedelta(weeks=1)), [old]),
        (Wanted(waits_for=timedelta(days=30)), []),
        (Wanted(flagged=True), [other, taken]),
        (Wanted(mine=True), [taken]),
        (Wanted(category=Category.MEDICAL, mine=True), [taken]),
        (Wanted(category=Category.MEDICAL, mine=True, language="en"), []),
        (Wanted(category=Category.SOLDIER, country="KZ", waits_for=timedelta(days=2)), [old]),
        (Wanted(flagged=True, country="BY", language="en", kind=CaseKind.ENTRY), [other]),
    ]
    with app.app_context():
        for asked, expected in cases:
            with subtests.test(asked=asked):
                assert ids(accounts.moderator.actor, asked) == expected
                assert next_id(accounts.moderator.actor) == old


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (Scope(), [0, 1, 2]),
        (Scope(frozenset({"en"})), [1]),
        (Scope(frozenset({"en", "ru"})), [0, 1, 2]),
        (Scope(frozenset(), frozenset({"KZ"})), [0, 2]),
        (Scope(frozenset({"ru"}), frozenset({"KZ", "BY"})), [0, 2]),
        (Scope(frozenset({"en"}), frozenset({"KZ"})), []),
    ],
)
def test_what_is_out_of_scope_is_not_there(app: Portal, accounts: Accounts, scope: Scope, seen: list[int]) -> None:
    made = [
        send_in(app, accounts.contributor, form=filled_in({"birth_country": "KZ"})),
        send_in(app, accounts.contributor, form=filled_in({"birth_country": "BY"}, language="en")),
        send_in(app, accounts.contributor),
    ]
    actor = Actor(accounts.moderator.actor.id, accounts.moderator.actor.roles, scope)
    with app.app_context():
        assert ids(actor) == [made[each] for each in seen]
        assert depth(actor).waiting == len(seen)
        assert next_id(actor) == (made[seen[0]] if seen else None)


def test_pages_follow_each_other_whatever_is_asked(
    app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [send_in(app, accounts.contributor) for _ in range(5)]
    monkeypatch.setattr(queue, "PAGE", 2)
    actor = accounts.moderator.actor
    for asked in (EVERYTHING, Wanted(category=Category.MEDICAL), Wanted(language="ru", kind=CaseKind.ENTRY)):
        seen: list[str] = []
        after: str | None = ""
        with app.app_context():
            while after is not None:
                page = waiting(actor, asked, after)
                seen += [row.case.id for row in page.rows]
                after = page.after
        assert seen == made, asked


def test_of_a_long_queue_a_part_is_looked_through_and_the_next_page_goes_on(
    app: Portal, accounts: Accounts, monkeypatch: pytest.MonkeyPatch, client_of: ClientOf
) -> None:
    for _ in range(5):
        send_in(app, accounts.contributor)
    wished = send_in(app, accounts.contributor, form=filled_in({"birth_country": "KZ"}))
    for _ in range(4):
        send_in(app, accounts.contributor, form=filled_in({"birth_country": "KZ"}, language="en"))
    monkeypatch.setattr(queue, "LOOKED_THROUGH", 3)
    monkeypatch.setattr(wanted, "LOOKED_THROUGH", 3)
    after, pages = "", []
    with app.app_context():
        while after is not None:
            pages.append(waiting(accounts.moderator.actor, Wanted(country="KZ", language="ru"), after))
            after = pages[-1].after
    assert [[row.case.id for row in page.rows] for page in pages] == [[], [wished], []]
    assert [page.not_all for page in pages] == [True, True, False]
    shown = client_of("moderator").get("/en/moderate/?country=KZ&language=ru").text
    assert "cases were looked through" in shown
    assert 'rel="next"' in shown


def test_marks_are_kept_and_shown(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    plain = send_in(app, accounts.contributor)
    unlikely = send_in(app, accounts.contributor, form=filled_in({"birth_date": "1935", "categories": ["soldier"]}))
    with app.app_context():
        assert (flags_of(plain), flags_of(unlikely)) == ([], [Flag.UNLIKELY])
    with work(app):
        flag(plain, Flag.MANY_AT_ONCE)
        flag(plain, Flag.MANY_AT_ONCE)
        unflag(unlikely, Flag.UNLIKELY)
        unflag(unlikely, Flag.UNLIKELY)
    with app.app_context():
        assert ids(accounts.moderator.actor, Wanted(flagged=True)) == [plain]
    client = client_of("moderator")
    assert "look with care" in client.get("/en/moderate/").text
    assert "very much at once" in client.get(f"/en/moderate/{plain}").text
    assert "Look with care" not in client_of("contributor").get(f"/en/my/{plain}").text


def test_the_filters_go_along_from_case_to_case(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    ours = {"birth_country": "KZ"}
    first = send_in(app, accounts.contributor, form=filled_in(ours))
    send_in(app, accounts.contributor)
    second = send_in(app, accounts.contributor, form=filled_in(ours))
    client = client_of("moderator")
    assert f"/en/moderate/{first}?country=KZ" in client.get("/en/moderate/?country=KZ").text
    assert client.send(f"/en/moderate/{first}/claim?country=KZ").location.endswith("?said=claimed&country=KZ")
    assert f"/en/moderate/{first}/return?country=KZ" in client.get(f"/en/moderate/{first}?country=KZ").text
    answer = client.send(f"/en/moderate/{first}/return?country=KZ", {"reason": "other", "message": "Кто это?"})
    assert client.get(answer.location).location == f"/en/moderate/{second}?said=returned&country=KZ"
    for nonsense in ("kind=x", "language=xx", "country=XX", "category=x", "waits=x", "after=x", "held_after=x"):
        assert client.get(f"/en/moderate/?{nonsense}").status_code == 200, nonsense


def test_when_it_is_due_is_in_view(app: Portal, accounts: Accounts, client_of: ClientOf) -> None:
    case = send_in(app, accounts.contributor)
    client = client_of("moderator")
    assert "to be looked at by" in client.get("/en/moderate/").text
    age(app, case, 15)
    assert "should have been looked at by" in client.get("/en/moderate/").text
