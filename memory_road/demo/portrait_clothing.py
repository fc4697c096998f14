"""The bust: neck, shoulders and what is worn, each a rounded body with folds, a collar and buttons."""

from random import Random

from PIL import Image, ImageChops

from memory_road.demo.portrait_canvas import (
    Point,
    Pose,
    blurred,
    darken,
    lighten,
    mask,
    mirrored,
    rounded,
    smooth,
    spot,
    strokes,
)
from memory_road.demo.portrait_hair import lay


def draw_neck(plate: Image.Image, pose: Pose, tone: int, light: Point, soft: float, chin: float) -> None:
    """The neck, dark under the jaw, whose ``chin`` is so far below the eyes."""
    broad = 0.61 - 0.10 * soft
    half = [
        (0, 0.9),
        (broad, 0.9),
        (broad, 1.5),
        (broad + 0.06, 1.8),
        (broad + 0.4, 2.15),
        (broad + 0.5, 2.9),
        (0, 2.9),
    ]
    shape = mask(smooth(pose.all(mirrored(half))), 2)
    lay(plate, shape, rounded(shape, tone, 40, 0.9, light))
    shadow = spot(pose.at(-light[0] * 0.16, chin - 0.15), 68, 46, 13)
    darken(plate, ImageChops.multiply(shadow, shape), 0.70)
    tendons = strokes([(pose.all([(s * 0.38, 1.5), (s * 0.12, 2.15)]), 90, 7) for s in (-1, 1)], 6)
    darken(plate, ImageChops.multiply(tendons, shape), 0.35)


def draw_clothing(plate: Image.Image, pose: Pose, kind: str, light: Point, random: Random, soft: float) -> None:
    """The shoulders in one of the kinds of clothing of ``Look``."""
    tone = {"tunic": 96, "coat": 58, "dress": 82, "jacket": 72, "embroidered": 192, "suit": 46, "gown": 200}[kind]
    tone += random.randint(-12, 14)
    drop = 0.1 * soft
    slope = random.uniform(-0.04, 0.04)
    spread = 2.5 - 0.28 * soft + random.uniform(-0.08, 0.08)
    right = [
        (0.62 - 0.1 * soft, 1.72),
        (1.05, 1.98 + drop),
        (1.7, 2.14 + drop + slope),
        (spread - 0.12, 2.42 + drop),
        (spread + 0.12, 3.0),
        (spread + 0.25, 4.9),
    ]
    left = [(-x, y - 2 * slope if 1 < x < 2 else y) for x, y in reversed(right)]
    neck = {"dress": 2.35, "suit": 2.75, "coat": 2.25, "gown": 1.95}.get(kind, 1.98)
    shape = mask(
        smooth(pose.all([*right, *left, (-0.3, (1.72 + neck) / 2 + 0.1), (0, neck), (0.3, (1.72 + neck) / 2 + 0.1)])),
        1.8,
    )
    cloth = rounded(shape, tone, 56, 0.26 + tone / 600, light)
    cloth = ImageChops.add(cloth, _folds(pose, random, spread), 1, -128)
    lay(plate, shape, cloth)
    near = ImageChops.multiply(spot(pose.at(-light[0] * 0.25, 1.75), 74, 34, 16), shape)
    darken(plate, near, 0.45)
    match kind:
        case "tunic":
            _tunic(plate, pose, tone, light)
        case "dress":
            _soft_collar(plate, pose, light, random)
        case "embroidered":
            _embroidered(plate, pose, tone, light)
        case "suit":
            _suit(plate, pose, tone, light, random)
        case "gown":
            _gown(plate, pose, tone, light)
        case _:
            _lapels(plate, pose, tone, light, random)


