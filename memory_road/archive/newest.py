"""The entries that were published last, as feeds give them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from memory_road.archive.participant import Participant, ParticipantCategory
from memory_road.db import db
from memory_road.facts.vocabulary import Category


def newest_entries(category: Category | None, most: int) -> Sequence[Participant]:
    """The newest ``most`` entries, of one kind of participant where ``category`` names it, with their photographs."""
    shown = select(Participant).where(Participant.gone_at.is_(None)).options(selectinload(Participant.photographs))
    if category is None:
        order = Participant.published_at.desc(), Participant.id.desc()
    else:
        shown = shown.join(Participant.categories).where(ParticipantCategory.category == category)
        order = ParticipantCategory.published_at.desc(), ParticipantCategory.participant_id.desc()
    return db.session.scalars(shown.order_by(*order).limit(most)).all()
