"""Photographs of places that never were: the edge of a birch wood, a road, a village, a workshop."""

from enum import StrEnum
from random import Random
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from memory_road.demo.portrait_canvas import Point, smooth
from memory_road.demo.portrait_layer import PLATE, laid
from memory_road.demo.portrait_print import clouds, print_of
from memory_road.demo.portrait_workshop import workshop

SCENE_SIZE: Final = (1200, 900)


class Place(StrEnum):
    BIRCHES = "birches"
    ROAD = "road"
    VILLAGE = "village"
    WORKSHOP = "workshop"


def draw_scene(seed: str, place: Place | None = None) -> Image.Image:
    """A soft aged photograph, RGB, 1200 by 900 pixels, of ``place`` or of one chosen by ``seed``."""
    random = Random(f"scene {seed}")
    chosen = place or random.choice(list(Place))
    plate = workshop(random) if chosen is Place.WORKSHOP else _land(random, chosen)
    plate = plate.filter(ImageFilter.GaussianBlur(0.7))
    return print_of(plate, SCENE_SIZE, random, wear=random.uniform(0.3, 0.9))


def _sky(random: Random) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(PLATE).point([round(168 + value * 58 / 255) for value in range(256)])
    drift = clouds(PLATE, 5, random).resize((300, 60)).resize(PLATE, Image.Resampling.BICUBIC)
    return ImageChops.add(ramp, drift.point([round(128 + (value - 128) * 0.12) for value in range(256)]), 1, -128)


def _ridge(random: Random, level: float, rough: float, tufts: bool) -> list[Point]:
    points: list[Point] = [(-5.0, 460.0)]
    height = level
    for x in range(-5, 612, 6 if tufts else 40):
        height += random.gauss(0, rough) + (level - height) * 0.25
        points.append((float(x), height))
    return [*points, (605.0, 460.0)]


def _land(random: Random, place: Place) -> Image.Image:
    plate = _sky(random)
    horizon = random.uniform(205, 250)
    for distance, tone in ((0, 158), (1, 132), (2, 104)):
        ridge = _ridge(random, horizon - 16 + distance * 9, 2.6 + distance, tufts=True)
        laid(plate, tone, 2.6 - distance * 0.6, lambda pen, ridge=ridge: pen.polygon(ridge, fill=255))
    ground = smooth(_ridge(random, horizon + 22, 2, tufts=False), closed=False, steps=4)
    laid(plate, random.randint(128, 150), 1.5, lambda pen: pen.polygon([*ground, (605, 460), (-5, 460)], fill=255))
    _grass(plate, horizon + 26, random)
    {Place.BIRCHES: _birches, Place.ROAD: _road, Place.VILLAGE: _village}[place](plate, horizon + 22, random)
    return plate


def _grass(plate: Image.Image, top: float, random: Random) -> None:
    layer = Image.new("L", PLATE, 128)
    pen = ImageDraw.Draw(layer)
    for _ in range(1100):
        y = top + (450 - top) * random.random() ** 0.8
        near = (y - top) / (450 - top)
        x, reach = random.uniform(0, 600), 2 + 13 * near
        pen.line(
            [(x, y), (x + random.uniform(-0.4, 0.4) * reach, y - reach)],
            fill=128 + round(random.gauss(-4, 20)),
            width=1 + round(near),
        )
    plate.paste(ImageChops.add(plate, layer.filter(ImageFilter.GaussianBlur(1)), 1, -128))


def _crown(plate: Image.Image, x: float, y: float, reach: float, tone: int, random: Random) -> None:
    def draw(pen: ImageDraw.ImageDraw) -> None:
        for _ in range(240):
            a, b = random.gauss(0, reach * 0.5), random.gauss(0, reach * 0.62)
            size = random.uniform(1.5, 5)
            pen.ellipse(
                (x + a - size, y + b - size * 0.7, x + a + size, y + b + size * 0.7), fill=random.randint(90, 230)
            )

    laid(plate, tone, 1.8, draw)


def _birches(plate: Image.Image, ground: float, random: Random) -> None:
    trunks = sorted((random.uniform(0, 1) ** 1.3, random.uniform(-10, 610)) for _ in range(13))
    for near, x in trunks:
        foot = ground + 10 + near * 150
        breadth = 3 + near * 11
        lean = random.gauss(0, 9)
        _crown(plate, x + lean, 60 - near * 30, 46 + near * 50, round(104 - near * 34), random)
        edges = [
            (x - breadth / 2, foot),
            (x + lean - breadth * 0.28, -10),
            (x + lean + breadth * 0.28, -10),
            (x + breadth / 2, foot),
        ]
        laid(plate, round(196 + near * 26), 0.9, lambda pen, edges=edges: pen.polygon(edges, fill=255))
        laid(
            plate,
            96,
            1.6,
            lambda pen, x=x, foot=foot, breadth=breadth, lean=lean: pen.line(
                [(x + breadth * 0.4, foot), (x + lean + breadth * 0.22, -10)],
                fill=150,
                width=max(1, round(breadth * 0.3)),
            ),
        )

        def bark(
            pen: ImageDraw.ImageDraw, x: float = x, foot: float = foot, breadth: float = breadth, lean: float = lean
        ) -> None:
            for _ in range(round(10 + foot / 14)):
                y = random.uniform(0, foot)
                middle = x + lean * (1 - y / foot)
                side = random.choice((-1, 1)) * breadth * 0.22
                half = breadth * random.uniform(0.1, 0.3)
                pen.line(
                    [(middle + side - half, y), (middle + side + half, y + random.uniform(-1, 1))],
                    fill=random.randint(120, 235),
                    width=random.choice((1, 2, 2, 3)),
                )

        laid(plate, 48, 0.8, bark)


