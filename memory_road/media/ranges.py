"""Reading a file of object storage by ranges, as if it lay open on a disk."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, BinaryIO

import obstore
from obstore.exceptions import BaseError, PreconditionError
from obstore.store import S3Store as Client

from memory_road.media.store import FileMissing

_FIRST = 512 * 1024
"""Most derivatives come whole with the first question."""
_ELSEWHERE = 64 * 1024
"""Whoever seeks wants a small piece, such as one tile of an archive."""
_LARGEST = 8 * 1024 * 1024
"""Whoever reads on gets twice as much with each question, up to this."""

Asking = Callable[[str], AbstractContextManager[Client]]


def open_ranges(key: str, asking: Asking) -> BinaryIO:
    """Open the file under ``key``; ``asking`` gives a client and turns its errors into the store's. The first range is
    read at once, so that a missing file shows here."""
    with asking(key) as client:
        try:
            first = _ELSEWHERE if key.endswith(".zip") else _FIRST  # an archive is read from its end
            got = obstore.get(client, key, options={"range": (0, first)})
        except BaseError as error:
            if "InvalidRange" not in str(error):
                raise
            got = obstore.get(client, key)  # an empty file has no first byte
        return io.BufferedReader(_Ranges(key, asking, bytes(got.bytes()), got.meta["size"], got.meta["e_tag"]))


class _Ranges(io.RawIOBase):
    def __init__(self, key: str, asking: Asking, first: bytes, size: int, tag: str | None) -> None:
        self._key, self._asking, self._size, self._tag = key, asking, size, tag
        self._block, self._begins, self._at = first, 0, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        room = memoryview(buffer).cast("B")
        if self._at >= self._size or not room:
            return 0
        if not self._begins <= self._at < self._begins + len(self._block):
            self._fetch()
        start = self._at - self._begins
        piece = self._block[start : start + len(room)]
        room[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _fetch(self) -> None:
        reads_on = self._at == self._begins + len(self._block)
        length = min(2 * len(self._block), _LARGEST) if reads_on and self._block else _ELSEWHERE
        end = min(self._at + length, self._size)
        with self._asking(self._key) as client:
            try:
                # Only of the file that was opened: another one may have taken its place.
                options = {"range": (self._at, end), "if_match": self._tag}
                got = obstore.get(client, self._key, options=options)  # pyright: ignore[reportArgumentType] -- a plain dict of its keys
            except PreconditionError:
                raise FileMissing(self._key) from None
            self._block, self._begins = bytes(got.bytes()), self._at
