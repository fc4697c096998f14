"""A claim: a moderator's lease on one case, so that two do not work on it at once. Kept outside the log."""

from datetime import timedelta

from sqlalchemy import CheckConstraint, ForeignKey, delete
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.permissions import Actor, may_decide, require
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import locked, matter
from memory_road.db import Base, Identifier, Moment, db, now
from memory_road.moderation.kin import require_no_kin

LEASE = timedelta(minutes=30)
LONGEST = timedelta(hours=2)


class Claim(Base):
    """At most one a waiting case of whatever kind: a lapsed one is taken over; it goes with the case."""

    __tablename__ = "claim"
    __table_args__ = (CheckConstraint("expires_at > claimed_at", name="lasts"),)

    case_id: Mapped[Identifier] = mapped_column(ForeignKey("waiting_case.id", ondelete="CASCADE"), primary_key=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    claimed_at: Mapped[Moment]
    expires_at: Mapped[Moment] = mapped_column(index=True)

    def holds(self) -> bool:
        """Whether the lease still runs."""
        return self.expires_at > now()


def claim(contribution_id: str, actor: Actor) -> Claim:
    """Take the contribution for half an hour, or renew one's own lease, up to two hours in all. Raises ``Refused`` when
    it waits no longer or is another's, ``NotPermitted`` for one's own contribution."""
    contribution = locked(contribution_id)
    require(may_decide(actor, *matter(contribution)))
    require_no_kin(contribution, actor)
    if contribution.state != State.SUBMITTED:
        raise Refused(RefusalCode.MOVED_ON)
    if contribution.voted_by_id == actor.id:
        raise Refused(RefusalCode.VOTED_ALREADY)
    made = lease(contribution_id, actor)
    if made is None:
        raise Refused(RefusalCode.CLAIMED_BY_ANOTHER)
    return made


def lease(case_id: str, actor: Actor) -> Claim | None:
    """The actor's lease on a case, made or renewed; ``None``: it is another's. What the case is about is locked, and
    the actor may decide it."""
    held = db.session.get(Claim, case_id, populate_existing=True)
    if held is None or not held.holds():
        if held is not None:
            db.session.delete(held)
            db.session.flush()
        held = Claim(case_id=case_id, moderator_id=actor.id, claimed_at=now(), expires_at=now() + LEASE)
        db.session.add(held)
    elif held.moderator_id != actor.id:
        return None
    else:
        held.expires_at = min(now() + LEASE, held.claimed_at + LONGEST)
    db.session.flush()
    return held


def holder_of(case_id: str) -> int | None:
    """Who holds a case now; ``None``: nobody."""
    held = db.session.get(Claim, case_id, populate_existing=True)
    return held.moderator_id if held is not None and held.holds() else None


def release(case_id: str, actor: Actor) -> None:
    """Give the case back to the queue; nothing happens when it is not one's own."""
    db.session.execute(delete(Claim).where(Claim.case_id == case_id, Claim.moderator_id == actor.id))


def claimed(contribution_id: str, actor: Actor) -> Contribution:
    """The contribution that the actor holds, locked for a decision. Raises ``Refused`` or ``NotPermitted``."""
    contribution = locked(contribution_id)
    require(may_decide(actor, *matter(contribution)))
    require_no_kin(contribution, actor)
    if contribution.state != State.SUBMITTED:
        raise Refused(RefusalCode.MOVED_ON)
    held = db.session.get(Claim, contribution_id)
    if held is None or not held.holds():
        raise Refused(RefusalCode.NOT_CLAIMED)
    if held.moderator_id != actor.id:
        raise Refused(RefusalCode.CLAIMED_BY_ANOTHER)
    return contribution
