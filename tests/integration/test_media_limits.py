"""No picture can take the site down: limits on pixels, memory, time and output hold, and nothing hangs."""

import os
import signal
import threading
import time
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from memory_road.media.derive import derive
from memory_road.media.limits import Limits
from memory_road.media.process import DecoderUnavailable
from memory_road.media.refusal import PictureRefused, RefusalCode
from memory_road.media.verify import verify

LIMITS = Limits()


def refused(source: Path, limits: Limits) -> PictureRefused:
    preview = source.with_name("preview.webp")
    preview.write_bytes(b"an older one")
    with pytest.raises(PictureRefused) as caught:
        verify(source, limits, preview)
    assert not preview.exists()
    return caught.value


@pytest.fixture(scope="module")
def large_png(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """16 megapixels that need 64 MB."""
    path = tmp_path_factory.mktemp("large") / "large.png"
    Image.new("RGB", (4000, 4000), "grey").save(path, compress_level=1)
    return path


def test_a_small_file_of_very_many_pixels_is_not_decoded(tmp_path: Path) -> None:
    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + name + body + zlib.crc32(name + body).to_bytes(4)

    header = (60_000).to_bytes(4) * 2 + bytes((8, 2, 0, 0, 0))
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(10_000_000))) + chunk(b"IEND", b"")
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + body)
    assert (tmp_path / "bomb.png").stat().st_size < 10_000
    refusal = refused(tmp_path / "bomb.png", LIMITS)
    assert refusal.code is RefusalCode.TOO_MANY_PIXELS
    assert refusal.values == {"format": "png", "megapixels": 3600, "limit": 150}


@pytest.mark.parametrize(
    ("format", "options", "why"),
    [
        ("JPEG", {}, "a header that can be read before any pixel"),
        ("TIFF", {}, "the same in TIFF"),
        ("WEBP", {}, "lossy WebP, whose decoder makes room at once"),
        ("WEBP", {"lossless": True}, "lossless WebP"),
        ("WEBP", {"exif": b"Exif\0\0II*\0\x08\0\0\0"}, "WebP with an extended header"),
    ],
)
def test_pixels_are_counted_before_they_are_decoded(
    tmp_path: Path, format: str, options: dict[str, object], why: str
) -> None:
    Image.new("RGB", (1501, 1000)).save(tmp_path / "sent", format, **options)
    refusal = refused(tmp_path / "sent", replace(LIMITS, pixels=1_500_000))
    assert (refusal.code, refusal.values["megapixels"], refusal.values["limit"]) == ("too_many_pixels", 2, 1), why


def test_memory_is_limited(large_png: Path) -> None:
    refusal = refused(large_png, replace(LIMITS, memory_bytes=90_000_000))
    assert (refusal.code, refusal.values) == (RefusalCode.TOO_DEMANDING, {"format": "png"})


def test_a_large_jpeg_is_never_held_whole(tmp_path: Path) -> None:
    """24 megapixels would take 96 MB, and as much again to be turned or converted."""
    Image.new("RGB", (6000, 4000), "grey").save(tmp_path / "a.jpg")
    made = derive(tmp_path / "a.jpg", tmp_path / "made", replace(LIMITS, memory_bytes=130_000_000))
    assert max(each.width for each in made if each.media_type == "image/webp") == 2000


def test_want_of_memory_is_not_called_damage(tmp_path: Path) -> None:
    """libjpeg tells the same of both. A progressive JPEG has to be kept whole until its end."""
    Image.new("RGB", (4000, 4000)).save(tmp_path / "a.jpg", progressive=True, subsampling=0)
    refusal = refused(tmp_path / "a.jpg", replace(LIMITS, memory_bytes=90_000_000))
    assert refusal.code is RefusalCode.TOO_DEMANDING


def test_time_is_limited(large_png: Path) -> None:
    started = time.monotonic()
    refusal = refused(large_png, replace(LIMITS, seconds=0.05))
    assert refusal.code is RefusalCode.TOO_DEMANDING
    assert time.monotonic() - started < 5


def test_output_is_limited(tmp_path: Path) -> None:
    Image.effect_noise((600, 600), 90).save(tmp_path / "a.png")
    refusal = refused(tmp_path / "a.png", replace(LIMITS, output_bytes=2000))
    assert refusal.code is RefusalCode.TOO_DEMANDING


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds the child through Linux's /proc")
def test_a_killed_decoder_is_a_refusal(large_png: Path) -> None:
    refusals: list[PictureRefused] = []
    verifying = threading.Thread(target=lambda: refusals.append(refused(large_png, LIMITS)))
    verifying.start()
    deadline = time.monotonic() + 10
    while not (decoding := decoders_of(large_png)) and time.monotonic() < deadline:
        time.sleep(0.002)
    os.kill(decoding[0], signal.SIGKILL)
    verifying.join(10)
    assert [refusal.code for refusal in refusals] == [RefusalCode.TOO_DEMANDING]


def children(pid: int | str) -> list[int]:
    return [int(each) for path in Path(f"/proc/{pid}/task").glob("*/children") for each in path.read_text().split()]


def nurseries() -> list[int]:
    """Processes that this one has started and that fork decoders."""
    return [pid for pid in children("self") if b"memory_road.media.child" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def decoders_of(source: Path) -> list[int]:
    """Processes that have a picture open to decode it."""
    return [pid for nursery in nurseries() for pid in children(nursery) if str(source) in open_files(pid)]


def open_files(pid: int) -> list[str]:
    try:
        return [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
    except OSError:
        return []


def test_a_full_disk_is_no_fault_of_the_picture(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full")
    Image.new("RGB", (60, 40)).save(tmp_path / "a.png")
    (tmp_path / "preview.webp").symlink_to(full)
    with pytest.raises(DecoderUnavailable, match="No space left"):
        verify(tmp_path / "a.png", LIMITS, tmp_path / "preview.webp")


def test_a_missing_folder_is_no_fault_of_the_picture(tmp_path: Path) -> None:
    Image.new("RGB", (60, 40)).save(tmp_path / "a.png")
    with pytest.raises(DecoderUnavailable):
        verify(tmp_path / "a.png", LIMITS, tmp_path / "nowhere" / "preview.webp")


def test_a_name_is_never_understood_as_anything_else(tmp_path: Path) -> None:
    strange = tmp_path / "-c import os; фото \udcff '\"$(x).png"
    Image.new("RGB", (60, 40)).save(tmp_path / "a.png")
    (tmp_path / "a.png").rename(strange)
    assert verify(strange, LIMITS, tmp_path / "preview.webp").width == 60
    assert [made.width for made in derive(strange, tmp_path / "made", LIMITS)] == [60, 60]
