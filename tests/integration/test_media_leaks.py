"""Nothing but pixels is ever published: no place, no name, no profile, whatever the file carried."""

import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from memory_road.media.derive import derive
from memory_road.media.limits import Limits
from memory_road.media.pyramid import NAME as TILES
from memory_road.media.sizes import by_width
from memory_road.media.verify import verify

LIMITS = Limits()
HEIC = Path(__file__).parents[1] / "files/turned_with_gps.heic"
PHOTOS = Path(__file__).parents[2] / "../shared/data/photos"
needs_photos = pytest.mark.skipif(not PHOTOS.is_dir(), reason="needs ../shared/data beside the checkout")

SECRET = "Nevsky 104"
"""Stands in every place where a file can carry words."""

PICTURE = Image.new("RGB", (600, 400), "olive")

Save = Callable[[Path], None]


def exif() -> Image.Exif:
    block = Image.Exif()
    block[0x010E] = SECRET
    block.get_ifd(0x8825).update({1: "N", 2: (59.0, 55.0, 43.0), 3: "E", 4: (30.0, 20.0, 53.0)})
    return block


def chunks(content: bytes) -> Iterator[bytes]:
    """Names of the parts of a WebP file, or markers of the segments of a JPEG up to its pixels."""
    if content[:4] == b"RIFF":
        at = 12
        while at < len(content):
            length = int.from_bytes(content[at + 4 : at + 8], "little")
            yield content[at : at + 4]
            at += 8 + length + length % 2
    else:
        at = 2
        while content[at : at + 2] != b"\xff\xda":
            yield content[at : at + 2]
            at += 2 + int.from_bytes(content[at + 2 : at + 4])


PIXELS_ONLY = {b"VP8 ", b"\xff\xe0", b"\xff\xdb", b"\xff\xc0", b"\xff\xc4"}
"""WebP's pixels; of a JPEG its JFIF header of 14 fixed bytes, its tables and its frame."""

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{SECRET}</x:xmpmeta>'.encode()


def talkative_jpeg(path: Path) -> None:
    PICTURE.save(path, exif=exif(), comment=SECRET, xmp=XMP, icc_profile=PROFILE)
    content = path.read_bytes()
    iptc = b"Photoshop 3.0\0" + SECRET.encode()
    path.write_bytes(
        content[:2] + b"\xff\xed" + struct.pack(">H", 2 + len(iptc)) + iptc + content[2:] + SECRET.encode()
    )


def talkative_png(path: Path) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET)
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    PICTURE.save(path, exif=exif(), pnginfo=words, icc_profile=PROFILE)


def talkative_tiff(path: Path) -> None:
    PICTURE.save(path, exif=exif(), tiffinfo={270: SECRET, 315: SECRET, 700: XMP}, icc_profile=PROFILE)


def talkative_webp(path: Path) -> None:
    PICTURE.save(path, exif=exif(), xmp=XMP, icc_profile=PROFILE)


def assert_pixels_only(path: Path) -> None:
    content = path.read_bytes()
    assert set(chunks(content)) <= PIXELS_ONLY
    assert SECRET.encode() not in content


@pytest.mark.parametrize(
    ("suffix", "save"),
    [(".jpg", talkative_jpeg), (".png", talkative_png), (".tif", talkative_tiff), (".webp", talkative_webp)],
)
def test_nothing_but_pixels_is_published(tmp_path: Path, suffix: str, save: Save) -> None:
    source = tmp_path / f"sent{suffix}"
    save(source)
    assert SECRET.encode() in source.read_bytes()
    verify(source, LIMITS, tmp_path / "preview.webp")
    assert_pixels_only(tmp_path / "preview.webp")
    for each in derive(source, tmp_path / "made", LIMITS):
        assert_pixels_only(each.path)


def test_nothing_but_pixels_is_published_of_a_heic(tmp_path: Path) -> None:
    assert b"A phone" in HEIC.read_bytes()
    for each in derive(HEIC, tmp_path, LIMITS):
        assert_pixels_only(each.path)


def test_the_original_stays_as_it_was(tmp_path: Path) -> None:
    talkative_jpeg(tmp_path / "sent.jpg")
    before = (tmp_path / "sent.jpg").read_bytes()
    verify(tmp_path / "sent.jpg", LIMITS, tmp_path / "preview.webp")
    derive(tmp_path / "sent.jpg", tmp_path / "made", LIMITS)
    assert (tmp_path / "sent.jpg").read_bytes() == before


def test_the_sites_own_process_loads_no_picture_library() -> None:
    loaded = "import memory_road.media.derive, memory_road.media.verify, sys; print('PIL' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.check_output([sys.executable, "-c", loaded], cwd=root, text=True) == "False\n"


@needs_photos
@pytest.mark.parametrize(
    ("name", "width", "height"),
    [
        ("camera/IMG_2927.HEIC", 3024, 4032),
        ("camera/Apple iPhone 4.jpg", 1296, 968),
        ("portraits/face_woman_101.png", 450, 600),
    ],
)
def test_real_files(tmp_path: Path, name: str, width: int, height: int) -> None:
    verified = verify(PHOTOS / name, LIMITS, tmp_path / "preview.webp")
    assert (verified.width, verified.height) == (width, height)
    made = derive(PHOTOS / name, tmp_path / "made", LIMITS)
    assert by_width(each.row() for each in made)[-1]["width"] == min(2000, width)
    for each in made:
        if each.name != TILES:
            assert_pixels_only(each.path)
