"""What happens to a photograph before a family sends it a second time: copies, by the name of what was done."""

import io
import random
from collections.abc import Callable
from itertools import chain, repeat

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

Copy = Callable[[Image.Image, random.Random], Image.Image]


def recompressed(quality: int) -> Copy:
    """Saved as a JPEG of this quality."""

    def copy(picture: Image.Image, _: random.Random) -> Image.Image:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=quality)
        return Image.open(file).convert("RGB")

    return copy


def shrunk(factor: float) -> Copy:
    return lambda picture, _: picture.resize((int(picture.width * factor), int(picture.height * factor)))


def cut(left: float, top: float, right: float, bottom: float) -> Copy:
    """So much of the width or height is cut away at each side."""

    def copy(picture: Image.Image, _: random.Random) -> Image.Image:
        width, height = picture.size
        return picture.crop(
            (int(width * left), int(height * top), int(width * (1 - right)), int(height * (1 - bottom)))
        )

    return copy


def cut_unevenly(most: float) -> Copy:
    return lambda picture, draw: cut(*(draw.uniform(0, most) for _ in range(4)))(picture, draw)


def turned(degrees: float) -> Copy:
    """Laid askew on the scanner."""

    def copy(picture: Image.Image, draw: random.Random) -> Image.Image:
        return picture.rotate(degrees * draw.choice((-1, 1)), Image.Resampling.BICUBIC, fillcolor="white")

    return copy


def gamma(power: float) -> Copy:
    curve = [round(255 * (value / 255) ** power) for value in range(256)]
    return lambda picture, _: picture.point(curve * 3)


def contrast(factor: float) -> Copy:
    return lambda picture, _: ImageEnhance.Contrast(picture).enhance(factor)


def brightness(factor: float) -> Copy:
    return lambda picture, _: ImageEnhance.Brightness(picture).enhance(factor)


def sepia(picture: Image.Image, _: random.Random) -> Image.Image:
    return ImageOps.colorize(picture.convert("L"), (40, 20, 5), (255, 240, 200))


def tinted(picture: Image.Image, _: random.Random) -> Image.Image:
    return Image.blend(picture, Image.new("RGB", picture.size, (120, 60, 20)), 0.3)


def grey(picture: Image.Image, _: random.Random) -> Image.Image:
    return picture.convert("L").convert("RGB")


def noise(strength: float) -> Copy:
    """Grain of its own, the same for the same seed."""

    def copy(picture: Image.Image, draw: random.Random) -> Image.Image:
        side = 128
        grains = bytes(min(255, max(0, round(draw.gauss(128, strength)))) for _ in range(side * side))
        tile, sheet = Image.frombytes("L", (side, side), grains), Image.new("L", picture.size)
        for left in range(0, picture.width, side):
            for top in range(0, picture.height, side):
                sheet.paste(tile, (left, top))
        return ImageChops.add(picture, sheet.convert("RGB"), 1, -128)

    return copy


def blurred(part: float) -> Copy:
    """Out of focus, by a part of the longer side."""
    return lambda picture, _: picture.filter(ImageFilter.GaussianBlur(part * max(picture.size)))


def framed(part: float, colour: str) -> Copy:
    """With the scanner's lid or the album's page around it."""
    return lambda picture, _: ImageOps.expand(picture, int(part * min(picture.size)), colour)


def scratched(picture: Image.Image, draw: random.Random) -> Image.Image:
    """Dust, and scratches from top to bottom."""
    copy = picture.copy()
    pencil = ImageDraw.Draw(copy)
    thick = max(1, copy.width // 300)
    for _ in range(8):
        x = draw.uniform(0, copy.width)
        pencil.line((x, 0, x + draw.uniform(-0.06, 0.06) * copy.width, copy.height), (230, 225, 215), thick)
    for tone in chain(repeat(20, 75), repeat(240, 75)):
        x, y = draw.uniform(0, copy.width), draw.uniform(0, copy.height)
        pencil.ellipse((x, y, x + 2 * thick, y + 2 * thick), (tone, tone, tone))
    return copy


def torn(picture: Image.Image, _: random.Random) -> Image.Image:
    """A corner is missing."""
    copy = picture.copy()
    ImageDraw.Draw(copy).polygon([(0, 0), (copy.width * 0.14, 0), (0, copy.height * 0.14)], (235, 230, 220))
    return copy


def after(*steps: Copy) -> Copy:
    """One after another."""

    def copy(picture: Image.Image, draw: random.Random) -> Image.Image:
        for step in steps:
            picture = step(picture, draw)
        return picture

    return copy


COPIES: dict[str, Copy] = {
    "the same": lambda picture, _: picture,
    "jpeg 30": recompressed(30),
    "jpeg 60": recompressed(60),
    "a quarter of the size": shrunk(0.25),
    "cut 2 % each side": cut(0.02, 0.02, 0.02, 0.02),
    "cut 5 % each side": cut(0.05, 0.05, 0.05, 0.05),
    "cut 8 % each side": cut(0.08, 0.08, 0.08, 0.08),
    "cut 10 % each side": cut(0.1, 0.1, 0.1, 0.1),
    "cut 5 % at the left": cut(0.05, 0, 0, 0),
    "cut 10 % at the left": cut(0.1, 0, 0, 0),
    "cut unevenly up to 5 %": cut_unevenly(0.05),
    "cut unevenly up to 10 %": cut_unevenly(0.1),
    "turned 1°": turned(1),
    "turned 2°": turned(2),
    "gamma 0.6": gamma(0.6),
    "gamma 1.6": gamma(1.6),
    "contrast 1.5": contrast(1.5),
    "contrast 0.6": contrast(0.6),
    "brightness 0.6": brightness(0.6),
    "brightness 1.3": brightness(1.3),
    "sepia": sepia,
    "tinted": tinted,
    "grey": grey,
    "grain": noise(20),
    "blurred": blurred(0.01),
    "white frame 3 %": framed(0.03, "white"),
    "white frame 6 %": framed(0.06, "white"),
    "black frame 6 %": framed(0.06, "black"),
    "scratched": scratched,
    "a corner torn off": torn,
    "scanned again": after(
        turned(1), cut_unevenly(0.04), gamma(0.8), sepia, noise(10), blurred(0.002), recompressed(60)
    ),
    "scanned again badly": after(
        turned(1.5), cut_unevenly(0.07), gamma(1.4), contrast(1.2), tinted, scratched, noise(12), blurred(0.004)
    ),
    "scanned with its frame": after(turned(0.7), framed(0.05, "white"), gamma(0.85), sepia, noise(8), recompressed(60)),
    "photographed by telephone": after(turned(1), cut_unevenly(0.05), brightness(0.8), blurred(0.004), shrunk(0.5)),
}
