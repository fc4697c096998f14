"""Scarves, spectacles and moustaches, laid over hair and face, and what every hat is made of."""

from random import Random

from PIL import Image, ImageChops, ImageFilter

from memory_road.demo.portrait_canvas import (
    SIZE,
    Point,
    Pose,
    blurred,
    darken,
    lighten,
    mask,
    rounded,
    smooth,
    spot,
    strokes,
)
from memory_road.demo.portrait_hair import lay

Cover = Image.Image


def lay_cloth(
    plate: Image.Image,
    cover: Cover,
    outline: list[Point],
    tone: int,
    light: Point,
    swell: float = 40,
    throw: float = 0.5,
) -> Image.Image:
    """One piece of a hat: its shadow on what is below, then itself. Returns its mask."""
    shape = mask(outline, 1.5)
    shadow = ImageChops.offset(blurred(shape, 7), round(-light[0] * 5), 8)
    darken(plate, shadow, throw)
    lay(plate, shape, rounded(shape, tone, swell, 0.30 + tone / 420, light), cover)
    return shape


def sew(
    plate: Image.Image, shape: Image.Image, paths: list[list[Point]], breadth: int, soft: float, share: float
) -> None:
    lines = strokes([(path, 255, breadth) for path in paths], soft)
    darken(plate, ImageChops.multiply(lines, shape), share)


def badge(plate: Image.Image, centre: Point, light: Point) -> None:
    darken(plate, spot((centre[0] + 1, centre[1] + 2), 9, 9, 2.5), 0.45)
    lighten(plate, spot((centre[0] + light[0] * 2, centre[1] + light[1] * 2), 4, 4, 3), 0.35)


def headscarf(plate: Image.Image, cover: Cover, pose: Pose, light: Point, random: Random) -> None:
    """A kerchief over the hair, knotted under the chin."""
    tone = random.choice((70, 120, 168, 196))
    t = pose.turn * 0.1
    outer = [
        (t, -1.66),
        (0.62, -1.52),
        (1.08, -1.02),
        (1.25, -0.3),
        (1.22, 0.5),
        (1.05, 1.12),
        (0.62, 1.62),
        (0.2, 1.86),
    ]
    inner = [
        (0.12, 1.70),
        (0.36, 1.58),
        (0.66, 1.22),
        (0.88, 0.72),
        (0.94, 0.1),
        (0.9, -0.4),
        (0.72, -0.78),
        (0.36, -0.92),
        (t, -0.97),
    ]
    ring = [
        *outer,
        *inner,
        *((-x + 2 * t if y < -1 else -x, y) for x, y in reversed(inner[:-1])),
        *((-x, y) for x, y in reversed(outer[1:])),
    ]
    shape = lay_cloth(plate, cover, smooth(pose.all(ring), steps=7), tone, light, 30, 0.5)
    folds = [
        smooth(pose.all([(s * a, -1.5 + b), (s * (a + 0.5), -0.5), (s * 1.05, 0.4), (s * 0.5, 1.6)]), closed=False)
        for s in (-1, 1)
        for a, b in ((0.1, 0.05), (0.42, 0.12), (0.2, 0.4))
    ]
    sew(plate, shape, folds, 6, 4, 0.32)
    if random.random() < 0.6:
        _dots(plate, shape, pose, random, tone)
    for s in (-1, 1):
        tail = [
            (0, 1.62),
            (s * 0.22, 1.68),
            (s * random.uniform(0.5, 0.62), 2.3),
            (s * random.uniform(0.22, 0.36), 2.5),
            (s * 0.06, 1.95),
        ]
        end = lay_cloth(plate, cover, smooth(pose.all(tail), steps=6), tone + 4, light, 14, 0.35)
        sew(plate, end, [pose.all([(s * 0.06, 1.7), (s * 0.35, 2.4)])], 4, 3, 0.35)
    lay_cloth(
        plate,
        cover,
        smooth(pose.all([(-0.15, 1.6), (0.0, 1.54), (0.15, 1.6), (0.13, 1.84), (0, 1.9), (-0.13, 1.84)])),
        tone + 8,
        light,
        10,
        0.45,
    )


def _dots(plate: Image.Image, shape: Image.Image, pose: Pose, random: Random, tone: int) -> None:
    pattern = Image.new("L", SIZE)
    for row in range(26):
        for column in range(20):
            x, y = -1.4 + column * 0.15 + (row % 2) * 0.075, -1.8 + row * 0.15
            centre = pose.at(x + random.uniform(-0.012, 0.012), y)
            pattern.paste(170, (round(centre[0]) - 1, round(centre[1]) - 1, round(centre[0]) + 2, round(centre[1]) + 2))
    pattern = ImageChops.multiply(pattern.filter(ImageFilter.GaussianBlur(1)), shape)
    if tone > 130:
        darken(plate, pattern, 0.7)
    else:
        lighten(plate, pattern, 0.45)


