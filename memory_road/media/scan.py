# pyvips has no types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownParameterType=false, reportMissingTypeStubs=false
"""A large scan in TIFF, decoded row by row by libvips: whatever its strips, bits and inks are, it never lies in memory
whole. Loaded in the decoding child only, after its limits are set."""

import os
from importlib import import_module
from typing import Any

from PIL import Image, ImageFile

from memory_road.media.formats import PictureFormat
from memory_road.media.refusal import PictureRefused, RefusalCode
from memory_road.media.sizes import Size

_MODES = {"b-w": "L", "srgb": "RGB", "cmyk": "CMYK"}
"""The colours that libvips tells, once they have 8 bits, and Pillow's modes for them."""

_PIXELS_AT_ONCE = 2_000_000
_WHITE = 255


class LargeScan(ImageFile.ImageFile):
    """A TIFF's first page. Like a JPEG it can be asked by ``draft`` for a whole-numbered part of its size before it is
    decoded; then it takes 4 bytes for each pixel of that part (1 when grey), and about 60 MB beside."""

    format = "TIFF"
    _part: int

    def _open(self) -> None:
        self._rows = _eight_bits(_first_page(str(self.filename)))
        self._mode = _MODES[self._rows.interpretation]
        self._size = (self._rows.width, self._rows.height)
        self._part = 1
        if self._rows.get_typeof("icc-profile-data"):
            self.info["icc_profile"] = self._rows.get("icc-profile-data")

    def getexif(self) -> Image.Exif:
        """The orientation, the one thing that decoding a picture needs to know."""
        exif = Image.Exif()
        if self._rows.get_typeof("orientation"):
            exif[0x0112] = self._rows.get("orientation")
        return exif

    def draft(self, mode: str | None, size: Size | None) -> None:
        """Be decoded at a half, a third … of the size, at least at ``size``."""
        if size is not None and self._im is None and self._part == 1:
            self._part = max(1, min(self.width // size[0], self.height // size[1]))
            self._size = (-(-self.width // self._part), -(-self.height // self._part))

    def load(self) -> "Image.core.PixelAccess | None":
        """Decode. Raises ``OSError`` for a broken file."""
        if self._im is None:
            self.im = self._decoded().im
        return Image.Image.load(self)

    def _decoded(self) -> Image.Image:
        rows = self._rows.shrink(self._part, self._part, ceil=True) if self._part > 1 else self._rows
        canvas = Image.new(self.mode, self.size)
        step = max(1, _PIXELS_AT_ONCE // self.width)
        try:
            region = _library().Region.new(rows)
            for top in range(0, self.height, step):
                size = (self.width, min(step, self.height - top))
                canvas.paste(Image.frombuffer(self.mode, size, region.fetch(0, top, *size)), (0, top))
        except _library().Error as error:
            raise _told(error) from error
        return canvas


def _library() -> Any:
    """libvips starts threads, which no process that is to fork may have: hence by name, and at the last moment."""
    os.environ["VIPS_CONCURRENCY"] = "1"
    vips = import_module("pyvips")
    vips.cache_set_max(0)
    return vips


def _first_page(source: str) -> Any:
    try:
        # Without ``unlimited`` a scan in one strip would be refused; the limits here are those of the child.
        return _library().Image.tiffload(source, page=0, access="sequential", fail_on="error", unlimited=True)
    except _library().Error as error:
        raise _told(error) from error


def _told(error: Exception) -> Exception:
    """Want of memory and damage, which libvips tells apart by words alone."""
    return MemoryError(str(error)) if "out of memory" in str(error) else OSError(str(error))


def _eight_bits(image: Any) -> Any:
    """Bring what scanners write to one of ``_MODES``: transparent paper to white, 16 bits to 8."""
    if image.format not in {"uchar", "ushort"}:
        raise PictureRefused(RefusalCode.UNSUPPORTED, {"format": PictureFormat.TIFF})
    inks = 4 if image.interpretation == "cmyk" else 3 if image.bands >= 3 else 1
    if image.bands > inks:
        image = image[0:inks] if inks == 4 else image.extract_band(0, n=inks + 1)
        if inks != 4:
            image = image.flatten(background=[_WHITE * (257 if image.format == "ushort" else 1)] * inks)
    if image.format == "ushort":
        image = (image >> 8).cast("uchar")
    return image.copy(interpretation={1: "b-w", 3: "srgb", 4: "cmyk"}[inks])
