"""Pictures go through the real decoding child: what is taken, and how it comes out."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from memory_road.media.derive import derive
from memory_road.media.limits import Limits
from memory_road.media.verify import verify

LIMITS = Limits()
HEIC = Path(__file__).parents[1] / "files/turned_with_gps.heic"
PHOTOS = Path(__file__).parents[2] / "../shared/data/photos"
needs_photos = pytest.mark.skipif(not PHOTOS.is_dir(), reason="needs ../shared/data beside the checkout")

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


def exif(orientation: int) -> Image.Exif:
    block = Image.Exif()
    block[0x0112] = orientation
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


@pytest.mark.parametrize("suffix", ["png", "webp", "tif", "avif"])
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
    ("image/png", lambda path: quarters().save(path, "PNG", save_all=True, append_images=[grey()]), COLOURS),
    ("image/tiff", lambda path: quarters().save(path, "TIFF", compression="tiff_adobe_deflate"), COLOURS),
    ("image/tiff", lambda path: quarters().save(path, "TIFF", compression="jpeg"), COLOURS),
    ("image/avif", lambda path: quarters().save(path, "AVIF"), COLOURS),
    ("image/avif", lambda path: half_transparent().save(path, "AVIF"), ["white", "lime", "white", "yellow"]),
    # A film of two pictures has a brand of its own: the first is the photograph.
    ("image/avif", lambda path: quarters().save(path, "AVIF", save_all=True, append_images=[grey()]), COLOURS),
    ("image/gif", lambda path: quarters().save(path, "GIF"), COLOURS),
    ("image/gif", lambda path: quarters().save(path, "GIF", save_all=True, append_images=[grey()]), COLOURS),
    ("image/gif", lambda path: half_transparent().save(path, "GIF"), ["white", "lime", "white", "yellow"]),
    ("image/bmp", lambda path: quarters().save(path, "BMP"), COLOURS),
    ("image/bmp", lambda path: grey().save(path, "BMP"), GREYS),
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
        ("tiles.zip", 2400, 3000, "application/zip"),
    ]
    assert {path.name for path in (tmp_path / "made" / "here").iterdir()} == {each.name for each in made}
    for each in made[:-1]:
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


# --- real files ------------------------------------------------------------------------------------------------------


@needs_photos
def test_real_photographs_of_every_orientation_come_out_alike(tmp_path: Path) -> None:
    for orientation in range(9):
        source = PHOTOS / f"exif_orientation/Portrait_{orientation}.jpg"
        verified = verify(source, LIMITS, tmp_path / f"{orientation}.webp")
        assert (verified.width, verified.height) == (1200, 1800)
        assert difference(tmp_path / "0.webp", tmp_path / f"{orientation}.webp") < 4, orientation
