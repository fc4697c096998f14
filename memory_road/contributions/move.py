"""The one door through which a contribution changes its state."""

from enum import StrEnum

from memory_road.accounts.permissions import Actor, require
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision, record
from memory_road.contributions.lifecycle import DECIDED, STEPS, Move, Mover, allows
from memory_road.db import db, now


class RefusalCode(StrEnum):
    NOT_FOUND = "not_found"
    MOVED_ON = "moved_on"
    CHANGED_ELSEWHERE = "changed_elsewhere"
    REASON_MISSING = "reason_missing"
    MESSAGE_MISSING = "message_missing"
    TOO_LONG = "too_long"
    EXPOSURE_NOT_ANSWERED = "exposure_not_answered"
    NOT_CLAIMED = "not_claimed"
    CLAIMED_BY_ANOTHER = "claimed_by_another"
    BEING_PREPARED = "being_prepared"
    CANNOT_BE_PREPARED = "cannot_be_prepared"
    TOO_MANY_PHOTOGRAPHS = "too_many_photographs"


class Refused(Exception):
    """A verb cannot be carried out; ``code`` says why and the edge has a sentence for it."""

    def __init__(self, code: RefusalCode) -> None:
        super().__init__(code)
        self.code = code


def move(
    contribution: Contribution, which: Move, actor: Actor, reason: str = "", message: str = "", note: str = ""
) -> Decision:
    """Move a contribution that was read with ``queries.locked`` (so that nobody else moves it at the same time) and
    record the decision. Raises ``Refused`` when it is not in a state that the move leaves, and
    ``NotPermitted`` when a sender does what is a moderator's or the other way round."""
    step = STEPS[which]
    before = contribution.state
    if not allows(which, before):
        raise Refused(RefusalCode.MOVED_ON)
    require((step.mover is Mover.SENDER) == (actor.id == contribution.sender_id))
    contribution.state = step.enters
    contribution.updated_at = now()
    if step.enters in DECIDED:
        contribution.decided_at, contribution.decided_by_id = contribution.updated_at, actor.id
    db.session.flush()
    return record(contribution.id, actor.id, which, before, step.enters, reason, message, note)
