"""A damaged file is told from a picture by decoding it to its end."""

import io
from pathlib import Path

import pytest
from PIL import Image

from memory_road.media.derive import derive
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
    (saved(noise(), "JPEG")[:15_000], "jpeg", "a JPEG of which most is missing"),
    (
        saved(noise(), "JPEG", progressive=True)[:5_000],
        "jpeg",
        "a progressive JPEG with no more than its coarsest pass",
    ),
    (saved(noise(), "AVIF")[:10_000], "avif", "an AVIF of which the end is missing"),
    (saved(noise(), "BMP")[:40_000], "bmp", "a BMP of which the end is missing"),
    (saved(noise(), "GIF")[:10_000], "gif", "a GIF of which the end is missing"),
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


def test_a_large_scan_that_ends_too_early_is_called_damaged(tmp_path: Path) -> None:
    Image.new("L", (7000, 6000)).save(tmp_path / "whole.tif")
    (tmp_path / "sent").write_bytes((tmp_path / "whole.tif").read_bytes()[:30_000_000])
    with pytest.raises(PictureRefused) as refused:
        verify(tmp_path / "sent", LIMITS, tmp_path / "preview.webp")
    assert refused.value.code is RefusalCode.DAMAGED


def broken_inside(content: bytes) -> bytes:
    """A table that cannot be one, at two thirds of the picture."""
    at = len(content) * 2 // 3
    return content[:at] + b"\xff\xc4\0\x03\x55" + content[at + 5 :]


@pytest.mark.parametrize(
    ("content", "least", "most", "why"),
    [
        (saved(noise(), "JPEG"), 0, 0, "nothing is missing"),
        (saved(noise(), "JPEG")[:-20], 1, 5, "hardly anything is missing"),
        (saved(noise(), "JPEG")[: len(saved(noise(), "JPEG")) * 3 // 4], 20, 35, "a quarter is missing"),
        (
            saved(noise().convert("RGB"), "JPEG")[: len(saved(noise().convert("RGB"), "JPEG")) * 3 // 4],
            20,
            35,
            "colour",
        ),
        (
            saved(noise().convert("CMYK"), "JPEG")[: len(saved(noise().convert("CMYK"), "JPEG")) * 3 // 4],
            20,
            35,
            "inks",
        ),
        (saved(noise(), "JPEG", progressive=True)[:-2000], 1, 50, "the finest pass of a progressive one is missing"),
        (broken_inside(saved(noise(), "JPEG")), 1, 50, "it is broken inside"),
    ],
)
def test_what_there_is_of_a_jpeg_is_kept(tmp_path: Path, content: bytes, least: int, most: int, why: str) -> None:
    (tmp_path / "sent").write_bytes(content)
    verified = verify(tmp_path / "sent", LIMITS, tmp_path / "preview.webp")
    assert least <= verified.undecoded <= most, why
    assert (verified.width, verified.height) == (300, 300)
    if verified.undecoded > 5 and "progressive" not in why:
        with Image.open(tmp_path / "preview.webp") as preview:
            assert all(100 < value < 160 for value in preview.crop((100, 290, 200, 299)).convert("L").tobytes()), why
    assert derive(tmp_path / "sent", tmp_path / "made", LIMITS)[0].width == 300