def nurse_kerchief(plate: Image.Image, cover: Cover, pose: Pose, light: Point, random: Random) -> None:
    """A white kerchief bound low over the forehead and tied behind."""
    t = pose.turn * 0.15
    tone = random.randint(198, 214)
    right = [
        (t, -1.60),
        (0.55, -1.52),
        (0.93, -1.14),
        (1.05, -0.6),
        (1.07, 0.0),
        (1.0, 0.5),
        (0.93, 0.5),
        (0.965, 0.0),
        (0.93, -0.45),
        (0.76 + t * 0.5, -0.78),
        (0.4 + t, -0.93),
        (t, -0.97),
    ]
    outline = [*right, *((-x + 2 * t if y < -0.8 else -x, y) for x, y in reversed(right[1:-1]))]
    shape = lay_cloth(plate, cover, smooth(pose.all(outline), steps=7), tone, light, 26, 0.45)
    hem = smooth(
        pose.all(
            [(-0.98, -0.1), (-0.92, -0.6), (-0.7 + t, -0.92), (t, -1.06), (0.7 + t, -0.92), (0.92, -0.6), (0.98, -0.1)]
        ),
        closed=False,
    )
    s = random.choice((-1, 1))
    folds = [
        smooth(
            pose.all(
                [(s * 0.98, -0.35), (s * 0.7 + t, -0.98 - a), (s * 0.1 + t, -1.2 - a), (-s * 0.5, -1.3 - a * 0.6)]
            ),
            closed=False,
        )
        for a in (0.02, 0.14, 0.27)
    ]
    folds += [
        smooth(pose.all([(side * 1.0, -0.6), (side * 1.03, 0.0), (side * 0.98, 0.45)]), closed=False)
        for side in (-1, 1)
    ]
    sew(plate, shape, [hem], 2, 1.2, 0.28)
    sew(plate, shape, folds, 4, 3, 0.3)


def moustache(plate: Image.Image, pose: Pose, tone: int, random: Random, nose_foot: float) -> None:
    lean = pose.turn * 0.2
    lines: list[tuple[list[Point], int, int]] = []
    reach, drop = random.uniform(0.34, 0.46), random.uniform(0.2, 0.3)
    for s in (-1, 1):
        for _ in range(60):
            start = (lean + s * random.uniform(0.0, 0.22), nose_foot + random.uniform(0.10, 0.17))
            end = (
                lean + s * (abs(start[0] - lean) + random.uniform(0.08, reach - 0.2)),
                nose_foot + random.uniform(0.19, drop),
            )
            lines.append((pose.all([start, end]), 200, 2))
    shape = strokes(lines, 1.6)
    darken(plate, shape, 0.72 if tone < 120 else 0.4)
    if tone >= 120:
        lighten(plate, strokes(lines[::3], 1.2), 0.25)


def glasses(plate: Image.Image, pose: Pose, light: Point, eye_gap: float) -> None:
    """Round wire spectacles."""
    rims: list[tuple[list[Point], int, int]] = []
    for s in (-1, 1):
        middle = s * eye_gap + pose.turn * 0.18
        across = 0.27 * (1 - 0.12 * s * pose.turn)
        ring = [
            (middle + across * a, 0.02 + 0.25 * b)
            for a, b in ((1, 0), (0.71, 0.71), (0, 1), (-0.71, 0.71), (-1, 0), (-0.71, -0.71), (0, -1), (0.71, -0.71))
        ]
        path = smooth(pose.all(ring))
        rims.append(([*path, path[0]], 255, 2))
        rims.append((pose.all([(middle + s * across, -0.02), (s * 0.99, -0.1)]), 200, 2))
        lighten(plate, ImageChops.multiply(mask(path), spot(pose.at(middle + light[0] * 0.1, -0.1), 14, 8, 6)), 0.16)
    bridge = pose.turn * 0.18
    rims.append(
        (smooth(pose.all([(bridge - 0.14, -0.02), (bridge, -0.07), (bridge + 0.14, -0.02)]), closed=False), 255, 2)
    )
    darken(plate, strokes([([(x + 1, y + 3) for x, y in path], tone, breadth) for path, tone, breadth in rims], 2), 0.2)
    darken(plate, strokes(rims, 0.8), 0.62)
