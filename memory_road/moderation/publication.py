"""What was approved is published when the time is over in which that can be taken back. The row says when: a worker
that takes it sets a later time, which is its lease."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from memory_road.accounts.permissions import Actor
from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.move import RefusalCode, move
from memory_road.contributions.tell import tell_sender
from memory_road.db import db, now
from memory_road.facts.choice import Choice
from memory_road.mail.letter import LetterKind
from memory_road.moderation.amend import amend
from memory_road.moderation.approval import kept_choices
from memory_road.moderation.publish import Copies, due, publish, require_same

LEASE = timedelta(minutes=5)
"""What a dead worker had in hand is tried again after so long."""


def lease(contribution_id: str | None = None) -> tuple[str, datetime] | None:
    """Take the right to publish ``contribution_id``, or what has been due for longest, in the present transaction: its
    id, and until when. None where nothing is due."""
    waiting = select(Contribution.id).where(_is_due(now()))
    if contribution_id is not None:
        waiting = waiting.where(Contribution.id == contribution_id)
    chosen = db.session.scalar(waiting.order_by(Contribution.publish_at).limit(1).with_for_update(skip_locked=True))
    if chosen is None:
        return None
    until = now() + LEASE
    put_off(chosen, until)
    return chosen, until


def put_off(contribution_id: str, until: datetime) -> None:
    """Publish it ``until`` then at the earliest, if it is still to be published."""
    waiting = (Contribution.id == contribution_id, Contribution.publish_at.is_not(None))
    db.session.execute(update(Contribution).where(*waiting).values(publish_at=until))


def overdue(most: int, patience: timedelta) -> list[str]:
    """The ids of up to ``most`` approved contributions that are due for longer than ``patience``, the oldest first."""
    waiting = select(Contribution.id).where(_is_due(now() - patience))
    found = list(db.session.scalars(waiting.order_by(Contribution.publish_at).limit(most)))
    db.session.rollback()
    return found


def carry_out(contribution_id: str, until: datetime, copies: Copies) -> Participant:
    """Publish what is leased ``until`` then, or carry a correction into its entry, with the ``copies`` that
    ``publish.copied_ahead`` gave; the sender gets a letter. Raises ``Refused``, also when a picture was changed since
    it was copied or the entry since it was approved."""
    contribution = due(contribution_id, until)
    require_same(contribution, copies)
    is_new = contribution.about_id is None
    participant = publish(contribution, copies) if is_new else amend(contribution, copies)
    contribution.participant_id, contribution.publish_at = participant.id, None
    db.session.flush()
    about = {} if is_new else {"correction": True}
    if any(made.choice is not Choice.TAKE for made in kept_choices(contribution).values()):
        about["mended"] = True
    tell_sender(contribution, LetterKind.APPROVED, entry=participant.id, **about)
    return participant


def bring_back(contribution_id: str, until: datetime, why: RefusalCode) -> Contribution:
    """Into the queue again with what cannot be published as it was approved; the log says ``why``, in the name of who
    approved it. Raises ``Refused``."""
    contribution = due(contribution_id, until)
    decider = db.session.get_one(Account, contribution.decided_by_id)
    contribution.undo_until, contribution.undo_state = now(), State.SUBMITTED
    move(contribution, Move.UNDO, Actor(decider.id), reason=why)
    return contribution


def _is_due(moment: datetime) -> ColumnElement[bool]:
    return Contribution.publish_at <= moment
