"""Reads of single entries and of the numbers on the home page."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from memory_road.archive.participant import Participant
from memory_road.db import db
from memory_road.identifier import is_identifier, normal_identifier

COUNTED_EXACTLY = 10_000


def entry(participant_id: str) -> Participant | None:
    """The published entry, by its identifier as somebody may have typed it."""
    wanted = normal_identifier(participant_id)
    return db.session.get(Participant, wanted) if is_identifier(wanted) else None


def number_of_entries() -> int:
    """How many entries there are, counted up to ``COUNTED_EXACTLY``: a request must not grow with the archive."""
    some = select(Participant.id).limit(COUNTED_EXACTLY).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def existing(participant_ids: Iterable[str]) -> set[str]:
    """Those of ``participant_ids`` that are published, in one query; none is asked for nothing."""
    asked = {identifier for identifier in participant_ids if is_identifier(identifier)}
    return set(db.session.scalars(select(Participant.id).where(Participant.id.in_(asked)))) if asked else set()


def entries(participant_ids: Iterable[str]) -> dict[str, Participant]:
    """Those of ``participant_ids`` that are published, with their photographs."""
    asked = {identifier for identifier in participant_ids if is_identifier(identifier)}
    if not asked:
        return {}
    found = select(Participant).where(Participant.id.in_(asked)).options(selectinload(Participant.photographs))
    return {participant.id: participant for participant in db.session.scalars(found)}
