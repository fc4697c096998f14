"""Which case comes next for a moderator: the oldest that they may decide and that nobody works on."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, exists, or_, select

from memory_road.accounts.permissions import Actor, Audience
from memory_road.cases import Case, CaseKind
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import CaseFlag, Flag
from memory_road.db import db, now
from memory_road.moderation.claim import Claim
from memory_road.moderation.kin import without_kin
from memory_road.moderation.skip import not_skipped
from memory_road.moderation.wanted import (
    EVERYTHING,
    LOOKED_THROUGH,
    Place,
    Search,
    Wanted,
    following,
    search_for,
)
from memory_road.requests.entry_request import EntryRequest

AT_ONCE = 200


def next_for(actor: Actor, after: str = "", wanted: Wanted = EVERYTHING) -> Case | None:
    """The oldest case among what is ``wanted`` that the actor can take: not their own nor of their family, not held by
    another, no appeal unless they hear appeals. The one behind the case ``after`` comes first, so that it does not come
    straight back; what came as one of very many from one sender is offered behind everything else, and what they have
    skipped lately when nothing else is left. The oldest ``LOOKED_THROUGH`` are looked through."""
    search, takeable = search_for(wanted, actor), list(_takeable(actor, after))
    places = [None] if (left := _left(after)) is None else [left, None]
    for conditions in ([*takeable, not_skipped(actor), _in_turn()], [*takeable, not_skipped(actor)], takeable):
        for place in places:
            found = _first(search, place, conditions)
            if found is not None:
                return found
    return None


def _first(search: Search, place: Place | None, takeable: list[ColumnElement[bool]]) -> Case | None:
    for _ in range(LOOKED_THROUGH // AT_ONCE):
        ids = following(search, place, AT_ONCE)
        part = ids.subquery()
        fits = select(Case).join(part, part.columns[0] == Case.id).where(*search.besides, *takeable)
        found = db.session.scalar(fits.order_by(Case.since, Case.id).limit(1))
        if found is not None:
            return found
        looked_at = db.session.execute(ids).all()
        if len(looked_at) < AT_ONCE:
            return None
        last = looked_at[-1]
        place = Place(last[1], last[0])
    return None


def _takeable(actor: Actor, after: str) -> Iterator[ColumnElement[bool]]:
    if not actor.decides_own:
        yield or_(Case.sender_id.is_(None), Case.sender_id != actor.id)
    yield Case.id != after
    yield from without_kin(actor)
    yield ~exists().where(and_(Claim.case_id == Case.id, Claim.expires_at > now(), Claim.moderator_id != actor.id))
    yield ~exists().where(Contribution.id == Case.id, Contribution.voted_by_id == actor.id)
    if not actor.belongs_to(Audience.SENIOR_MODERATORS):
        yield Case.kind != CaseKind.APPEAL


def _in_turn() -> ColumnElement[bool]:
    """A condition on cases: not one of very many that came from one sender within an hour."""
    return ~exists().where(CaseFlag.contribution_id == Case.id, CaseFlag.flag == Flag.MANY_AT_ONCE)


def _left(after: str) -> Place | None:
    """Where the case stands in the queue, or stood before it was decided."""
    case = db.session.get(Case, after) if after else None
    if case is not None:
        return Place(case.since, case.id)
    sent = db.session.get(Contribution, after) if after else None
    if sent is not None:
        return Place(sent.submitted_at, sent.id) if sent.submitted_at is not None else None
    asked = db.session.get(EntryRequest, after) if after else None
    return Place(asked.made_at, asked.id) if asked is not None else None
