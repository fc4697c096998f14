"""Why a file was not taken as a picture: a code and values. The sentence is made at the web edge."""

from enum import StrEnum


class RefusalCode(StrEnum):
    """Reasons that a family can act upon, and the values that each carries."""

    EMPTY = "empty"
    """No bytes at all."""
    NOT_A_PICTURE = "not_a_picture"
    """Nothing that looks like any picture."""
    UNSUPPORTED = "unsupported"
    """A known kind that is not taken: ``format`` is a member of ``Unsupported`` or ``PictureFormat``."""
    TOO_MANY_BYTES = "too_many_bytes"
    """``megabytes`` of the file (rounded up) and the ``limit``, both in units of 1,048,576 bytes."""
    TOO_MANY_PIXELS = "too_many_pixels"
    """``megapixels`` of the picture (rounded up) and the ``limit``, for this ``format``."""
    DAMAGED = "damaged"
    """Begins like ``format``, but cannot be decoded to the end."""
    TOO_DEMANDING = "too_demanding"
    """Decoding a file of this ``format`` went over the limit on memory or time."""


class PictureRefused(Exception):
    """The file is at fault, and sending the same file again will not help."""

    def __init__(self, code: RefusalCode, values: dict[str, str | int] | None = None) -> None:
        self.code = code
        self.values = values or {}
        super().__init__(f"{code} {self.values}")
