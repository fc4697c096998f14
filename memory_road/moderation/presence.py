"""Who looks at a case at present, so that two moderators notice each other. Looking claims nothing."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ForeignKey, PrimaryKeyConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.permissions import Actor
from memory_road.accounts.user import Account
from memory_road.db import Base, Identifier, Moment, db, now, upsert

LASTS = timedelta(seconds=150)
"""An open page says once a minute that somebody looks; two of these may be lost."""
MOST = 5


class CaseViewer(Base):
    """Who looked at a case last when."""

    __tablename__ = "case_viewer"
    __table_args__ = (PrimaryKeyConstraint("case_id", "account_id"),)

    case_id: Mapped[Identifier]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    seen_at: Mapped[Moment]


def look_at(case_id: str, actor: Actor) -> None:
    """Write down that the actor looks at a case now; where they looked before is forgotten."""
    mine = CaseViewer.account_id == actor.id
    db.session.execute(delete(CaseViewer).where(mine, CaseViewer.seen_at < now() - LASTS))
    upsert(CaseViewer, {"case_id": case_id, "account_id": actor.id}, {"seen_at": now()})


def others_looking(case_id: str, actor: Actor) -> Sequence[str]:
    """The pen names of the other moderators who look at a case now, at most ``MOST``; empty for who has none."""
    looking = (
        select(Account.pen_name)
        .join(CaseViewer, CaseViewer.account_id == Account.id)
        .where(CaseViewer.case_id == case_id, Account.id != actor.id, CaseViewer.seen_at > now() - LASTS)
        .order_by(CaseViewer.seen_at.desc())
        .limit(MOST)
    )
    return db.session.scalars(looking).all()
