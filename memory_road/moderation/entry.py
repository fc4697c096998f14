"""One published entry at the desk: what has become of it, and who may do something about it."""

from memory_road.accounts.permissions import Actor, may_govern, require
from memory_road.archive.gone import Gone
from memory_road.archive.participant import Participant
from memory_road.archive.queries import any_entry
from memory_road.contributions.decision import Decision, record_of_entry
from memory_road.contributions.entry_life import EntryMove, EntryState
from memory_road.db import db
from memory_road.moderation.kin import tie_of
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefusal, RequestRefused


def entry_at_desk(participant_id: str) -> Participant:
    """The entry, also where it is gone, by its identifier as somebody may have typed it. Raises ``RequestRefused``."""
    found = any_entry(participant_id)
    if found is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return found


def held_entry(participant_id: str, actor: Actor, *, senior: bool = True) -> Participant:
    """The entry as it is now, held until the transaction ends, for somebody who may decide about it: a senior
    moderator, or any where ``senior`` is false. Raises ``RequestRefused`` or ``NotPermitted``."""
    found = db.session.get(Participant, participant_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    require(governs(found, actor, senior=senior))
    return found


def shown_entry(participant_id: str, actor: Actor, *, senior: bool = True) -> Participant:
    """The same, of one that is not gone."""
    found = held_entry(participant_id, actor, senior=senior)
    if found.gone_at is not None:
        raise RequestRefused(EntryRefusal.GONE_ALREADY)
    return found


def governs(participant: Participant, actor: Actor, *, senior: bool = True) -> bool:
    """Whether the actor may decide about an entry. Nobody does about one of their own kin."""
    own = tie_of(actor, participant.id) is not None
    return not own and may_govern(actor, *participant.place, senior=senior)


def state_of(participant: Participant) -> EntryState:
    """What has become of an entry, in the words of the log."""
    if participant.gone_how == Gone.MERGED:
        return EntryState.MERGED
    if participant.gone_how == Gone.TAKEN_DOWN:
        return EntryState.TAKEN_DOWN
    return EntryState.PUBLISHED if participant.frozen_at is None else EntryState.FROZEN


def log(
    participant: Participant,
    actor: Actor,
    move: EntryMove,
    before: EntryState,
    reason: str = "",
    message: str = "",
    note: str = "",
) -> Decision:
    """Write down what was done about an entry, once it is done."""
    db.session.flush()
    return record_of_entry(participant.id, actor.id, move, before, state_of(participant), reason, message, note)
