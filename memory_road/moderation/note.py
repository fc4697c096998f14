"""A note for other moderators at a case, which decides nothing. It stands in the log; its sender never sees it."""

from memory_road.accounts.permissions import Actor, may_decide, require
from memory_road.contributions.decision import Decision, record
from memory_road.contributions.lifecycle import Remark, State
from memory_road.contributions.move import RefusalCode, Refused, written
from memory_road.contributions.queries import locked, matter, readable
from memory_road.moderation.kin import require_no_kin


def leave_note(contribution_id: str, actor: Actor, text: str) -> Decision:
    """Leave a note, whatever state the case is in and whoever has taken it: nothing else of it changes, and what was
    decided can be taken back as before. Raises ``Refused`` or ``NotPermitted``."""
    readable(contribution_id, actor)
    contribution = locked(contribution_id)
    require(may_decide(actor, *matter(contribution)))
    require_no_kin(contribution, actor)
    note = written(text)
    if not note:
        raise Refused(RefusalCode.NOTE_MISSING)
    state = State(contribution.state)
    return record(contribution.id, actor.id, Remark.NOTE, state, state, note=note)