def _folds(pose: Pose, random: Random, spread: float) -> Image.Image:
    """Creases of cloth round 128: from the shoulders inwards, and at the armpits."""
    lines: list[tuple[list[Point], int, int]] = []
    for _ in range(9):
        s = random.choice((-1, 1))
        start = (s * random.uniform(0.9, spread - 0.2), random.uniform(2.3, 3.2))
        end = (start[0] * random.uniform(0.55, 0.95), start[1] + random.uniform(0.5, 1.3))
        middle = ((start[0] + end[0]) / 2 + random.uniform(-0.1, 0.1), (start[1] + end[1]) / 2)
        path = smooth(pose.all([start, middle, end]), closed=False, steps=6)
        tone = random.randint(14, 34)
        lines.append((path, 128 - tone, random.randint(5, 10)))
        lines.append(([(x + 7, y - 2) for x, y in path], 128 + tone // 2, random.randint(4, 8)))
    for s in (-1, 1):
        lines.append(
            (pose.all([(s * (spread - 0.55), 3.0), (s * (spread - 0.72), 3.7), (s * (spread - 0.7), 4.6)]), 84, 9)
        )
    return strokes(lines, 6, ground=128)


def _piece(
    plate: Image.Image, outline: list[Point], tone: int, light: Point, swell: float = 20, throw: float = 0.4
) -> None:
    """A piece of cloth that lies over another and throws a little shadow."""
    shape = mask(outline, 1.3)
    shadow = ImageChops.offset(blurred(shape, 5), round(-light[0] * 4), 4)
    darken(plate, shadow, throw)
    lay(plate, shape, rounded(shape, tone, swell, 0.22 + tone / 600, light))


def _button(plate: Image.Image, centre: Point, light: Point, size: float = 6.5, bright: float = 0.5) -> None:
    darken(plate, spot((centre[0] + 2, centre[1] + 3), size, size, 2), 0.5)
    lighten(plate, spot(centre, size - 1, size - 1, 1.2), bright * 0.45)
    lighten(plate, spot((centre[0] + light[0] * 2, centre[1] + light[1] * 2), 2, 2, 1.2), bright)


def _tunic(plate: Image.Image, pose: Pose, tone: int, light: Point) -> None:
    """A soldier's tunic: stand collar with a light edging, buttoned placket, breast pockets. No insignia: nobody's rank
    is invented by a picture."""
    edge = [(-0.66, 1.62), (-0.3, 1.88), (0, 1.97), (0.3, 1.88), (0.66, 1.62)]
    foot = [(0.78, 1.90), (0.4, 2.2), (0.03, 2.32), (-0.4, 2.2), (-0.78, 1.90)]
    lining = mask(
        smooth(pose.all([(x, y - 0.05) for x, y in edge] + [(x * 0.98, y + 0.05) for x, y in reversed(edge)])), 1.2
    )
    lay(plate, lining, Image.new("L", plate.size, 205))
    _piece(plate, smooth(pose.all([*edge, *foot])), tone + 10, light, 14)
    opening = strokes([(pose.all([(0.0, 1.98), (0.02, 2.4), (0.03, 5.0)]), 255, 2)], 1.4)
    darken(plate, opening, 0.5)
    placket = strokes([(pose.all([(s, 2.4), (s, 5.0)]), 150, 2) for s in (-0.17, 0.2)], 1.6)
    darken(plate, placket, 0.4)
    for below in (2.16, 2.72, 3.3, 3.9):
        _button(plate, pose.at(0.03, below), light)
    for s in (-1, 1):
        pocket = strokes(
            [
                (
                    pose.all(
                        [
                            (s * 0.62, 3.2),
                            (s * 1.5, 3.16),
                            (s * 1.5, 3.42),
                            (s * 1.06, 3.58),
                            (s * 0.62, 3.46),
                            (s * 0.62, 3.2),
                        ]
                    ),
                    200,
                    2,
                )
            ],
            1.6,
        )
        darken(plate, pocket, 0.4)
        _button(plate, pose.at(s * 1.06, 3.45), light, 5)


def _lapels(plate: Image.Image, pose: Pose, tone: int, light: Point, random: Random) -> None:
    """A coat or work jacket with a turned-down collar over a buttoned shirt."""
    shirt = smooth(
        pose.all([(-0.62, 1.66), (-0.3, 1.95), (0, 2.1), (0.3, 1.95), (0.62, 1.66), (0.5, 2.3), (0, 2.9), (-0.5, 2.3)])
    )
    _piece(plate, shirt, min(210, tone + random.choice((30, 60, 95))), light, 16)
    darken(plate, strokes([(pose.all([(0, 2.1), (0.02, 2.9)]), 220, 2)], 1.3), 0.4)
    for s in (-1, 1):
        collar = [(s * 0.60, 1.60), (s * 0.28, 1.92), (s * 0.06, 2.12), (s * 0.30, 2.36), (s * 0.52, 2.16)]
        _piece(plate, smooth(pose.all(collar), steps=5), min(215, tone + 60), light, 10, 0.3)
    for s in (-1, 1):
        lapel = [
            (s * 0.66, 1.58),
            (s * 0.86, 1.72),
            (s * 1.26, 2.22),
            (s * 1.12, 2.55),
            (s * 0.94, 2.5),
            (s * 0.9, 2.72),
            (s * 0.1, 3.55),
            (s * 0.0, 3.3),
            (s * 0.42, 2.35),
            (s * 0.58, 1.95),
        ]
        _piece(plate, smooth(pose.all(lapel), steps=4), tone + 8, light, 18)
    darken(plate, strokes([(pose.all([(0.06, 3.4), (0.08, 5.0)]), 255, 3)], 2), 0.5)
    for below in (3.55, 4.1):
        _button(plate, pose.at(0.2, below), light, 7, 0.2)


def _suit(plate: Image.Image, pose: Pose, tone: int, light: Point, random: Random) -> None:
    shirt = smooth(
        pose.all(
            [(-0.62, 1.62), (-0.3, 1.95), (0, 2.08), (0.3, 1.95), (0.62, 1.62), (0.62, 2.4), (0, 3.6), (-0.62, 2.4)]
        )
    )
    _piece(plate, shirt, 206, light, 16, 0.2)
    tie = smooth(
        pose.all(
            [
                (-0.13, 2.0),
                (0.13, 2.0),
                (0.09, 2.22),
                (0.21, 3.0),
                (0.12, 3.7),
                (-0.12, 3.7),
                (-0.18, 3.0),
                (-0.09, 2.22),
            ]
        ),
        steps=4,
    )
    _piece(plate, tie, random.choice((64, 88, 110)), light, 9, 0.3)
    for s in (-1, 1):
        collar = [(s * 0.60, 1.56), (s * 0.3, 1.86), (s * 0.05, 2.02), (s * 0.25, 2.36), (s * 0.55, 2.1)]
        _piece(plate, smooth(pose.all(collar), steps=5), 212, light, 9, 0.25)
        lapel = [
            (s * 0.66, 1.60),
            (s * 0.86, 1.76),
            (s * 1.16, 2.3),
            (s * 1.24, 2.62),
            (s * 0.98, 2.62),
            (s * 1.0, 2.86),
            (s * 0.08, 3.95),
            (s * 0.02, 3.7),
            (s * 0.44, 2.6),
            (s * 0.56, 2.05),
        ]
        _piece(plate, smooth(pose.all(lapel), steps=4), tone + 8, light, 18)


def _soft_collar(plate: Image.Image, pose: Pose, light: Point, random: Random) -> None:
    """A dress with a light turned-down collar."""
    bright = random.choice((150, 196, 208))
    length = random.uniform(0.0, 0.25)
    for s in (-1, 1):
        collar = [
            (s * 0.52, 1.76),
            (s * 0.30, 2.08),
            (s * 0.03, 2.36),
            (s * 0.30, 2.72 + length),
            (s * 0.72, 2.58 + length),
            (s * 0.88, 2.2),
            (s * 0.74, 1.9),
        ]
        _piece(plate, smooth(pose.all(collar), steps=6), bright, light, 16, 0.35)
    darken(plate, strokes([(pose.all([(0, 2.4), (0.01, 5.0)]), 190, 2)], 1.6), 0.35)
    if random.random() < 0.5:
        _button(plate, pose.at(0, 2.44), light, 9, 0.5)
    for below in (2.95, 3.45, 3.95):
        _button(plate, pose.at(0.0, below), light, 4.5, 0.3)


def _embroidered(plate: Image.Image, pose: Pose, tone: int, light: Point) -> None:
    """A linen shirt with a low collar and an embroidered front."""
    edge = [(-0.64, 1.66), (-0.3, 1.9), (0, 1.98), (0.3, 1.9), (0.64, 1.66)]
    foot = [(0.74, 1.86), (0.38, 2.12), (0, 2.22), (-0.38, 2.12), (-0.74, 1.86)]
    _piece(plate, smooth(pose.all([*edge, *foot])), tone, light, 12, 0.25)
    marks: list[tuple[list[Point], int, int]] = []
    for row in range(34):
        below = 2.2 + row * 0.085
        for s in (-0.24, 0.24):
            reach = (0.06, 0.11, 0.16, 0.11)[row % 4]
            marks.append((pose.all([(s - reach, below), (s, below + 0.045), (s + reach, below)]), 225, 2))
            marks.append((pose.all([(s - reach, below + 0.09), (s, below + 0.045), (s + reach, below + 0.09)]), 160, 2))
    for step in range(25):
        part = step / 24 * 1.2 - 0.6
        below = 2.08 - (part * part) * 0.72
        marks.append((pose.all([(part - 0.025, below - 0.04), (part + 0.025, below + 0.04)]), 220, 2))
    darken(plate, strokes(marks, 1.0), 0.62)
    darken(plate, strokes([(pose.all([(0, 2.0), (0, 5)]), 160, 2)], 1.4), 0.35)


def _gown(plate: Image.Image, pose: Pose, tone: int, light: Point) -> None:
    """A nurse's or doctor's white gown, closed at the neck."""
    edge = [(-0.6, 1.66), (-0.3, 1.88), (0, 1.95), (0.3, 1.88), (0.6, 1.66)]
    foot = [(0.74, 1.86), (0.38, 2.12), (0, 2.2), (-0.38, 2.12), (-0.74, 1.86)]
    _piece(plate, smooth(pose.all([*edge, *foot])), tone + 6, light, 12, 0.25)
    for s in (-0.5, 0.62):
        darken(plate, strokes([(pose.all([(s * 0.9, 2.3), (s, 3.2), (s * 1.05, 5)]), 190, 3)], 2.6), 0.3)
    darken(plate, strokes([(pose.all([(0.3, 2.15), (0.36, 3.2), (0.36, 5)]), 190, 2)], 1.6), 0.3)
    for below in (2.5, 3.1, 3.7):
        _button(plate, pose.at(0.22, below), light, 5, 0.2)
