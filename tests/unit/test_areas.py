"""Frames as they are typed, named by buttons, and drawn."""

import pytest

from memory_road.contributions.move import RefusalCode, Refused
from memory_road.web.areas import SIDES, named_area, typed_area
from memory_road.web.contribute.marking import entry_named
from memory_road.web.outline import drawing_height, outline


def form(*numbers: str) -> dict[str, str]:
    return dict(zip(SIDES, numbers, strict=True))


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        (("0", "0", "100", "100"), [0, 0, 10_000, 10_000]),
        (("12.5", "12,5", " 3 ", "4 %"), [1250, 1250, 300, 400]),  # as people write numbers
        (("33.333", "0.01", "1", "1"), [3333, 1, 100, 100]),
        (("999", "0", "1", "1"), [99_900, 0, 100, 100]),  # whether it lies in the picture is asked by the rule
    ],
)
def test_four_numbers_are_an_area(typed: tuple[str, ...], area: list[int]) -> None:
    assert typed_area(form(*typed)) == area


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("", "", "", ""), RefusalCode.AREA_MISSING),
        (("1", "2", "3", " "), RefusalCode.AREA_MISSING),
        (("1", "2", "3", "%"), RefusalCode.AREA_MISSING),
        (("-1", "2", "3", "4"), RefusalCode.AREA_OUTSIDE),
        (("1e2", "2", "3", "4"), RefusalCode.AREA_OUTSIDE),
        (("nan", "2", "3", "4"), RefusalCode.AREA_OUTSIDE),
        (("9" * 400, "2", "3", "4"), RefusalCode.AREA_OUTSIDE),
        (("٣", "2", "3", "4"), RefusalCode.AREA_OUTSIDE),
    ],
)
def test_what_is_no_area_is_refused(typed: tuple[str, ...], code: RefusalCode) -> None:
    with pytest.raises(Refused) as refused:
        typed_area(form(*typed))
    assert refused.value.code is code


@pytest.mark.parametrize(
    ("key", "area"),
    [("1,2,3,4", [1, 2, 3, 4]), ("1,2,3", []), ("", []), ("a,b,c,d", []), ("1,2,3,4,5", []), ("9" * 9 + ",1,1,1", [])],
)
def test_a_button_names_an_area_or_none(key: str, area: list[int]) -> None:
    assert named_area(key) == area


def test_an_outline_is_drawn_in_the_shape_of_the_picture() -> None:
    drawn = outline(3, [1000, 2000, 500, 10], 4000, 2000)
    assert (drawn.x, drawn.y, drawn.width, drawn.height) == (1000, 1000, 500, 5)
    assert (drawn.key, drawn.percent) == ("1000,2000,500,10", ("10", "20", "5", "0.1"))
    assert drawing_height(4000, 2000) == 5000
    assert drawing_height(100_000, 1) == 1, "never without any height"


@pytest.mark.parametrize(
    ("pasted", "identifier"),
    [
        ("", ""),
        ("  ", ""),
        ("8k2m4n6p1", "8k2m4n6p1"),
        ("8K2M-4N6P-1", "8k2m4n6p1"),
        ("/p/8k2m4n6p1", "8k2m4n6p1"),
        ("https://memory.example/p/8k2m4n6p1", "8k2m4n6p1"),
        ("https://memory.example/ru/people/8k2m4n6p1/petrov-ivan?x=1#top", "8k2m4n6p1"),
        ("memory.example/p/8k2m4n6po", "8k2m4n6p0"),  # an o read for a zero
    ],
)
def test_an_entry_is_found_in_what_somebody_pastes(pasted: str, identifier: str) -> None:
    assert entry_named(pasted) == identifier


@pytest.mark.parametrize("pasted", ["Ivan Petrov", "/p/", "https://memory.example/ru/gallery", "8k2m4n6p", "u" * 9])
def test_what_names_no_entry_is_refused(pasted: str) -> None:
    with pytest.raises(Refused) as refused:
        entry_named(pasted)
    assert refused.value.code is RefusalCode.ENTRY_NOT_FOUND
