"""What speaks against a picture that is taken all the same: it may be the only one that there is."""

from enum import StrEnum

SMALL_SIDE = 600
"""Pixels of the longer side, below which a face is hardly to be seen on a large screen or in print."""

_LEAST_BITS_PER_PIXEL = {"image/jpeg": 0.6, "image/webp": 0.3, "image/heic": 0.2, "image/avif": 0.2}
"""Photographs that are told to be kept in fewer show blocks or smears; other formats lose nothing."""

_SAVED_OFTEN_SIDE = 1600
"""Up to this longer side a heavily compressed picture is taken for a messenger's copy. A larger one has pixels to
spare, and sky or paper needs few bits."""


class Concern(StrEnum):
    """Why another copy would be better, the gravest first."""

    INCOMPLETE = "incomplete"
    """A part of the file could not be decoded, and is grey."""
    SMALL = "small"
    """Few pixels: a thumbnail, or a picture of a picture."""
    OVERCOMPRESSED = "overcompressed"
    """So few bytes for its pixels that details are lost, as by a messenger."""


def concerns(width: int, height: int, bytes: int, media_type: str, undecoded: int) -> list[Concern]:
    """Everything that speaks against a picture of this upright size in pixels, ``undecoded`` in percent."""
    found: list[Concern] = []
    longer = max(width, height)
    if undecoded:
        found.append(Concern.INCOMPLETE)
    if longer < SMALL_SIDE:
        found.append(Concern.SMALL)
    bits = 8 * bytes / (width * height)
    if longer <= _SAVED_OFTEN_SIDE and bits < _LEAST_BITS_PER_PIXEL.get(media_type, 0):
        found.append(Concern.OVERCOMPRESSED)
    return found
