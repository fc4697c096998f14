"""Reads of requests: an asker's own, and what waits for moderators."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select, tuple_

from memory_road.accounts.permissions import Actor, may_see_request
from memory_road.db import db
from memory_road.identifier import is_identifier
from memory_road.requests.entry_request import EntryRequest, RequestState
from memory_road.requests.refusal import RequestRefusal, RequestRefused

PAGE = 50
MOST_COUNTED = 1000


def readable_request(request_id: str, actor: Actor) -> EntryRequest:
    """The request, for whoever asked and for moderators. Raises ``RequestRefused`` alike when there is none and when it
    is somebody else's."""
    found = db.session.get(EntryRequest, request_id) if is_identifier(request_id) else None
    if found is None or not may_see_request(actor, found.place, found.account_id):
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return found


def held_request(request_id: str) -> EntryRequest:
    """The request, held until the transaction ends, so that two moderators come one after the other. Raises
    ``RequestRefused``."""
    asked = db.session.get(EntryRequest, request_id, with_for_update={"of": EntryRequest}, populate_existing=True)
    if asked is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return asked


def own_request(request_id: str, actor: Actor) -> EntryRequest:
    """One of the actor's own requests. Raises ``RequestRefused``."""
    found = readable_request(request_id, actor)
    if found.account_id != actor.id:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return found


def requests_of(actor: Actor, after: str = "") -> Sequence[EntryRequest]:
    """``PAGE`` of the actor's own requests, the newest first; those that follow ``after``."""
    query = select(EntryRequest).where(EntryRequest.account_id == actor.id)
    last = db.session.get(EntryRequest, after) if is_identifier(after) else None
    if last is not None and last.account_id == actor.id:
        query = query.where(tuple_(EntryRequest.made_at, EntryRequest.id) < tuple_(last.made_at, last.id))
    return _rows(query.order_by(EntryRequest.made_at.desc(), EntryRequest.id.desc()))


def waiting_requests(after: str = "") -> Sequence[EntryRequest]:
    """``PAGE`` of what waits for an answer, the oldest first; those that follow ``after``."""
    query = select(EntryRequest).where(EntryRequest.state == RequestState.OPEN)
    last = db.session.get(EntryRequest, after) if is_identifier(after) else None
    if last is not None:
        query = query.where(tuple_(EntryRequest.made_at, EntryRequest.id) > tuple_(last.made_at, last.id))
    return _rows(query.order_by(EntryRequest.made_at, EntryRequest.id))


def number_waiting() -> int:
    """How many wait for an answer, counted up to ``MOST_COUNTED``."""
    some = select(EntryRequest.id).where(EntryRequest.state == RequestState.OPEN).limit(MOST_COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def others_about(asked: EntryRequest) -> Sequence[EntryRequest]:
    """The other requests about the same entry that wait, at most ``PAGE``."""
    same = select(EntryRequest).where(
        EntryRequest.participant_id == asked.participant_id,
        EntryRequest.state == RequestState.OPEN,
        EntryRequest.id != asked.id,
    )
    return _rows(same.order_by(EntryRequest.made_at, EntryRequest.id))


def _rows(query: Select[EntryRequest]) -> Sequence[EntryRequest]:
    return db.session.scalars(query.limit(PAGE)).all()
