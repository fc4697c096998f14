"""All pixels of a picture, in the decoding child: kept as they are stored, and given out upright and clean piece by
piece. Turning or converting them all at once would take several times the memory."""

from collections.abc import Iterable, Sequence

from PIL import Image

from memory_road.media.colour import eight_bits_of, on_white, to_srgb
from memory_road.media.hidden import boxes, paint_over
from memory_road.media.opening import decode, open_picture
from memory_road.media.protocol import Request
from memory_road.media.pyramid import Box
from memory_road.media.sizes import Size
from memory_road.media.upright import LYING, TURNS, Upright, clean, orientation_of

_FROM_RIGHT, _FROM_BELOW = {2, 3, 7, 8}, {3, 4, 6, 7}
"""Orientations in which the stored columns run from the right, the stored rows from below (Exif 3.0, 4.6.5.1)."""


class Whole:
    """``size`` is that of the upright picture in pixels; what is ``hidden`` is painted over in every piece."""

    def __init__(
        self,
        stored: Image.Image,
        orientation: int = 1,
        profile: bytes | None = None,
        hidden: Iterable[Sequence[int]] = (),
        full: Size | None = None,
    ) -> None:
        """``full`` is the upright size of the picture that ``stored`` was made from, where it is a smaller one."""
        self._stored, self._orientation, self._profile = stored, orientation, profile
        self._eight_bits = eight_bits_of(stored)
        self.size: Size = (stored.height, stored.width) if orientation in LYING else stored.size
        self._hidden = boxes(hidden, self.size, full or self.size)

    @classmethod
    def of(cls, request: Request) -> "Whole":
        """Decode a picture at its full size. Raises what ``decode_upright`` raises."""
        image = open_picture(request)
        decode(image, request, image.size)
        profile: bytes | None = image.info.get("icc_profile")
        return cls(image, orientation_of(image, request), profile, request.get("hidden", ()))

    @classmethod
    def smaller(cls, upright: Upright, hidden: Iterable[Sequence[int]]) -> "Whole":
        """The same of a picture that was decoded at a smaller size."""
        return cls(upright.pixels, hidden=hidden, full=upright.size)

    def piece(self, box: Box) -> Image.Image:
        """The pixels within ``box`` of the upright picture: 8-bit sRGB and nothing else."""
        piece = self._eight_bits(self._stored.crop(self._stored_box(box)))
        if self._orientation in TURNS:
            piece = piece.transpose(TURNS[self._orientation])
        pixels = clean(to_srgb(on_white(piece), self._profile))
        paint_over(pixels, self._hidden, box[:2])
        return pixels

    def _stored_box(self, box: Box) -> Box:
        left, top, right, bottom = box
        if self._orientation in LYING:
            left, top, right, bottom = top, left, bottom, right
        width, height = self._stored.size
        if self._orientation in _FROM_RIGHT:
            left, right = width - right, width - left
        if self._orientation in _FROM_BELOW:
            top, bottom = height - bottom, height - top
        return left, top, right, bottom
