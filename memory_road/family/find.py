"""Who of an entry's relatives may learn of whom: nobody learns of another unless both have wished it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select

from memory_road.accounts.permissions import Actor, may_speak_for
from memory_road.accounts.user import Account
from memory_road.archive.queries import entry
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import State
from memory_road.db import db
from memory_road.family.carer import Care, carer_of
from memory_road.family.correspondence import (
    ContactWish,
    Correspondence,
    MessageState,
    RelativeMessage,
    correspondence_of,
    wish_of,
)
from memory_road.family.queries import PAGE, has_told, oldest_first
from memory_road.identifier import is_identifier
from memory_road.requests.refusal import RequestRefusal, RequestRefused


def is_family(participant_id: str, actor: Actor) -> bool:
    """Whether the actor has the care of an entry, or has told of it and was published. Raises ``RequestRefused`` where
    there is no such entry."""
    if entry(participant_id) is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return may_speak_for(actor, carer_of(participant_id), has_told(actor, participant_id))


def wishes(participant_id: str, actor: Actor) -> bool:
    """Whether other relatives may write to the actor."""
    own = wish_of(participant_id, actor.id)
    return own is not None and own.wished and is_family(participant_id, actor)


def relatives(participant_id: str, actor: Actor) -> Sequence[ContactWish]:
    """Up to ``PAGE`` others who have wished it, too; nobody for whom has not wished it themselves."""
    if not wishes(participant_id, actor):
        return []
    others = select(ContactWish).where(
        ContactWish.participant_id == participant_id, ContactWish.account_id != actor.id, *_still_wished()
    )
    return db.session.scalars(others.order_by(ContactWish.changed_at, ContactWish.id).limit(PAGE)).all()


def relative(participant_id: str, wish_id: str, actor: Actor) -> tuple[ContactWish, Correspondence | None]:
    """Another relative, and what the two have begun: while both wish it, and afterwards where they have written. Raises
    ``RequestRefused`` alike for whom there is not and whom the actor may not know of."""
    found = db.session.get(ContactWish, wish_id) if is_identifier(wish_id) else None
    if found is None or found.participant_id != participant_id or found.account_id == actor.id:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    begun = correspondence_of(participant_id, actor.id, found.account_id)
    known = begun is not None and bool(messages(begun, actor))
    if not known and not both_wish(found, actor):
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return found, begun


def both_wish(other: ContactWish, actor: Actor) -> bool:
    """Whether the actor and the other wish it now."""
    still = select(ContactWish.id).where(ContactWish.id == other.id, *_still_wished())
    return wishes(other.participant_id, actor) and db.session.scalar(still) is not None


def messages(begun: Correspondence, actor: Actor) -> Sequence[RelativeMessage]:
    """The ``PAGE`` newest that the actor wrote or was sent, the oldest of them first."""
    seen = or_(RelativeMessage.sender_id == actor.id, RelativeMessage.state == MessageState.DELIVERED)
    query = select(RelativeMessage).where(RelativeMessage.correspondence_id == begun.id, seen)
    newest = query.order_by(RelativeMessage.made_at.desc(), RelativeMessage.id.desc()).limit(PAGE)
    return db.session.scalars(newest).all()[::-1]


def messages_to_screen(after: str = "") -> Sequence[RelativeMessage]:
    """``PAGE`` of the first messages that wait for a moderator, the oldest first; those that follow ``after``."""
    waiting = select(RelativeMessage).where(RelativeMessage.state == MessageState.WAITING)
    return oldest_first(waiting, RelativeMessage.made_at, RelativeMessage.id, after)


def any_message(message_id: str) -> RelativeMessage:
    """For moderators: a message that was to be screened, never one that went straight on. Raises ``RequestRefused``."""
    found = db.session.get(RelativeMessage, message_id) if is_identifier(message_id) else None
    if found is None or (found.state != MessageState.WAITING and found.decided_by_id is None):
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return found


def _still_wished() -> tuple[ColumnElement[bool], ...]:
    """Of a wish: it stands, its account is open, and still of the family."""
    cares = exists().where(Care.participant_id == ContactWish.participant_id, Care.holder_id == ContactWish.account_id)
    told = exists().where(
        Contribution.participant_id == ContactWish.participant_id,
        Contribution.sender_id == ContactWish.account_id,
        Contribution.state == State.APPROVED,
    )
    active = exists().where(Account.id == ContactWish.account_id, Account.active)
    return ContactWish.wished.is_(True), active, or_(cares, told)
