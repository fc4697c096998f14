"""Give an entry another face: one of its other pictures takes the portrait's place."""

from memory_road.accounts.permissions import Actor
from memory_road.archive.change import ChangeKind, ParticipantChange
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.contributions.entry_life import EntryMove
from memory_road.db import db, now
from memory_road.facts.vocabulary import PhotographKind
from memory_road.moderation.entry import log, shown_entry, state_of
from memory_road.moderation.pictures import held_pictures
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefused
from memory_road.requests.words import optional_words


def replace_portrait(participant_id: str, actor: Actor, key: str, edition: str, note: str = "") -> Participant:
    """Let the picture with this key be the entry's face, in the present transaction; the one that was takes its place.
    ``edition`` is that of the entry as the moderator saw it. Raises ``RequestRefused`` or ``NotPermitted``."""
    note = optional_words(note)
    participant = shown_entry(participant_id, actor, senior=False)
    if participant.disputed_at is not None or participant.frozen_at is not None:
        raise RequestRefused(EntryRefusal.WAITS)
    if participant.edition != edition:
        raise RequestRefused(EntryRefusal.CHANGED)
    pictures = held_pictures(participant.id)
    chosen = next((picture for picture in pictures if picture.key == key), None)
    if chosen is None or chosen.position == 0:
        raise RequestRefused(EntryRefusal.PICTURE_MISSING)
    before = state_of(participant)
    _exchange(chosen, next((picture for picture in pictures if picture.position == 0), None))
    participant.updated_at = now()
    changed = ParticipantChange(
        participant_id=participant.id, made_at=participant.updated_at, fields=[], how=ChangeKind.PORTRAIT
    )
    db.session.add(changed)
    db.session.flush()
    db.session.expire(participant, ["photographs"])
    log(participant, actor, EntryMove.REPLACE_PORTRAIT, before, note=note)
    return participant


def _exchange(chosen: Photograph, face: Photograph | None) -> None:
    if face is not None:
        face.position = chosen.position
    chosen.position, chosen.kind = 0, PhotographKind.PORTRAIT
