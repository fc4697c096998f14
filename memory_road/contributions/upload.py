"""A picture on its way: the parts of it that have arrived so far, so that a lost connection costs only the last one."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Identifier, Json, Moment, now
from memory_road.identifier import new_identifier

KEPT = timedelta(days=2)
"""An upload that was not gone on with for so long is given up."""
LONGEST_DESCRIPTION = 2000


class Upload(Base):
    """``parts`` are the names of the parts, in order; the bytes of each lie in the store under its key, and
    ``received`` is where the last one ends. A part's bytes are written before its row is changed, under a name of its
    own: of two that arrive for the same place at once, the one that comes too late never touches the other's bytes.
    Once all is there, the parts go; what came of them stays until the upload is forgotten."""

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint("length > 0 AND received BETWEEN 0 AND length", name="received_within_length"),
        Index("ix_upload_updated_at", "updated_at"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    contribution_id: Mapped[Identifier] = mapped_column(ForeignKey("contribution.id", ondelete="RESTRICT"), index=True)
    file_name: Mapped[str] = mapped_column(String(255))
    described: Mapped[str] = mapped_column(
        String(LONGEST_DESCRIPTION), default="", comment="Upload-Metadata as the client sent it"
    )
    length: Mapped[int] = mapped_column(comment="bytes of the whole file")
    received: Mapped[int] = mapped_column(default=0, comment="bytes that have arrived")
    parts: Mapped[list[str]] = mapped_column(Json, default=list, comment="names of the parts that are kept, in order")
    photograph_id: Mapped[Identifier | None] = mapped_column(comment="what came of it, once it was whole and taken")
    refusal: Mapped[str] = mapped_column(String(1000), default="", comment="or the sentence why it was not taken")
    created_at: Mapped[Moment] = mapped_column(default=now)
    updated_at: Mapped[Moment] = mapped_column(default=now)

    def part_key(self, part: str) -> str:
        """Where the bytes of one of the parts are kept."""
        return f"private/uploads/{self.id}-{part}"

    def part_keys(self) -> list[str]:
        """Where the bytes of all parts are kept that have arrived, in order."""
        return [self.part_key(part) for part in self.parts]

    @property
    def complete(self) -> bool:
        """Whether every byte has arrived; then ``photograph_id`` or ``refusal`` says what came of it."""
        return self.received == self.length

    @property
    def expires_at(self) -> datetime:
        """When it is given up, unless more of it comes."""
        return self.updated_at + KEPT
