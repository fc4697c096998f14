"""Decide a claimed contribution: approve it, return it to its sender, or not publish it."""

from dataclasses import replace

from sqlalchemy import select

from memory_road.accounts.permissions import Actor
from memory_road.contributions.bad_picture import put_on_list
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Reason
from memory_road.contributions.lifecycle import STEPS, Move
from memory_road.contributions.move import RefusalCode, Refused, move, written
from memory_road.contributions.reason import require_offered
from memory_road.contributions.tell import tell_sender
from memory_road.db import db
from memory_road.mail.letter import LetterKind
from memory_road.moderation.amend import amendable
from memory_road.moderation.approval import Approval, made_of, needs_two, require_answers
from memory_road.moderation.claim import claimed, release
from memory_road.moderation.publish import prepared


def approve(
    contribution_id: str, actor: Actor, approval: Approval, note: str = "", two_for: frozenset[str] = frozenset()
) -> Contribution:
    """Let what was sent be published, or carried into the entry that it corrects, as soon as the time is over in which
    this can be taken back (``publication``). Where two are needed (``approval.needs_two``), the first one's approval
    stands as a vote, and the case waits for another moderator. Raises ``Refused``, also when the entry was changed
    since it was shown, ``NeedsMending`` when what the moderator has chosen contradicts itself, or ``NotPermitted``."""
    contribution = prepared(claimed(contribution_id, actor))
    entry = amendable(contribution, approval.choices, approval.edition) if contribution.about_id is not None else None
    if entry is not None and changes_soon(entry.id):
        raise Refused(RefusalCode.ENTRY_CHANGING)
    require_answers(contribution, entry, approval)
    made_of(contribution, entry.facts if entry is not None else {}, approval.choices)
    if contribution.voted_by_id == actor.id:
        raise Refused(RefusalCode.VOTED_ALREADY)
    votes = contribution.voted_by_id is None and needs_two(contribution, approval, two_for, actor.id)
    contribution.approval = replace(approval, edition=entry.edition if entry is not None else None).document()
    if votes:
        contribution.voted_by_id = actor.id
    move(contribution, Move.VOTE if votes else Move.APPROVE, actor, note=written(note))
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
    """Do not publish it. Of abuse the sender is told nothing, there is no appeal, and its pictures are known from then
    on (``bad_picture``). Raises ``Refused`` or ``NotPermitted``."""
    return _send_back(Move.REJECT, LetterKind.REJECTED, contribution_id, actor, reason, message, note)


def _send_back(
    which: Move, letter: LetterKind, contribution_id: str, actor: Actor, reason: str, message: str, note: str
) -> Contribution:
    message, note = written(message), written(note)
    if STEPS[which].needs_reason:
        require_offered(reason, which)
    quietly = which is Move.REJECT and reason == Reason.ABUSE
    if quietly:  # nothing is said to who only wishes to be heard; what was written stays among moderators
        message, note = "", "\n".join(part for part in (message, note) if part)
    elif not message:
        raise Refused(RefusalCode.MESSAGE_MISSING)
    contribution = claimed(contribution_id, actor)
    move(contribution, which, actor, reason, message, note)
    if quietly:
        put_on_list(contribution, actor.id)
    release(contribution_id, actor)
    if not quietly:
        tell_sender(contribution, letter, reason=reason, message=message)
    return contribution
