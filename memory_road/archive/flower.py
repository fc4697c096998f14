"""Flowers that visitors lay at an entry: how many, and nothing of who.

On a day of remembrance many come to one entry at once. Each flower is a row of its own, which waits for nobody; the
sweep adds them up every few seconds.
"""

from collections import Counter

from sqlalchemy import CheckConstraint, ForeignKey, String, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.flood import address_key, take_turn
from memory_road.db import Base, Identifier, db
from memory_road.identifier import new_identifier

AT_ONE_ENTRY = 40
"""So many flowers are taken in an hour from one line for one entry: a school class shares it."""
FROM_ONE_LINE = 400
FROM_NOWHERE = 400
"""Where lines cannot be told apart, as behind a socket, for each entry."""


class Flower(Base):
    """One flower that is not added up yet."""

    __tablename__ = "flower"

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)


class FlowerCount(Base):
    """How many flowers were laid at an entry; no row where there were none."""

    __tablename__ = "flower_count"
    __table_args__ = (CheckConstraint("number > 0", name="counted"),)

    participant_id: Mapped[Identifier] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int]


class TooManyFlowers(Exception):
    """More than a class of visitors would lay came from one line within the hour."""


def lay_flower(participant_id: str, ip_address: str) -> None:
    """Lay a flower at a published entry, in the present transaction. The address is only counted, under a digest.
    Raises ``TooManyFlowers``."""
    line = address_key(ip_address)
    if line:
        allowed = take_turn(f"flower:{line}", FROM_ONE_LINE) and take_turn(
            f"flower:{participant_id}:{line}", AT_ONE_ENTRY
        )
    else:
        allowed = take_turn(f"flower:{participant_id}", FROM_NOWHERE)
    if not allowed:
        raise TooManyFlowers
    db.session.add(Flower(participant_id=participant_id))
    db.session.flush()


def flowers_wait() -> bool:
    """Whether there are flowers that are not added up yet."""
    return db.session.scalar(select(Flower.id).limit(1)) is not None


def add_up(most: int) -> int:
    """Add up to ``most`` flowers to the counts, in the present transaction; returns how many. Several processes may do
    so at once."""
    some = select(Flower.id).limit(most).with_for_update(skip_locked=True)
    laid = Counter(db.session.scalars(delete(Flower).where(Flower.id.in_(some)).returning(Flower.participant_id)))
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    for participant_id, number in sorted(laid.items()):  # in one order, so that two of them never wait for each other
        made = insert(FlowerCount).values(participant_id=participant_id, number=number)
        again = {"number": FlowerCount.number + number}
        db.session.execute(made.on_conflict_do_update(index_elements=["participant_id"], set_=again))
    return laid.total()


COUNTED_FLOWERS = select(FlowerCount.number).where(FlowerCount.participant_id == bindparam("id", type_=String()))
"""Asks how many flowers were laid at the entry with the parameter ``id``; those of the last seconds may be missing."""
