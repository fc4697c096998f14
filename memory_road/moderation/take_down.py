"""Take an entry down, so that nobody sees its name, facts and pictures any more; and restore it."""

import secrets
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete

from memory_road.accounts.permissions import Actor
from memory_road.archive.gone import Gone, GoneReason
from memory_road.archive.look import PhotographLook
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.restate import restate, say_nothing
from memory_road.contributions.entry_life import EntryMove
from memory_road.db import db, now
from memory_road.looks import look_values
from memory_road.mail.letter import LetterKind
from memory_road.media.store import Store
from memory_road.moderation.copies import copied, remove_after_commit
from memory_road.moderation.entry import held_entry, log, shown_entry, state_of
from memory_road.moderation.merge import rekey
from memory_road.moderation.pictures import held_pictures
from memory_road.moderation.tell_carer import take_back_from_carers, tell_carers
from memory_road.moderation.withheld import Withheld, WithheldPhotograph, removed_key
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefused
from memory_road.requests.words import optional_words, words
from memory_road.searches.tell import leave_out

NOT_OF_ROW = frozenset({"key", "participant_id"})


@dataclass(frozen=True, slots=True)
class Moved:
    """Files that were copied ahead, each with its new key, and the keys of their pictures, each with its new one."""

    files: Mapping[str, str]
    keys: Mapping[str, str]


@contextmanager
def removed_ahead(participant_id: str, actor: Actor, store: Store) -> Generator[Moved]:
    """The entry's files where nobody but the portal reads them, for ``take_down`` inside ``with``: see
    ``copies.copied``. Raises ``RequestRefused`` or ``NotPermitted``."""
    shown = shown_entry(participant_id, actor).photographs
    keys = {each.key: secrets.token_hex(16) for each in shown}
    files = {
        f"public/{each.key}-{size['name']}": removed_key(keys[each.key], size["name"])
        for each in shown
        for size in each.sizes
    }
    moved = Moved(files, keys)
    with copied(files, store):
        yield moved


def take_down(
    participant_id: str, actor: Actor, moved: Moved, store: Store, reason: str, message: str = "", note: str = ""
) -> Participant:
    """Take the entry down, in the present transaction. Everybody may read ``reason``; ``message`` goes to whoever has
    the entry's care. Raises ``RequestRefused`` or ``NotPermitted``."""
    note, content = optional_words(note), removal(reason, message)
    message = content["message"]
    participant = shown_entry(participant_id, actor)
    before, name = state_of(participant), participant.called
    _withhold(participant, moved)
    participant.gone_at, participant.gone_how, participant.gone_reason = now(), Gone.TAKEN_DOWN, reason
    say_nothing(participant)
    leave_out(participant.id)
    remove_after_commit(moved.files, store)
    log(participant, actor, EntryMove.TAKE_DOWN, before, reason, message, note)
    if not take_back_from_carers((participant.id,), LetterKind.ENTRY_RESTORED):
        ground = GoneReason(reason).wording
        tell_carers({participant.id: name}, LetterKind.ENTRY_TAKEN_DOWN, ground=ground, message=message)
    return participant


def removal(reason: str, message: str) -> dict[str, str]:
    """Why an entry is taken down and what its carer is told, if both can be so. Raises ``RequestRefused``."""
    if reason not in set(GoneReason):
        raise RequestRefused(EntryRefusal.REASON_MISSING)
    return {"reason": reason, "message": optional_words(message)}


