# Pillow's own types are incomplete.
# pyright: reportUnknownMemberType=false
"""How a picture looks, in the decoding child: signs of low frequencies of its middle and of other cuts of it.

Each view is a part of the picture, described by the signs of 256 coefficients of its cosine transform. The middle view
is kept to be found by; all of them are looked for. A rescan, a recompressed copy or one in another tint keeps the
signs. A crop keeps them too, where one of the views shows what the other picture's middle shows.
"""

import math
from collections.abc import Sequence
from functools import cache
from operator import mul

from PIL.Image import Image, Resampling

from memory_road.media.likeness import BAND_BITS, BANDS, BITS, VIEWS, WEAK, Look, view_record

SIDE = 32
"""Both sides of the small grey picture that everything is read from, in pixels."""

MARGIN = 0.08
"""The middle view leaves out so much at each side: a crop of the other picture by as much is still seen whole."""

LEAST_DEVIATION = 4.0
"""In grey levels of 256. What is flatter, a blank sheet or a black frame, resembles everything that is flat."""

LEAST_SIGNAL = 0.02
"""In grey levels: smaller coefficients are rounding. A picture where most of them are has no look of its own."""

_INSETS = (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14)
_SHIFTED_INSETS, _SHIFTS = (0.04, 0.08, 0.12), (-0.03, 0.0, 0.03)

Span = tuple[float, float]


def look_of(pixels: Image) -> Look | None:
    """The look of an upright picture; None where it shows too little to be told from others."""
    small = pixels.convert("L").resize((SIDE, SIDE), Resampling.HAMMING, reducing_gap=2.0)
    flat = small.tobytes()
    rows = [[float(value) for value in flat[top : top + SIDE]] for top in range(0, SIDE * SIDE, SIDE)]
    if _deviation(rows) < LEAST_DEVIATION:
        return None
    across: dict[Span, list[tuple[float, ...]]] = {}
    seen: list[list[float]] = []
    for wide, high in spans():
        if wide not in across:
            waves = _waves(*wide)
            columns = [[sum(map(mul, wave, row)) for row in rows] for wave in waves]
            across[wide] = [tuple(column) for column in columns]
        seen.append(_coefficients(across[wide], _waves(*high)))
    if sum(abs(value) > LEAST_SIGNAL for value in seen[0]) < BITS // 2:
        return None
    records = [view_record(_signs(view), _weakest(view)) for view in seen]
    return Look(records[0][: BITS // 8], b"".join(records))


@cache
def spans() -> tuple[tuple[Span, Span], ...]:
    """The views as parts of the width and of the height, the middle one first."""
    found: dict[tuple[Span, Span], None] = {((MARGIN, 1 - MARGIN), (MARGIN, 1 - MARGIN)): None}
    for inset in _INSETS:
        found[(inset, 1 - inset), (inset, 1 - inset)] = None
    for inset in _SHIFTED_INSETS:
        for right in _SHIFTS:
            for down in _SHIFTS:
                wide = (round(inset + right, 3), round(1 - inset + right, 3))
                found[wide, (round(inset + down, 3), round(1 - inset + down, 3))] = None
    assert len(found) == VIEWS
    return tuple(found)


@cache
def _frequencies() -> tuple[tuple[int, int], ...]:
    """Pairs of a frequency down and one across, slow ones first; without the mean. They take turns in the bands."""
    highest = SIDE - 1
    pairs = [(down, over) for down in range(highest) for over in range(highest) if down + over]
    slowest = sorted(pairs, key=lambda pair: (sum(pair), abs(pair[0] - pair[1]), pair))[:BITS]
    inside = BANDS * BAND_BITS
    return tuple([pair for band in range(BANDS) for pair in slowest[band:inside:BANDS]] + slowest[inside:])


@cache
def _waves(begin: float, end: float) -> tuple[tuple[float, ...], ...]:
    """What each frequency weighs every pixel with, over the part from ``begin`` to ``end``: the mean of the wave over
    what of the pixel lies inside."""
    most = max(max(pair) for pair in _frequencies()) + 1
    waves: list[list[float]] = [[] for _ in range(most)]
    for pixel in range(SIDE):
        left, right = (min(max(edge / SIDE, begin), end) for edge in (pixel, pixel + 1))
        place, weight = ((left + right) / 2 - begin) / (end - begin), (right - left) / (end - begin)
        for frequency, wave in enumerate(waves):
            wave.append(math.cos(math.pi * frequency * place) * weight)
    return tuple(tuple(wave) for wave in waves)


def _coefficients(across: Sequence[tuple[float, ...]], waves: Sequence[tuple[float, ...]]) -> list[float]:
    return [sum(map(mul, waves[down], across[over])) for down, over in _frequencies()]


def _signs(view: Sequence[float]) -> int:
    # What is nought but for the processor's rounding has one sign everywhere.
    return int("".join("1" if value > LEAST_SIGNAL / 1000 else "0" for value in view), 2)


def _weakest(view: Sequence[float]) -> list[int]:
    """The places, inside each band, of the ``WEAK`` signs that turn most easily."""
    found: list[int] = []
    for band in range(BANDS):
        strength = [abs(value) for value in view[band * BAND_BITS : (band + 1) * BAND_BITS]]
        found += sorted(range(BAND_BITS), key=strength.__getitem__)[:WEAK]
    return found


def _deviation(rows: Sequence[Sequence[float]]) -> float:
    """How much the middle varies."""
    edge = round(MARGIN * SIDE)
    values = [value for row in rows[edge:-edge] for value in row[edge:-edge]]
    mean = sum(values) / len(values)
    return math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
