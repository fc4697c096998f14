"""Hair: its mass behind and over the skull, and strands as soft streaks along the way it is combed."""

from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops

from memory_road.demo.portrait_canvas import (
    SIZE,
    Point,
    Pose,
    blurred,
    darken,
    mask,
    mirrored,
    rounded,
    smooth,
    strokes,
)


def lay(plate: Image.Image, shape: Image.Image, tones: Image.Image, cover: Image.Image | None = None) -> None:
    """Paint ``tones`` onto ``plate`` within ``shape``, and add the shape to ``cover``, the mask of the whole head."""
    plate.paste(tones, (0, 0), shape)
    if cover is not None:
        cover.paste(ImageChops.lighter(cover, shape))


def combed(
    shape: Image.Image,
    tone: int,
    flows: Sequence[tuple[Sequence[Point], Sequence[Point]]],
    light: Point,
    random: Random,
) -> Image.Image:
    """Tones of hair of ``shape``: a rounded mass with strands. Each flow is a pair of guide paths (pixels, of equal
    length) between which the strands run."""
    body = rounded(shape, tone, 30, 0.3 + tone / 300, light)
    lines: list[tuple[list[Point], int, int]] = []
    for first, last in flows:
        for _ in range(90):
            part = random.random()
            wave = random.uniform(-3, 3)
            path = [
                (a[0] + (b[0] - a[0]) * part + wave, a[1] + (b[1] - a[1]) * part + random.uniform(-1, 1))
                for a, b in zip(first, last, strict=True)
            ]
            shade = 128 + round(random.gauss(0, 26))
            lines.append((smooth(path, closed=False, steps=5), max(60, min(205, shade)), random.choice((1, 2, 2, 3))))
    streaks = strokes(lines, 1.1, ground=128)
    return ImageChops.add(body, streaks, 1, -128)


def man_hair(
    plate: Image.Image, cover: Image.Image, pose: Pose, tone: int, light: Point, random: Random, style: str
) -> None:
    """Short hair parted at one side, combed back, cropped, or thin over a high forehead."""
    side = random.choice((-1, 1))
    turn = pose.turn * 0.12
    line = {"parted": -0.86, "back": -0.92, "cropped": -0.88, "thin": -1.14}[style]
    lift = {"parted": 0.13, "back": 0.17, "cropped": 0.03, "thin": 0.03}[style]
    top = -1.44 - lift
    edge = [
        (-1.02, -0.02),
        (-1.05, -0.42),
        (-1.02 - lift * 0.3, -0.82),
        (-0.72, -1.24 - lift),
        (-0.1, top),
        (0.3, top + 0.01),
        (0.76, -1.22 - lift),
        (1.02 + lift * 0.3, -0.82),
        (1.05, -0.42),
        (1.02, -0.02),
    ]
    front = [
        (0.95, -0.1),
        (0.9, -0.42),
        (0.80 + turn, -0.66),
        (0.62 + turn, line - 0.02),
        (0.25 + turn, line - 0.04),
        (-0.15 + turn, line - 0.05),
        (-0.55 + turn, line - 0.02),
        (-0.80 + turn, -0.66),
        (-0.9, -0.42),
        (-0.95, -0.1),
    ]
    if style == "parted":
        front = [(x, y - 0.10 if 0.2 < x * side < 0.7 else y) for x, y in front]
    shape = mask(smooth(pose.all([*edge, *front])), 2.2)
    part = side * 0.48 + turn
    across = [
        (
            pose.all([(part, line), (part - side * 0.1, -1.2), (-side * 0.1, top + 0.02), (-side * 0.7, -1.3)]),
            pose.all(
                [(-side * 0.6 + turn, line + 0.05), (-side * 0.75, -0.95), (-side * 0.95, -0.8), (-side * 1.03, -0.4)]
            ),
        ),
        (
            pose.all([(part, line), (part + side * 0.1, -1.2), (side * 0.75, -1.2), (side * 1.0, -0.8)]),
            pose.all([(part + side * 0.1, line + 0.06), (side * 0.8, -0.85), (side * 0.95, -0.6), (side * 1.02, -0.1)]),
        ),
    ]
    back = [
        (
            pose.all([(-0.6 + turn, line + 0.04), (-0.66, -1.1), (-0.72, -1.25), (-0.7, -1.4)]),
            pose.all([(0.6 + turn, line + 0.04), (0.66, -1.1), (0.72, -1.25), (0.7, -1.4)]),
        ),
        (
            pose.all([(-0.85, -0.6), (-0.95, -0.6), (-1.0, -0.5), (-1.02, -0.1)]),
            pose.all([(-0.6, -0.9), (-0.8, -1.1), (-0.9, -0.95), (-1.04, -0.6)]),
        ),
        (
            pose.all([(0.85, -0.6), (0.95, -0.6), (1.0, -0.5), (1.02, -0.1)]),
            pose.all([(0.6, -0.9), (0.8, -1.1), (0.9, -0.95), (1.04, -0.6)]),
        ),
    ]
    tones = combed(shape, tone, across if style == "parted" else back, light, random)
    if style in {"cropped", "thin"}:
        shape = blurred(shape, 3).point(lambda value: value * 0.82)
    darken(plate, blurred(shape, 5), 0.25)
    lay(plate, shape, tones, cover)


