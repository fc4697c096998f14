"""The plate on which a portrait is drawn: its size, the sitter's pose, smooth outlines and soft masks."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH: Final = 480
HEIGHT: Final = 600
SIZE: Final = (WIDTH, HEIGHT)
UNIT: Final = 91.0
"""Pixels of the plate in half the breadth of a face, the unit in which a sitter is measured."""

Point: TypeAlias = tuple[float, float]
Stroke: TypeAlias = tuple[Sequence[Point], int, int]
"""A path in pixels, a tone and a breadth."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the middle of the line of the eyes stands (pixels), how far the head is turned (-1 left … 1 right) and
    tilted (degrees)."""

    x: float
    y: float
    turn: float
    tilt: float

    def at(self, right: float, below: float) -> Point:
        """The pixel of a point given in face units from the middle of the line of the eyes."""
        return self.x + right * UNIT, self.y + below * UNIT

    def all(self, points: Sequence[Point]) -> list[Point]:
        return [self.at(*point) for point in points]


def smooth(points: Sequence[Point], closed: bool = True, steps: int = 10) -> list[Point]:
    """Catmull-Rom curve through ``points``."""
    count = len(points)
    path: list[Point] = []
    for index in range(count if closed else count - 1):
        if closed:
            before, start, end, after = (points[(index + shift) % count] for shift in (-1, 0, 1, 2))
        else:
            before, after = points[max(index - 1, 0)], points[min(index + 2, count - 1)]
            start, end = points[index], points[index + 1]
        for step in range(steps):
            t = step / steps
            path.append(
                (_spline(before[0], start[0], end[0], after[0], t), _spline(before[1], start[1], end[1], after[1], t))
            )
    if not closed:
        path.append(points[-1])
    return path


def _spline(before: float, start: float, end: float, after: float, t: float) -> float:
    return 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t * t
        + (3 * start - before - 3 * end + after) * t * t * t
    )


def mirrored(half: Sequence[Point]) -> list[Point]:
    """A closed outline from its right half, given from top to bottom."""
    return [*half, *((-x, y) for x, y in reversed(half) if abs(x) > 1e-6)]


def mask(outline: Sequence[Point], soft: float = 1.2) -> Image.Image:
    """The inside of ``outline`` (pixels) with an edge ``soft`` pixels wide."""
    return _softly(
        outline, soft, 0, lambda pen, shift: pen.polygon([(x - shift[0], y - shift[1]) for x, y in outline], fill=255)
    )


def spot(centre: Point, across: float, down: float, soft: float) -> Image.Image:
    """A soft ellipse with half axes ``across`` and ``down`` in pixels."""
    (x, y), corners = centre, [(centre[0] - across, centre[1] - down), (centre[0] + across, centre[1] + down)]

    def draw(pen: ImageDraw.ImageDraw, shift: tuple[int, int]) -> None:
        pen.ellipse((x - across - shift[0], y - down - shift[1], x + across - shift[0], y + down - shift[1]), fill=255)

    return _softly(corners, soft, 0, draw)


def strokes(paths: Sequence[Stroke], soft: float, ground: int = 0) -> Image.Image:
    """Soft lines on ``ground``."""

    def draw(pen: ImageDraw.ImageDraw, shift: tuple[int, int]) -> None:
        for path, tone, breadth in paths:
            pen.line([(x - shift[0], y - shift[1]) for x, y in path], fill=tone, width=breadth, joint="curve")

    return _softly([point for path, _, _ in paths for point in path], soft, ground, draw)


def _softly(
    points: Sequence[Point], soft: float, ground: int, draw: Callable[[ImageDraw.ImageDraw, tuple[int, int]], None]
) -> Image.Image:
    """A plate of ``ground`` with a drawing around ``points``, blurred; only that part is worked on."""
    plate = Image.new("L", SIZE, ground)
    margin = round(soft * 3) + 6
    left = max(-margin, round(min(x for x, _ in points)) - margin)
    top = max(-margin, round(min(y for _, y in points)) - margin)
    right = min(WIDTH + margin, round(max(x for x, _ in points)) + margin)
    bottom = min(HEIGHT + margin, round(max(y for _, y in points)) + margin)
    if right > left and bottom > top:
        part = Image.new("L", (right - left, bottom - top), ground)
        draw(ImageDraw.Draw(part), (left, top))
        plate.paste(blurred(part, soft), (left, top))
    return plate


def blurred(picture: Image.Image, soft: float) -> Image.Image:
    """``picture`` blurred by ``soft`` pixels; a wide blur is made on a smaller copy, which nobody can tell."""
    if soft < 5 or min(picture.size) < 40:
        return picture.filter(ImageFilter.GaussianBlur(soft))
    share = 2 if soft < 12 else 4
    small = picture.resize((picture.width // share, picture.height // share), Image.Resampling.BOX)
    return small.filter(ImageFilter.GaussianBlur(soft / share)).resize(picture.size, Image.Resampling.BILINEAR)


def rounded(shape: Image.Image, tone: int, swell: float, strength: float, light: Point) -> Image.Image:
    """The tones of a body of ``shape``, swelling over ``swell`` pixels towards its middle, lit from the direction
    ``light`` (a unit vector on the plate)."""
    share = 4 if swell > 16 else 2
    small = shape.resize((WIDTH // share, HEIGHT // share), Image.Resampling.BOX).filter(
        ImageFilter.GaussianBlur(swell / share)
    )
    reach = max(1.0, swell / share / 1.6)
    step = round(light[0] * reach), round(light[1] * reach)
    shade = ImageChops.subtract(
        _shifted(small, *step), _shifted(small, -step[0], -step[1]), 1 / max(strength, 0.01), tone
    )
    return shade.resize(SIZE, Image.Resampling.BILINEAR)


def _shifted(picture: Image.Image, right: int, below: int) -> Image.Image:
    moved = picture.copy()
    moved.paste(picture, (right, below))
    return moved


def darken(plate: Image.Image, where: Image.Image, share: float) -> None:
    """Shade ``plate`` in place where ``where`` is white, by ``share`` of its light."""
    box = where.getbbox()
    if box:
        shade = where.crop(box).point(lambda value: 255 - value * share)
        plate.paste(ImageChops.multiply(plate.crop(box), shade), box)


def lighten(plate: Image.Image, where: Image.Image, share: float) -> None:
    """Light ``plate`` in place where ``where`` is white, by ``share`` of what it lacks."""
    box = where.getbbox()
    if box:
        glow = where.crop(box).point(lambda value: value * share)
        plate.paste(ImageChops.screen(plate.crop(box), glow), box)


def direction(degrees: float) -> Point:
    """The unit vector at ``degrees`` anticlockwise from the right, on a plate whose y grows downwards."""
    return math.cos(math.radians(degrees)), -math.sin(math.radians(degrees))
