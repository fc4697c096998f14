"""Hear an appeal: uphold the decision not to publish, or bring the case back to the queue."""

from memory_road.accounts.permissions import Actor, may_hear, require
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.move import RefusalCode, Refused, move, written
from memory_road.contributions.queries import decided_against, locked, matter
from memory_road.contributions.tell import tell_sender
from memory_road.mail.letter import LetterKind
from memory_road.moderation.kin import require_no_kin


def uphold(contribution_id: str, actor: Actor, message: str, note: str = "") -> Contribution:
    """It stays unpublished, and the sender is told why. Raises ``Refused`` or ``NotPermitted``."""
    return _hear(Move.UPHOLD, contribution_id, actor, message, note)


def reopen(contribution_id: str, actor: Actor, message: str, note: str = "") -> Contribution:
    """It waits again, at its old place in the queue. Raises ``Refused`` or ``NotPermitted``."""
    return _hear(Move.REOPEN, contribution_id, actor, message, note)


def _hear(which: Move, contribution_id: str, actor: Actor, message: str, note: str) -> Contribution:
    message, note = written(message), written(note)
    if not message:
        raise Refused(RefusalCode.MESSAGE_MISSING)
    contribution = locked(contribution_id)
    require(may_hear(actor, *matter(contribution), decided_against(contribution_id)))
    require_no_kin(contribution, actor)
    move(contribution, which, actor, message=message, note=note)
    tell_sender(contribution, LetterKind.UPHELD if which is Move.UPHOLD else LetterKind.REOPENED, message=message)
    return contribution
