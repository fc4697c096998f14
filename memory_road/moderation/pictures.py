"""The pictures of a published entry, for what moderators do with them."""

from sqlalchemy import select

from memory_road.archive.photograph import Photograph
from memory_road.db import db


def held_pictures(participant_id: str) -> list[Photograph]:
    """The pictures of an entry as they are now, held until the transaction ends."""
    held = select(Photograph).where(Photograph.participant_id == participant_id).order_by(Photograph.key)
    return list(db.session.scalars(held.with_for_update().execution_options(populate_existing=True)))
