"""A moderator leaves a case to others for now: it does not come straight back."""

from datetime import timedelta

from sqlalchemy import ColumnElement, ForeignKey, PrimaryKeyConstraint, delete, exists
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.permissions import Actor
from memory_road.cases import Case
from memory_road.db import Base, Identifier, Moment, db, now, upsert

FOR = timedelta(hours=4)


class CaseSkip(Base):
    """Who has skipped what, and until when it is not offered to them unless nothing else waits."""

    __tablename__ = "case_skip"
    __table_args__ = (PrimaryKeyConstraint("account_id", "case_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    case_id: Mapped[Identifier]
    until_at: Mapped[Moment]


def skip(case_id: str, actor: Actor) -> None:
    """Remember that the actor has skipped a case; what they skipped long ago is forgotten."""
    db.session.execute(delete(CaseSkip).where(CaseSkip.account_id == actor.id, CaseSkip.until_at < now()))
    upsert(CaseSkip, {"account_id": actor.id, "case_id": case_id}, {"until_at": now() + FOR})


def not_skipped(actor: Actor) -> ColumnElement[bool]:
    """A condition on cases: those that the actor has not skipped lately."""
    return ~exists().where(CaseSkip.account_id == actor.id, CaseSkip.case_id == Case.id, CaseSkip.until_at > now())
