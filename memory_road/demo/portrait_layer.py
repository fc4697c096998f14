"""The plate of a scene, and shapes laid on it from the farthest to the nearest."""

from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

PLATE: Final = (600, 450)


def laid(plate: Image.Image, tone: int, soft: float, draw: Callable[[ImageDraw.ImageDraw], None]) -> None:
    """Paint a shape in one tone, its edge ``soft`` pixels wide."""
    shape = Image.new("L", PLATE)
    draw(ImageDraw.Draw(shape))
    box = shape.getbbox()
    if box:
        margin = round(soft * 3) + 1
        left, top = max(0, box[0] - margin), max(0, box[1] - margin)
        part = shape.crop((left, top, min(PLATE[0], box[2] + margin), min(PLATE[1], box[3] + margin)))
        plate.paste(
            tone, (left, top, left + part.width, top + part.height), part.filter(ImageFilter.GaussianBlur(soft))
        )
