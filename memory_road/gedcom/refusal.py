"""Why a file was not taken as a family tree: a code and values. The sentence is made at the web edge."""

from enum import StrEnum


class RefusalCode(StrEnum):
    """Reasons that a family can act upon, and the values that each carries."""

    EMPTY = "empty"
    """No bytes at all."""
    NOT_A_TREE = "not_a_tree"
    """Does not begin as every GEDCOM file does."""
    OTHER_FORMAT = "other_format"
    """A known kind of file that is not taken: ``format`` is a member of ``container.OtherFormat``."""
    TOO_LARGE = "too_large"
    """The tree without its pictures is larger than the ``limit`` in units of 1,048,576 bytes."""
    TOO_MANY_PEOPLE = "too_many_people"
    """The file names more than ``most`` people."""
    TOO_MANY_TO_OFFER = "too_many_to_offer"
    """More than ``most`` of them may have lived in the war."""
    DAMAGED = "damaged"
    """An archive that cannot be read to the end."""
    LOCKED = "locked"
    """An archive with a password."""
    NO_TREE_INSIDE = "no_tree_inside"
    """An archive without a GEDCOM file in it."""
    SEVERAL_TREES = "several_trees"
    """An archive with several of them."""
    TOO_DEMANDING = "too_demanding"
    """Reading went over the limit on memory or time."""


class TreeRefused(Exception):
    """The file is at fault, and sending the same file again will not help."""

    def __init__(self, code: RefusalCode, values: dict[str, str | int] | None = None) -> None:
        self.code = code
        self.values = values or {}
        super().__init__(f"{code} {self.values}")
