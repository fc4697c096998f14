"""The record of what administrators did about accounts: who, whom, what, when. Triggers keep it append-only."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.accounts.user import Account
from memory_road.db import Base, Document, Moment, db, now, one_of

SHOWN = 50


class Act(StrEnum):
    ROLES = "roles"
    SCOPE = "scope"
    PEN_NAME = "pen_name"
    QUOTA = "quota"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    SECOND_STEP_RESET = "second_step_reset"
    INVITED = "invited"
    INVITATION_TAKEN_BACK = "invitation_back"
    INVITATION_ACCEPTED = "invitation_accepted"


class Administration(Base):
    """One act. ``account_id`` is whom it was about; empty: somebody who was invited and had no account yet."""

    __tablename__ = "administration"
    __table_args__ = (one_of("act", Act), Index("ix_administration_account", "account_id", "number"))

    number: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    act: Mapped[Act] = mapped_column(String(20))
    what: Mapped[Document] = mapped_column(comment="roles, languages, countries, megabytes: never a name or an address")
    made_at: Mapped[Moment] = mapped_column(default=now)

    actor: Mapped[Account] = relationship(foreign_keys=actor_id, lazy="joined")


def keep_act(actor_id: int, account_id: int | None, act: Act, **what: object) -> None:
    """Append one act, in the present transaction."""
    db.session.add(Administration(actor_id=actor_id, account_id=account_id, act=act, what=what))
    db.session.flush()


def acts_about(account_id: int) -> Sequence[Administration]:
    """The newest of what was done about an account, at most ``SHOWN``."""
    about = select(Administration).where(Administration.account_id == account_id)
    return db.session.scalars(about.order_by(Administration.number.desc()).limit(SHOWN)).all()
