"""Relatives wish to hear of each other, write, and stop."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from memory_road.accounts.flood import take_turn
from memory_road.accounts.permissions import Actor, require
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.db import db, now
from memory_road.family.correspondence import (
    ContactWish,
    Correspondence,
    MessageState,
    RelativeMessage,
    wish_of,
)
from memory_road.family.find import both_wish, is_family, relative
from memory_road.family.refusal import FamilyRefusal, FamilyRefused
from memory_road.mail.letter import LetterKind
from memory_road.requests.words import words

IN_AN_HOUR = 20
MESSAGES_KEPT = timedelta(days=365)


def wish_contact(participant_id: str, actor: Actor, wished: bool) -> None:
    """Let other relatives write through the site, or no longer. Only the family of an entry can wish it; everybody can
    end it. Raises ``RequestRefused`` or ``NotPermitted``."""
    require(is_family(participant_id, actor) or not wished)
    # A double click sends two requests at once: the second waits here, and finds the row of the first.
    db.session.execute(select(Account.id).where(Account.id == actor.id).with_for_update(key_share=True))
    own = wish_of(participant_id, actor.id)
    if own is None and not wished:
        return
    if own is None:
        own = ContactWish(participant_id=participant_id, account_id=actor.id, wished=wished)
        db.session.add(own)
    own.wished, own.changed_at = wished, now()
    if not wished:
        _hold_back_what_waits(actor.id, Correspondence.participant_id == participant_id)
    db.session.flush()


def write_to(participant_id: str, wish_id: str, actor: Actor, said: str) -> RelativeMessage:
    """Write to another relative. The first message waits for a moderator; once one was let through, the next go
    straight on. Raises ``RequestRefused``."""
    other, begun = _held(participant_id, wish_id, actor)
    told = words(said)
    if not both_wish(other, actor):
        raise FamilyRefused(FamilyRefusal.CONTACT_OFF)
    if begun.stopped_at is not None:
        raise FamilyRefused(FamilyRefusal.CONTACT_STOPPED)
    if begun.opened_at is None and _waits(begun, actor):
        raise FamilyRefused(FamilyRefusal.FIRST_MESSAGE_WAITS)
    if not take_turn(f"relative:{actor.id}", IN_AN_HOUR):
        raise FamilyRefused(FamilyRefusal.TOO_MANY_MESSAGES)
    message = RelativeMessage(correspondence_id=begun.id, sender_id=actor.id, words=told, state=MessageState.WAITING)
    db.session.add(message)
    db.session.flush()
    if begun.opened_at is not None:
        pass_message_on(message)
    return message


def stop_contact(participant_id: str, wish_id: str, actor: Actor) -> None:
    """Stop: neither writes to the other any more. Raises ``RequestRefused``."""
    _, begun = _held(participant_id, wish_id, actor)
    if begun.stopped_at is None:
        begun.stopped_at, begun.stopped_by_id = now(), actor.id
        _hold_back_what_waits(actor.id, Correspondence.id == begun.id)
        db.session.flush()


def resume_contact(participant_id: str, wish_id: str, actor: Actor) -> None:
    """Begin again, for whoever stopped it. Raises ``RequestRefused``."""
    _, begun = _held(participant_id, wish_id, actor)
    if begun.stopped_by_id != actor.id:
        raise FamilyRefused(FamilyRefusal.CONTACT_STOPPED)
    begun.stopped_at = begun.stopped_by_id = None
    db.session.flush()


def pass_message_on(message: RelativeMessage) -> None:
    """Deliver a message: it stands on the other's page, and goes to them as a letter that shows no address."""
    begun = message.correspondence
    message.state, message.decided_at = MessageState.DELIVERED, now()
    begun.opened_at = begun.opened_at or now()
    db.session.flush()
    receiver = db.session.get_one(Account, begun.beside(message.sender_id))
    handle = wish_of(begun.participant_id, message.sender_id)
    assert handle is not None, "who writes has wished it"
    tell(
        receiver,
        LetterKind.RELATIVE_WROTE,
        name=begun.participant.called,
        writer=message.sender.display_name,
        message=message.words,
        entry=begun.participant_id,
        relative=handle.id,
    )


def end_contacts(account_id: int) -> None:
    """Nobody writes to a closed account, nor it to anybody; what it had written and still waits is forgotten."""
    db.session.execute(
        update(ContactWish).where(ContactWish.account_id == account_id).values(wished=False, changed_at=now())
    )
    # Whoever screens a message holds its correspondence.
    mine = or_(Correspondence.one_id == account_id, Correspondence.other_id == account_id)
    begun = select(Correspondence.id).where(mine).order_by(Correspondence.id)
    db.session.execute(begun.with_for_update(of=Correspondence)).all()
    waits = RelativeMessage.state == MessageState.WAITING
    db.session.execute(delete(RelativeMessage).where(RelativeMessage.sender_id == account_id, waits))
    _hold_back_what_waits(account_id)


def forget_messages() -> int:
    """Delete messages of an age, and what was begun with them unless somebody stopped it; returns how many."""
    old = delete(RelativeMessage).where(RelativeMessage.made_at < now() - MESSAGES_KEPT)
    gone = len(db.session.scalars(old.returning(RelativeMessage.id)).all())
    written = exists().where(RelativeMessage.correspondence_id == Correspondence.id)
    empty = delete(Correspondence).where(~written, Correspondence.stopped_at.is_(None))
    return gone + len(db.session.scalars(empty.returning(Correspondence.id)).all())


def _held(participant_id: str, wish_id: str, actor: Actor) -> tuple[ContactWish, Correspondence]:
    """The other, and what the two have begun, which begins here where nothing was; held until the transaction ends."""
    other, _ = relative(participant_id, wish_id, actor)
    lower, higher = sorted((actor.id, other.account_id))
    # Both may write their first message at once: the accounts are held in one order.
    held = select(Account.id).where(Account.id.in_((lower, higher))).order_by(Account.id)
    db.session.execute(held.with_for_update(key_share=True))
    _, begun = relative(participant_id, wish_id, actor)
    if begun is None:
        begun = Correspondence(participant_id=participant_id, one_id=lower, other_id=higher)
        db.session.add(begun)
        db.session.flush()
    db.session.refresh(begun, with_for_update={"of": Correspondence})
    return other, begun


def _waits(begun: Correspondence, actor: Actor) -> bool:
    own = select(RelativeMessage.id).where(
        RelativeMessage.correspondence_id == begun.id,
        RelativeMessage.sender_id == actor.id,
        RelativeMessage.state == MessageState.WAITING,
    )
    return db.session.scalar(own.limit(1)) is not None


def _hold_back_what_waits(account_id: int, *where: ColumnElement[bool]) -> None:
    mine = or_(Correspondence.one_id == account_id, Correspondence.other_id == account_id)
    begun = select(Correspondence.id).where(mine, *where)
    db.session.execute(
        update(RelativeMessage)
        .where(RelativeMessage.state == MessageState.WAITING, RelativeMessage.correspondence_id.in_(begun))
        .values(state=MessageState.HELD_BACK, decided_at=now())
    )
