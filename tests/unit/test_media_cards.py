"""Where a portrait's card is cropped, and how large it is."""

import pytest

from memory_road.media.area import Area
from memory_road.media.card import around
from memory_road.media.frame import is_card
from memory_road.media.sizes import Size, by_width, card_box, cards, of_cards, width_for
from memory_road.web.tones import tone

FACES = [
    (Area(4000, 3000, 2000, 2000), 1000, 1000, "a face in the middle"),
    (Area(0, 0, 2000, 2000), 1000, 1000, "a face in the corner"),
    (Area(8000, 8000, 2000, 2000), 1000, 1000, "a face in the other corner"),
    (Area(100, 100, 9800, 9800), 600, 800, "nothing but a face"),
    (Area(4900, 100, 200, 400), 4000, 2000, "a small face in a group"),
    (Area(0, 4000, 10_000, 900), 300, 3000, "a narrow strip"),
    (Area(4000, 0, 900, 10_000), 3000, 300, "a wide strip"),
    (Area(0, 0, 1, 1), 40, 50, "less than a pixel"),
]


@pytest.mark.parametrize(("face", "width", "height", "why"), FACES)
def test_a_card_around_a_face(face: Area, width: int, height: int, why: str) -> None:
    card = around(face, width, height)
    assert Area.of(card) == card, f"{why}: it lies in the picture"
    assert is_card(card, width, height), f"{why}: it has a card's shape"


def test_a_card_leaves_room_for_hair_and_collar() -> None:
    face = Area(4000, 4000, 2000, 2000)
    card = around(face, 1000, 1000)
    above, below = face.top - card.top, card.top + card.height - face.top - face.height
    assert above > face.height / 3
    assert below > face.height / 3
    assert abs((2 * face.left + face.width) - (2 * card.left + card.width)) <= 4, "in the middle from left to right"


@pytest.mark.parametrize(
    ("width", "made", "why"),
    [
        (900, [("card-320.webp", (320, 400)), ("card-640.webp", (640, 800))], "a large crop gives both"),
        (640, [("card-320.webp", (320, 400)), ("card-640.webp", (640, 800))], "exactly enough"),
        (500, [("card-320.webp", (320, 400)), ("card-640.webp", (500, 625))], "nothing is enlarged"),
        (320, [("card-320.webp", (320, 400))], "the larger one would be the same"),
        (100, [("card-320.webp", (100, 125))], "a small crop keeps its size"),
        (1, [("card-320.webp", (1, 1))], "even a single pixel"),
    ],
)
def test_cards(width: int, made: list[tuple[str, Size]], why: str) -> None:
    assert cards(width) == made, why


@pytest.mark.parametrize(
    ("card", "width", "height"),
    [
        (Area(0, 0, 10_000, 10_000), 400, 500),
        (Area(1234, 2345, 3210, 4010), 997, 1013),
        (Area(0, 0, 10_000, 10_000), 1, 1),
        (Area(9999, 9999, 1, 1), 5, 5),
        (Area(0, 0, 10_000, 10_000), 3000, 200),
    ],
)
def test_a_cards_pixels_lie_in_its_area(card: Area, width: int, height: int) -> None:
    left, top, right, bottom = card_box(card, width, height)
    outer = card.box(width, height)
    assert outer[0] <= left < right <= outer[2]
    assert outer[1] <= top < bottom <= outer[3]
    assert abs((right - left) * 5 - (bottom - top) * 4) <= 5, "four to five, as far as whole pixels allow"


@pytest.mark.parametrize(
    ("part", "width", "decoded", "why"),
    [
        (10_000, 12_000, 640, "the whole picture as a card needs no more than the card"),
        (2_000, 12_000, 3200, "a fifth of it needs five times as much"),
        (100, 12_000, 4000, "a tiny one is not worth all the memory"),
        (100, 900, 900, "and there is no more than there is"),
    ],
)
def test_how_much_is_decoded_for_a_card(part: int, width: int, decoded: int, why: str) -> None:
    assert width_for(Area(0, 0, part, part), width) == decoded, why


def test_cards_are_not_taken_for_sizes() -> None:
    names = ["640.webp", "320.webp", "share.jpg", "card-640.webp", "card-320.webp", "tiles.zip"]
    sizes = [{"name": name, "width": int("0" + "".join(filter(str.isdigit, name)))} for name in names]
    assert [size["name"] for size in by_width(sizes)] == ["320.webp", "640.webp"]
    assert [size["name"] for size in of_cards(sizes)] == ["card-320.webp", "card-640.webp"]


@pytest.mark.parametrize(
    ("colour", "name"),
    [("", ""), ("000000", "tone-000"), ("ffffff", "tone-444"), ("8a7f72", "tone-222"), ("FF4000", "tone-410")],
)
def test_tones(colour: str, name: str) -> None:
    assert tone(colour) == name
