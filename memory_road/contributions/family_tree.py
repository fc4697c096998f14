"""A family tree that a relative has sent, for the hour in which they choose one of its people."""

from datetime import timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.db import Base, Document, Identifier, Moment, now
from memory_road.identifier import new_identifier

KEPT = timedelta(hours=1)
"""So long a tree waits for its relative's choice."""


class FamilyTree(Base):
    """Of the file nothing is kept but those people who may have lived in the war (``FamilyTreePerson``) and their
    portraits, and of an account only the tree that it has sent last."""

    __tablename__ = "family_tree"
    __table_args__ = (CheckConstraint("offered BETWEEN 1 AND people", name="offers_its_own"),)

    id: Mapped[Identifier] = mapped_column(primary_key=True, default=new_identifier)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), unique=True)
    people: Mapped[int] = mapped_column(comment="whom the file named")
    offered: Mapped[int] = mapped_column(comment="who of them may have lived in the war")
    created_at: Mapped[Moment] = mapped_column(default=now, index=True)


class FamilyTreePerson(Base):
    """One of those who are offered, in the order of surnames. ``document`` is a ``gedcom.person.Person``."""

    __tablename__ = "family_tree_person"

    tree_id: Mapped[Identifier] = mapped_column(ForeignKey("family_tree.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text, comment="the words of the names, folded, a space before each")
    picture: Mapped[str] = mapped_column(String(6), default="", comment="number of the portrait's file, if any")
    document: Mapped[Document]


def picture_key(tree_id: str, number: str) -> str:
    """Where the bytes of a portrait are kept that nobody has looked at yet."""
    return f"private/trees/{tree_id}-{number}"
