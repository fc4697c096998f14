"""The one door through which the care of an entry changes hands."""

from sqlalchemy import select

from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.db import db, now
from memory_road.family.carer import Care, CareChange, ChangeReason
from memory_road.family.invitation import InvitationState, end_invitation, open_invitation
from memory_road.family.successor import Successor
from memory_road.family.takeover import Takeover, TakeoverState
from memory_road.mail.letter import LetterKind


def transfer(care: Care, to_id: int | None, reason: ChangeReason, actor_id: int) -> None:
    """Give the care, which was read with ``locked_care``, to ``to_id`` and record it. What the carer of before had
    begun ends: their invitation, and the successor whom they had named. Kin who wait for an answer get it from the new
    carer, who has the whole time again."""
    before, care.holder_id, care.since_at = care.holder_id, to_id, now()
    if before == to_id:
        return
    db.session.add(
        CareChange(participant_id=care.participant_id, from_id=before, to_id=to_id, actor_id=actor_id, reason=reason)
    )
    successor = db.session.get(Successor, care.participant_id)
    if successor is not None:
        db.session.delete(successor)
    waiting = open_invitation(care.participant_id)
    if waiting is not None:
        end_invitation(waiting, InvitationState.WITHDRAWN)
    asking = select(Takeover).where(
        Takeover.participant_id == care.participant_id, Takeover.state == TakeoverState.WAITING
    )
    for takeover in db.session.scalars(asking.with_for_update(of=Takeover)):
        _ask_anew(takeover, to_id)
    db.session.flush()


def _ask_anew(takeover: Takeover, carer_id: int | None) -> None:
    if carer_id == takeover.asker_id:  # they have it already, by another way
        takeover.state, takeover.closed_at = TakeoverState.WITHDRAWN, now()
        return
    takeover.ask(carer_id)
    if carer_id is not None:
        tell_carer(takeover, db.session.get_one(Account, carer_id))


def tell_carer(takeover: Takeover, carer: Account) -> None:
    """Write to whoever has the care that kin ask for it, and until when to answer. What they say of themselves nobody
    has read yet: it stands on the site alone."""
    tell(
        carer,
        LetterKind.CARE_ASKED,
        name=takeover.participant.called,
        entry=takeover.participant_id,
        takeover=takeover.id,
        days=str(takeover.days),
    )
