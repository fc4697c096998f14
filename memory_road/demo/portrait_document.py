"""Invented papers of the time: a pass, a certificate, a field letter. Handwriting is a stroke that no one can read, a
stamp holds no emblem, so that nobody takes one for a document."""

import math
from collections.abc import Callable
from random import Random
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from memory_road.demo.portrait_canvas import Point, smooth
from memory_road.demo.portrait_print import clouds, noise

DOCUMENT_SIZE: Final = (1400, 1000)
PAPERS: Final = ((222, 205, 170), (214, 199, 172), (226, 214, 188), (206, 190, 158))
INKS: Final = ((52, 48, 84), (44, 44, 58), (70, 44, 84), (60, 52, 44))
PRINT: Final = (74, 62, 52)
STAMPS: Final = ((104, 66, 122), (70, 78, 128))


def draw_document(seed: str, title: str) -> Image.Image:
    """A folded, stained paper, RGB, 1400 by 1000 pixels. ``title`` says what it is meant to be: a letter, a pass, or
    else a certificate; its words give the heading the lengths of its strokes, and cannot be read."""
    random = Random(f"document {seed} {title}")
    sheet = _paper(random)
    printed, ink, stamp = (Image.new("L", DOCUMENT_SIZE) for _ in range(3))
    _kind_of(title)(ImageDraw.Draw(printed), ImageDraw.Draw(ink), title, random)
    _stamp(stamp, (random.randint(900, 1130), random.randint(620, 760)), random)
    for layer, colour, share in (
        (printed, PRINT, 0.8),
        (stamp, random.choice(STAMPS), 0.6),
        (ink, random.choice(INKS), 0.86),
    ):
        fading = clouds(DOCUMENT_SIZE, 14, random).point(
            [round((0.55 + value / 567) * share * 255) for value in range(256)]
        )
        soft = ImageChops.multiply(layer.filter(ImageFilter.BoxBlur(0.8)), fading)
        sheet.paste(colour, (0, 0), soft)
    return _framed(_folded(sheet, random), random)


def _kind_of(title: str) -> Callable[[ImageDraw.ImageDraw, ImageDraw.ImageDraw, str, Random], None]:
    words = title.lower()
    if any(word in words for word in ("письм", "открытк", "letter", "postcard")):
        return _letter
    return _pass if any(word in words for word in ("пропуск", "книжк", "pass", "book")) else _certificate


