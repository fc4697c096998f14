"""Names on the card for other sites: as large as they can be, in every alphabet, and never beyond the edge."""

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageOps

from memory_road.media.share_card import FACE_WIDTH, HEIGHT, WIDTH, CardWords, Fonts, draw_card
from memory_road.web.built import asset_file

CUTS = ("", "-Bold", "-Italic")
FONTS = Fonts(*(asset_file(f"paper/DejaVuSerifCondensed{cut}.ttf") for cut in CUTS))
LONGEST = "Переяславльзалесский" * 5
EDGE = 40
GREY = FACE_WIDTH + 1
BLANK = 230
"""The paper is lighter than that, everything written darker."""


def card(surname: str, given: str = "Анна", also: str = "", years: str = "1899–1978") -> Image.Image:
    words = CardWords(surname, given, also, years, "Дорога памяти", "АВ")
    return Image.open(io.BytesIO(draw_card(words, None, FONTS)))


@pytest.mark.parametrize(
    ("surname", "given"),
    [
        ("Ли", "Цой"),
        ("Преображенская-Старокадомская", "Александра Константиновна"),
        ("Վերեշչագինա", "Աննա Տիխոնովնա"),
        (LONGEST, "Абдурахман-Магомед-Гаджи-Мирзаевич " * 2 + LONGEST),
        ("Ы" * 100, "Щ" * 200),
        ("-" * 100, "- " * 50),
    ],
)
def test_no_name_runs_beyond_the_edge(surname: str, given: str) -> None:
    drawn = card(surname, given, also=given, years="около 1888 – 1942").convert("L")
    right, below = drawn.crop((WIDTH - EDGE, 0, WIDTH, HEIGHT)), drawn.crop((GREY, HEIGHT - EDGE, WIDTH, HEIGHT))
    assert darkest(right) > BLANK
    assert darkest(below) > BLANK


def test_a_short_name_stands_in_the_largest_letters() -> None:
    assert height_of("Ли") > height_of("Константинопольская") * 1.2


def darkest(part: Image.Image) -> int:
    return next(value for value, count in enumerate(part.histogram()) if count)


def height_of(surname: str) -> int:
    """Of its letters, in pixels; there is nothing else between here and the foot."""
    written = ImageOps.invert(card(surname, "", years="").crop((GREY, 0, WIDTH, HEIGHT - 150)).convert("L"))
    _, above, _, below = written.point([0] * 128 + [255] * 128).getbbox() or (0, 0, 0, 0)
    return below - above


@pytest.mark.parametrize("path", [FONTS.regular, FONTS.bold, FONTS.italic], ids=lambda path: path.name)
def test_the_letters_of_all_languages_are_there(path: Path) -> None:
    letters = TTFont(path).getBestCmap() or {}
    every = "Ёё Ўў Іі Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Ӣӣ Ӯӯ Ҳҳ Ҷҷ Ա Ֆ և ա ֆ ა ჰ Ā ž – … « » №"
    assert [letter for letter in every if letter != " " and ord(letter) not in letters] == []
