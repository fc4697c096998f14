"""Tiles for deep zoom, as the real decoding child cuts them."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from memory_road.media.area import Area
from memory_road.media.derive import Derivative, derive
from memory_road.media.limits import Limits
from memory_road.media.pyramid import NAME, factors, info, shrunk, tiles
from memory_road.media.tile_file import places, read
from tests.integration.test_media_leaks import PIXELS_ONLY, PROFILE, SECRET, chunks, talkative_jpeg
from tests.integration.test_media_pictures import LIMITS, TURNS, exif

SIZE = (2310, 1170)


@pytest.fixture(scope="module")
def scene() -> Image.Image:
    """A picture with something of its own in every part."""
    image = Image.radial_gradient("L").resize(SIZE)
    image = Image.merge("RGB", (image, image.transpose(Image.Transpose.FLIP_LEFT_RIGHT), image.rotate(180)))
    drawing = ImageDraw.Draw(image)
    for left in range(0, SIZE[0], 210):
        for top in range(0, SIZE[1], 130):
            drawing.rectangle((left, top, left + 90, top + 60), fill=(left // 10, top // 5, 120))
    return image


def file_of(made: Iterable[Derivative]) -> Derivative:
    return next(each for each in made if each.name == NAME)


def pictures(path: Path) -> dict[str, Image.Image]:
    with ZipFile(path) as archive:
        return {
            name: Image.open(io.BytesIO(archive.read(name))) for name in archive.namelist() if name.endswith(".jpg")
        }


def put_together(path: Path, size: tuple[int, int], factor: int) -> Image.Image:
    """The whole picture at one scale, of its tiles."""
    kept = pictures(path)
    whole = Image.new("RGB", shrunk(*size, factor))
    for tile in tiles(*size, factor):
        part = kept[tile.name]
        assert part.size == tile.size, tile.name
        whole.paste(part, (tile.box[0] // factor, tile.box[1] // factor))
    return whole


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference per pixel and colour, from 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


def as_jpeg(image: Image.Image) -> Image.Image:
    """The picture after the same loss as a tile's."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return Image.open(buffer)


def derived(tmp_path: Path, image: Image.Image, name: str, **options: Any) -> list[Derivative]:
    source = tmp_path / name
    image.save(source, **options)
    return derive(source, tmp_path / f"made of {name}", LIMITS)


def test_tiles_are_the_picture_again(tmp_path: Path, scene: Image.Image) -> None:
    made = file_of(derived(tmp_path, scene, "sent.png"))
    assert (made.width, made.height, made.media_type) == (*SIZE, "application/zip")
    for factor in factors(*SIZE):
        whole = put_together(made.path, SIZE, factor)
        assert difference(whole, as_jpeg(scene.reduce(factor))) < 1.5, factor


def test_all_orientations_come_out_alike(tmp_path: Path, scene: Image.Image) -> None:
    first = file_of(derived(tmp_path, scene, "1.jpg", quality=95)).path
    for orientation, turn in TURNS.items():
        turned = scene.transpose(turn)
        path = file_of(derived(tmp_path, turned, f"{orientation}.jpg", quality=95, exif=exif(orientation))).path
        for factor in factors(*SIZE):
            one, other = put_together(first, SIZE, factor), put_together(path, SIZE, factor)
            assert difference(one, other) < 2, (orientation, factor)


def sixteen_bits(grey: Image.Image) -> Image.Image:
    """The same greys, each of them 257 times as large: 255 becomes 65,535."""
    values = bytearray(2 * grey.width * grey.height)
    values[0::2] = values[1::2] = grey.tobytes()
    return Image.frombytes("I;16", grey.size, bytes(values))


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "CMYK", "1", "I;16"])
def test_every_kind_of_pixel_is_cut(tmp_path: Path, scene: Image.Image, mode: str) -> None:
    sent = sixteen_bits(scene.convert("L")) if mode == "I;16" else scene.convert(mode)
    suffix = "tif" if mode == "CMYK" else "png"
    made = derived(tmp_path, sent, f"sent.{suffix}")
    whole = put_together(file_of(made).path, SIZE, 4)
    largest = Image.open(next(each.path for each in made if each.name == "2000.webp"))
    assert difference(whole, largest.convert("RGB").resize(whole.size, Image.Resampling.BOX)) < 12


