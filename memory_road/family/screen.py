"""A moderator reads the first message between two relatives before it is delivered."""

from memory_road.accounts.permissions import Actor, may_settle, require
from memory_road.accounts.tell import tell
from memory_road.db import db, now
from memory_road.family.contact import pass_message_on
from memory_road.family.correspondence import Correspondence, MessageState, RelativeMessage, wish_of
from memory_road.family.find import any_message
from memory_road.family.refusal import FamilyRefusal, FamilyRefused
from memory_road.mail.letter import LetterKind
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.words import words


def deliver(message_id: str, actor: Actor) -> RelativeMessage:
    """Let a first message through. Raises ``RequestRefused`` or ``NotPermitted``."""
    message = _waiting(message_id, actor)
    begun = message.correspondence
    wished = [wish_of(begun.participant_id, account) for account in (begun.one_id, begun.other_id)]
    if begun.stopped_at is not None or not all(wish is not None and wish.wished for wish in wished):
        raise FamilyRefused(FamilyRefusal.CONTACT_OFF)
    message.decided_by_id = actor.id
    pass_message_on(message)
    return message


def hold_back(message_id: str, actor: Actor, said: str) -> RelativeMessage:
    """Do not deliver a first message; its sender is told why. Raises ``RequestRefused`` or ``NotPermitted``."""
    message = _waiting(message_id, actor)
    message.answer = words(said, RequestRefusal.ANSWER_MISSING)
    message.state, message.decided_at, message.decided_by_id = MessageState.HELD_BACK, now(), actor.id
    db.session.flush()
    name = message.correspondence.participant.called
    entry = message.correspondence.participant_id
    tell(message.sender, LetterKind.MESSAGE_HELD, name=name, message=message.answer, entry=entry)
    return message


def _waiting(message_id: str, actor: Actor) -> RelativeMessage:
    found = any_message(message_id)
    begun = found.correspondence
    require(may_settle(actor, begun.participant.place, begun.one_id, begun.other_id))
    # Whoever stops it meanwhile holds the correspondence.
    db.session.refresh(found.correspondence, with_for_update={"of": Correspondence})
    still = db.session.get(RelativeMessage, message_id, populate_existing=True)
    if still is None:  # its sender has closed the account meanwhile
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    if found.state != MessageState.WAITING:
        raise FamilyRefused(FamilyRefusal.MESSAGE_SEEN_TO)
    return found
