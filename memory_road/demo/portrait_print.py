"""What time does to a print: its tone, grain, fading, scratches, dust, stains and edges. Shared by portraits, scenes
and papers."""

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

SEPIA = ((38, 25, 17), (142, 113, 84), (240, 226, 198))
WARM = ((34, 28, 23), (134, 120, 102), (238, 230, 213))
SILVER = ((28, 28, 28), (126, 124, 119), (233, 231, 224))
COOL = ((27, 29, 32), (122, 124, 125), (228, 229, 226))
TONES = (SEPIA, SEPIA, WARM, WARM, SILVER, SILVER, COOL)
PAPER = (236, 226, 203)


def noise(size: tuple[int, int], spread: float, random: Random) -> Image.Image:
    """Grey noise round 128 with standard deviation ``spread``, the same for the same ``random``."""
    tile = Image.frombytes("L", (256, 256), random.randbytes(256 * 256))
    tile = ImageChops.add(tile, Image.frombytes("L", (256, 256), random.randbytes(256 * 256)), 2)
    tile = tile.point([max(0, min(255, round(128 + (value - 127.5) * spread / 52))) for value in range(256)])
    picture = Image.new("L", size)
    for top in range(0, size[1], 256):
        for left in range(0, size[0], 256):
            picture.paste(tile.rotate(90 * random.randrange(4)), (left, top))
    return picture


def clouds(size: tuple[int, int], cells: int, random: Random) -> Image.Image:
    """Slow irregular patches round 128."""
    rows = max(2, round(cells * size[1] / size[0]))
    return Image.frombytes("L", (cells, rows), random.randbytes(cells * rows)).resize(size, Image.Resampling.BICUBIC)


def print_of(plate: Image.Image, size: tuple[int, int], random: Random, wear: float = 0.5) -> Image.Image:
    """An aged print of ``plate`` (mode "L") of ``size``, RGB. ``wear`` is how much it has been handled, 0 … 1."""
    veil = ImageChops.screen(plate, plate.filter(ImageFilter.GaussianBlur(plate.width / 90)).point(_scaled(0.35)))
    plate = Image.blend(plate, veil, 0.45)
    plate = ImageChops.add(plate, clouds(plate.size, 7, random).point(_contrast(0.09)), 1, -128)
    low, high = random.randint(8, 34), random.randint(228, 250)
    plate = plate.point([round(low + value * (high - low) / 255) for value in range(256)])
    picture = _vignetted(plate, random).resize(size, Image.Resampling.BILINEAR)
    grain = noise(size, 13 + 8 * random.random(), random)
    _marks(grain, random, wear)
    picture = ImageChops.add(picture, grain.filter(ImageFilter.GaussianBlur(0.9)), 1, -128)
    black, middle, white = random.choice(TONES)
    printed = ImageOps.colorize(picture, black, white, middle)
    _stains(printed, random, wear)
    return _edged(printed, random)


def _scaled(share: float) -> list[int]:
    return [round(value * share) for value in range(256)]


def _contrast(share: float) -> list[int]:
    """A table that brings values nearer to 128."""
    return [round(128 + (value - 128) * share) for value in range(256)]


def _vignetted(plate: Image.Image, random: Random) -> Image.Image:
    """Darker towards the corners, or, as studios liked it, fading into the paper."""
    fading = random.random() < 0.22
    oval = Image.new("L", (60, 75))
    ImageDraw.Draw(oval).ellipse((3, -2, 57, 77) if fading else (-4, -6, 64, 82), fill=255)
    oval = oval.filter(ImageFilter.GaussianBlur(5 if fading else 9)).resize(plate.size, Image.Resampling.BILINEAR)
    if fading:
        return Image.composite(plate, Image.new("L", plate.size, 228), oval)
    depth = random.randint(150, 196)
    return ImageChops.multiply(plate, oval.point([round(depth + value * (255 - depth) / 255) for value in range(256)]))


