"""Undo a merge: both entries are again what they were, with every row."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete

from memory_road.accounts.permissions import Actor
from memory_road.archive.change import ParticipantChange
from memory_road.archive.participant import Participant
from memory_road.archive.restate import restate
from memory_road.contributions.entry_life import EntryMove
from memory_road.db import db
from memory_road.mail.letter import LetterKind
from memory_road.moderation.entry import held_entry, log, state_of
from memory_road.moderation.merge import EntryMerge
from memory_road.moderation.pictures import held_pictures
from memory_road.moderation.tell_carer import take_back_from_carers, tell_carers
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefused
from memory_road.requests.words import words


def unmerge(other_id: str, actor: Actor, note: str) -> Participant:
    """Make the entry that became part of another one an entry of its own again, in the present transaction. What stands
    in the way is a change of the other one since then; of several merges into one entry the last is undone first.
    Raises ``RequestRefused`` or ``NotPermitted``."""
    note = words(note, EntryRefusal.NOTE_MISSING)
    made = db.session.get(EntryMerge, other_id, populate_existing=True)
    if made is None:
        raise RequestRefused(EntryRefusal.NOT_MERGED)
    held = {each: held_entry(each, actor) for each in sorted((made.kept_id, other_id))}
    kept, other = held[made.kept_id], held[other_id]
    if db.session.get(EntryMerge, other_id, populate_existing=True) is None:  # a second click waited for the first
        raise RequestRefused(EntryRefusal.NOT_MERGED)
    pictures = {picture.key: picture for picture in held_pictures(kept.id)}
    places: dict[str, dict[str, int]] = {kept.id: made.kept["positions"], other.id: made.other["positions"]}
    if kept.gone_at is not None:
        raise RequestRefused(EntryRefusal.KEPT_GONE)
    if kept.updated_at != made.merged_at or set(pictures) != {key for of_one in places.values() for key in of_one}:
        raise RequestRefused(EntryRefusal.CHANGED_SINCE)
    before = state_of(other)
    other.gone_at = other.gone_how = other.merged_into_id = None
    for entry, was in ((kept, made.kept), (other, made.other)):
        _put_back(entry, was)
        for key, position in places[entry.id].items():
            pictures[key].participant_id, pictures[key].position = entry.id, position
    change = made.change_id
    db.session.delete(made)
    db.session.flush()
    db.session.execute(delete(ParticipantChange).where(ParticipantChange.id == change))
    for entry in (kept, other):
        db.session.expire(entry, ["photographs"])
    log(other, actor, EntryMove.UNMERGE, before, kept.id, note=note)
    log(kept, actor, EntryMove.UNMERGE, state_of(kept), other.id, note=note)
    pair = {"kept": kept.id, "other": other.id}
    if not take_back_from_carers((kept.id, other.id), LetterKind.ENTRIES_MERGED, **pair):
        tell_carers({entry.id: entry.called for entry in (kept, other)}, LetterKind.ENTRIES_PARTED, **pair)
    return other


def _put_back(entry: Participant, was: dict[str, Any]) -> None:
    restate(entry, was["facts"])
    entry.updated_at = datetime.fromisoformat(was["updated_at"])
    if was["keyed_at"] is not None:
        entry.keyed_at = datetime.fromisoformat(was["keyed_at"])
