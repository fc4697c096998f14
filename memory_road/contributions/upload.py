"""A picture on its way: the parts of it that have arrived so far, so that a lost connection costs only the last one."""

from datetime import timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Identifier, Json, Moment, now
from memory_road.identifier import new_identifier

KEPT = timedelta(days=2)
"""An upload that was not gone on with for so long is given up."""


class Upload(Base):
    """``parts`` are the offsets at which parts begin, ascending; the bytes of each lie in the store under its key, and
    ``received`` is where the last one ends. A part's bytes are written before its row is changed."""

    __tablename__ = "upload"
    __table_args__ = (
        CheckConstraint("length > 0 AND received BETWEEN 0 AND length", name="received_within_length"),
        Index("ix_upload_updated_at", "updated_at"),
    )

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    contribution_id: Mapped[Identifier] = mapped_column(ForeignKey("contribution.id", ondelete="RESTRICT"), index=True)
    file_name: Mapped[str] = mapped_column(String(255))
    length: Mapped[int] = mapped_column(comment="bytes of the whole file")
    received: Mapped[int] = mapped_column(default=0, comment="bytes that have arrived")
    parts: Mapped[list[int]] = mapped_column(Json, default=list)
    photograph_id: Mapped[Identifier | None] = mapped_column(comment="what came of it, once it was whole and taken")
    refusal: Mapped[str] = mapped_column(String(1000), default="", comment="or the sentence why it was not taken")
    created_at: Mapped[Moment] = mapped_column(default=now)
    updated_at: Mapped[Moment] = mapped_column(default=now)

    def part_key(self, offset: int) -> str:
        """Where the part is kept that begins at ``offset``."""
        return f"private/uploads/{self.id}-{offset}"
