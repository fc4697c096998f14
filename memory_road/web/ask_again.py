"""The page of a form once more, with a sentence at the field that it is about and everything that was typed."""

from collections.abc import Callable
from enum import StrEnum

from flask.typing import ResponseReturnValue

from memory_road.db import db
from memory_road.family.refusal import FamilyRefusal
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.web.asking import at_its_field

OVER: frozenset[StrEnum] = frozenset(
    {
        RequestRefusal.CLOSED_ALREADY,
        RequestRefusal.TAKEN_BY_ANOTHER,
        RequestRefusal.UNDO_TOO_LATE,
        RequestRefusal.ASKED_AGAIN,
        FamilyRefusal.TAKEOVER_OVER,
        FamilyRefusal.DISPUTE_OVER,
        FamilyRefusal.MESSAGE_SEEN_TO,
        EntryRefusal.GONE_ALREADY,
        EntryRefusal.NOT_GONE,
        EntryRefusal.CHANGED,
        EntryRefusal.FROZEN_ALREADY,
        EntryRefusal.NOT_FROZEN,
        EntryRefusal.NOT_MERGED,
        EntryRefusal.KEPT_GONE,
        EntryRefusal.CHANGED_SINCE,
        EntryRefusal.PROPOSED_ALREADY,
        EntryRefusal.PROPOSAL_OVER,
    }
)
"""Others were faster: the page shows how it stands now."""


def ask_again(refused: RequestRefused, page: Callable[[dict[str, str]], str]) -> ResponseReturnValue:
    """What answers a form that was refused; ``page`` makes its page, with sentences by fields. Raises ``refused`` again
    where there is nothing to ask about."""
    if refused.code is RequestRefusal.NOT_FOUND:
        raise refused
    db.session.rollback()
    return page(at_its_field(refused)), 409 if refused.code in OVER else 422
