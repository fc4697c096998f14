"""What is refused before anything is decoded."""

from dataclasses import replace
from pathlib import Path

import pytest

from memory_road.media.formats import PictureFormat
from memory_road.media.gate import admit
from memory_road.media.limits import Limits
from memory_road.media.refusal import PictureRefused, RefusalCode

JPEG = b"\xff\xd8\xff\xe0" + bytes(5 * 1024 * 1024)
LIMITS = Limits(bytes=4 * 1024 * 1024)


@pytest.mark.parametrize(
    ("name", "content", "code", "values"),
    [
        ("grandfather.jpg", b"", RefusalCode.EMPTY, {}),
        ("grandfather.jpg", b"What he told us about the war", RefusalCode.NOT_A_PICTURE, {}),
        ("grandfather.jpg", b"%PDF-1.4", RefusalCode.UNSUPPORTED, {"format": "pdf"}),
        ("grandfather.jpg", JPEG, RefusalCode.TOO_MANY_BYTES, {"megabytes": 6, "limit": 4}),
        ("film.mov", b"\0\0\0\x14ftypqt  " + bytes(5 * 1024 * 1024), RefusalCode.UNSUPPORTED, {"format": "video"}),
    ],
)
def test_refuses(tmp_path: Path, name: str, content: bytes, code: RefusalCode, values: dict[str, str | int]) -> None:
    source = tmp_path / name
    source.write_bytes(content)
    with pytest.raises(PictureRefused) as refused:
        admit(source, LIMITS)
    assert (refused.value.code, refused.value.values) == (code, values)


def test_asks_the_content_and_not_the_name(tmp_path: Path) -> None:
    source = tmp_path / "grandfather.txt"
    source.write_bytes(JPEG[:1000])
    assert admit(source, LIMITS) is PictureFormat.JPEG


def test_an_operator_can_switch_a_format_off(tmp_path: Path) -> None:
    source = tmp_path / "phone.heic"
    source.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    with pytest.raises(PictureRefused) as refused:
        admit(source, replace(LIMITS, formats=LIMITS.formats - {PictureFormat.HEIC}))
    assert (refused.value.code, refused.value.values) == (RefusalCode.UNSUPPORTED, {"format": "heic"})
