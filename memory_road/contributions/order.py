"""The order of a contribution's pictures, as its sender wishes it."""

from memory_road.accounts.permissions import Actor
from memory_road.contributions.queries import changeable, photograph_of
from memory_road.db import db, now


def shift(contribution_id: str, actor: Actor, photograph_id: str, by: int) -> int:
    """Move a picture ``by`` places towards the end, or towards the beginning where that is negative; it stops at either
    end. Returns its place, counted from 1. Raises ``Refused``."""
    contribution = changeable(contribution_id, actor)
    photograph = photograph_of(contribution, photograph_id)
    order = sorted(contribution.photographs, key=lambda kept: (kept.position, kept.id))
    place = min(max(order.index(photograph) + by, 0), len(order) - 1)
    order.remove(photograph)
    order.insert(place, photograph)
    for position, kept in enumerate(order):
        kept.position = position
    contribution.updated_at = now()
    db.session.flush()
    db.session.expire(contribution, ["photographs"])  # read again, it comes in its new order
    return place + 1