def woman_hair_behind(plate: Image.Image, pose: Pose, tone: int, light: Point, random: Random, style: str) -> None:
    """What of a woman's hair is seen behind her neck and above her head: a bun, braids laid round the head or down."""
    if style == "bob":
        half = [(0, -1.6), (0.75, -1.4), (1.15, -0.8), (1.24, 0.0), (1.22, 0.6), (1.05, 0.98), (0.6, 1.05), (0, 1.0)]
        shape = mask(smooth(pose.all(mirrored(half))), 3)
        flows = [
            (
                pose.all([(s * 0.9, -1.0), (s * 1.0, -0.2), (s * 0.95, 0.5), (s * 0.8, 1.0)]),
                pose.all([(s * 1.15, -0.9), (s * 1.27, -0.1), (s * 1.25, 0.5), (s * 1.0, 1.0)]),
            )
            for s in (-1, 1)
        ]
        lay(plate, shape, combed(shape, round(tone * 0.8), flows, light, random))
    if style == "bun":
        x = pose.turn * -0.5
        bun = [
            (x, -1.98),
            (x + 0.33, -1.88),
            (x + 0.42, -1.62),
            (x + 0.2, -1.4),
            (x - 0.2, -1.4),
            (x - 0.42, -1.62),
            (x - 0.33, -1.88),
        ]
        shape = mask(smooth(pose.all(bun)), 2)
        flows = [
            (
                pose.all([(x - 0.4, -1.5), (x - 0.1, -1.9), (x + 0.4, -1.6)]),
                pose.all([(x - 0.3, -1.4), (x, -1.6), (x + 0.3, -1.4)]),
            )
        ]
        lay(plate, shape, combed(shape, round(tone * 0.9), flows, light, random))


def woman_hair(
    plate: Image.Image, cover: Image.Image, pose: Pose, tone: int, light: Point, random: Random, style: str
) -> None:
    """Hair parted and drawn to the sides, over the ears, with a plait round the head if so worn."""
    part = random.choice((-0.25, 0.0, 0.0, 0.25)) + pose.turn * 0.25
    low, wide = {"bob": (0.62, 1.14), "bun": (0.42, 1.0), "braids": (0.5, 1.06), "crown": (0.42, 1.0)}[style]
    flows: list[tuple[list[Point], list[Point]]] = []
    shape = Image.new("L", SIZE)
    for s in (-1.0, 1.0):
        inner = [
            (part, -1.0),
            (part + s * 0.32, -0.93),
            (s * 0.66, -0.72),
            (s * 0.86, -0.36),
            (s * 0.93, 0.05),
            (s * 0.97, low),
        ]
        outer = [
            (s * wide, low + 0.05),
            (s * (wide + 1.17) / 2, (low - 0.2) / 2),
            (s * 1.16, -0.3),
            (s * 1.14, -0.72),
            (s * 0.84, -1.30),
            (s * 0.36, -1.58),
            (part, -1.57),
        ]
        shape.paste(ImageChops.lighter(shape, mask(smooth(pose.all([*inner, *outer])), 2.2)))
        flows.append((pose.all(inner), pose.all([(part, -1.55), *reversed(outer[2:6][:3]), outer[1], outer[0]])))
    tones = combed(shape, tone, flows, light, random)
    tones = ImageChops.subtract(tones, strokes([(pose.all([(part, -1.55), (part * 0.9, -1.0)]), 60, 3)], 2.0))
    darken(plate, blurred(shape, 6), 0.3)
    lay(plate, shape, tones, cover)
    if style == "crown":
        _plait(
            plate,
            cover,
            smooth(
                pose.all([(-1.08, -0.72), (-0.78, -1.30), (0.0, -1.56), (0.78, -1.30), (1.08, -0.72)]),
                closed=False,
                steps=4,
            ),
            17,
            tone,
            light,
        )


def braids_down(plate: Image.Image, pose: Pose, tone: int, light: Point) -> None:
    """Two plaits over the shoulders; laid over the clothes."""
    for s in (-1, 1):
        path = smooth(
            pose.all([(s * 1.02, 0.55), (s * 1.04, 1.2), (s * 0.98, 1.9), (s * 0.95, 2.7), (s * 0.98, 3.5)]),
            closed=False,
            steps=6,
        )
        _plait(plate, None, path, 15, tone, light)


def _plait(
    plate: Image.Image, cover: Image.Image | None, path: list[Point], breadth: float, tone: int, light: Point
) -> None:
    """Overlapping strands along ``path``, each laid over the one before."""
    for index in range(len(path) - 1):
        (x, y), (next_x, next_y) = path[index], path[index + 1]
        along_x, along_y = next_x - x, next_y - y
        length = max(1.0, (along_x**2 + along_y**2) ** 0.5)
        along_x, along_y = along_x / length, along_y / length
        side = 1 if index % 2 else -1
        knot = [
            (
                x + a * along_x * breadth - b * along_y * breadth * side,
                y + a * along_y * breadth + b * along_x * breadth * side,
            )
            for a, b in ((-0.7, -0.5), (0.2, -0.75), (0.95, 0.1), (0.75, 0.75), (-0.1, 0.7), (-0.7, 0.2))
        ]
        shape = mask(smooth(knot), 1.3)
        lay(plate, shape, rounded(shape, tone, 14, 0.9, light), cover)
