"""How alike two pictures look: hashes of 256 bits, compared by how many of them differ. Knows no pixels.

A view's record is its hash in 32 bytes and the places of its weakest bits: three for each of the four bands, one byte
each. A band is 22 of the hash's bits, by which an index finds it.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from typing import NamedTuple

BITS = 256
BANDS, BAND_BITS = 4, 22
VIEWS, WEAK = 32, 3
RECORD = BITS // 8 + BANDS * WEAK

ALIKE = 56
"""So many bits may differ. Of 37,190 pairs of different photographs the nearest differed in 57."""


class Look(NamedTuple):
    """How a picture looks: ``kept``, the hash of its middle in 32 bytes, is what it is found by; ``views``, the records
    of the middle and of other cuts, are what is looked for."""

    kept: bytes
    views: bytes


def view_record(signs: int, weakest: Sequence[int]) -> bytes:
    """One view as it is kept."""
    return signs.to_bytes(BITS // 8) + bytes(weakest)


def bands(kept: bytes) -> tuple[int, ...]:
    """The bands of a hash, each a number of 22 bits."""
    signs = int.from_bytes(kept)
    return tuple(signs >> (BITS - (band + 1) * BAND_BITS) & ((1 << BAND_BITS) - 1) for band in range(BANDS))


def hashes(views: bytes) -> list[bytes]:
    """The hashes of the views."""
    return [views[start : start + BITS // 8] for start in range(0, len(views), RECORD)]


def probes(views: bytes) -> list[dict[int, int]]:
    """For each band the values to look for, each with the number of the view that it came from.

    These are the views' own values first, then those with one, two and three of the weakest bits turned: a copy turns
    these before any others.
    """
    found: list[dict[int, int]] = [{} for _ in range(BANDS)]
    for turned in chain.from_iterable(combinations(range(WEAK), count) for count in range(WEAK + 1)):
        for number, (values, weakest) in enumerate(_read(views)):
            for band, value in enumerate(values):
                places = [weakest[band * WEAK + which] for which in turned]
                found[band].setdefault(value ^ sum(1 << (BAND_BITS - 1 - place) for place in places), number)
    return found


def difference(kept: bytes, views: bytes) -> int:
    """How many bits of ``kept`` differ from the view that comes nearest, 0 to 256."""
    signs = int.from_bytes(kept)
    return min((signs ^ int.from_bytes(view)).bit_count() for view in hashes(views))


def _read(views: bytes) -> Iterator[tuple[tuple[int, ...], bytes]]:
    for start in range(0, len(views), RECORD):
        record = views[start : start + RECORD]
        yield bands(record[: BITS // 8]), record[BITS // 8 :]
