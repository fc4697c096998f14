"""The measures of a face: those of the drawing schools (eyes at half the head's height, the nose's foot half way
between brows and chin, the mouth a third of the way below it), and how one person differs from them."""

from bisect import bisect_left
from dataclasses import dataclass
from random import Random

from memory_road.demo.portrait_canvas import Point, mirrored, smooth

MOUTH_BELOW_NOSE = 0.30


@dataclass(frozen=True, slots=True)
class Features:
    """One person's measures, in face units, around the school's proportions."""

    jaw: float
    chin: float
    length: float
    cheek: float
    eye_gap: float
    eye_height: float
    eye_slant: float
    brow_height: float
    brow_weight: float
    brow_arch: float
    nose_length: float
    nose_width: float
    nose_height: float
    mouth_width: float
    lip_fullness: float
    mouth_curve: float
    skin: float
    wear: float  # 0 young … 1 old
    soft: float  # 0 a man's bones … 1 a woman's


def features_of(random: Random, wear: float, soft: float) -> Features:
    def about(middle: float, spread: float) -> float:
        return middle + random.triangular(-spread, spread, 0)

    cheek = about(0.98, 0.05)
    return Features(
        jaw=min(about(0.80 - 0.05 * soft, 0.10 - 0.04 * soft), cheek - 0.13),
        chin=about(0.42 - 0.03 * soft, 0.09 - 0.03 * soft),
        length=about(1.50 - 0.12 * soft, 0.11 - 0.03 * soft),
        cheek=cheek,
        eye_gap=about(0.415, 0.022),
        eye_height=about(0.084 + 0.014 * soft - 0.014 * wear, 0.016),
        eye_slant=about(0.02, 0.05),
        brow_height=about(0.265 + 0.025 * soft - 0.02 * wear, 0.04),
        brow_weight=about(0.050 - 0.014 * soft, 0.010),
        brow_arch=about(0.09 + 0.04 * soft, 0.05),
        nose_length=about(0.62 - 0.04 * soft, 0.04),
        nose_width=about(0.178 - 0.02 * soft, 0.03),
        nose_height=about(0.25 - 0.05 * soft + 0.02 * wear, 0.05),
        mouth_width=about(0.41 - 0.02 * soft, 0.035),
        lip_fullness=about(0.078 + 0.02 * soft - 0.02 * wear, 0.014),
        mouth_curve=about(0.022 + 0.014 * soft, 0.014),
        skin=about(0.93, 0.06),
        wear=wear,
        soft=soft,
    )


def outline_of(features: Features) -> list[Point]:
    """The face from the temples to the chin and the skull above, in face units."""
    f = features
    return smooth(
        mirrored(
            [
                (0, -1.42),
                (0.52, -1.33),
                (0.88, -1.0),
                (0.99, -0.5),
                (f.cheek + 0.01, 0.0),
                (f.cheek - 0.02, 0.38),
                (f.jaw + 0.08, 0.78),
                (f.jaw - 0.10, 1.10),
                (f.chin + 0.04, f.length - 0.13),
                (f.chin * 0.5, f.length - 0.01),
                (0, f.length + 0.02),
            ]
        )
    )


def half_breadths(outline: list[Point], rows: list[float]) -> list[float]:
    """Half the breadth of the face at each of ``rows``, evened out so that no step shows in the light."""
    right = sorted((below, across) for across, below in outline if across >= 0)
    found = [max(0.3, _between(right, row)) for row in rows]
    reach = 5
    return [
        sum(found[max(0, index - reach) : index + reach + 1]) / len(found[max(0, index - reach) : index + reach + 1])
        for index in range(len(found))
    ]


def _between(knots: list[tuple[float, float]], at: float) -> float:
    index = bisect_left(knots, (at, 0.0))
    if index == 0 or index == len(knots):
        return 0.0
    (low, start), (high, end) = knots[index - 1], knots[index]
    return start + (end - start) * (at - low) / (high - low) if high > low else start
