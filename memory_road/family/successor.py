"""Who shall have the care of an entry one day. Nobody but whoever named them sees it; they are asked when the time
comes."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.permissions import Actor, may_care, require
from memory_road.accounts.user import Account
from memory_road.db import Base, Identifier, Moment, db, now
from memory_road.facts.read import plain_name
from memory_road.family.carer import locked_care
from memory_road.family.refusal import FamilyRefusal, FamilyRefused
from memory_road.requests.words import address

LONGEST_NAME = 100


class Successor(Base):
    """Named by whoever has the care now; forgotten when the care changes."""

    __tablename__ = "successor"
    __table_args__ = (CheckConstraint("name <> '' AND email <> ''", name="name_and_address"),)

    participant_id: Mapped[Identifier] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    email: Mapped[str] = mapped_column(String(255))
    named_at: Mapped[Moment] = mapped_column(default=now)


def name_successor(participant_id: str, actor: Actor, name: str, email: str) -> Successor:
    """Name who shall have the care later, in place of whoever was named before. Raises ``RequestRefused`` or
    ``NotPermitted``."""
    require(may_care(actor, locked_care(participant_id).holder_id))
    called = plain_name(name)[:LONGEST_NAME]
    if not called:
        raise FamilyRefused(FamilyRefusal.NAME_MISSING)
    reached = address(email)
    if reached == db.session.get_one(Account, actor.id).email:
        raise FamilyRefused(FamilyRefusal.OWN_ADDRESS)
    named = db.session.get(Successor, participant_id)
    if named is None:
        named = Successor(participant_id=participant_id, name=called, email=reached)
        db.session.add(named)
    named.name, named.email, named.named_at = called, reached, now()
    db.session.flush()
    return named


def forget_successor(participant_id: str, actor: Actor) -> None:
    """Name nobody. Raises ``RequestRefused`` or ``NotPermitted``."""
    require(may_care(actor, locked_care(participant_id).holder_id))
    named = db.session.get(Successor, participant_id)
    if named is not None:
        db.session.delete(named)
        db.session.flush()


def successor_of(participant_id: str, actor: Actor, holder_id: int | None) -> Successor | None:
    """Who is named, for whoever has the care and nobody else."""
    return db.session.get(Successor, participant_id) if may_care(actor, holder_id) else None
