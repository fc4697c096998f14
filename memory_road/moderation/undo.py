"""Take a decision back, for as long as nobody was told of it."""

from sqlalchemy import select

from memory_road.accounts.permissions import Actor, require
from memory_road.contributions.bad_picture import take_off_list
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision, Reason
from memory_road.contributions.lifecycle import Move, Remark, State
from memory_road.contributions.move import RefusalCode, Refused, move
from memory_road.contributions.queries import locked
from memory_road.contributions.tell import forget_letter
from memory_road.db import db, now
from memory_road.moderation.claim import Claim, claim


def undo(contribution_id: str, actor: Actor) -> Contribution:
    """Take back the last decision, which was the actor's own: the contribution is where it was, its letter is never
    sent, and what waits again is the actor's to decide. Raises ``Refused`` when the time is over, or somebody else has
    gone on with it, ``NotPermitted`` when it was another's decision."""
    contribution = locked(contribution_id)
    if not can_be_undone(contribution):
        raise Refused(RefusalCode.UNDO_TOO_LATE)
    last = _last(contribution)
    require(last.actor_id == actor.id)
    held = db.session.get(Claim, contribution_id)
    if held is not None and held.holds() and held.moderator_id != actor.id:
        raise Refused(RefusalCode.CLAIMED_BY_ANOTHER)
    if contribution.undo_state == State.APPEALED:
        against = _last(contribution, Move.REJECT)
        contribution.decided_at, contribution.decided_by_id = against.made_at, against.actor_id
    if last.move == Move.VOTE:
        contribution.voted_by_id = None
    if last.move == Move.REJECT and last.reason == Reason.ABUSE:
        take_off_list(contribution)
    move(contribution, Move.UNDO, actor)
    forget_letter(contribution, last)
    if contribution.state == State.SUBMITTED:
        claim(contribution_id, actor)
    return contribution


def can_be_undone(contribution: Contribution) -> bool:
    """Whether its last decision can still be taken back, by whoever made it."""
    is_published = contribution.state == State.APPROVED and contribution.publish_at is None
    return contribution.undo_until is not None and contribution.undo_until > now() and not is_published


def undoable_by(contribution: Contribution, actor: Actor) -> bool:
    """Whether the actor can take its last decision back."""
    return can_be_undone(contribution) and _last(contribution).actor_id == actor.id


def _last(contribution: Contribution, which: Move | None = None) -> Decision:
    made = select(Decision).where(Decision.contribution_id == contribution.id, Decision.move != Remark.NOTE)
    made = made if which is None else made.where(Decision.move == which)
    return db.session.scalars(made.order_by(Decision.number.desc()).limit(1)).one()
