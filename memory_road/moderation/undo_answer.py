"""Take the answer to a request back, for as long as nobody was told of it."""

from memory_road.accounts.permissions import Actor, require
from memory_road.moderation.answer_request import may_answer, take_request
from memory_road.requests.answer import is_told, reopen
from memory_road.requests.entry_request import EntryRequest, RequestKind, RequestState
from memory_road.requests.queries import held_request
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.takedown import open_takedown


def answer_can_be_undone(asked: EntryRequest, actor: Actor) -> bool:
    """Whether the actor answered the request, and whoever asked was not told yet."""
    return asked.closed_by_id == actor.id and not is_told(asked)


def undo_answer(request_id: str, actor: Actor) -> tuple[str, str, str]:
    """Let the request wait again, taken by the actor; returns the outcome, the answer and the note that there were. A
    second click finds it waiting, and what was written still there. Raises ``RequestRefused`` or ``NotPermitted``."""
    asked = held_request(request_id)
    require(may_answer(asked, actor))
    said = asked.outcome, asked.answer, asked.note
    if asked.state == RequestState.CLOSED:
        require(asked.closed_by_id == actor.id)
        if is_told(asked):
            raise RequestRefused(RequestRefusal.UNDO_TOO_LATE)
        if asked.kind == RequestKind.TAKEDOWN and open_takedown(asked.participant_id, Actor(asked.account_id or 0)):
            raise RequestRefused(RequestRefusal.ASKED_AGAIN)
        reopen(asked)
    take_request(request_id, actor)
    return said
