"""How published photographs look, so that the same picture is known again when somebody else sends it."""

from dataclasses import dataclass

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.db import Base, db
from memory_road.looks import LookColumns, look_rules, rows_like

MOST_LIKE = 3
"""So many entries are shown beside one picture."""
_MOST_ROWS = 20


class PhotographLook(LookColumns, Base):
    """One row for each published photograph. The digest is that of the private original; it is shown nowhere."""

    __tablename__ = "photograph_look"
    __table_args__ = look_rules("photograph_look")

    key: Mapped[str] = mapped_column(ForeignKey("photograph.key", ondelete="CASCADE"), primary_key=True)
    original_sha256: Mapped[str] = mapped_column(String(64), index=True)


@dataclass(frozen=True, slots=True)
class PublishedAlike:
    """A published picture that is like another one: ``difference`` in bits (0 to 256), ``identical`` where the
    originals are the same file."""

    photograph: Photograph
    participant: Participant
    difference: int
    identical: bool


def published_like(sha256: str, views: bytes | None, most: int = MOST_LIKE) -> list[PublishedAlike]:
    """The published pictures like the one whose file has the digest ``sha256`` and which looks like ``views``: one for
    each entry, identical files first, then the nearest."""
    same = select(PhotographLook).where(PhotographLook.original_sha256 == sha256).limit(_MOST_ROWS)
    found = [(row, 0) for row in db.session.scalars(same)]
    found += rows_like(PhotographLook, views)[:_MOST_ROWS] if views is not None else []
    differences = {row.key: bits for row, bits in reversed(found)}
    identical = {row.key for row, _ in found if row.original_sha256 == sha256}
    asked = select(Photograph, Participant).join(Participant).where(Photograph.key.in_(differences))
    alike = [
        PublishedAlike(photograph, participant, differences[photograph.key], photograph.key in identical)
        for photograph, participant in db.session.execute(asked)
    ]
    alike.sort(key=lambda one: (not one.identical, one.difference, one.photograph.key))
    return list({one.participant.id: one for one in reversed(alike)}.values())[::-1][:most]
