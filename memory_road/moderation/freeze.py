"""Freeze an entry, so that corrections of it wait; and lift that again."""

from memory_road.accounts.permissions import Actor
from memory_road.archive.participant import Participant
from memory_road.contributions.entry_life import EntryMove
from memory_road.db import now
from memory_road.moderation.entry import log, shown_entry, state_of
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefused
from memory_road.requests.words import words


def freeze(participant_id: str, actor: Actor, note: str) -> Participant:
    """Let corrections of the entry wait, in the present transaction. Raises ``RequestRefused`` or ``NotPermitted``."""
    note = words(note, EntryRefusal.NOTE_MISSING)
    participant = shown_entry(participant_id, actor, senior=False)
    if participant.frozen_at is not None:
        raise RequestRefused(EntryRefusal.FROZEN_ALREADY)
    before = state_of(participant)
    participant.frozen_at = now()
    log(participant, actor, EntryMove.FREEZE, before, note=note)
    return participant


def unfreeze(participant_id: str, actor: Actor, note: str) -> Participant:
    """Let corrections be decided again. Raises ``RequestRefused`` or ``NotPermitted``."""
    note = words(note, EntryRefusal.NOTE_MISSING)
    participant = shown_entry(participant_id, actor, senior=False)
    if participant.frozen_at is None:
        raise RequestRefused(EntryRefusal.NOT_FROZEN)
    before = state_of(participant)
    participant.frozen_at = None
    log(participant, actor, EntryMove.UNFREEZE, before, note=note)
    return participant
