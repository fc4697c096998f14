"""What an entry said and showed before it was taken down, for the day on which it is restored.

It lies with the moderators: ``archive`` and visitors' pages can import nothing from here.
"""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from memory_road.db import Base, Document, Identifier, Moment, now


class Withheld(Base):
    """One row for each entry that is taken down."""

    __tablename__ = "withheld"

    participant_id: Mapped[Identifier] = mapped_column(
        ForeignKey("participant.id", ondelete="RESTRICT"), primary_key=True
    )
    facts: Mapped[Document]
    keyed_at: Mapped[Moment | None]
    withheld_at: Mapped[Moment] = mapped_column(default=now)

    photographs: Mapped[list["WithheldPhotograph"]] = relationship(
        order_by="WithheldPhotograph.key", cascade="all, delete-orphan"
    )


class WithheldPhotograph(Base):
    """A picture of such an entry. Its files are ``private/removed/<key>-<name>``; it has another ``key`` than when
    it was public, and will have yet another when it is again."""

    __tablename__ = "withheld_photograph"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    participant_id: Mapped[Identifier] = mapped_column(
        ForeignKey("withheld.participant_id", ondelete="RESTRICT"), index=True
    )
    row: Mapped[dict[str, Any]] = mapped_column(JSON, comment="every other column of the photograph that it was")
    original_sha256: Mapped[str | None] = mapped_column(String(64), comment="of its look; empty: it had none")
    look: Mapped[str | None] = mapped_column(String(64), comment="hash of its look, hexadecimal")

    @property
    def sizes(self) -> list[dict[str, Any]]:
        """Its derivatives, as a published picture has them."""
        found: list[dict[str, Any]] = self.row["sizes"]
        return found

    def file(self, size: dict[str, Any]) -> str:
        """Where one size is kept."""
        return removed_key(self.key, size["name"])


def removed_key(key: str, name: str) -> str:
    """Where the file ``<name>`` of a withheld picture lies."""
    return f"private/removed/{key}-{name}"
