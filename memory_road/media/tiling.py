# Pillow's own types are incomplete.
# pyright: reportUnknownMemberType=false
"""Cut a picture into tiles and keep them in one file, in the decoding child."""

import json
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from PIL import Image

from memory_road.media.pyramid import INFO, Box, Tile, factors, info, shrunk, tiles
from memory_road.media.whole import Whole

_JPEG_QUALITY = 80

_BLOCK = 4
"""The picture is taken to hand in blocks that make one tile each when they are shrunk by so much: 2,048 pixels square.
What is left of it, a sixteenth, is small enough to be held beside it."""


def cut(picture: Whole, path: str) -> None:
    """Write all tiles of all scales. Each scale is averaged from the full picture, or from a quarter of its width."""
    width, height = picture.size
    scales = factors(width, height)
    rest = Image.new("RGB", shrunk(width, height, _BLOCK))
    with ZipFile(path, "w", ZIP_STORED) as archive:
        for block in tiles(width, height, _BLOCK):
            pixels = picture.piece(block.box)
            for factor in (scale for scale in scales if scale <= _BLOCK):
                for tile in tiles(width, height, factor, block.box):
                    _keep(archive, tile, pixels.reduce(factor, _moved(tile.box, block.box)))
            place = (block.box[0] // _BLOCK, block.box[1] // _BLOCK)
            rest.paste(pixels.reduce(_BLOCK), place)
        for factor in (scale for scale in scales if scale > _BLOCK):
            for tile in tiles(width, height, factor):
                left, top, right, bottom = tile.box
                part = (left // _BLOCK, top // _BLOCK, -(-right // _BLOCK), -(-bottom // _BLOCK))
                _keep(archive, tile, rest.reduce(factor // _BLOCK, part))
        archive.writestr(ZipInfo(INFO), json.dumps(info(width, height)))


def _moved(box: Box, into: Box) -> Box:
    return box[0] - into[0], box[1] - into[1], box[2] - into[0], box[3] - into[1]


def _keep(archive: ZipFile, tile: Tile, pixels: Image.Image) -> None:
    buffer = BytesIO()
    pixels.save(buffer, "JPEG", quality=_JPEG_QUALITY)
    # Without a moment: the same picture gives the same file.
    archive.writestr(ZipInfo(tile.name), buffer.getvalue())
