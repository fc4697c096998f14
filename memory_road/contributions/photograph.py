"""A photograph as it was sent: the row beside the private original and its derivatives."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Identifier, Json, Moment, now, one_of
from memory_road.facts.vocabulary import PhotographKind
from memory_road.identifier import new_identifier

MOST_ATTEMPTS = 5
"""So often the sizes are tried to be made."""


def original_key(identifier: str) -> str:
    """Where the original's bytes are kept."""
    return f"private/originals/{identifier}"


def preview_key(identifier: str) -> str:
    """Where the small preview is kept that the sender sees at once."""
    return f"private/previews/{identifier}.webp"


def size_key(identifier: str, edition: int, name: str) -> str:
    """Where one derivative is kept. An edition of its own: a slow worker never overwrites what a later one made."""
    return f"private/sizes/{identifier}-{edition}-{name}"


class ContributionPhotograph(Base):
    """``derived_at`` empty means that its sizes are still to be made; the row, not a queue, is the truth about that."""

    __tablename__ = "contribution_photograph"
    __table_args__ = (
        one_of("kind", PhotographKind),
        CheckConstraint("width > 0 AND height > 0 AND bytes > 0", name="has_extent"),
        CheckConstraint("undecoded BETWEEN 0 AND 99", name="undecoded_is_part"),
        CheckConstraint("enhanced_of_id <> id", name="is_not_its_own_original"),
        UniqueConstraint("contribution_id", "sha256"),
        Index("ix_contribution_photograph_sha256", "sha256"),
        Index(
            "uq_contribution_photograph_signed",
            "contribution_id",
            unique=True,
            sqlite_where=text("signed"),
            postgresql_where=text("signed"),
        ),
        Index("ix_contribution_photograph_to_derive", "derived_at", "leased_until"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    contribution_id: Mapped[Identifier] = mapped_column(ForeignKey("contribution.id", ondelete="RESTRICT"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20), default=PhotographKind.PHOTOGRAPH)
    caption: Mapped[str] = mapped_column(Text, default="")
    taken: Mapped[str] = mapped_column(String(100), default="", comment="when, as it was typed")
    taken_place: Mapped[str] = mapped_column(String(200), default="")
    credit: Mapped[str] = mapped_column(String(200), default="")
    enhanced: Mapped[bool] = mapped_column(default=False, comment="coloured or restored")
    enhanced_of_id: Mapped[Identifier | None] = mapped_column(
        ForeignKey("contribution_photograph.id", name="fk_contribution_photograph_enhanced_of", ondelete="RESTRICT"),
        index=True,
        comment="the unchanged picture, of the same contribution",
    )
    signed: Mapped[bool] = mapped_column(
        default=False, comment="no picture of the entry but the page that its teller signed; private for ever"
    )
    file_name: Mapped[str] = mapped_column(String(255), comment="as the sender's device called it; only ever shown")
    sha256: Mapped[str] = mapped_column(String(64))
    bytes: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(50))
    width: Mapped[int] = mapped_column(comment="pixels, upright")
    height: Mapped[int] = mapped_column(comment="pixels, upright")
    preview_sha256: Mapped[str] = mapped_column(String(64), default="")
    undecoded: Mapped[int] = mapped_column(default=0, comment="percent of the picture that is lost; 0: it is whole")
    colour: Mapped[str] = mapped_column(String(6), default="", comment="dominant, RRGGBB: shown until it is loaded")
    crop: Mapped[list[int] | None] = mapped_column(Json, comment="a portrait's face: a media.area.Area; empty: middle")
    people: Mapped[list[dict[str, Any]]] = mapped_column(
        Json, default=list, comment="who is seen where: area, name, entry (a participant's id or empty)"
    )
    hidden: Mapped[list[list[int]]] = mapped_column(
        Json, default=list, comment="areas painted over in every published size; only moderators set them"
    )
    veiled: Mapped[bool] = mapped_column(default=False, comment="distressing: shown after a click; moderators set it")
    edition: Mapped[int] = mapped_column(default=0, comment="counts how often its sizes had to be made anew")
    added_at: Mapped[Moment] = mapped_column(default=now)
    derived_at: Mapped[Moment | None]
    leased_until: Mapped[Moment | None] = mapped_column(comment="a worker is at it until then")
    attempts: Mapped[int] = mapped_column(default=0)
    sizes: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, default=list, comment="derivatives: name, width, height, media_type, bytes, sha256"
    )

    @property
    def hopeless(self) -> bool:
        """Whether its sizes could not be made, however often it was tried."""
        return self.derived_at is None and self.attempts >= MOST_ATTEMPTS

    @property
    def original_key(self) -> str:
        return original_key(self.id)

    @property
    def preview_key(self) -> str:
        return preview_key(self.id)

    def size_key(self, name: str) -> str:
        """Where the derivative ``name`` of the present edition is kept."""
        return size_key(self.id, self.edition, name)

    def size_keys(self) -> list[str]:
        """Where the derivatives are kept that have been made."""
        return [self.size_key(size["name"]) for size in self.sizes]

    def make_anew(self) -> list[str]:
        """Ask for new sizes, and give the keys of the old ones, to be deleted once that is committed."""
        gone = self.size_keys()
        self.edition += 1
        self.derived_at = self.leased_until = None
        self.attempts, self.sizes = 0, []
        return gone
