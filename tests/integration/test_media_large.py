"""The largest pictures that are taken, 150 megapixels, within 800 MB of memory. How long it takes is not asked here."""

import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from memory_road.media.formats import PictureFormat
from memory_road.media.limits import Limits
from memory_road.media.process import ask
from memory_road.media.protocol import Wishes
from memory_road.media.refusal import PictureRefused, RefusalCode
from memory_road.media.verify import verify

LIMITS = Limits(seconds=120)
WIDTH, HEIGHT = 12_500, 12_000


def tiff(path: Path, samples: int, bits: int, photometric: int) -> None:
    """An uncompressed black TIFF in one strip, as scanners write it; the file system keeps only its header."""
    size = -(-WIDTH * samples * bits // 8) * HEIGHT
    tags = [
        (256, 4, 1, WIDTH),
        (257, 4, 1, HEIGHT),
        (258, 3, 1, bits) if samples == 1 else (258, 3, samples, 200),
        (259, 3, 1, 1),
        (262, 3, 1, photometric),
        (273, 4, 1, 1000),
        (277, 3, 1, samples),
        (278, 4, 1, HEIGHT),
        (279, 4, 1, size),
    ]
    header = b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags))
    header += b"".join(struct.pack("<HHII", *tag) for tag in tags) + bytes(4)
    with path.open("wb") as file:
        file.write(header.ljust(200, b"\0") + struct.pack("<H", bits) * samples)
        file.truncate(1000 + size)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("large")
    yield path
    for each in path.iterdir():
        each.unlink()


@pytest.mark.parametrize(
    ("samples", "bits", "photometric", "colour"),
    [(3, 8, 2, "000000"), (3, 16, 2, "000000"), (4, 8, 5, "FFFFFF"), (1, 16, 1, "000000"), (1, 1, 0, "FFFFFF")],
    ids=["RGB", "RGB of 16 bits", "CMYK", "grey of 16 bits", "one bit, white is zero"],
)
def test_a_large_scan_is_taken(folder: Path, samples: int, bits: int, photometric: int, colour: str) -> None:
    tiff(folder / "scan.tif", samples, bits, photometric)
    limits = replace(LIMITS, bytes=(folder / "scan.tif").stat().st_size)
    verified = verify(folder / "scan.tif", limits, folder / "preview.webp")
    assert (verified.width, verified.height, verified.colour) == (WIDTH, HEIGHT, colour)


def test_a_large_jpeg_lying_on_its_side_is_taken_and_published(folder: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (WIDTH, HEIGHT), 90).save(folder / "a.jpg", exif=exif)
    verified = verify(folder / "a.jpg", LIMITS, folder / "preview.webp")
    assert (verified.width, verified.height, verified.colour) == (HEIGHT, WIDTH, "5A5A5A")
    (folder / "made").mkdir()
    wishes: Wishes = {"widths": (2000,), "encoding": "jpeg"}
    answer = ask("resize", folder / "a.jpg", PictureFormat.JPEG, folder / "made", LIMITS, wishes)
    assert [(each["width"], each["height"]) for each in answer.get("made", [])] == [(2000, 2083)]
    (folder / "made/2000.jpeg").unlink()
    (folder / "made").rmdir()


@pytest.mark.parametrize(("format", "limit"), [("WEBP", 45), ("AVIF", 45)])
def test_a_hungrier_format_has_a_lower_limit_and_says_so(tmp_path: Path, format: str, limit: int) -> None:
    options = {"speed": 10} if format == "AVIF" else {"quality": 1, "method": 0}
    Image.new("RGB", (7000, 6500)).save(tmp_path / "sent", format, **options)
    with pytest.raises(PictureRefused) as refused:
        verify(tmp_path / "sent", LIMITS, tmp_path / "preview.webp")
    assert refused.value.code is RefusalCode.TOO_MANY_PIXELS
    assert refused.value.values == {"format": format.lower(), "megapixels": 46, "limit": limit}
