"""A JPEG of which a part is missing or broken: decode what there is of it, and tell how much is lost."""

import re
from mmap import ACCESS_READ, mmap
from typing import ClassVar

from PIL import Image, ImageChops, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

MOST_LOST = 50
"""Percent of a picture that may be lost: with less than half of it, a family had better look for another copy."""

_GREY = 128
"""What stands where nothing could be decoded."""

_MARKER = re.compile(rb"\xff[^\0\xd0-\xd7\xff]")
_START_OF_SCAN, _COEFFICIENTS = 0xDA, 64
"""ITU-T T.81, annex B and section A.3.3."""


class SturdyJpeg(JpegImageFile):
    """``lost`` is the percentage of the picture that could not be decoded, known once it is loaded: of its rows, or, of
    a progressive one, which becomes finer with every pass over the whole, of its coefficients."""

    lost = 0
    _untouched: ClassVar[dict[str, int | tuple[int, ...]]] = {"L": 3, "RGB": (251, 3, 247), "CMYK": (3, 251, 5, 247)}
    """A colour that no whole row of a photograph has."""

    def load(self) -> "Image.core.PixelAccess | None":
        """Decode. Raises ``OSError`` where more is lost than ``MOST_LOST``."""
        tile = list(self.tile)
        try:
            return super().load()
        except OSError:
            # A broken file is put away by then, one that ends too early is not.
            self.fp, self.tile = open(self.filename, "rb"), tile  # noqa: SIM115, PTH123 -- closed as the first one was
            self.lost = self._decode_what_there_is()
            if self.lost > MOST_LOST:
                raise
        return Image.Image.load(self)

    def load_read(self, read_bytes: int) -> bytes:
        """Read on. Only of a progressive picture is the decoder made to believe that it ends well."""
        if "progressive" in self.info:
            return super().load_read(read_bytes)
        assert self.fp is not None
        return self.fp.read(read_bytes)

    def _decode_what_there_is(self) -> int:
        blank = Image.new(self.mode, self.size, self._untouched[self.mode])
        self.im = blank.im.copy()
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            super().load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        rows = _touched_rows(self, blank)
        grey = (0, 0, 0, _GREY) if self.mode == "CMYK" else (_GREY,) * len(self.getbands())
        self.paste(grey, (0, rows, *self.size))
        rows_lost = -(-100 * (self.height - rows) // self.height)
        return max(rows_lost, coefficients_lost(str(self.filename)) if "progressive" in self.info else 1)


def coefficients_lost(source: str) -> int:
    """Percentage of a progressive JPEG's coefficients of which no scan has arrived whole; at least 1."""
    arrived: set[tuple[int, int]] = set()
    components: set[int] = set()
    with open(source, "rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:  # noqa: PTH123 -- faster
        scan: set[tuple[int, int]] = set()
        for marker in _MARKER.finditer(content):
            arrived |= scan
            scan = set()
            if content[marker.start() + 1] == _START_OF_SCAN:
                at = marker.end() + 2
                number = content[at]
                header = content[at + 1 : at + 3 + 2 * number]
                first, last = header[-2:]
                scan = {(each, place) for each in header[:-2:2] for place in range(first, last + 1)}
                components |= {each for each, _ in scan}
    return max(1, 100 - 100 * len(arrived) // (_COEFFICIENTS * max(1, len(components))))


def _touched_rows(image: Image.Image, blank: Image.Image) -> int:
    """How many rows, from above, were decoded."""
    decoded = Image.new(image.mode, image.size)
    decoded.paste(image.copy())
    box = ImageChops.difference(decoded, blank).getbbox(alpha_only=False)
    return box[3] if box else 0
