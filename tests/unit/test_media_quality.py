"""What speaks against a picture that is taken all the same."""

import pytest

from memory_road.media.quality import Concern, concerns

CASES = [
    ((4000, 3000, 4_000_000, "image/jpeg", 0), [], "a phone's photograph"),
    ((2000, 1500, 200_000, "image/jpeg", 0), [], "a large one with much sky needs few bytes"),
    ((599, 400, 300_000, "image/jpeg", 0), [Concern.SMALL], "a small one"),
    ((600, 400, 300_000, "image/jpeg", 0), [], "just large enough"),
    ((400, 600, 300_000, "image/jpeg", 0), [], "the longer side counts"),
    ((1280, 960, 60_000, "image/jpeg", 0), [Concern.OVERCOMPRESSED], "what a messenger made of it"),
    ((1280, 960, 60_000, "image/webp", 0), [], "WebP says the same with fewer bytes"),
    ((1280, 960, 6_000, "image/png", 0), [], "a PNG loses nothing"),
    ((300, 200, 1_000, "image/jpeg", 40), [Concern.INCOMPLETE, Concern.SMALL, Concern.OVERCOMPRESSED], "all of it"),
]


@pytest.mark.parametrize(("picture", "expected", "why"), CASES)
def test_concerns(picture: tuple[int, int, int, str, int], expected: list[Concern], why: str) -> None:
    assert concerns(*picture) == expected, why