def test_a_picture_that_the_sizes_show_whole_is_not_cut(tmp_path: Path, scene: Image.Image) -> None:
    made = derived(tmp_path, scene.resize((2000, 1013)), "sent.png")
    assert NAME not in {each.name for each in made}


def test_no_tile_says_more_than_its_pixels(tmp_path: Path) -> None:
    source = tmp_path / "sent.jpg"
    talkative_jpeg(source)
    with Image.open(source) as small:
        small.resize((2400, 1800)).save(
            source, exif=small.info["exif"], icc_profile=PROFILE, comment=SECRET, quality=70
        )
    assert SECRET.encode() in source.read_bytes()
    path = file_of(derive(source, tmp_path / "made", LIMITS)).path
    assert SECRET.encode() not in path.read_bytes()
    with ZipFile(path) as archive:
        assert {member.compress_type for member in archive.infolist()} == {ZIP_STORED}
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}, "no moment is told"
        assert {member.comment + member.extra for member in archive.infolist()} == {b""}
        for name in archive.namelist():
            if name.endswith(".jpg"):
                assert set(chunks(archive.read(name))) <= PIXELS_ONLY, name


def test_the_same_picture_gives_the_same_file(tmp_path: Path, scene: Image.Image) -> None:
    scene.save(tmp_path / "sent.png")
    one, other = (file_of(derive(tmp_path / "sent.png", tmp_path / name, LIMITS)) for name in ("one", "other"))
    assert one.sha256 == other.sha256


def test_each_tile_is_read_by_itself(tmp_path: Path, scene: Image.Image) -> None:
    path = file_of(derived(tmp_path, scene, "sent.png")).path
    with path.open("rb") as file, ZipFile(path) as archive:
        found = places(file)
        assert set(found) == set(archive.namelist())
        for name, place in found.items():
            assert read(file, place, name) == archive.read(name), name
        with pytest.raises(BadZipFile):  # made anew, and another tile lies there now
            read(file, found["info.json"], "another.jpg")


def test_a_pyramid_that_asks_for_too_much_begins_smaller(tmp_path: Path) -> None:
    noise = Image.effect_noise((2400, 1600), 120).convert("RGB")
    noise.save(tmp_path / "sent.png")
    full = file_of(derive(tmp_path / "sent.png", tmp_path / "full", LIMITS))
    made = derive(tmp_path / "sent.png", tmp_path / "made", Limits(output_bytes=full.bytes - 1))
    assert (file_of(made).width, file_of(made).height) == (1200, 800)
    with ZipFile(file_of(made).path) as archive:
        assert set(archive.namelist()) == {
            "info.json",
            *(tile.name for factor in factors(1200, 800) for tile in tiles(1200, 800, factor)),
        }
    assert info(1200, 800)["width"] == 1200


def reddest(image: Image.Image) -> int:
    """How much redder than green the reddest pixel is, from 0 to 255."""
    red, green, _ = image.convert("RGB").split()
    return max(level for level, number in enumerate(ImageChops.subtract(red, green).histogram()) if number)


@pytest.mark.parametrize(("name", "orientation"), [("sent.png", 1), ("sent.jpg", 1), ("sent.jpg", 6)])
def test_nothing_of_what_is_hidden_is_left(tmp_path: Path, name: str, orientation: int) -> None:
    """A red square on grey: whoever looks for red in anything that is published finds none."""
    grey = Image.new("RGB", (2600, 2100), (128, 128, 128))
    grey.paste((255, 0, 0), (611, 407, 913, 699))
    area = Area(10_000 * 611 // 2600, 10_000 * 407 // 2100, 1, 1)
    area = area._replace(width=-(-10_000 * 913 // 2600) - area.left, height=-(-10_000 * 699 // 2100) - area.top)
    source = tmp_path / name
    stored = grey.transpose(TURNS[orientation]) if orientation in TURNS else grey
    stored.save(source, exif=exif(orientation), quality=60)
    made = derive(source, tmp_path / "made", LIMITS, hidden=[area], card=Area(1000, 500, 4000, 6190))
    assert {"card-320.webp", "card-640.webp", NAME, "share.jpg", "320.webp"} <= {each.name for each in made}
    shown = {each.name: Image.open(each.path) for each in made if each.name != NAME}
    shown |= pictures(file_of(made).path)
    for shown_name, picture in shown.items():
        assert reddest(picture) < 24, shown_name
    unhidden = derive(source, tmp_path / "unhidden", LIMITS)
    assert reddest(Image.open(unhidden[0].path)) > 200, "it would have been found"
