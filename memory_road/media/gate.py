"""What can be refused before anything is decoded: by size and first bytes alone, in the site's own process."""

from pathlib import Path

from memory_road.media.formats import HEAD_BYTES, PictureFormat, recognise
from memory_road.media.limits import Limits
from memory_road.media.refusal import PictureRefused, RefusalCode

_MEBIBYTE = 1024 * 1024


def admit(source: Path, limits: Limits) -> PictureFormat:
    """Tell the format of a file that is worth decoding. Raises ``PictureRefused`` for any other.

    The kind comes before the size: who sends a film of 300 MB is helped by hearing that it is a film.
    """
    with source.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise PictureRefused(RefusalCode.EMPTY)
    kind = recognise(head)
    if kind is None:
        raise PictureRefused(RefusalCode.NOT_A_PICTURE)
    if not isinstance(kind, PictureFormat) or kind not in limits.formats:
        raise PictureRefused(RefusalCode.UNSUPPORTED, {"format": kind})
    size = source.stat().st_size
    if size > limits.bytes:
        values: dict[str, str | int] = {"megabytes": -(-size // _MEBIBYTE), "limit": limits.bytes // _MEBIBYTE}
        raise PictureRefused(RefusalCode.TOO_MANY_BYTES, values)
    return kind
