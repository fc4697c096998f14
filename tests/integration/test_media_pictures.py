"""Pictures go through the real decoding child: what is taken, how it comes out, and that nothing leaks."""

import io
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat, PngImagePlugin

from memory_road.media.derive import derive
from memory_road.media.limits import Limits
from memory_road.media.refusal import PictureRefused, RefusalCode
from memory_road.media.verify import verify

LIMITS = Limits()
HEIC = Path(__file__).parents[1] / "files/turned_with_gps.heic"
PHOTOS = Path(__file__).parents[2] / "../shared/data/photos"
needs_photos = pytest.mark.skipif(not PHOTOS.is_dir(), reason="needs ../shared/data beside the checkout")

SECRET = "Nevsky 104"
"""Stands in every place where a file can carry words."""

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera held that way stores an upright scene, by Exif orientation."""

Save = Callable[[Path], None]


def quarters(width: int = 600, height: int = 400) -> Image.Image:
    """Red, lime over blue, yellow: no turn and no mirror leaves it as it is."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("lime", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    image.paste("yellow", (width // 2, height // 2, width, height))
    return image


def corners(image: Image.Image) -> list[str]:
    """The nearest of the colours in each corner."""
    names = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0)}
    names |= {"white": (255, 255, 255), "grey": (128, 128, 128), "black": (0, 0, 0)}
    width, height = image.size
    rgb = image.convert("RGB")

    def nearest(at: tuple[int, int]) -> str:
        pixel = rgb.getpixel(at)
        assert isinstance(pixel, tuple)
        return min(names, key=lambda name: sum(abs(a - b) for a, b in zip(names[name], pixel, strict=True)))

    x, y = width // 4, height // 4
    return [nearest(at) for at in ((x, y), (width - x, y), (x, height - y), (width - x, height - y))]


def difference(one: Path, other: Path) -> float:
    """Mean difference of two pictures per pixel and colour, from 0 to 255."""
    with Image.open(one) as first, Image.open(other) as second:
        assert first.size == second.size
        return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


def exif(orientation: int = 1) -> Image.Exif:
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010E] = SECRET
    block.get_ifd(0x8825).update({1: "N", 2: (59.0, 55.0, 43.0), 3: "E", 4: (30.0, 20.0, 53.0)})
    return block


# --- upright ---------------------------------------------------------------------------------------------------------


def test_every_orientation_comes_out_alike(tmp_path: Path) -> None:
    quarters().save(tmp_path / "1.jpg", quality=95)
    verify(tmp_path / "1.jpg", LIMITS, tmp_path / "1.webp")
    for orientation, turn in TURNS.items():
        source, preview = tmp_path / f"{orientation}.jpg", tmp_path / f"{orientation}.webp"
        quarters().transpose(turn).save(source, quality=95, exif=exif(orientation))
        verified = verify(source, LIMITS, preview)
        assert (verified.width, verified.height) == (600, 400)
        assert difference(tmp_path / "1.webp", preview) < 1, orientation


@pytest.mark.parametrize("suffix", ["png", "webp", "tif"])
def test_other_formats_are_turned_once(tmp_path: Path, suffix: str) -> None:
    source = tmp_path / f"turned.{suffix}"
    quarters().transpose(TURNS[6]).save(source, exif=exif(6))
    verified = verify(source, LIMITS, tmp_path / "preview.webp")
    assert (verified.width, verified.height) == (600, 400)
    with Image.open(tmp_path / "preview.webp") as preview:
        assert (preview.size, corners(preview)) == ((480, 320), ["red", "lime", "blue", "yellow"])


def test_a_phones_heic_is_turned_once(tmp_path: Path) -> None:
    verified = verify(HEIC, LIMITS, tmp_path / "preview.webp")
    assert (verified.media_type, verified.width, verified.height) == ("image/heic", 64, 96)
    with Image.open(tmp_path / "preview.webp") as preview:
        assert corners(preview) == ["red", "lime", "blue", "yellow"]


def test_a_broken_exif_block_costs_only_the_turn(tmp_path: Path) -> None:
    quarters().save(tmp_path / "a.jpg", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
    assert verify(tmp_path / "a.jpg", LIMITS, tmp_path / "preview.webp").width == 600


# --- every kind of pixel ---------------------------------------------------------------------------------------------


def sixteen_bits() -> Image.Image:
    """Black, white over grey, black."""
    image = Image.new("I;16", (600, 400))
    image.paste(0xFFFF, (300, 0, 600, 200))
    # Both bytes are alike, since Pillow paints with the lower one only.
    image.paste(0x8080, (0, 200, 300, 400))
    return image


def grey() -> Image.Image:
    return sixteen_bits().point(lambda value: value / 257).convert("L")


def half_transparent() -> Image.Image:
    image = quarters().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 300, 400))
    return image


COLOURS = ["red", "lime", "blue", "yellow"]
GREYS = ["black", "white", "grey", "black"]

