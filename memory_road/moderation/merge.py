"""Merge two entries about one person into one, which can be undone whole (``unmerge``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.permissions import Actor
from memory_road.archive.change import ChangeKind, ParticipantChange
from memory_road.archive.gone import Gone
from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import made_of
from memory_road.archive.restate import restate, say_nothing
from memory_road.contributions.entry_life import EntryMove
from memory_road.db import Base, Identifier, Moment, db, now
from memory_road.facts.document import Facts
from memory_road.mail.letter import LetterKind
from memory_road.moderation.decide import changes_soon
from memory_road.moderation.different_people import told_apart_from
from memory_road.moderation.entry import log, shown_entry, state_of
from memory_road.moderation.merge_facts import Choice, merged_facts
from memory_road.moderation.pictures import held_pictures
from memory_road.moderation.tell_carer import take_back_from_carers, tell_carers
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.words import optional_words


class EntryMerge(Base):
    """What two entries were before the one became part of the other. ``kept`` and ``other`` each hold facts, times and
    the places of pictures."""

    __tablename__ = "entry_merge"

    other_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="RESTRICT"), primary_key=True)
    kept_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="RESTRICT"), index=True)
    kept: Mapped[dict[str, Any]] = mapped_column(JSON)
    other: Mapped[dict[str, Any]] = mapped_column(JSON)
    change_id: Mapped[Identifier] = mapped_column(ForeignKey("participant_change.id", ondelete="RESTRICT"), index=True)
    merged_at: Mapped[Moment] = mapped_column(
        comment="also the time of the kept entry's last change, while none follows"
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """A merge as a moderator has looked at it. ``chosen`` and ``in_words`` are those of ``merged_facts``, ``face`` says
    whose portrait stands first where both have one, ``editions`` are those of the two entries that were shown."""

    kept_id: str
    other_id: str
    chosen: Mapping[str, str]
    in_words: Mapping[str, str]
    face: str
    editions: tuple[str, str]


def merge(plan: Plan, actor: Actor, note: str = "") -> Participant:
    """Carry out a plan, in the present transaction; gives the entry that is kept. The carers of both are told. Raises
    ``RequestRefused`` or ``NotPermitted``."""
    note = optional_words(note)
    kept, other = mergeable(plan.kept_id, plan.other_id, actor)
    if (kept.edition, other.edition) != plan.editions:
        raise RequestRefused(EntryRefusal.CHANGED)
    facts, pictures = planned(plan, kept, other)
    moment, before = now(), state_of(other)
    change = ParticipantChange(participant_id=kept.id, made_at=moment, fields=[], how=ChangeKind.MERGED)
    db.session.add(change)
    db.session.flush()
    db.session.add(
        EntryMerge(
            other_id=other.id,
            kept_id=kept.id,
            kept=_as_it_was(kept, pictures),
            other=_as_it_was(other, pictures),
            change_id=change.id,
            merged_at=moment,
        )
    )
    names = {kept.id: kept.called, other.id: other.called}
    restate(kept, facts)
    say_nothing(other)
    for position, picture in placed(pictures, kept.id, other.id, plan.face):
        picture.position, picture.participant_id = position, kept.id
    kept.updated_at = moment
    other.gone_at, other.gone_how, other.merged_into_id = moment, Gone.MERGED, kept.id
    db.session.flush()
    db.session.expire(kept, ["photographs"])
    db.session.expire(other, ["photographs"])
    log(other, actor, EntryMove.MERGE, before, kept.id, note=note)
    log(kept, actor, EntryMove.MERGE, state_of(kept), other.id, note=note)
    pair = {"kept": kept.id, "other": other.id}
    if not take_back_from_carers((kept.id, other.id), LetterKind.ENTRIES_PARTED, **pair):
        tell_carers(names, LetterKind.ENTRIES_MERGED, **pair)
    return kept


def mergeable(kept_id: str, other_id: str, actor: Actor) -> tuple[Participant, Participant]:
    """Both entries, held until the transaction ends, if the actor may make one of them. Raises ``RequestRefused`` or
    ``NotPermitted``."""
    if kept_id == other_id:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    held = {each: shown_entry(each, actor) for each in sorted((kept_id, other_id))}
    if any(entry.disputed_at is not None or entry.frozen_at is not None for entry in held.values()):
        raise RequestRefused(EntryRefusal.WAITS)
    if any(changes_soon(each) for each in held):
        raise RequestRefused(EntryRefusal.CHANGES_SOON)
    if other_id in told_apart_from(kept_id):
        raise RequestRefused(EntryRefusal.DIFFERENT_PEOPLE)
    return held[kept_id], held[other_id]


def planned(plan: Plan, kept: Participant, other: Participant) -> tuple[Facts, list[Photograph]]:
    """What the merged entry would say, and the pictures of both, held until the transaction ends. Raises
    ``RequestRefused`` where something is still to be chosen."""
    facts = merged_facts(kept.facts, other.facts, plan.chosen, plan.in_words)
    pictures = [*held_pictures(kept.id), *held_pictures(other.id)]
    faces = [picture for picture in pictures if picture.position == 0]
    if len(faces) > 1 and plan.face not in {Choice.KEPT, Choice.OTHER}:
        raise RequestRefused(EntryRefusal.FACE_MISSING)
    return facts, pictures


def placed(pictures: list[Photograph], kept_id: str, other_id: str, face: str) -> list[tuple[int, Photograph]]:
    """The pictures of both entries and their places in the merged one: the face first, then those of the kept one."""
    faces = {picture.participant_id: picture for picture in pictures if picture.position == 0}
    wanted = other_id if face == Choice.OTHER else kept_id
    first = faces.get(wanted) or next(iter(faces.values()), None)
    rest = sorted(
        (picture for picture in pictures if picture is not first),
        key=lambda picture: (picture.participant_id != kept_id, picture.position, picture.key),
    )
    return [*([(0, first)] if first is not None else []), *enumerate(rest, start=1)]


def rekey(participant_id: str, keys: Mapping[str, str]) -> None:
    """Let the merges that made an entry know its pictures by their new keys, so that they can still be undone."""
    merges = select(EntryMerge).where(EntryMerge.other_id.in_(made_of(participant_id)))
    for made in db.session.scalars(merges.with_for_update()):
        made.kept, made.other = _rekeyed(made.kept, keys), _rekeyed(made.other, keys)
    db.session.flush()


def _rekeyed(was: dict[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    return {**was, "positions": {keys.get(key, key): position for key, position in was["positions"].items()}}


def _as_it_was(entry: Participant, pictures: list[Photograph]) -> dict[str, Any]:
    return {
        "facts": entry.facts,
        "updated_at": entry.updated_at.isoformat(),
        "keyed_at": entry.keyed_at.isoformat() if entry.keyed_at is not None else None,
        "positions": {picture.key: picture.position for picture in pictures if picture.participant_id == entry.id},
    }
