"""Give entries the rows by which they are found by the sound of their names."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from memory_road.archive.participant import Participant, ParticipantNamesake
from memory_road.db import db, now
from memory_road.namesakes import namesake_values


def key_names(participant: Participant) -> None:
    """Make the rows of an entry from its facts. Those that it has already stay, so that none is deleted and inserted
    again in one transaction."""
    known = {(row.surname_key, row.given_key): row for row in participant.namesakes}
    rows: list[ParticipantNamesake] = []
    for values in namesake_values(participant.facts):
        row = known.get((values["surname_key"], values["given_key"])) or ParticipantNamesake()
        for column, value in values.items():
            setattr(row, column, value)
        rows.append(row)
    participant.namesakes = rows
    participant.keyed_at = now()


def key_some(most: int) -> int:
    """Make the rows of at most ``most`` entries that have none yet; returns how many those were. Several processes may
    do so at once."""
    unkeyed = select(Participant).where(Participant.keyed_at.is_(None), Participant.gone_at.is_(None))
    waiting = unkeyed.order_by(Participant.id).limit(most)
    locked = waiting.options(selectinload(Participant.namesakes)).with_for_update(skip_locked=True)
    participants = db.session.scalars(locked).all()
    for participant in participants:
        key_names(participant)
    db.session.flush()
    return len(participants)
