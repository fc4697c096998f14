"""The pictures that the journeys send: real files of families and cameras where they are at hand, and drawn ones."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat
from PIL.ExifTags import IFD, Base
from PIL.PngImagePlugin import PngInfo

ROOT = Path(__file__).parents[2]
PHOTOS = ROOT / "../shared/data/photos"
HEIC = ROOT / "tests/files/turned_with_gps.heic"
LYING_ON_ITS_SIDE = 6
"""EXIF orientation of a picture that must be turned a quarter clockwise to stand upright."""


@dataclass(frozen=True, slots=True)
class Album:
    """``turned`` lies on its side and says so; ``upright`` is the same picture as it should be seen. ``camera`` and
    ``turned`` or ``heic`` say where they were taken."""

    portrait: Path
    turned: Path
    upright: Path
    camera: Path
    heic: Path

    @property
    def all(self) -> list[Path]:
        return [self.portrait, self.turned, self.camera, self.heic]


def real() -> Album:
    """Files of real cameras and families."""
    if not PHOTOS.is_dir():
        pytest.skip("needs ../shared/data beside the checkout")
    return Album(
        portrait=PHOTOS / "portraits/face_woman_104.png",
        turned=PHOTOS / "exif_orientation/Portrait_6.jpg",
        upright=PHOTOS / "exif_orientation/Portrait_1.jpg",
        camera=PHOTOS / "camera/Apple iPhone 4.jpg",
        heic=PHOTOS / "camera/IMG_2927.HEIC",
    )


def drawn(folder: Path) -> Album:
    """Files that hold what must not be published: where, when, with what, by whom, and in which colours."""
    album = Album(
        portrait=folder / "бабушка Анна.png",
        turned=folder / "turned.jpg",
        upright=folder / "upright.png",
        camera=folder / "camera.jpg",
        heic=HEIC,
    )
    said = PngInfo()
    said.add_text("Author", "somebody living")
    face(450, 600, "#8a7a66").save(album.portrait, pnginfo=said)
    upright = face(400, 600, "#6b7f8a")
    upright.save(album.upright)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta>'
    upright.transpose(Image.Transpose.ROTATE_90).save(
        album.turned, exif=_exif(LYING_ON_ITS_SIDE), icc_profile=profile, xmp=xmp, quality=95
    )
    face(640, 480, "#a08c5b").save(album.camera, exif=_exif(1), comment=b"somebody living")
    return album


def face(width: int, height: int, colour: str) -> Image.Image:
    """Somebody whose head is up, with the light from one side: no way of turning it goes unnoticed."""
    image = Image.new("RGB", (width, height), colour)
    pen = ImageDraw.Draw(image)
    pen.ellipse((width * 0.3, height * 0.1, width * 0.7, height * 0.5), fill="#e6c9a8")
    pen.rectangle((width * 0.15, height * 0.55, width * 0.85, height), fill="#333d2b")
    pen.rectangle((0, 0, width * 0.12, height), fill="#f4f1ea")
    return image


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = "A camera"
    exif.get_ifd(IFD.GPSInfo).update({1: "N", 2: (55.0, 45.0, 21.0), 3: "E", 4: (37.0, 37.0, 2.0)})
    return exif


def difference(one: Image.Image, other: Image.Image) -> float:
    """How unlike two pictures look, from 0 (alike) to 255, in a small copy of each."""
    small = [each.convert("L").resize((32, 48)) for each in (one, other)]
    return ImageStat.Stat(ImageChops.difference(*small)).mean[0]
