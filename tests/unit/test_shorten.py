"""A text is cut where little room is: behind a whole word, and everybody sees that there is more."""

import pytest

from memory_road.facts.shorten import shorten


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        pytest.param("", 5, "", id="nothing stays nothing"),
        pytest.param("село Лесное", 11, "село Лесное", id="what fits stays as it is"),
        pytest.param("село Лесное, Тверь", 17, "село Лесное…", id="a word that is cut is left out, its comma too"),
        pytest.param("село Лесное — Тверь", 14, "село Лесное…", id="so is a dash"),
        pytest.param("Новокрестовоздвиженское", 10, "Новокрест…", id="one word alone is cut itself"),
    ],
)
def test_a_text_is_cut(text: str, most: int, shown: str) -> None:
    assert shorten(text, most) == shown
    assert len(shown) <= most
