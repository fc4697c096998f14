"""Decide a claimed contribution: approve it, return it to its sender, or not publish it."""

from sqlalchemy import select

from memory_road.accounts.permissions import Actor
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Reason
from memory_road.contributions.lifecycle import STEPS, Move
from memory_road.contributions.move import RefusalCode, Refused, move, written
from memory_road.contributions.tell import tell_sender
from memory_road.db import db
from memory_road.mail.letter import LetterKind
from memory_road.moderation.amend import amendable
from memory_road.moderation.claim import claimed, release
from memory_road.moderation.publish import prepared


def approve(
    contribution_id: str, actor: Actor, nobody_living_exposed: bool, note: str = "", seen: str | None = None
) -> Contribution:
    """Let what was sent be published, or carried into the entry that it corrects, as soon as the time is over in which
    this can be taken back (``publication``). ``nobody_living_exposed`` is the moderator's answer, and must be yes;
    ``seen`` is the edition of the entry that they were shown beside a correction. Raises ``Refused``, also when the
    entry was changed since it was shown, or ``NotPermitted``."""
    if not nobody_living_exposed:
        raise Refused(RefusalCode.EXPOSURE_NOT_ANSWERED)
    contribution = prepared(claimed(contribution_id, actor))
    approval: dict[str, str] = {}
    if contribution.about_id is not None:
        entry = amendable(contribution, seen)
        if changes_soon(entry.id):
            raise Refused(RefusalCode.ENTRY_CHANGING)
        approval["edition"] = entry.edition
    contribution.approval = approval
    move(contribution, Move.APPROVE, actor, note=written(note))
    release(contribution_id, actor)
    return contribution


def changes_soon(participant_id: str) -> bool:
    """Whether something that was approved about the entry is still to be carried into it."""
    waiting = select(Contribution.id).where(
        Contribution.about_id == participant_id, Contribution.publish_at.is_not(None)
    )
    return db.session.scalar(waiting.limit(1)) is not None


def return_to_sender(contribution_id: str, actor: Actor, reason: str, message: str, note: str = "") -> Contribution:
    """Ask the sender for a change. Raises ``Refused`` or ``NotPermitted``."""
    return _send_back(Move.RETURN, LetterKind.RETURNED, contribution_id, actor, reason, message, note)


def reject(contribution_id: str, actor: Actor, reason: str, message: str, note: str = "") -> Contribution:
    """Do not publish it. Of abuse the sender is told nothing, and there is no appeal. Raises ``Refused`` or
    ``NotPermitted``."""
    return _send_back(Move.REJECT, LetterKind.REJECTED, contribution_id, actor, reason, message, note)


def _send_back(
    which: Move, letter: LetterKind, contribution_id: str, actor: Actor, reason: str, message: str, note: str
) -> Contribution:
    message, note = written(message), written(note)
    if STEPS[which].needs_reason and reason not in set(Reason):
        raise Refused(RefusalCode.REASON_MISSING)
    quietly = which is Move.REJECT and reason == Reason.ABUSE
    if quietly:  # nothing is said to who only wishes to be heard; what was written stays among moderators
        message, note = "", "\n".join(part for part in (message, note) if part)
    elif not message:
        raise Refused(RefusalCode.MESSAGE_MISSING)
    contribution = claimed(contribution_id, actor)
    move(contribution, which, actor, reason, message, note)
    release(contribution_id, actor)
    if not quietly:
        tell_sender(contribution, letter, reason=reason, message=message)
    return contribution
