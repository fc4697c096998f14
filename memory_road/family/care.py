"""When an account is closed, the care of its entries goes on."""

from sqlalchemy import delete, select

from memory_road.accounts.user import Account
from memory_road.db import db
from memory_road.family.carer import Care, ChangeReason, locked_care
from memory_road.family.contact import end_contacts
from memory_road.family.hand_over import invite
from memory_road.family.invitation import InvitationReason
from memory_road.family.successor import Successor
from memory_road.family.takeover import Takeover, TakeoverState
from memory_road.family.transfer import transfer

BATCH = 200


def pass_on(account_id: int) -> int:
    """Give up the care of every entry that the account has, in the present transaction; returns how many. Named
    successors are asked by letter; until they accept, and where none is named, nobody has the care. What the account
    itself had asked for and was not decided is forgotten, and nobody writes to it any more. To be called before the
    account's name and address are erased: the letters say who asks."""
    giver = db.session.get_one(Account, account_id)
    # Before the care is looked for: what a moderator is just granting is waited for, and passed on with the rest.
    undecided = Takeover.state.in_((TakeoverState.WAITING, TakeoverState.WITHDRAWN))
    db.session.execute(delete(Takeover).where(Takeover.asker_id == account_id, undecided))
    passed = 0
    while True:
        held = select(Care.participant_id).where(Care.holder_id == account_id).order_by(Care.participant_id)
        entries = db.session.scalars(held.limit(BATCH)).all()
        for participant_id in entries:
            passed += _leave(participant_id, giver)
        if len(entries) < BATCH:
            break
    end_contacts(account_id)
    db.session.flush()
    return passed


def _leave(participant_id: str, giver: Account) -> bool:
    """Give up the care of one entry; whether the account still had it."""
    care = locked_care(participant_id)
    if care.holder_id != giver.id:  # it was waited for, and somebody accepted it meanwhile
        return False
    named = db.session.get(Successor, participant_id)
    name, email = (named.name, named.email) if named is not None else ("", "")
    transfer(care, None, ChangeReason.LEFT, giver.id)
    if email:
        invite(participant_id, giver, InvitationReason.SUCCEEDS, email, name=name)
    return True
