"""Which keys a store takes."""

import pytest

from memory_road.media.store import FileMissing, KeyMalformed, check


@pytest.mark.parametrize(
    "key",
    [
        "private/originals/8k2m4n6p1",
        "private/sizes/8k2m4n6p1-640.webp",
        "public/5f0c1d-share.jpg",
        "partial/00ff",
        "public/a--b",
        "public/" + "a" * 193,
    ],
)
def test_takes(key: str) -> None:
    assert check(key) == key


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "says nothing"),
        ("private", "names no file"),
        ("private/", "names no file either"),
        ("secret/a", "is in no part of the store"),
        ("/etc/passwd", "begins at the root of the disk"),
        ("private/../public/a", "climbs"),
        ("private/..", "climbs out"),
        ("private/.", "is the folder itself"),
        ("private/.hidden", "begins with a dot"),
        ("private/a..b", "holds two dots"),
        ("private/a.", "ends in a dot, which some file systems cut off"),
        ("private//a", "has an empty part"),
        ("private/A", "would be another file only where case counts"),
        ("private/фото.jpg", "is a family's file name"),
        ("private/a b", "holds a space"),
        ("private/a+b", "holds the sign that stands for a slash on the disk"),
        ("private/a\\b", "holds a slash of another system"),
        ("private/a\n", "ends in a line break"),
        ("private/a\0", "ends a C string"),
        ("public/" + "a" * 194, "is longer than a file name may be"),
    ],
)
def test_refuses(key: str, why: str) -> None:
    with pytest.raises(KeyMalformed):
        check(key)


def test_for_a_reader_a_malformed_key_is_a_missing_file() -> None:
    assert issubclass(KeyMalformed, FileMissing)
