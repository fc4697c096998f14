"""A moderator takes a request, as other cases are taken, and answers it."""

from memory_road.accounts.permissions import Actor, may_settle, require
from memory_road.family.carer import carer_of
from memory_road.moderation.claim import Claim, holder_of, lease
from memory_road.moderation.kin import bar_of
from memory_road.requests.answer import close
from memory_road.requests.entry_request import EntryRequest, RequestState
from memory_road.requests.queries import held_request
from memory_road.requests.refusal import RequestRefusal, RequestRefused


def may_answer(asked: EntryRequest, actor: Actor) -> bool:
    """Whether the request is among what the actor moderates, and does not concern them, their care or their kin."""
    permitted = may_settle(actor, asked.place, asked.account_id, carer_of(asked.participant_id))
    return permitted and bar_of(actor, asked.id, asked.account_id, asked.participant_id) is None


def take_request(request_id: str, actor: Actor) -> Claim:
    """Take a request for half an hour, or renew one's own lease, up to two hours in all. Raises ``RequestRefused`` when
    it is answered or another's, or ``NotPermitted``."""
    asked = held_request(request_id)
    require(may_answer(asked, actor))
    if asked.state == RequestState.CLOSED:
        raise RequestRefused(RequestRefusal.CLOSED_ALREADY)
    made = lease(request_id, actor)
    if made is None:
        raise RequestRefused(RequestRefusal.TAKEN_BY_ANOTHER)
    return made


def answer_request(request_id: str, actor: Actor, outcome: str, answer: str, note: str = "") -> EntryRequest:
    """Answer a request and close it (``requests.answer``). It need not have been taken, but nobody answers what another
    has taken. Raises ``RequestRefused`` or ``NotPermitted``."""
    asked = held_request(request_id)
    require(may_answer(asked, actor))
    if asked.state == RequestState.OPEN and holder_of(request_id) not in {None, actor.id}:
        raise RequestRefused(RequestRefusal.TAKEN_BY_ANOTHER)
    return close(request_id, actor, carer_of(asked.participant_id), outcome, answer, note)
