"""Caps and hats, laid over the hair. No badge is more than a dull spot: nobody's service is invented by a picture."""

from random import Random

from PIL import Image, ImageChops, ImageFilter

from memory_road.demo.portrait_canvas import (
    Point,
    Pose,
    lighten,
    smooth,
    strokes,
)
from memory_road.demo.portrait_headwear import badge, lay_cloth, sew

Cover = Image.Image


def side_cap(plate: Image.Image, cover: Cover, pose: Pose, light: Point, random: Random) -> None:
    """The garrison cap, worn aslant."""
    s = random.choice((-1, 1))
    tone = random.randint(88, 112)
    crown = [
        (-s * 0.98, -0.78),
        (-s * 1.0, -1.2),
        (-s * 0.55, -1.72),
        (s * 0.1, -2.02),
        (s * 0.72, -1.86),
        (s * 1.12, -1.3),
        (s * 1.06, -0.98),
        (0, -0.93),
    ]
    top = lay_cloth(plate, cover, smooth(pose.all(crown)), tone, light)
    sew(
        plate, top, [smooth(pose.all([(-s * 0.7, -1.45), (s * 0.12, -1.95), (s * 0.9, -1.6)]), closed=False)], 6, 5, 0.3
    )
    flap = [
        (-s * 1.04, -0.62),
        (-s * 1.06, -0.92),
        (-s * 0.5, -1.3),
        (s * 0.12, -1.5),
        (s * 0.6, -1.42),
        (s * 1.12, -1.18),
        (s * 1.1, -0.88),
        (s * 0.4, -0.86),
        (-s * 0.4, -0.72),
    ]
    lay_cloth(plate, cover, smooth(pose.all(flap)), tone + 12, light, 26, 0.4)
    badge(plate, pose.at(s * 0.1, -1.14), light)


def peaked_cap(plate: Image.Image, cover: Cover, pose: Pose, light: Point, random: Random) -> None:
    """A service cap: broad crown, darker band, dark shining peak."""
    tone = random.randint(92, 118)
    t = pose.turn * 0.18
    crown = [
        (t, -1.98),
        (t + 0.75, -1.92),
        (1.34 + t, -1.62),
        (1.32 + t * 0.6, -1.36),
        (1.02, -1.05),
        (0.0, -0.98),
        (-1.02, -1.05),
        (-1.32 + t * 0.6, -1.36),
        (-1.34 + t, -1.62),
        (t - 0.75, -1.92),
    ]
    shape = lay_cloth(plate, cover, smooth(pose.all(crown)), tone, light, 46)
    sew(
        plate, shape, [smooth(pose.all([(-1.25 + t, -1.5), (0 + t, -1.4), (1.25 + t, -1.5)]), closed=False)], 4, 3, 0.35
    )
    band = [
        (-1.04, -1.16),
        (-0.5, -1.24),
        (0, -1.26),
        (0.5, -1.24),
        (1.04, -1.16),
        (1.03, -0.80),
        (0.5, -0.86),
        (0, -0.87),
        (-0.5, -0.86),
        (-1.03, -0.80),
    ]
    lay_cloth(plate, cover, smooth(pose.all(band), steps=5), tone - 40, light, 24, 0.25)
    peak = [
        (-0.86, -0.92),
        (-0.4, -0.95),
        (t, -0.96),
        (0.4, -0.95),
        (0.86, -0.92),
        (0.80 + t, -0.60),
        (0.42 + t, -0.42),
        (t * 1.6, -0.37),
        (-0.42 + t, -0.42),
        (-0.80 + t, -0.60),
    ]
    lay_cloth(plate, cover, smooth(pose.all(peak)), 30, light, 12, 0.66)
    shine = smooth(pose.all([(-0.55 + t + light[0] * 0.1, -0.72), (t, -0.62), (0.35 + t, -0.66)]), closed=False)
    lighten(plate, strokes([(shine, 255, 4)], 3.5), 0.25)
    badge(plate, pose.at(t, -1.07), light)


def fur_hat(plate: Image.Image, cover: Cover, pose: Pose, light: Point, random: Random) -> None:
    """A winter hat with its flaps tied up."""
    tone = random.randint(60, 96)
    crown = [
        (0, -2.0),
        (0.6, -1.92),
        (1.0, -1.55),
        (1.05, -1.1),
        (0, -1.0),
        (-1.05, -1.1),
        (-1.0, -1.55),
        (-0.6, -1.92),
    ]
    lay_cloth(plate, cover, smooth(pose.all(crown)), tone + 14, light, 40)
    for outline in (
        [(-1.08, -0.74), (-1.22, -1.1), (-1.16, -1.62), (-0.9, -1.72), (-0.72, -1.2), (-0.74, -0.8)],
        [(1.08, -0.74), (1.22, -1.1), (1.16, -1.62), (0.9, -1.72), (0.72, -1.2), (0.74, -0.8)],
        [
            (-0.92, -0.76),
            (-0.9, -1.36),
            (-0.4, -1.50),
            (0, -1.53),
            (0.4, -1.50),
            (0.9, -1.36),
            (0.92, -0.76),
            (0.4, -0.83),
            (0, -0.85),
            (-0.4, -0.83),
        ],
    ):
        shape = lay_cloth(plate, cover, smooth(pose.all(outline)), tone, light, 26, 0.45).filter(
            ImageFilter.GaussianBlur(2)
        )
        hairs: list[tuple[list[Point], int, int]] = []
        xs, ys = [point[0] for point in outline], [point[1] for point in outline]
        for _ in range(170):
            x, y = random.uniform(min(xs), max(xs)), random.uniform(min(ys), max(ys))
            dx, dy = random.uniform(-0.05, 0.05) + x * 0.03, random.uniform(-0.11, 0.02)
            hairs.append((pose.all([(x, y), (x + dx, y + dy)]), 128 + random.randint(-46, 40), random.choice((1, 2))))
        fur = ImageChops.add(plate, strokes(hairs, 0.8, ground=128), 1, -128)
        plate.paste(fur, (0, 0), shape)
    badge(plate, pose.at(pose.turn * 0.15, -1.18), light)


