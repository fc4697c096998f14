"""Which sizes are made of a picture: pure arithmetic on upright widths and heights in pixels."""

from collections.abc import Iterable, Mapping
from typing import Any

from memory_road.media.area import WHOLE, Area

WIDTHS = (320, 640, 1280, 2000)
"""Widths of the published WebP files, smallest first."""

CARD_WIDTHS = (320, 640)
CARD_SHAPE = (4, 5)
"""Widths and proportions of the cards in the gallery."""

SHARE_LONG_SIDE = 1280
"""Longer side of the JPEG that is given to other sites."""

PREVIEW_LONG_SIDE = 480
"""Longer side of the preview that the sender sees."""

LONGEST_SIDE = 16_383
"""WebP can hold no longer side (RFC 9649, section 2.6)."""

WIDEST_DECODED = 2 * WIDTHS[-1]
"""A small face in a large picture is worth decoding more of it, up to this width."""

Size = tuple[int, int]


def within(width: int, height: int, long_side: int) -> Size:
    """Give the size whose longer side is at most `long_side`, in the same proportions, never enlarged."""
    longer = max(width, height)
    if longer <= long_side:
        return width, height
    return max(1, round(width * long_side / longer)), max(1, round(height * long_side / longer))


def to_width(width: int, height: int, wanted: int) -> Size:
    """Give the size that is `wanted` wide, in the same proportions, never enlarged."""
    return (width, height) if width <= wanted else (wanted, max(1, round(height * wanted / width)))


def published(width: int, height: int) -> list[Size]:
    """Give the sizes to publish, smallest first: every width of `WIDTHS` that does not enlarge the picture.

    A picture narrower than the largest of `WIDTHS` is also made at its own width, so that the best that there is can
    always be had. A picture too tall for WebP is made narrower, until its height fits `LONGEST_SIDE`.
    """
    widest = min(width, WIDTHS[-1], max(1, LONGEST_SIDE * width // height))
    widths = [each for each in WIDTHS if each < widest] + [widest]
    return [(each, min(LONGEST_SIDE, max(1, round(height * each / width)))) for each in widths]


def cards(width: int) -> list[tuple[str, Size]]:
    """Names and sizes of the cards of a crop that is so wide: never enlarged, so a small one may lie under a larger
    name."""
    wanted = [each for index, each in enumerate(CARD_WIDTHS) if index == 0 or width > CARD_WIDTHS[index - 1]]
    across, down = CARD_SHAPE
    widths = [(each, min(each, width)) for each in wanted]
    return [(f"card-{each}.webp", (wide, max(1, round(wide * down / across)))) for each, wide in widths]


def card_box(card: Area, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, upper, right and lower edge of a card in a picture of this size, in pixels of exactly a card's shape as far
    as whole pixels allow."""
    across, down = CARD_SHAPE
    left, top, right, bottom = card.box(width, height)
    wide = max(1, min(right - left, (bottom - top) * across // down))
    high = max(1, min(bottom - top, round(wide * down / across)))
    left, top = left + (right - left - wide) // 2, top + (bottom - top - high) // 2
    return left, top, left + wide, top + high


def width_for(card: Area, width: int) -> int:
    """How wide a picture of this width has to be decoded, so that its card is as sharp as it can be."""
    return min(width, WIDEST_DECODED, CARD_WIDTHS[-1] * WHOLE // card.width)


def by_width(sizes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of everything that was made of a picture, the files that show all of it to a browser, narrowest first."""
    shown = [size for size in sizes if size["name"].endswith(".webp") and not size["name"].startswith("card-")]
    return sorted(shown, key=lambda size: size["width"])


def of_cards(sizes: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of everything that was made of a picture, its cards, narrowest first."""
    return sorted((size for size in sizes if size["name"].startswith("card-")), key=lambda size: size["width"])
