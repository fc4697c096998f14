"""A workshop: a long hall with windows on one side, beams above, machines in rows, the far end in haze."""

from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from memory_road.demo.portrait_canvas import Point
from memory_road.demo.portrait_layer import PLATE, laid


def workshop(random: Random) -> Image.Image:
    """A long hall: windows on one side, beams above, machines in rows, the far end in haze."""
    plate = Image.new("L", PLATE, 92)
    x, y = random.uniform(255, 345), random.uniform(195, 225)
    side = random.choice((0.0, 600.0))
    floor, far = [(x - 46, y + 36), (x + 46, y + 36), (700, 460), (-100, 460)], (x - 46, y - 48, x + 46, y + 36)
    laid(plate, 124, 3, lambda pen: pen.polygon(floor, fill=255))
    laid(plate, 60, 3, lambda pen: pen.polygon([(x - 46, y - 48), (x + 46, y - 48), (700, -60), (-100, -60)], fill=255))
    laid(plate, 196, 6, lambda pen: pen.rectangle(far, fill=255))

    def towards(near: float, across: float, up: float) -> Point:
        """A point of the hall: ``near`` from the far wall 0 to the lens 1, across -1 … 1, up 0 … 1."""
        scale = 1 + near * near * 7
        return x + across * 46 * scale, y + 36 * scale - up * 84 * scale

    wall = 1.0 if side else -1.0
    for number in range(7):
        near, further = 0.12 + number * 0.13, 0.12 + number * 0.13 + 0.085
        pane = [
            towards(near, wall, 0.42),
            towards(near, wall, 0.88),
            towards(further, wall, 0.88),
            towards(further, wall, 0.42),
        ]
        laid(plate, 236, 2.2, lambda pen, pane=pane: pen.polygon(pane, fill=255))
        beam = [towards(near, -1, 0.96), towards(near, 0, 1.1), towards(near, 1, 0.96)]
        laid(
            plate, 34, 1.2, lambda pen, beam=beam, number=number: pen.line([*beam, beam[0]], fill=220, width=2 + number)
        )
        shaft = [
            towards(near, wall, 0.86),
            towards(further, wall, 0.86),
            towards(further, -wall * 0.25, 0),
            towards(near, -wall * 0.35, 0),
        ]
        glow = Image.new("L", PLATE)
        ImageDraw.Draw(glow).polygon(shaft, fill=34)
        plate = ImageChops.screen(plate, glow.filter(ImageFilter.GaussianBlur(7)))
    for number in range(7):
        near = 0.16 + number * 0.125
        for across in (-0.62, 0.62):
            _machine(plate, towards, near, across, random)
    return plate


def _machine(
    plate: Image.Image, towards: Callable[[float, float, float], Point], near: float, across: float, random: Random
) -> None:
    tall = random.uniform(0.22, 0.34)
    left, right = across - 0.16, across + 0.16
    body = [
        towards(near, left, 0),
        towards(near, left, tall * 0.6),
        towards(near, across, tall),
        towards(near, right, tall * 0.7),
        towards(near, right, 0),
    ]
    laid(plate, round(84 - near * 46), 1.3, lambda pen: pen.polygon(body, fill=255))
    wheel, size = towards(near, across, tall * 0.8), 4 + near * near * 34
    laid(
        plate,
        round(120 - near * 60),
        1,
        lambda pen: pen.ellipse(
            (wheel[0] - size, wheel[1] - size, wheel[0] + size, wheel[1] + size), outline=230, width=1 + round(near * 4)
        ),
    )
    laid(
        plate,
        44,
        1,
        lambda pen: pen.line([wheel, towards(near, across * 0.96, 1.0)], fill=150, width=1 + round(near * 2)),
    )
    laid(plate, 176, 1.4, lambda pen: pen.line([body[1], body[2]], fill=150, width=1 + round(near * 3)))
