"""Reads of the queue: what waits, how much, how long; and what lies beside it, on hold or withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import selectinload

from memory_road.accounts.permissions import Actor, may_read
from memory_road.cases import Case
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.queries import matter
from memory_road.db import db, now
from memory_road.moderation.claim import Claim
from memory_road.moderation.wanted import EVERYTHING, LOOKED_THROUGH, Wanted, cursor, following, place_of, search_for
from memory_road.requests.entry_request import EntryRequest

PAGE = 50
MOST_COUNTED = 1000
TOLD_FOR = timedelta(days=14)
MOST_LOOKED_AT = 200
"""So many of the newest withdrawals are looked through."""


@dataclass(frozen=True, slots=True)
class Depth:
    """How many wait (counted up to ``MOST_COUNTED``), and since when the oldest does."""

    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the queue: what was sent, or what was asked; ``claim`` is a lease that still runs."""

    case: Case
    contribution: Contribution | None
    request: EntryRequest | None
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Up to ``PAGE`` rows; ``after`` is the cursor of the next page, ``None`` on the last one. ``not_all`` is whether
    only a part of what waits was looked through for it: the next page goes on behind that part."""

    rows: list[Waiting]
    after: str | None
    not_all: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """Cases that are not in the queue. The next page follows the case ``after``; ``None``: this is the last one."""

    contributions: list[Contribution]
    after: str | None


def depth(actor: Actor) -> Depth:
    """The depth of the queue, as far as it is the actor's to read."""
    search = search_for(EVERYTHING, actor)
    ids = following(search, None, MOST_COUNTED).subquery()
    key, since = ids.columns
    counted = select(func.count(), func.min(since)).select_from(ids)
    if search.besides:
        counted = counted.join(Case, Case.id == key).where(*search.besides)
    number, oldest = db.session.execute(counted).one()
    return Depth(number, oldest)


def waiting(actor: Actor, wanted: Wanted = EVERYTHING, after: str = "") -> QueuePage:
    """A page of what waits, the oldest first. An ``after`` that is no cursor of ours begins at the first page."""
    search, place = search_for(wanted, actor), place_of(after)
    if not search.besides:
        found = [case_id for case_id, _ in db.session.execute(following(search, place, PAGE + 1))]
        cases = _cases(found)
        return QueuePage(_rows(cases[:PAGE]), _cursor(cases[PAGE - 1]) if len(cases) > PAGE else None)
    part = following(search, place, LOOKED_THROUGH)
    ids = part.subquery()
    fits = select(Case).join(ids, ids.columns[0] == Case.id).where(*search.besides).order_by(Case.since, Case.id)
    cases = db.session.scalars(fits.limit(PAGE + 1)).all()
    if len(cases) > PAGE:
        return QueuePage(_rows(cases[:PAGE]), _cursor(cases[PAGE - 1]))
    looked_at = db.session.execute(part).all()
    if search.all_of_them or len(looked_at) < LOOKED_THROUGH:
        return QueuePage(_rows(cases), None)
    last = looked_at[-1]
    return QueuePage(_rows(cases), cursor(last[1], last[0]), not_all=True)


def put_aside(state: State, actor: Actor, after: str = "") -> Aside:
    """The oldest cases that are in ``state`` instead of the queue, such as on hold, that the actor may read; those that
    follow the case ``after``."""
    statement = select(Contribution).where(Contribution.state == state).options(selectinload(Contribution.photographs))
    left = db.session.get(Contribution, after) if after else None
    if left is not None and left.submitted_at is not None:
        place = tuple_(Contribution.submitted_at, Contribution.id)
        statement = statement.where(place > tuple_(left.submitted_at, left.id))
    ordered = statement.order_by(Contribution.submitted_at, Contribution.id)
    found = db.session.scalars(ordered.limit(PAGE + 1)).all()
    readable = [each for each in found[:PAGE] if may_read(actor, *matter(each))]
    return Aside(readable, found[PAGE - 1].id if len(found) > PAGE else None)


def taken_back_from_hold(actor: Actor) -> Sequence[Contribution]:
    """What its sender withdrew lately while it was on hold, the last first: whoever has asked a historian about it need
    not wait for the answer. What was erased since is left out."""
    newest = select(Decision.contribution_id, Decision.number, Decision.from_state, Decision.made_at)
    newest = newest.where(Decision.move == Move.WITHDRAW).order_by(Decision.number.desc()).limit(MOST_LOOKED_AT)
    taken_back = newest.subquery()
    statement = (
        select(Contribution)
        .join(taken_back, taken_back.c.contribution_id == Contribution.id)
        .where(
            taken_back.c.from_state == State.HELD,
            taken_back.c.made_at > now() - TOLD_FOR,
            Contribution.facts.is_not(None),
        )
        .options(selectinload(Contribution.photographs))
        .order_by(taken_back.c.number.desc())
        .limit(PAGE)
    )
    return [each for each in db.session.scalars(statement) if may_read(actor, *matter(each))]


def _cases(ids: Sequence[str]) -> Sequence[Case]:
    found = {case.id: case for case in db.session.scalars(select(Case).where(Case.id.in_(ids)))} if ids else {}
    return [found[each] for each in ids if each in found]


def _cursor(case: Case) -> str:
    return cursor(case.since, case.id)


def _rows(cases: Sequence[Case]) -> list[Waiting]:
    ids = [case.id for case in cases]
    if not ids:
        return []
    sent = select(Contribution).where(Contribution.id.in_(ids)).options(selectinload(Contribution.photographs))
    contributions = {each.id: each for each in db.session.scalars(sent)}
    asked = [each for each in ids if each not in contributions]
    requests = select(EntryRequest).where(EntryRequest.id.in_(asked))
    about = {each.id: each for each in db.session.scalars(requests)} if asked else {}
    held = select(Claim).where(Claim.case_id.in_(ids), Claim.expires_at > now())
    claims = {each.case_id: each for each in db.session.scalars(held)}
    return [Waiting(case, contributions.get(case.id), about.get(case.id), claims.get(case.id)) for case in cases]
