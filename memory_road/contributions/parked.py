"""A form that came when its sender was signed out meanwhile: kept apart until they have signed in again."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.permissions import Actor
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.db import Base, Identifier, Json, Moment, db, now
from memory_road.identifier import is_identifier, new_identifier

KEPT = timedelta(days=7)
"""Whoever has not come back for it by then has typed it anew."""
MOST = 20
"""So many forms of one account are kept, the newest: nobody fills the database with them."""
LONGEST_ADDRESS = 200


class ParkedForm(Base):
    """``fields`` are the names and values of the form, in its order, as they came."""

    __tablename__ = "parked_form"

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), comment="the path that it was sent to")
    fields: Mapped[list[list[str]]] = mapped_column(Json)
    created_at: Mapped[Moment] = mapped_column(default=now, index=True)


def park(account_id: int, address: str, fields: Sequence[tuple[str, str]]) -> ParkedForm:
    """Keep a form for the account that it was given to, in the present transaction."""
    parked = ParkedForm(
        account_id=account_id, address=address[:LONGEST_ADDRESS], fields=[list(each) for each in fields]
    )
    db.session.add(parked)
    db.session.flush()
    newest = select(ParkedForm.id).where(ParkedForm.account_id == account_id).order_by(ParkedForm.created_at.desc())
    kept = db.session.scalars(newest.limit(MOST)).all()
    db.session.execute(delete(ParkedForm).where(ParkedForm.account_id == account_id, ParkedForm.id.not_in(kept)))
    return parked


def parked_form(parked_id: str, actor: Actor) -> ParkedForm:
    """The actor's own parked form. Raises ``Refused``."""
    parked = db.session.get(ParkedForm, parked_id) if is_identifier(parked_id) else None
    if parked is None or parked.account_id != actor.id:
        raise Refused(RefusalCode.NOT_FOUND)
    return parked


def forget_parked(parked_id: str, actor: Actor) -> None:
    """Forget a parked form of the actor's: what it held is kept. Nothing happens when there is none."""
    own = delete(ParkedForm).where(ParkedForm.id == parked_id, ParkedForm.account_id == actor.id)
    db.session.execute(own)


def forget_old_forms() -> int:
    """Delete parked forms that nobody came back for; returns how many."""
    old = delete(ParkedForm).where(ParkedForm.created_at < now() - KEPT).returning(ParkedForm.id)
    return len(db.session.scalars(old).all())