KINDS: list[tuple[str, Save, list[str]]] = [
    ("image/jpeg", lambda path: quarters().save(path, "JPEG", progressive=True), COLOURS),
    ("image/jpeg", lambda path: grey().save(path, "JPEG"), GREYS),
    ("image/jpeg", lambda path: quarters().convert("CMYK").save(path, "JPEG"), COLOURS),
    # A phone's second picture, here a grey one, is not the photograph.
    ("image/jpeg", lambda path: quarters().save(path, "MPO", save_all=True, append_images=[grey()]), COLOURS),
    ("image/png", lambda path: quarters().save(path, "PNG"), COLOURS),
    ("image/png", lambda path: quarters().quantize(16).save(path, "PNG"), COLOURS),
    ("image/png", lambda path: half_transparent().save(path, "PNG"), ["white", "lime", "white", "yellow"]),
    ("image/png", lambda path: half_transparent().quantize(8).save(path, "PNG"), ["white", "lime", "white", "yellow"]),
    ("image/png", lambda path: sixteen_bits().save(path, "PNG"), GREYS),
    ("image/tiff", lambda path: sixteen_bits().save(path, "TIFF"), GREYS),
    ("image/tiff", lambda path: quarters().save(path, "TIFF", compression="tiff_lzw"), COLOURS),
    ("image/tiff", lambda path: quarters().convert("CMYK").save(path, "TIFF", compression="tiff_lzw"), COLOURS),
    ("image/tiff", lambda path: grey().convert("1").save(path, "TIFF", compression="group4"), GREYS),
    ("image/tiff", lambda path: quarters().save(path, "TIFF", save_all=True, append_images=[grey()]), COLOURS),
    ("image/webp", lambda path: quarters().save(path, "WEBP"), COLOURS),
    ("image/webp", lambda path: half_transparent().save(path, "WEBP"), ["white", "lime", "white", "yellow"]),
]


@pytest.mark.parametrize(("media_type", "save", "expected"), KINDS)
def test_takes_what_families_have(tmp_path: Path, media_type: str, save: Save, expected: list[str]) -> None:
    source = tmp_path / "sent"
    save(source)
    verified = verify(source, LIMITS, tmp_path / "preview.webp")
    assert (verified.media_type, verified.width, verified.height) == (media_type, 600, 400)
    assert (verified.bytes, verified.sha256) == (source.stat().st_size, sha256(source.read_bytes()).hexdigest())
    with Image.open(tmp_path / "preview.webp") as preview:
        assert (preview.size, corners(preview)) == ((480, 320), expected)


# --- published sizes -------------------------------------------------------------------------------------------------


def test_makes_every_size_and_one_to_share(tmp_path: Path) -> None:
    quarters(2400, 3000).transpose(TURNS[6]).save(tmp_path / "a.jpg", exif=exif(6))
    made = derive(tmp_path / "a.jpg", tmp_path / "made" / "here", LIMITS)
    assert [(each.name, each.width, each.height, each.media_type) for each in made] == [
        ("320.webp", 320, 400, "image/webp"),
        ("640.webp", 640, 800, "image/webp"),
        ("1280.webp", 1280, 1600, "image/webp"),
        ("2000.webp", 2000, 2500, "image/webp"),
        ("share.jpg", 1024, 1280, "image/jpeg"),
    ]
    assert {path.name for path in (tmp_path / "made" / "here").iterdir()} == {each.name for each in made}
    for each in made:
        with Image.open(each.path) as image:
            assert (image.size, image.mode) == ((each.width, each.height), "RGB")
            assert Image.MIME[image.format or ""] == each.media_type
            assert corners(image) == COLOURS


def test_enlarges_nothing(tmp_path: Path) -> None:
    quarters(500, 300).save(tmp_path / "a.png")
    made = derive(tmp_path / "a.png", tmp_path, LIMITS)
    assert [(each.name, each.width, each.height) for each in made] == [
        ("320.webp", 320, 192),
        ("500.webp", 500, 300),
        ("share.jpg", 500, 300),
    ]


# --- nothing leaks ---------------------------------------------------------------------------------------------------


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
    quarters().save(path, exif=exif(), comment=SECRET, xmp=XMP, icc_profile=PROFILE)
    content = path.read_bytes()
    iptc = b"Photoshop 3.0\0" + SECRET.encode()
    path.write_bytes(
        content[:2] + b"\xff\xed" + struct.pack(">H", 2 + len(iptc)) + iptc + content[2:] + SECRET.encode()
    )


def talkative_png(path: Path) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SECRET)
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    quarters().save(path, exif=exif(), pnginfo=words, icc_profile=PROFILE)


def talkative_tiff(path: Path) -> None:
    quarters().save(path, exif=exif(), tiffinfo={270: SECRET, 315: SECRET, 700: XMP}, icc_profile=PROFILE)


def talkative_webp(path: Path) -> None:
    quarters().save(path, exif=exif(), xmp=XMP, icc_profile=PROFILE)


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


# --- refusals --------------------------------------------------------------------------------------------------------


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
    quarters(160, 120).save(tmp_path / "sent.dng", "TIFF", tiffinfo={0xC612: b"\x01\x04\0\0"})
    with pytest.raises(PictureRefused) as refused:
        verify(tmp_path / "sent.dng", LIMITS, tmp_path / "preview.webp")
    assert (refused.value.code, refused.value.values) == (RefusalCode.UNSUPPORTED, {"format": "raw"})


# --- real files ------------------------------------------------------------------------------------------------------


@needs_photos
def test_real_photographs_of_every_orientation_come_out_alike(tmp_path: Path) -> None:
    for orientation in range(9):
        source = PHOTOS / f"exif_orientation/Portrait_{orientation}.jpg"
        verified = verify(source, LIMITS, tmp_path / f"{orientation}.webp")
        assert (verified.width, verified.height) == (1200, 1800)
        assert difference(tmp_path / "0.webp", tmp_path / f"{orientation}.webp") < 4, orientation


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
    assert made[-2].width == min(2000, width)
    for each in made:
        assert_pixels_only(each.path)