def _paper(random: Random) -> Image.Image:
    sheet = Image.new("RGB", DOCUMENT_SIZE, random.choice(PAPERS))
    fibres = ImageChops.add(
        noise(DOCUMENT_SIZE, 5, random),
        clouds(DOCUMENT_SIZE, 9, random).point([116 + value // 11 for value in range(256)]),
        1,
        -128,
    )
    sheet = ImageChops.add(sheet, Image.merge("RGB", (fibres, fibres, fibres)), 1, -128)
    stains = Image.new("L", (350, 250))
    pen = ImageDraw.Draw(stains)
    for _ in range(random.randint(3, 8)):
        x, y, reach = (
            random.uniform(0, 350),
            random.choice((random.uniform(0, 50), random.uniform(200, 250))),
            random.uniform(10, 50),
        )
        pen.ellipse((x - reach, y - reach * 0.7, x + reach, y + reach * 0.7), fill=random.randint(40, 110))
    pen.rectangle((0, 0, 349, 249), outline=150, width=5)
    stains = stains.filter(ImageFilter.GaussianBlur(9)).resize(DOCUMENT_SIZE, Image.Resampling.BILINEAR)
    sheet.paste(ImageChops.multiply(sheet, Image.new("RGB", DOCUMENT_SIZE, (205, 172, 124))), (0, 0), stains)
    return sheet


def _folded(sheet: Image.Image, random: Random) -> Image.Image:
    across, down = DOCUMENT_SIZE
    folds = Image.new("L", DOCUMENT_SIZE, 128)
    pen = ImageDraw.Draw(folds)
    x, y = across * random.uniform(0.46, 0.54), down * random.uniform(0.45, 0.55)
    for line in (((x, 0), (x + random.uniform(-5, 5), down)), ((0, y), (across, y + random.uniform(-5, 5)))):
        pen.line(line, fill=172, width=3)
        pen.line([(a + 4, b + 4) for a, b in line], fill=78, width=5)
    shade = (
        folds.resize((across // 2, down // 2))
        .filter(ImageFilter.GaussianBlur(1.5))
        .resize(DOCUMENT_SIZE, Image.Resampling.BILINEAR)
    )
    sheet = ImageChops.add(sheet, Image.merge("RGB", (shade, shade, shade)), 1, -128)
    ImageDraw.Draw(sheet).rectangle((x - 2, y - 2, x + 2, y + 2), fill=(96, 82, 66))
    return sheet


def _framed(sheet: Image.Image, random: Random) -> Image.Image:
    """The paper lying a little askew on a dark table."""
    across, down = DOCUMENT_SIZE
    ragged: list[Point] = []
    for start, end in (
        ((22, 20), (1378, 20)),
        ((1378, 20), (1378, 980)),
        ((1378, 980), (22, 980)),
        ((22, 980), (22, 20)),
    ):
        for step in range(40):
            part = step / 40
            ragged.append(
                (
                    start[0] + (end[0] - start[0]) * part + random.gauss(0, 1.4),
                    start[1] + (end[1] - start[1]) * part + random.gauss(0, 1.4),
                )
            )
    shape = Image.new("L", (across // 2, down // 2))
    ImageDraw.Draw(shape).polygon([(x / 2, y / 2) for x, y in ragged], fill=255)
    shape = shape.rotate(random.gauss(0, 0.5), Image.Resampling.BICUBIC)
    table = Image.new("RGB", DOCUMENT_SIZE, (52, 46, 41))
    shadow = ImageOps.invert(ImageChops.offset(shape, 3, 5).filter(ImageFilter.GaussianBlur(6))).resize(
        DOCUMENT_SIZE, Image.Resampling.BILINEAR
    )
    table = ImageChops.multiply(
        table, Image.merge("RGB", (shadow.point([140 + value * 115 // 255 for value in range(256)]),) * 3)
    )
    table.paste(sheet, (0, 0), shape.resize(DOCUMENT_SIZE, Image.Resampling.BILINEAR))
    return table


def _word(start: Point, length: float, size: float, random: Random) -> list[Point]:
    """One handwritten word that says nothing: a run of loops and arches leaning to the right."""
    x, y = start
    path: list[Point] = [(x, y)]
    while x < start[0] + length:
        kind = random.random()
        height = size * (
            random.uniform(1.5, 2.1)
            if kind < 0.14
            else -random.uniform(0.7, 1.1)
            if kind < 0.24
            else random.uniform(0.5, 1.0)
        )
        step = size * random.uniform(0.45, 0.95)
        path += [
            (x + step * 0.35 + height * 0.34, y - height),
            (x + step * 0.62 + height * 0.16, y - height * 0.5),
            (x + step, y + random.uniform(-0.06, 0.1) * size),
        ]
        x += step
    return smooth(path, closed=False, steps=4)


def _written(pen: ImageDraw.ImageDraw, start: Point, until: float, size: float, random: Random) -> None:
    """A line of such words, rising or sinking a little."""
    x, y = start
    drift = random.gauss(0, 0.005)
    while x < until - size * 2:
        length = min(random.uniform(2.2, 8.5) * size, until - x)
        path = _word((x, y + (x - start[0]) * drift), length, size, random)
        pen.line(path, fill=random.randint(190, 255), width=random.choice((2, 3, 3)), joint="curve")
        x = path[-1][0] + size * random.uniform(0.9, 1.5)


def _printed(pen: ImageDraw.ImageDraw, start: Point, lengths: list[int], size: float, random: Random) -> None:
    """Type too worn to be read: upright bars of a letter's breadth."""
    x, y = start
    for length in lengths:
        for _ in range(length):
            pen.line([(x, y - size), (x, y)], fill=random.randint(150, 255), width=max(1, round(size / 7)))
            if random.random() < 0.75:
                pen.line(
                    [(x + size * 0.42, y - size * random.choice((1, 1, 0.6))), (x + size * 0.42, y)],
                    fill=random.randint(130, 255),
                    width=max(1, round(size / 7)),
                )
            level = y - size * random.choice((0, 0.5, 1))
            pen.line(
                [(x, level), (x + size * 0.42, level)], fill=random.randint(130, 240), width=max(1, round(size / 9))
            )
            x += size * 0.72
        x += size * 0.6


def _heading(pen: ImageDraw.ImageDraw, middle: float, y: float, title: str, size: float, random: Random) -> None:
    lengths = [len(word) for word in title.split()][:4] or [8]
    breadth = (sum(lengths) * 0.72 + (len(lengths) - 1) * 0.6) * size
    _printed(pen, (middle - breadth / 2, y), lengths, size, random)


def _ruled(
    printed: ImageDraw.ImageDraw, ink: ImageDraw.ImageDraw, left: float, right: float, tops: range, random: Random
) -> None:
    """Rows of a form: a printed word, a dotted rule, something written on it."""
    for y in tops:
        label = [random.randint(3, 9)]
        _printed(printed, (left, y), label, 17, random)
        start = left + label[0] * 12.5 + 26
        for x in range(round(start), round(right), 9):
            printed.line([(x, y + 5), (x + 4, y + 5)], fill=170, width=1)
        if random.random() < 0.88:
            _written(ink, (start + 12, y), min(right, start + random.uniform(240, right - start)), 19, random)


def _pass(printed: ImageDraw.ImageDraw, ink: ImageDraw.ImageDraw, title: str, random: Random) -> None:
    """A factory pass, open: form at the left, place of a lost photograph at the right."""
    printed.rectangle((70, 66, 1330, 934), outline=190, width=3)
    printed.rectangle((80, 76, 1320, 924), outline=130, width=1)
    _heading(printed, 400, 170, title, 34, random)
    _printed(printed, (270, 225), [2, 5], 20, random)
    _ruled(printed, ink, 130, 690, range(320, 860, 78), random)
    printed.rectangle((820, 170, 1090, 540), outline=150, width=2)
    for _ in range(60):  # dried glue where the photograph was
        x, y, reach = random.uniform(850, 1060), random.uniform(200, 510), random.uniform(8, 34)
        printed.line(
            [(x, y), (x + reach, y + random.uniform(-8, 8))], fill=random.randint(20, 60), width=random.randint(3, 9)
        )
    _ruled(printed, ink, 800, 1280, range(640, 880, 84), random)


def _letter(printed: ImageDraw.ImageDraw, ink: ImageDraw.ImageDraw, title: str, random: Random) -> None:
    """A letter from the field, close written from edge to edge."""
    _written(ink, (random.uniform(700, 900), 100), 1290, 20, random)
    for row in range(17):
        indent = 150 if row in {1, 8} else 0
        end = random.uniform(500, 900) if row in {7, 15} else random.uniform(1230, 1320)
        _written(ink, (92 + indent + random.uniform(-6, 6), 170 + row * 46), end, 18, random)
    _heading(printed, 250, 84, title, 15, random)


def _certificate(printed: ImageDraw.ImageDraw, ink: ImageDraw.ImageDraw, title: str, random: Random) -> None:
    """A certificate with a plain printed border."""
    for inset, tone, width in ((58, 200, 5), (74, 120, 2)):
        printed.rectangle((inset, inset, 1400 - inset, 1000 - inset), outline=tone, width=width)
    for x in range(86, 1310, 26):
        for y in (66, 934):
            printed.ellipse((x - 3, y - 3, x + 3, y + 3), fill=150)
    _heading(printed, 700, 220, title, 44, random)
    _printed(printed, (520, 280), [4, 7, 3], 18, random)
    _ruled(printed, ink, 190, 1210, range(400, 780, 76), random)
    _written(ink, (230, 850), 560, 24, random)


def _stamp(layer: Image.Image, centre: Point, random: Random) -> None:
    """A round office stamp: two rings, marks between them, a date bar; no emblem, no word."""
    part = Image.new("L", (300, 300))
    pen = ImageDraw.Draw(part)
    pen.ellipse((20, 20, 280, 280), outline=235, width=6)
    pen.ellipse((74, 74, 226, 226), outline=215, width=3)
    for index in range(44):
        angle = index / 44 * math.tau
        if random.random() < 0.88:
            inner, outer = random.uniform(92, 96), random.uniform(112, 117)
            for shift in (0, 0.055):
                a = angle + shift
                pen.line(
                    [
                        (150 + math.cos(a) * inner, 150 + math.sin(a) * inner),
                        (150 + math.cos(a) * outer, 150 + math.sin(a) * outer),
                    ],
                    fill=220,
                    width=4,
                )
    for y in (132, 168):
        pen.line([(88, y), (212, y)], fill=200, width=3)
    for x in range(104, 200, 15):
        pen.line([(x, 142), (x + random.randint(-3, 5), 159)], fill=210, width=4)
    part = part.rotate(random.uniform(-35, 35), Image.Resampling.BICUBIC)
    worn = clouds((300, 300), 16, random).point([min(255, 60 + value) for value in range(256)])
    layer.paste(ImageChops.multiply(part, worn), (round(centre[0]) - 150, round(centre[1]) - 150))
