"""Reads of single entries and of the numbers on the home page."""

from collections.abc import Iterable

from sqlalchemy import Select, String, bindparam, or_, select
from sqlalchemy.orm import selectinload

from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.rows_of import copies_of
from memory_road.db import db
from memory_road.identifier import is_identifier, normal_identifier


def entry(participant_id: str) -> Participant | None:
    """The published entry, by its identifier as somebody may have typed it; none that is gone."""
    found = any_entry(participant_id)
    return found if found is not None and found.gone_at is None else None


def any_entry(participant_id: str) -> Participant | None:
    """The same, also where it is gone: then without anything that it said."""
    wanted = normal_identifier(participant_id)
    return db.session.get(Participant, wanted) if is_identifier(wanted) else None


def standing(participant_id: str) -> Participant | None:
    """What stands for an entry today: itself, though it may be gone, or the one that it has become part of, however
    many times over."""
    found = any_entry(participant_id)
    while found is not None and found.merged_into_id is not None:  # never in a circle: only what is shown takes others
        found = db.session.get(Participant, found.merged_into_id)
    return found


def shown(participant_id: str) -> Participant | None:
    """What ``standing`` gives, for a page that only reads: a copy with its photographs, for a third of the cost."""
    wanted: str | None = normal_identifier(participant_id)
    found: Participant | None = None
    while wanted is not None and is_identifier(wanted):
        found = next(iter(copies_of(Participant, ITSELF, {"id": wanted})), None)
        wanted = found.merged_into_id if found is not None else None
    if found is not None and found.gone_at is None:
        found.photographs = copies_of(Photograph, PHOTOGRAPHS, {"id": found.id})
    return found


def made_of(participant_id: str) -> Select[str]:
    """Asks for the ids of an entry and of all those that have become part of it."""
    parts = select(Participant.id).where(Participant.id == participant_id).cte(recursive=True)
    merged = select(Participant.id).join(parts, Participant.merged_into_id == parts.c.id)
    return select(parts.union(merged).c.id)


def existing(participant_ids: Iterable[str]) -> set[str]:
    """Those of ``participant_ids`` whose addresses lead to an entry, in one query; none is asked for nothing."""
    asked = {identifier for identifier in participant_ids if is_identifier(identifier)}
    if not asked:
        return set()
    leads = or_(Participant.gone_at.is_(None), Participant.merged_into_id.is_not(None))
    return set(db.session.scalars(select(Participant.id).where(Participant.id.in_(asked), leads)))


def entries(participant_ids: Iterable[str]) -> dict[str, Participant]:
    """Those of ``participant_ids`` that are published and not gone, with their photographs."""
    asked = {identifier for identifier in participant_ids if is_identifier(identifier)}
    if not asked:
        return {}
    shown = select(Participant).where(Participant.id.in_(asked), Participant.gone_at.is_(None))
    found = shown.options(selectinload(Participant.photographs))
    return {participant.id: participant for participant in db.session.scalars(found)}


_ID = bindparam("id", type_=String())
ITSELF = select(*Participant.__table__.columns).where(Participant.id == _ID)
PHOTOGRAPHS = (
    select(*Photograph.__table__.columns)
    .where(Photograph.participant_id == _ID)
    .order_by(Photograph.position, Photograph.key)
)
