"""How a picture looks: a copy keeps it, another picture has another, and an empty sheet has none."""

import random
from collections.abc import Callable
from itertools import combinations

import pytest
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.copies import COPIES
from memory_road.media.likeness import ALIKE, BAND_BITS, BANDS, RECORD, VIEWS, WEAK, bands, difference, hashes, probes
from memory_road.media.look import look_of

SEEDS = range(4)
TOO_MUCH = {"cut 10 % each side", "cut 10 % at the left", "cut unevenly up to 10 %", "scanned again badly"}
"""Copies of which some photographs are known again and others are not: docs/decisions/0015 says how many."""


def drawn(seed: int) -> Image.Image:
    """Soft shapes in greys, as a photograph out of focus has."""
    draw = random.Random(seed)
    picture = Image.new("RGB", (400, 500), (128, 128, 128))
    pencil = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y, size, tone = draw.uniform(-50, 400), draw.uniform(-50, 500), draw.uniform(20, 140), draw.randrange(256)
        pencil.ellipse((x, y, x + size, y + size * draw.uniform(0.5, 2)), (tone, tone, tone))
    return picture.filter(ImageFilter.GaussianBlur(2))


def text_page() -> Image.Image:
    page = Image.new("RGB", (400, 500), "white")
    ImageDraw.Draw(page).text((30, 30), "Наградной лист", fill="black")
    return page


@pytest.mark.parametrize("kind", sorted(COPIES.keys() - TOO_MUCH))
def test_a_copy_looks_the_same(kind: str) -> None:
    for seed in SEEDS:
        original, copy = look_of(drawn(seed)), look_of(COPIES[kind](drawn(seed), random.Random(seed)))
        assert original is not None
        assert copy is not None
        assert difference(original.kept, copy.views) <= ALIKE, f"picture {seed}"


def test_other_pictures_look_otherwise() -> None:
    looks = [look for seed in range(12) if (look := look_of(drawn(seed))) is not None]
    assert len(looks) == 12
    for one, other in combinations(looks, 2):
        assert difference(one.kept, other.views) > ALIKE
        assert difference(other.kept, one.views) > ALIKE


@pytest.mark.parametrize(
    ("why", "picture"),
    [
        ("a blank sheet", lambda: Image.new("RGB", (400, 500), "white")),
        ("a black frame", lambda: Image.new("RGB", (400, 500), "black")),
        ("nearly nothing: two greys", lambda: Image.linear_gradient("L").point([120 + v // 64 for v in range(256)])),
        ("a wall in even light: only across, nothing down", lambda: Image.linear_gradient("L").resize((400, 500))),
        ("a sheet with words at its upper edge alone", text_page),
        ("a single pixel", lambda: Image.new("RGB", (1, 1), "red")),
    ],
)
def test_what_shows_nothing_has_no_look(why: str, picture: Callable[[], Image.Image]) -> None:
    assert look_of(picture()) is None, why


def test_colour_and_size_do_not_matter() -> None:
    original = look_of(drawn(1))
    grey = look_of(drawn(1).convert("L"))
    large = look_of(drawn(1).resize((1600, 2000), Image.Resampling.BICUBIC))
    assert original is not None
    assert grey == original
    assert large is not None
    assert difference(original.kept, large.views) <= 8


def test_a_look_is_the_same_every_time() -> None:
    assert look_of(drawn(2)) == look_of(drawn(2))


def test_bands_and_probes_are_what_the_index_expects() -> None:
    look = look_of(drawn(3))
    assert look is not None
    assert len(look.kept) == 32
    assert len(look.views) == VIEWS * RECORD
    assert len(hashes(look.views)) == VIEWS
    assert hashes(look.views)[0] == look.kept
    assert difference(look.kept, look.views) == 0
    asked = probes(look.views)
    assert len(asked) == BANDS
    for band, values in enumerate(asked):
        assert next(iter(values)) == bands(look.kept)[band], "what is likeliest is asked first"
        assert len(values) <= VIEWS * 2**WEAK
        assert all(0 <= value < 2**BAND_BITS and 0 <= view < VIEWS for value, view in values.items())


def test_the_search_looks_where_a_near_hash_lies() -> None:
    """Three turned bits cannot touch all four bands: one of them is asked for as it is."""
    look = look_of(drawn(5))
    assert look is not None
    signs, draw = int.from_bytes(look.kept), random.Random(5)
    asked = probes(look.views)
    for _ in range(200):
        turned = signs
        for place in draw.sample(range(BANDS * BAND_BITS), 3):
            turned ^= 1 << (255 - place)
        other = turned.to_bytes(32)
        assert any(value in asked[band] for band, value in enumerate(bands(other)))
