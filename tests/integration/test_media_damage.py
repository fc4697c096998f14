"""A damaged file is told from a picture by decoding it to its end."""

import io
from pathlib import Path

import pytest
from PIL import Image

from memory_road.media.limits import Limits
from memory_road.media.refusal import PictureRefused, RefusalCode
from memory_road.media.verify import verify

LIMITS = Limits()
HEIC = Path(__file__).parents[1] / "files/turned_with_gps.heic"


def saved(image: Image.Image, format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def noise() -> Image.Image:
    return Image.effect_noise((300, 300), 90)


DAMAGED = [
    (saved(noise(), "JPEG")[:-20_000], "jpeg", "a JPEG of which the end is missing"),
    (b"\xff\xd8\xff\xe0" + bytes(2000), "jpeg", "nothing but a beginning of a JPEG"),
    (saved(noise(), "PNG")[:40_000], "png", "a PNG of which the end is missing"),
    (saved(noise(), "PNG").replace(b"IHDR\0\0\x01", b"IHDR\0\0\x02"), "png", "a PNG with a wrong checksum"),
    (saved(noise(), "WEBP")[:10_000], "webp", "a WebP of which the end is missing"),
    (saved(noise(), "TIFF", compression="tiff_lzw")[:200], "tiff", "a TIFF of which only the header is there"),
    (b"II*\0\xf0\xff\xff\xff", "tiff", "a TIFF that points behind its end"),
    (HEIC.read_bytes()[:700], "heic", "a HEIC of which the end is missing"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500), "heic", "nothing but a beginning of a HEIC"),
]


@pytest.mark.parametrize(("content", "format", "why"), DAMAGED)
def test_damaged_files_are_told_from_pictures(tmp_path: Path, content: bytes, format: str, why: str) -> None:
    (tmp_path / "sent").write_bytes(content)
    with pytest.raises(PictureRefused) as refused:
        verify(tmp_path / "sent", LIMITS, tmp_path / "preview.webp")
    assert (refused.value.code, refused.value.values) == (RefusalCode.DAMAGED, {"format": format}), why
    assert not (tmp_path / "preview.webp").exists()


def test_a_raw_file_dressed_as_tiff_is_not_taken_for_its_thumbnail(tmp_path: Path) -> None:
    Image.new("RGB", (160, 120)).save(tmp_path / "sent.dng", "TIFF", tiffinfo={0xC612: b"\x01\x04\0\0"})
    with pytest.raises(PictureRefused) as refused:
        verify(tmp_path / "sent.dng", LIMITS, tmp_path / "preview.webp")
    assert (refused.value.code, refused.value.values) == (RefusalCode.UNSUPPORTED, {"format": "raw"})