def _marks(grain: Image.Image, random: Random, wear: float) -> None:
    """Scratches, dust, a fold and a broken corner, drawn into the grain: light over 128, dark under it."""
    across, down = grain.size
    pen = ImageDraw.Draw(grain)

    def tone(strength: int) -> int:
        return 128 + strength if random.random() < 0.72 else 128 - strength

    for _ in range(round(random.uniform(1, 7) * wear)):
        x, y, bend = random.uniform(0, across), random.uniform(0, down), random.gauss(0, 0.25)
        length = random.uniform(0.05, 0.4) * down
        path = [(x + math.sin(bend + step / 9) * length * step / 60, y + length * step / 12) for step in range(12)]
        pen.line(path, fill=tone(random.randint(40, 100)), width=1)
    for _ in range(round(46 * wear)):
        x, y, size = random.uniform(0, across), random.uniform(0, down), random.choice((0.5, 0.7, 0.9, 1.2, 1.8))
        pen.ellipse((x - size, y - size, x + size, y + size), fill=tone(random.randint(50, 120)))
    if random.random() < 0.22 * wear:
        y = random.uniform(0.66, 0.88) * down
        crease = [(across * share, y + random.uniform(-6, 6)) for share in (0.0, 0.3, 0.7, 1.0)]
        pen.line(crease, fill=205, width=2)
        pen.line([(a, b + 3) for a, b in crease], fill=85, width=2)
    if random.random() < 0.5 * wear:
        x, y, reach = random.choice((0, across)), random.choice((0, down)), random.uniform(40, 130)
        pen.line([(abs(x - reach), y), (x, abs(y - reach))], fill=225, width=2)


def _stains(printed: Image.Image, random: Random, wear: float) -> None:
    across, down = printed.size
    stains = Image.new("L", (across // 4, down // 4))
    pen = ImageDraw.Draw(stains)
    for _ in range(round(random.uniform(0, 4) * wear)):
        x, y, reach = (
            random.choice((random.uniform(0, 0.15), random.uniform(0.8, 1))) * across / 4,
            random.uniform(0, down / 4),
            random.uniform(8, 40),
        )
        pen.ellipse((x - reach, y - reach * 0.8, x + reach, y + reach * 0.8), fill=random.randint(30, 90))
    if random.random() < 0.4:  # one corner has seen the sun
        x, y = random.choice((0, across / 4)), random.choice((0, down / 4))
        bleach = Image.new("L", stains.size)
        reach = random.uniform(30, 80)
        ImageDraw.Draw(bleach).ellipse((x - reach, y - reach, x + reach, y + reach), fill=random.randint(70, 140))
        bleach = bleach.filter(ImageFilter.GaussianBlur(20)).resize(printed.size, Image.Resampling.BILINEAR)
        printed.paste(PAPER, (0, 0), bleach)
    stains = stains.filter(ImageFilter.GaussianBlur(7)).resize(printed.size, Image.Resampling.BILINEAR)
    printed.paste(ImageChops.multiply(printed, Image.new("RGB", printed.size, (222, 196, 156))), (0, 0), stains)


def _edged(printed: Image.Image, random: Random) -> Image.Image:
    """With a white border, plain or deckled, or cut close."""
    kind = random.random()
    if kind < 0.45:
        return printed
    across, down = printed.size
    border = round(across * random.uniform(0.022, 0.045))
    darker = random.randint(0, 22)
    sheet = Image.new("RGB", printed.size, (PAPER[0] - darker, PAPER[1] - darker, PAPER[2] - darker))
    sheet.paste(printed.crop((border, border, across - border, down - border)), (border, border))
    speck = noise(printed.size, 3.5, random)
    sheet = ImageChops.add(sheet, Image.merge("RGB", (speck, speck, speck)), 1, -128)
    if kind > 0.72:
        _deckle(sheet, random)
    return sheet


def _deckle(sheet: Image.Image, random: Random) -> None:
    """The wavy cut of the time, on the dark of an album's page."""
    across, down = sheet.size
    scale, step, depth = 2, 15, 6
    shape = Image.new("L", (across // scale, down // scale))
    points: list[tuple[float, float]] = []
    for length, place in ((across, 0), (down, 1), (across, 2), (down, 3)):
        count = length // step
        for index in range(count):
            along = index * length / count
            inward = depth * (0.5 + 0.5 * math.cos(index * math.pi)) + random.uniform(0, 2) + 1
            points.append(
                ((along, inward), (across - inward, along), (across - along, down - inward), (inward, down - along))[
                    place
                ]
            )
    ImageDraw.Draw(shape).polygon([(x / scale, y / scale) for x, y in points], fill=255)
    edge = ImageOps.invert(shape.resize(sheet.size, Image.Resampling.BICUBIC))
    sheet.paste((58, 52, 46), (0, 0), edge)
