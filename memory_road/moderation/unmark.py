"""A mark on a case is taken away, and the log keeps by whom: they do not approve the case alone."""

from sqlalchemy import select

from memory_road.accounts.permissions import Actor, may_decide, require
from memory_road.contributions.decision import UNMARKED, Decision, record
from memory_road.contributions.flag import Flag, flags_of
from memory_road.contributions.lifecycle import Remark, State
from memory_road.contributions.mark_case import unflag
from memory_road.contributions.queries import locked, matter
from memory_road.db import db
from memory_road.moderation.kin import require_no_kin


def take_mark_away(contribution_id: str, actor: Actor, which: Flag) -> None:
    """Take a mark away; nothing happens when there is none. Whom the case concerns takes none away. Raises ``Refused``
    or ``NotPermitted``."""
    contribution = locked(contribution_id)
    require(may_decide(actor, *matter(contribution)))
    require_no_kin(contribution, actor)
    if which not in flags_of(contribution_id):
        return
    unflag(contribution_id, which)
    state = State(contribution.state)
    record(contribution_id, actor.id, Remark.NOTE, state, state, UNMARKED)


def has_unmarked(contribution_id: str, account_id: int) -> bool:
    """Whether somebody has taken a mark of a case away."""
    done = select(Decision.number).where(
        Decision.contribution_id == contribution_id, Decision.actor_id == account_id, Decision.reason == UNMARKED
    )
    return db.session.scalar(done.limit(1)) is not None
