"""One person of a tree who is offered to the relative, as they are held until one is chosen."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

from memory_road.facts.document import Facts


@dataclass(slots=True)
class Person:
    """``facts`` is a facts document, its dates as EDTF. ``unread`` are dates that were not understood, by the names of
    their fields, as the file has them. ``story`` are notes and ``cause`` is that of death; both are taken over only if
    the relative wishes it. In ``kin`` and ``references`` relations and supported facts stand as codes, to be said in
    the reader's language, and ``also_recorded`` names fields. ``picture`` is the number of a portrait among those that
    were taken out, or empty, and ``picture_name`` what the family calls its file.
    """

    facts: Facts = field(default_factory=Facts)
    unread: dict[str, str] = field(default_factory=dict[str, str])
    story: list[str] = field(default_factory=list[str])
    cause: str = ""
    perhaps_living: bool = True
    picture: str = ""
    picture_name: str = ""

    def document(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def of(cls, document: dict[str, Any]) -> Self:
        """From what ``document`` gave."""
        return cls(**document)
