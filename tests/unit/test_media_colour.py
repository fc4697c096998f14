"""Whatever a scanner or camera counts colours in becomes 8-bit sRGB."""

import struct

import pytest
from PIL import Image, ImageCms

from memory_road.media.colour import on_white, to_eight_bits, to_srgb

Colour = tuple[int, int, int]


def row(mode: str, values: list[float]) -> Image.Image:
    """One row of single-band pixels."""
    image = Image.new(mode, (len(values), 1))
    for x, value in enumerate(values):
        image.putpixel((x, 0), value)
    return image


def levels(image: Image.Image) -> list[object]:
    return [image.getpixel((x, 0)) for x in range(image.width)]


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def red_is_green_profile() -> bytes:
    """An sRGB profile under another name, with the primaries of red and green changed round."""
    profile = srgb_profile().replace("sRGB".encode("utf-16-be"), "Test".encode("utf-16-be"))
    return profile.replace(b"rXYZ", b"temp").replace(b"gXYZ", b"rXYZ").replace(b"temp", b"gXYZ")


def cyan_is_grey_profile() -> bytes:
    """The smallest CMYK profile (ICC.1:2022, section 10.10): full cyan is a middle grey, all else white."""
    lightness = [255] * 8 + [128] + [255] * 7
    table = b"".join(bytes((light, 128, 128)) for light in lightness)
    ramp = bytes(range(256))
    identity = struct.pack(">9i", *(65_536 if at % 4 == 0 else 0 for at in range(9)))
    lut = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + identity + ramp * 4 + table + ramp * 3
    text = "A test".encode("utf-16-be")
    name = b"mluc" + struct.pack(">4I", 0, 1, 12, int.from_bytes(b"enUS")) + struct.pack(">2I", len(text), 28) + text
    tags = struct.pack(">I", 2)
    start = 128 + 4 + 2 * 12
    tags += b"desc" + struct.pack(">2I", start, len(name)) + b"A2B0" + struct.pack(">2I", start + len(name), len(lut))
    size = start + len(name) + len(lut)
    white = struct.pack(">3i", 63_190, 65_536, 54_061)
    header = struct.pack(">I", size) + bytes(4) + b"\x02\x40\0\0" + b"prtrCMYKLab " + bytes(12) + b"acsp"
    return (header + bytes(28) + white).ljust(128, b"\0") + tags + name + lut


@pytest.mark.parametrize(
    ("mode", "values", "expected", "why"),
    [
        ("I;16", [0, 257, 32_768, 65_535], [0, 1, 128, 255], "16 bits are scaled, not cut off"),
        ("I", [0, 32_768, 65_535], [0, 128, 255], "32-bit whole numbers that use 16 bits"),
        ("I", [0, 128, 255], [0, 128, 255], "32-bit whole numbers that use 8 bits"),
        ("I", [0, 1_000_000, 2_000_000], [0, 128, 255], "32-bit whole numbers that use more"),
        ("F", [0.0, 0.5, 1.0], [0, 128, 255], "fractions from 0 to 1"),
        ("F", [-1.0, 0.0, 1.0], [0, 128, 255], "fractions around 0"),
        ("F", [7.0, 7.0], [7, 7], "an even area"),
        ("1", [0, 255], [0, 255], "a fax"),
    ],
)
def test_grey_values_are_scaled(mode: str, values: list[float], expected: list[int], why: str) -> None:
    image = to_eight_bits(row(mode, values))
    assert (image.mode, levels(image)) == ("L", expected), why


def test_a_tiff_can_use_twelve_bits_and_count_from_white() -> None:
    image = row("I;16", [0, 4095])
    image.tag_v2 = {258: (12,), 262: 0}  # pyright: ignore[reportAttributeAccessIssue] -- as the TIFF decoder does
    assert levels(to_eight_bits(image)) == [255, 0]


@pytest.mark.parametrize(
    ("mode", "colour", "expected", "why"),
    [
        ("RGBA", (255, 0, 0, 0), (255, 255, 255), "what is fully transparent is white, whatever colour it hides"),
        ("RGBA", (255, 0, 0, 255), (255, 0, 0), "what is opaque stays"),
        ("LA", (0, 128), (127, 127, 127), "what is half transparent is mixed"),
    ],
)
def test_transparency_is_laid_on_white(mode: str, colour: tuple[int, ...], expected: Colour, why: str) -> None:
    assert to_srgb(on_white(Image.new(mode, (1, 1), colour)), None).getpixel((0, 0)) == expected, why


def test_a_colour_declared_transparent_becomes_white() -> None:
    image = Image.new("RGB", (1, 1), (9, 9, 9))
    image.info["transparency"] = (9, 9, 9)
    assert on_white(to_eight_bits(image)).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "colour", "profile", "expected", "why"),
    [
        ("RGB", (255, 0, 0), None, (255, 0, 0), "without a profile RGB is taken for sRGB"),
        ("RGB", (255, 0, 0), srgb_profile(), (255, 0, 0), "sRGB needs no conversion"),
        ("RGB", (255, 0, 0), red_is_green_profile(), (0, 255, 0), "the profile says what the numbers mean"),
        ("CMYK", (255, 0, 0, 0), None, (0, 255, 255), "printing colours without a profile"),
        ("CMYK", (255, 0, 0, 0), cyan_is_grey_profile(), (118, 119, 119), "printing colours by their profile"),
        ("CMYK", (255, 0, 0, 0), red_is_green_profile(), (0, 255, 255), "a profile for other colours is left alone"),
        ("RGB", (255, 0, 0), b"not a profile", (255, 0, 0), "a broken profile is left alone"),
        ("RGB", (255, 0, 0), red_is_green_profile()[:300], (255, 0, 0), "a cut-off profile, too"),
        ("L", 128, red_is_green_profile(), (128, 128, 128), "grey has no red and green"),
        ("LAB", (255, 128, 128), None, (255, 255, 255), "Lab is its own profile"),
    ],
)
def test_to_srgb(mode: str, colour: int | tuple[int, ...], profile: bytes | None, expected: Colour, why: str) -> None:
    pixel = to_srgb(Image.new(mode, (1, 1), colour), profile).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    assert all(abs(got - wanted) <= 2 for got, wanted in zip(pixel, expected, strict=True)), (why, pixel)


def test_sixteen_bits_in_the_other_order_of_bytes() -> None:
    image = Image.new("I;16B", (2, 1))
    image.putpixel((1, 0), 0xFFFF)
    assert levels(to_eight_bits(image)) == [0, 255]