def flat_cap(plate: Image.Image, cover: Cover, pose: Pose, light: Point, random: Random) -> None:
    tone = random.randint(66, 104)
    t = pose.turn * 0.15
    s = random.choice((-1, 1))
    crown = [
        (t, -1.80),
        (0.62 + t, -1.75),
        (1.2 + t, -1.45 - 0.06 * s),
        (1.24, -1.14),
        (0.98, -0.82),
        (0.4, -0.86),
        (0, -0.88),
        (-0.4, -0.86),
        (-0.98, -0.82),
        (-1.24, -1.14),
        (-1.2 + t, -1.45 + 0.06 * s),
        (-0.62 + t, -1.75),
    ]
    shape = lay_cloth(plate, cover, smooth(pose.all(crown)), tone, light, 44)
    seams = [smooth(pose.all([(t, -1.78), (x * 0.5, -1.5), (x, -1.0)]), closed=False) for x in (-0.8, -0.2, 0.45)]
    sew(plate, shape, seams, 3, 2.5, 0.22)
    peak = [
        (-0.84, -0.88),
        (-0.4, -1.0),
        (t, -1.03),
        (0.4, -1.0),
        (0.84, -0.88),
        (0.66 + t, -0.64),
        (0.3 + t, -0.54),
        (-0.3 + t, -0.54),
        (-0.66 + t, -0.64),
    ]
    lay_cloth(plate, cover, smooth(pose.all(peak)), tone + 6, light, 18, 0.6)


def beret(plate: Image.Image, cover: Cover, pose: Pose, light: Point, random: Random) -> None:
    """A dark beret, worn by women of the signals and of the transport, and by students."""
    s = random.choice((-1, 1))
    tone = random.randint(46, 74)
    crown = [
        (-s * 0.95, -0.86),
        (-s * 1.1, -1.15),
        (-s * 0.7, -1.68),
        (s * 0.1, -1.98),
        (s * 0.9, -1.85),
        (s * 1.38, -1.4),
        (s * 1.3, -1.02),
        (s * 0.98, -0.9),
        (s * 0.3, -1.05),
        (-s * 0.4, -1.02),
    ]
    shape = lay_cloth(plate, cover, smooth(pose.all(crown)), tone, light, 40)
    sew(
        plate,
        shape,
        [
            smooth(pose.all([(s * 0.9, -1.0), (s * 0.4, -1.35), (-s * 0.4, -1.4)]), closed=False),
            smooth(pose.all([(s * 1.2, -1.1), (s * 0.7, -1.6), (0, -1.7)]), closed=False),
        ],
        8,
        6,
        0.35,
    )


def skull_cap(plate: Image.Image, cover: Cover, pose: Pose, light: Point, random: Random) -> None:
    """A stitched cap of Central Asia."""
    tone = random.randint(52, 74)
    t = pose.turn * 0.15
    crown = [
        (t, -1.86),
        (0.5 + t, -1.82),
        (0.84, -1.55),
        (0.98, -1.0),
        (0.5, -1.04),
        (t, -1.06),
        (-0.5, -1.04),
        (-0.98, -1.0),
        (-0.84, -1.55),
        (-0.5 + t, -1.82),
    ]
    shape = lay_cloth(plate, cover, smooth(pose.all(crown)), tone, light, 34)
    stitch: list[tuple[list[Point], int, int]] = []
    for number in range(5):
        x = -0.8 + number * 0.4 + t
        for reach in (0.06, 0.11):
            stitch.append(
                (
                    smooth(
                        pose.all(
                            [
                                (x - reach, -1.18),
                                (x - reach * 0.4, -1.42 - reach),
                                (x, -1.5 - reach),
                                (x + reach * 0.4, -1.42 - reach),
                                (x + reach, -1.18),
                            ]
                        ),
                        closed=False,
                    ),
                    190,
                    2,
                )
            )
    stitch.append((smooth(pose.all([(-0.97, -1.08), (0, -1.13), (0.97, -1.08)]), closed=False), 190, 2))
    lighten(plate, ImageChops.multiply(strokes(stitch, 0.9), shape), 0.5)
