"""Portraits, papers and scenes are drawn the same for the same seed, and differ for another."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from PIL import Image, ImageChops, ImageStat

from memory_road.demo.people import PUBLISHED, WAITING
from memory_road.demo.portrait import PORTRAIT_SIZE, Age, Clothing, Hair, Headwear, Look, draw_portrait
from memory_road.demo.portrait_document import DOCUMENT_SIZE, draw_document
from memory_road.demo.portrait_scene import SCENE_SIZE, Place, draw_scene

SITTER = Look(female=False, age=Age.YOUNG, clothing=Clothing.TUNIC, hair=Hair.PARTED, headwear=Headwear.SIDE_CAP)
BAREHEADED = Look(female=False, age=Age.MIDDLE, clothing=Clothing.COAT, hair=Hair.BACK)
DRAWN: dict[str, tuple[Callable[[str], Image.Image], tuple[int, int]]] = {
    "portrait": (lambda seed: draw_portrait(seed, SITTER), PORTRAIT_SIZE),
    "document": (lambda seed: draw_document(seed, "Пропуск на завод"), DOCUMENT_SIZE),
    "scene": (draw_scene, SCENE_SIZE),
}


@cache
def bareheaded() -> Image.Image:
    return draw_portrait("hat", BAREHEADED)


def difference(one: Image.Image, other: Image.Image) -> float:
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.mark.parametrize("kind", DRAWN)
def test_a_seed_gives_one_picture_and_another_seed_another(kind: str) -> None:
    draw, size = DRAWN[kind]
    first = draw("a")
    assert (first.mode, first.size) == ("RGB", size)
    assert difference(first, draw("a")) == 0
    assert difference(first, draw("b")) > 3


def test_a_portrait_has_the_proportions_of_the_gallery_and_pixels_enough_for_the_entry() -> None:
    width, height = PORTRAIT_SIZE
    assert width * 5 == height * 4
    assert width >= 900


def test_the_figure_stands_off_the_ground() -> None:
    tones = ImageStat.Stat(draw_portrait("tones", SITTER).convert("L"))
    assert tones.stddev[0] > 25


@pytest.mark.parametrize("headwear", Headwear)
def test_everything_that_can_be_worn_is_drawn(headwear: Headwear) -> None:
    changed = difference(bareheaded(), draw_portrait("hat", replace(BAREHEADED, headwear=headwear)))
    assert changed == 0 if headwear is Headwear.NONE else changed > 3


def test_every_place_that_a_person_names_can_be_drawn() -> None:
    pictures = [picture for person in (*PUBLISHED, *WAITING) for picture in person.pictures]
    places = {picture.drawn_from for picture in pictures if picture.kind == "photograph"}
    assert places <= set(Place)
    assert len(pictures) > 15