def _road(plate: Image.Image, ground: float, random: Random) -> None:
    end, bend = random.uniform(220, 380), random.uniform(-60, 60)

    def edge(near_x: float, spread: float) -> list[Point]:
        return smooth(
            [(end + spread, ground), (end + bend + spread * 6, ground + 40), (near_x, 460)], closed=False, steps=14
        )

    left, right = edge(90, -2), edge(520, 2)
    laid(plate, 178, 2.5, lambda pen: pen.polygon([*left, *reversed(right)], fill=255))
    for near_x in (190, 375):
        inner, outer = edge(near_x, -0.5), edge(near_x + 52, 0.5)
        laid(plate, 126, 2.2, lambda pen, inner=inner, outer=outer: pen.polygon([*inner, *reversed(outer)], fill=190))
    _grass(plate, ground + 30, random)
    for number in range(6):
        near = (number / 5) ** 2
        x, foot = end - 18 - near * 250, ground + 2 + near * 90
        tall = 24 + near * 260

        def pole(
            pen: ImageDraw.ImageDraw, x: float = x, foot: float = foot, tall: float = tall, near: float = near
        ) -> None:
            pen.line([(x, foot), (x + 1, foot - tall)], fill=235, width=1 + round(near * 5))
            pen.line(
                [(x - tall * 0.09, foot - tall * 0.9), (x + tall * 0.09, foot - tall * 0.91)],
                fill=220,
                width=1 + round(near * 3),
            )

        laid(plate, 62, 0.8, pole)


def _village(plate: Image.Image, ground: float, random: Random) -> None:
    houses = sorted(
        (random.uniform(0.15, 0.6) + number * 0.1, random.uniform(-30, 120) + number * 130) for number in range(4)
    )
    for near, x in houses:
        foot, size = ground + 8 + near * 62, 46 + near * 74
        _crown(plate, x + size * 1.2, foot - size * 1.1, size * 0.55, 92, random)
        wall = [(x, foot), (x, foot - size * 0.55), (x + size, foot - size * 0.55), (x + size, foot)]
        laid(plate, 92, 0.8, lambda pen, wall=wall: pen.polygon(wall, fill=255))

        def logs(pen: ImageDraw.ImageDraw, x: float = x, foot: float = foot, size: float = size) -> None:
            for row in range(8):
                y = foot - size * 0.55 * row / 8
                pen.line([(x, y), (x + size, y)], fill=150, width=1)

        laid(plate, 58, 0.7, logs)
        roof = [
            (x - size * 0.12, foot - size * 0.53),
            (x + size * 0.2, foot - size * 1.05),
            (x + size * 0.8, foot - size * 1.05),
            (x + size * 1.12, foot - size * 0.53),
        ]
        laid(plate, 74, 0.9, lambda pen, roof=roof: pen.polygon(roof, fill=255))
        laid(plate, 134, 3, lambda pen, roof=roof: pen.line(roof[1:3], fill=200, width=4))
        for share in (0.2, 0.5, 0.8):
            left, top = x + size * share - size * 0.07, foot - size * 0.4
            laid(
                plate,
                186,
                0.8,
                lambda pen, left=left, top=top, size=size: pen.rectangle(
                    (left - 2, top - 2, left + size * 0.14 + 2, top + size * 0.2 + 2), outline=255, width=2
                ),
            )
            laid(
                plate,
                36,
                0.8,
                lambda pen, left=left, top=top, size=size: pen.rectangle(
                    (left, top, left + size * 0.14, top + size * 0.2), fill=255
                ),
            )
    fence = ground + 118

    def pales(pen: ImageDraw.ImageDraw) -> None:
        for x in range(-4, 606, 13):
            pen.line(
                [(x, fence + 34), (x + random.uniform(-2, 2), fence - 14 + random.uniform(-5, 5))],
                fill=random.randint(160, 255),
                width=5,
            )
        pen.line([(0, fence), (600, fence + 3)], fill=220, width=4)

    laid(plate, 84, 1.2, pales)
