"""A published photograph: its derivatives under a random key; of the original only the picture remains."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, validates

from memory_road.db import Base, Identifier, Json, one_of
from memory_road.facts.vocabulary import PhotographKind
from memory_road.media.sizes import by_width, of_cards

CARDS = 2
"""So many sizes of a portrait are offered to a browser that shows the gallery."""


class Photograph(Base):
    """``key`` is made anew at each publication; the files are ``public/<key>-<name>`` for every name in ``sizes``."""

    __tablename__ = "photograph"
    __table_args__ = (
        one_of("kind", PhotographKind),
        CheckConstraint("width > 0 AND height > 0", name="has_extent"),
        CheckConstraint("enhanced_of_key <> key", name="is_not_its_own_original"),
        Index("ix_photograph_participant", "participant_id", "position"),
    )

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    participant_id: Mapped[Identifier] = mapped_column(ForeignKey("participant.id", ondelete="RESTRICT"))
    position: Mapped[int] = mapped_column(comment="0 is the portrait, where there is one")
    kind: Mapped[str] = mapped_column(String(20))
    caption: Mapped[str] = mapped_column(Text, default="")
    taken: Mapped[str] = mapped_column(String(100), default="", comment="EDTF; empty: not stated")
    taken_place: Mapped[str] = mapped_column(String(200), default="")
    credit: Mapped[str] = mapped_column(String(200), default="")
    enhanced: Mapped[bool] = mapped_column(default=False, comment="coloured or restored")
    enhanced_of_key: Mapped[str | None] = mapped_column(
        ForeignKey("photograph.key", ondelete="RESTRICT"),
        index=True,
        comment="the unchanged picture, of the same entry",
    )
    width: Mapped[int]
    height: Mapped[int]
    colour: Mapped[str] = mapped_column(String(6), default="", comment="dominant, RRGGBB: shown until it is loaded")
    people: Mapped[list[dict[str, Any]]] = mapped_column(
        Json, default=list, comment="who is seen where: area, name, entry (a participant's id or empty)"
    )
    veiled: Mapped[bool] = mapped_column(default=False, comment="distressing: shown after a click")
    sizes: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, comment="derivatives: name, width, height, media_type, bytes, sha256"
    )
    cards: Mapped[str] = mapped_column(
        Text, default="", comment="of the sizes, names and widths of those for the gallery, narrowest first"
    )

    @validates("sizes")
    def _choose_cards(self, _name: str, sizes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        # A picture whose card was not cropped is cropped by the page.
        chosen = of_cards(sizes) or by_width(sizes)[:CARDS]
        self.cards = " ".join(f"{size['name']} {size['width']}" for size in chosen)
        return sizes
