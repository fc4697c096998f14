"""Marks on what was sent that ask moderators to look with care. Its sender does not see them."""

from enum import StrEnum

from sqlalchemy import ForeignKey, PrimaryKeyConstraint, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Identifier, Moment, db, now, one_of


class Flag(StrEnum):
    """Why something should be looked at with care. The edge has the wording."""

    UNLIKELY = "unlikely"  # a fact is hard to believe
    LOOK_TWICE = "look_twice"  # a moderator has said so
    KNOWN_PICTURE = "known_picture"  # a picture is like one that was rejected for abuse
    MANY_AT_ONCE = "many_at_once"  # very much came from one sender


class CaseFlag(Base):
    """One mark of one contribution; ``by_id`` is the moderator who made it, empty where the program did."""

    __tablename__ = "case_flag"
    __table_args__ = (one_of("flag", Flag), PrimaryKeyConstraint("contribution_id", "flag"))

    contribution_id: Mapped[Identifier] = mapped_column(ForeignKey("contribution.id", ondelete="RESTRICT"))
    flag: Mapped[Flag] = mapped_column(String(20))
    made_at: Mapped[Moment] = mapped_column(default=now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)


def flagged(contribution_id: str) -> bool:
    """Whether a contribution has a mark."""
    marks = select(CaseFlag.flag).where(CaseFlag.contribution_id == contribution_id)
    return db.session.scalar(marks.limit(1)) is not None


def flags_of(contribution_id: str) -> list[Flag]:
    """The marks of a contribution, the oldest first."""
    marks = select(CaseFlag.flag).where(CaseFlag.contribution_id == contribution_id)
    return [Flag(mark) for mark in db.session.scalars(marks.order_by(CaseFlag.made_at, CaseFlag.flag))]


def set_flag(contribution_id: str, flag: Flag, wanted: bool, by: int | None = None) -> bool:
    """Make the mark, or take it away, in the present transaction and for a contribution that is locked; returns whether
    that changed anything."""
    found = db.session.get(CaseFlag, (contribution_id, flag))
    if (found is not None) == wanted:
        return False
    if wanted:
        db.session.add(CaseFlag(contribution_id=contribution_id, flag=flag, by_id=by))
    else:
        db.session.execute(delete(CaseFlag).where(CaseFlag.contribution_id == contribution_id, CaseFlag.flag == flag))
    db.session.flush()
    return True
