"""How a picture is cut into tiles, held against the IIIF Image API 3.0."""

import re
from collections import Counter
from collections.abc import Iterator
from math import ceil

import pytest

from memory_road.media.pyramid import factors, has_tiles, info, is_needed, shrunk, tiles

SIZES = [(2001, 1500), (4000, 3000), (3000, 4000), (2048, 2048), (2049, 511), (513, 30_000), (14_142, 10_607)]
CANONICAL = re.compile(r"(?:full|\d+,\d+,\d+,\d+)/\d+,\d+/0/default\.jpg")


def implied(width: int, height: int) -> Iterator[str]:
    """Every address that the document implies, computed as section 5.4 of the specification tells clients to."""
    document = info(width, height)
    step = document["tiles"][0]["width"]
    for factor in document["tiles"][0]["scaleFactors"]:
        for row in range(ceil(height / (step * factor))):
            for column in range(ceil(width / (step * factor))):
                left, top = column * step * factor, row * step * factor
                wide, high = min(step * factor, width - left), min(step * factor, height - top)
                region = "full" if (wide, high) == (width, height) else f"{left},{top},{wide},{high}"
                yield f"{region}/{ceil(wide / factor)},{ceil(high / factor)}/0/default.jpg"
    for size in document["sizes"]:
        yield f"full/{size['width']},{size['height']}/0/default.jpg"


@pytest.mark.parametrize(
    ("width", "height", "scales", "why"),
    [
        (2001, 1500, [1, 2, 4], "an eighth would be smaller than needed: a quarter is one tile"),
        (2048, 2048, [1, 2, 4], "exactly one tile at a quarter"),
        (2049, 100, [1, 2, 4, 8], "one pixel more needs one scale more"),
        (100, 2049, [1, 2, 4, 8], "the longer side counts"),
        (512, 512, [1], "one tile is enough"),
    ],
)
def test_scales(width: int, height: int, scales: list[int], why: str) -> None:
    assert factors(width, height) == scales, why


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_tiles_cover_every_scale_once(width: int, height: int) -> None:
    for factor in factors(width, height):
        cut = list(tiles(width, height, factor))
        boxes = [tile.box for tile in cut]
        area = sum((right - left) * (lower - upper) for left, upper, right, lower in boxes)
        assert area == width * height, "no gap and no overlap"
        assert all(0 <= left < right <= width and 0 <= top < low <= height for left, top, right, low in boxes)
        assert max(max(tile.size) for tile in cut) <= 512
        columns = {tile.box[0]: tile.size[0] for tile in cut}
        rows = {tile.box[1]: tile.size[1] for tile in cut}
        assert (sum(columns.values()), sum(rows.values())) == shrunk(width, height, factor)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_address_that_the_document_implies_has_a_tile(width: int, height: int) -> None:
    names = [tile.name for factor in factors(width, height) for tile in tiles(width, height, factor)]
    assert set(names) == set(implied(width, height))
    assert all(CANONICAL.fullmatch(name) for name in names)
    assert max(Counter(names).values()) == 1
    assert sum(name.startswith("full/") for name in names) == 1, "the smallest scale is one tile"


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_block_is_made_of_its_own_tiles(width: int, height: int) -> None:
    blocks = [tile.box for tile in tiles(width, height, 4)]
    for factor in (1, 2, 4):
        within = [tile for block in blocks for tile in tiles(width, height, factor, block)]
        assert sorted(within) == sorted(tiles(width, height, factor))


def test_the_document() -> None:
    assert info(4000, 3000) == {
        "@context": "http://iiif.io/api/image/3/context.json",
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": 4000,
        "height": 3000,
        "maxWidth": 1280,
        "sizes": [{"width": 500, "height": 375}],
        "tiles": [{"width": 512, "scaleFactors": [1, 2, 4, 8]}],
    }


@pytest.mark.parametrize(
    ("width", "height", "needed"),
    [(2000, 2000, False), (2001, 10, True), (10, 2001, True), (1, 1, False)],
)
def test_only_what_the_sizes_leave_out_is_cut(width: int, height: int, needed: bool) -> None:
    assert is_needed(width, height) is needed


def test_tiles_are_found_among_the_sizes() -> None:
    assert has_tiles([{"name": "320.webp"}, {"name": "tiles.zip"}])
    assert not has_tiles([{"name": "320.webp"}])
