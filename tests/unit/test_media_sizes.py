"""Which sizes are made of a picture."""

import pytest

from memory_road.media.sizes import LONGEST_SIDE, Size, published, within


@pytest.mark.parametrize(
    ("width", "height", "sizes", "why"),
    [
        (4000, 3000, [(320, 240), (640, 480), (1280, 960), (2000, 1500)], "a large one gets every width"),
        (3000, 4000, [(320, 427), (640, 853), (1280, 1707), (2000, 2667)], "widths count, also of an upright one"),
        (2000, 1000, [(320, 160), (640, 320), (1280, 640), (2000, 1000)], "the largest width is not made twice"),
        (1000, 500, [(320, 160), (640, 320), (1000, 500)], "the own width stands for what would enlarge it"),
        (320, 240, [(320, 240)], "a width of the list that is the own one is made once"),
        (90, 120, [(90, 120)], "the smallest of pictures is published as it is"),
        (1, 1, [(1, 1)], "even a single pixel"),
        (5000, 1, [(320, 1), (640, 1), (1280, 1), (2000, 1)], "no side shrinks to nothing"),
        (2000, 20_000, [(320, 3200), (640, 6400), (1280, 12_800), (1638, 16_380)], "a scroll too tall for WebP"),
        (1, 60_000_000, [(1, LONGEST_SIDE)], "nonsense stays possible to write"),
    ],
)
def test_published(width: int, height: int, sizes: list[Size], why: str) -> None:
    assert published(width, height) == sizes, why


@pytest.mark.parametrize(
    ("width", "height", "size", "why"),
    [
        (4000, 3000, (1280, 960), "a wide one is limited by its width"),
        (3000, 4000, (960, 1280), "a tall one by its height"),
        (1280, 1280, (1280, 1280), "what fits exactly stays"),
        (300, 200, (300, 200), "nothing is enlarged"),
        (60_000, 2, (1280, 1), "no side shrinks to nothing"),
    ],
)
def test_within_1280_pixels(width: int, height: int, size: Size, why: str) -> None:
    assert within(width, height, 1280) == size, why
