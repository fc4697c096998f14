"""Deep zoom by the IIIF Image API 3.0 at level 0: the document that describes a picture's tiles, and single tiles out
of the one file that holds them all."""

import json
import logging
from functools import lru_cache
from io import SEEK_END
from typing import BinaryIO
from zipfile import BadZipFile

from flask import Response, abort

from memory_road.media.pyramid import INFO
from memory_road.media.store import FileMissing
from memory_road.media.tile_file import Places, places, read
from memory_road.web.edge import parts

log = logging.getLogger(__name__)
PICTURES_AT_HAND = 64
"""Of so many pictures the table of contents is remembered: a picture that is looked at is asked for tile after tile."""


def described(key: str, address: str) -> Response:
    """What info.json says of the tiles kept under ``key``, which are found below ``address``."""
    document = {**json.loads(_member(key, INFO)), "id": address}
    return Response(json.dumps(document), mimetype="application/json")


def tile(key: str, name: str) -> Response:
    """One tile; only a name that the file holds is answered."""
    if name == INFO:
        abort(404)
    return Response(_member(key, name), mimetype="image/jpeg")


def _member(key: str, name: str) -> bytes:
    try:
        # Closed before the answer is sent: a slow reader holds no file open.
        with _opened(key) as file:
            return read(file, _places(key, file.seek(0, SEEK_END))[name], name)
    except (FileMissing, KeyError):
        abort(404)
    except BadZipFile:
        log.exception("The tiles under %s are damaged, or were made anew just now.", key)
        _places.cache_clear()
        abort(404)


@lru_cache(PICTURES_AT_HAND)
def _places(key: str, _length: int) -> Places:
    with _opened(key) as file:
        return places(file)


def _opened(key: str) -> BinaryIO:
    return parts().store.open(key)
