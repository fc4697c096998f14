"""One colour stands for a whole picture."""

from PIL import Image

from memory_road.media.placeholder import dominant_colour


def test_the_colour_of_most_of_the_picture_wins() -> None:
    image = Image.new("RGB", (480, 300), (200, 180, 150))
    image.paste((10, 20, 30), (0, 0, 200, 300))
    assert dominant_colour(image) == "C8B496"


def test_a_picture_of_one_pixel_has_a_colour() -> None:
    assert dominant_colour(Image.new("RGB", (1, 1), (1, 2, 255))) == "0102FF"
