"""What was done about a published entry, and by whom: for moderators."""

from collections.abc import Sequence

from sqlalchemy import select

from memory_road.archive.queries import made_of
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.lifecycle import State
from memory_road.db import db

MOST_SHOWN = 50


def decisions_about_entry(participant_id: str) -> Sequence[Decision]:
    """What was decided about the entry itself, the newest first, at most ``MOST_SHOWN``."""
    query = select(Decision).where(Decision.participant_id == participant_id)
    return db.session.scalars(query.order_by(Decision.number.desc()).limit(MOST_SHOWN)).all()


def told_of(participant_id: str) -> Sequence[Contribution]:
    """The approved contributions that the entry came of and that changed it, also those of entries that have become
    part of it, the newest first, at most ``MOST_SHOWN``: what stood there before stands in them."""
    parts = db.session.scalars(made_of(participant_id)).all()
    query = select(Contribution).where(Contribution.participant_id.in_(parts), Contribution.state == State.APPROVED)
    return db.session.scalars(query.order_by(Contribution.decided_at.desc()).limit(MOST_SHOWN)).all()
