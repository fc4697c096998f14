"""The measurement's own eye for metadata sees what it is there for."""

import io
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from PIL import Image
from PIL.ImageCms import ImageCmsProfile, createProfile

from benchmarks.metadata import metadata_in


def picture(kind: str, **extra: object) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, kind, **extra)  # pyright: ignore[reportArgumentType] -- per format
    return content.getvalue()


def exif() -> bytes:
    written = Image.Exif()
    written[0x010F] = "A camera"
    return written.tobytes()


PROFILE = ImageCmsProfile(createProfile("sRGB")).tobytes()


def zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("info.json", "{}")
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param("share.jpg", lambda: picture("JPEG"), id="JPEG"),
        pytest.param("share.jpg", lambda: picture("JPEG", progressive=True), id="progressive JPEG"),
        pytest.param("320.webp", lambda: picture("WEBP"), id="WebP"),
        pytest.param("320.webp", lambda: picture("WEBP", lossless=True), id="lossless WebP"),
        pytest.param("tiles.zip", lambda: zipped("0,0/0.jpg", picture("JPEG")), id="tiles"),
    ],
)
def test_a_bare_picture_has_none(name: str, make: Callable[[], bytes]) -> None:
    assert metadata_in(name, make()) == []


@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param("share.jpg", lambda: picture("JPEG", exif=exif()), id="Exif in JPEG"),
        pytest.param("share.jpg", lambda: picture("JPEG", comment=b"Grandfather"), id="a comment in JPEG"),
        pytest.param("share.jpg", lambda: picture("JPEG", icc_profile=PROFILE), id="a profile in JPEG"),
        pytest.param("share.jpg", lambda: picture("JPEG", progressive=True) + b"more", id="something after a JPEG"),
        pytest.param("share.jpg", lambda: picture("JPEG")[:-40], id="half a JPEG"),
        pytest.param("320.webp", lambda: picture("WEBP", exif=exif()), id="Exif in WebP"),
        pytest.param("320.webp", lambda: picture("WEBP", xmp=b"<x/>"), id="XMP in WebP"),
        pytest.param("320.webp", lambda: picture("WEBP", icc_profile=PROFILE), id="a profile in WebP"),
        pytest.param("320.webp", lambda: picture("WEBP") + b"more", id="something after a WebP"),
        pytest.param("tiles.zip", lambda: zipped("0.jpg", picture("JPEG", comment=b"Granny")), id="in a tile"),
        pytest.param("320.webp", lambda: picture("PNG"), id="a PNG"),
    ],
)
def test_metadata_is_found(name: str, make: Callable[[], bytes]) -> None:
    assert metadata_in(name, make()) != []
