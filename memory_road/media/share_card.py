"""The card that other sites show beside a link to an entry: the face and the name, 1200 by 630 pixels, as a JPEG.

It is drawn from a picture of our own making, which was decoded in the child before it was published, so that no foreign
byte is decoded here.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

WIDTH, HEIGHT = 1200, 630
"""What Open Graph's readers ask for: 1.91 to 1."""
FACE_WIDTH = 504
"""Of the height of the card, in the shape of the gallery's cards."""
MARGIN = 64
RULE = 4
PAPER, INK, QUIET, CARMINE = "#f7f4ee", "#1e1b18", "#5f584f", "#7c1d2a"
EMPTY, EMPTY_INK = "#cfc8bc", "#4b453d"
FACES_ARE_HIGH = (0.5, 0.2)
SIZES = (72, 64, 56, 50, 44, 38, 33)
"""Of the letters of a name in pixels: the first with which all of it fits."""
MOST_LINES = 3
SMALL = 30
SITE = 26
QUALITY = 85
LEADING = 1.22
GAP = 14
"""Between the name and what stands below it."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Where the letters lie: files that have those of all our languages."""

    regular: Path
    bold: Path
    italic: Path


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on a card, line by line; ``also`` is the name in letters that the page's readers read, or empty."""

    surname: str
    given: str
    also: str
    years: str
    site: str
    initials: str


def draw_card(words: CardWords, portrait: bytes | None, fonts: Fonts) -> bytes:
    """The card as a JPEG; without a ``portrait`` the initials stand on grey."""
    card = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(card)
    if portrait is not None:
        with Image.open(BytesIO(portrait), formats=["WEBP"]) as face:
            shown = ImageOps.fit(face.convert("RGB"), (FACE_WIDTH, HEIGHT), centering=FACES_ARE_HIGH)
        card.paste(shown, (0, 0))
    else:
        pen.rectangle((0, 0, FACE_WIDTH - 1, HEIGHT), fill=EMPTY)
        middle = (FACE_WIDTH // 2, HEIGHT // 2)
        pen.text(middle, words.initials, EMPTY_INK, _font(fonts.regular, 150), anchor="mm")
    _write(pen, words, fonts)
    made = BytesIO()
    card.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


def _write(pen: ImageDraw.ImageDraw, words: CardWords, fonts: Fonts) -> None:
    left, room = FACE_WIDTH + MARGIN, WIDTH - FACE_WIDTH - 2 * MARGIN
    surname = _fitted(words.surname, fonts.bold, room)
    given = _fitted(words.given, fonts.regular, room, surname[1])
    quiet = [line for line in _lines(words.also, fonts.italic, SMALL, room)[:2] if line]
    pieces = [(line, fonts.bold, surname[1], INK) for line in surname[0]]
    pieces += [(line, fonts.regular, given[1], INK) for line in given[0]]
    pieces += [(line, fonts.italic, SMALL, QUIET) for line in quiet]
    pieces += [(line, fonts.regular, SMALL, QUIET) for line in _lines(words.years, fonts.regular, SMALL, room)[:1]]
    foot = HEIGHT - MARGIN - SITE
    high = sum(size * LEADING for _, _, size, _ in pieces) + GAP
    at = max(MARGIN / 2, (foot - RULE - high) / 2)
    for number, (line, font, size, colour) in enumerate(pieces):
        at += GAP if number == len(surname[0]) + len(given[0]) else 0
        pen.text((left, at), line, colour, _font(font, size))
        at += size * LEADING
    pen.rectangle((left, foot - 20, left + 72, foot - 20 + RULE - 1), fill=CARMINE)
    for line in _lines(words.site, fonts.regular, SITE, room)[:1]:
        pen.text((left, foot), line, QUIET, _font(fonts.regular, SITE))


def _fitted(text: str, font: Path, room: int, largest: int = SIZES[0]) -> tuple[list[str], int]:
    """The lines of a name and the size of their letters: as large as it can be with all of it on two lines, or on
    ``MOST_LINES`` smaller ones. What does not fit even so is left out, and a sign says so."""
    for size in (size for size in SIZES if size <= largest):
        letters = _font(font, size)
        if size == SIZES[-1] or all(letters.getlength(piece.rstrip()) <= room for piece in _pieces(text)):
            lines = _lines(text, font, size, room)
            if len(lines) <= MOST_LINES - (size > SIZES[-3]):
                return lines, size
    lines = _lines(text, font, SIZES[-1], room)
    return [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][:-1]}…"], SIZES[-1]


def _lines(text: str, font: Path, size: int, room: int) -> list[str]:
    """``text`` in lines that fit, broken between words and after hyphens; a word that is too long for a line breaks
    anywhere."""
    letters = _font(font, size)
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if letters.getlength((line + piece).rstrip()) <= room:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece
        while letters.getlength(line.rstrip()) > room:
            most = bisect_right(range(1, len(line)), room, key=lambda end: letters.getlength(line[:end])) or 1
            lines.append(line[:most])
            line = line[most:]
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    return text.replace("-", "-\0").replace(" ", " \0").split("\0")


@lru_cache(maxsize=64)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