def _withhold(participant: Participant, moved: Moved) -> None:
    pictures = held_pictures(participant.id)
    if {picture.key for picture in pictures} != set(moved.keys) or any(
        f"public/{picture.key}-{size['name']}" not in moved.files for picture in pictures for size in picture.sizes
    ):
        raise RequestRefused(EntryRefusal.CHANGED)
    kept = Withheld(participant_id=participant.id, facts=participant.facts, keyed_at=participant.keyed_at)
    for picture in pictures:
        look = db.session.get(PhotographLook, picture.key)
        row = WithheldPhotograph(key=moved.keys[picture.key], row=_row(picture, moved.keys))
        if look is not None:
            row.original_sha256, row.look = look.original_sha256, look.hash.hex() if look.hash is not None else None
        kept.photographs.append(row)
    db.session.add(kept)
    db.session.flush()
    # What was made of another first: the database lets nothing point at what is not there.
    for made_of_another in (Photograph.enhanced_of_key.is_not(None), Photograph.enhanced_of_key.is_(None)):
        db.session.execute(delete(Photograph).where(Photograph.participant_id == participant.id, made_of_another))
    db.session.expire(participant, ["photographs"])
    rekey(participant.id, moved.keys)


def _row(picture: Photograph, keys: Mapping[str, str]) -> dict[str, Any]:
    row = {
        column.key: getattr(picture, column.key)
        for column in Photograph.__table__.columns
        if column.key not in NOT_OF_ROW
    }
    return {**row, "enhanced_of_key": keys.get(picture.enhanced_of_key or "")}


@contextmanager
def shown_ahead(participant_id: str, actor: Actor, store: Store) -> Generator[Moved]:
    """The files of an entry that is taken down under fresh public keys, for ``restore`` inside ``with``. Raises
    ``RequestRefused`` or ``NotPermitted``."""
    pictures = _kept(held_entry(participant_id, actor)).photographs
    keys = {picture.key: secrets.token_hex(16) for picture in pictures}
    files = {
        picture.file(size): f"public/{keys[picture.key]}-{size['name']}"
        for picture in pictures
        for size in picture.sizes
    }
    moved = Moved(files, keys)
    with copied(files, store):
        yield moved


def restore(participant_id: str, actor: Actor, moved: Moved, store: Store, note: str) -> Participant:
    """Show an entry that was taken down once more, with everything that it said, in the present transaction. Raises
    ``RequestRefused`` or ``NotPermitted``."""
    note = words(note, EntryRefusal.NOTE_MISSING)
    participant = held_entry(participant_id, actor)
    kept, before = _kept(participant), state_of(participant)
    if {picture.key for picture in kept.photographs} != set(moved.keys):
        raise RequestRefused(EntryRefusal.CHANGED)
    participant.gone_at = participant.gone_how = participant.gone_reason = None
    restate(participant, kept.facts)
    participant.keyed_at = kept.keyed_at or participant.keyed_at
    _show(participant, kept, moved.keys)
    rekey(participant.id, moved.keys)
    db.session.delete(kept)
    remove_after_commit(moved.files, store)
    log(participant, actor, EntryMove.RESTORE, before, note=note)
    if not take_back_from_carers((participant.id,), LetterKind.ENTRY_TAKEN_DOWN):
        tell_carers({participant.id: participant.called}, LetterKind.ENTRY_RESTORED)
    return participant


def _kept(participant: Participant) -> Withheld:
    kept = db.session.get(Withheld, participant.id, populate_existing=True)
    if kept is None:
        raise RequestRefused(EntryRefusal.NOT_GONE)
    return kept


def _show(participant: Participant, kept: Withheld, keys: Mapping[str, str]) -> None:
    # Originals first: what was made of them points at them.
    for picture in sorted(kept.photographs, key=lambda each: each.row["enhanced_of_key"] is not None):
        values = {**picture.row, "enhanced_of_key": keys.get(picture.row["enhanced_of_key"] or "")}
        db.session.add(Photograph(key=keys[picture.key], participant_id=participant.id, **values))
        db.session.flush()
        if picture.original_sha256 is not None:
            seen = look_values(bytes.fromhex(picture.look) if picture.look is not None else None)
            look = PhotographLook(key=keys[picture.key], original_sha256=picture.original_sha256, **seen)
            db.session.add(look)
    db.session.flush()
    db.session.expire(participant, ["photographs"])
