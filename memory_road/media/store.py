"""Where files are kept: one interface for a local directory and for object storage.

A key is at most 200 characters long and reads like ``private/originals/8k2m4n6p1`` or ``public/5f0c…-640.webp``. What
begins with ``private/`` is reachable through routes that check who asks, and through nothing else; what begins with
``public/`` is for everyone. ``partial/`` holds what was being written when the machine stopped, for the sweep to find.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

_KEY = re.compile(r"(?:private|public|partial)(?:/[a-z0-9](?:\.?[a-z0-9-]+)*)+")
_LONGEST_KEY = 200


class FileMissing(Exception):
    """The store holds no file under this key."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class KeyMalformed(FileMissing):
    """No file can be kept under such a key. For a reader, whose address may be anybody's, the file is just missing."""


class Store(Protocol):
    """What every store does. Each method raises ``KeyMalformed`` for a key that ``check`` refuses, and ``OSError`` when
    the disk or the connection fails."""

    def put(self, key: str, source: Path) -> None:
        """Keep a copy of ``source``, in place of what the key may have held. When this returns, the bytes outlast a
        power cut; until then, readers see the file of before or none, never a part of one."""
        ...

    def open(self, key: str) -> BinaryIO:
        """Open a file for reading; the caller closes it. Raises ``FileMissing``."""
        ...

    def exists(self, key: str) -> bool:
        """Tell whether the store holds a file under this key."""
        ...

    def delete(self, key: str) -> None:
        """Remove a file; nothing happens when it is gone already."""
        ...

    def copy(self, from_key: str, to_key: str) -> None:
        """Keep the same bytes under another key too, as safely as ``put``. Raises ``FileMissing``."""
        ...

    def keys(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """Yield every key that begins with ``prefix`` and when it was last put (UTC), in no particular order. Files put
        or deleted meanwhile may be left out or yielded."""
        ...


def check(key: str) -> str:
    """Give the key back if a store may use it, else raise ``KeyMalformed``.

    Lower case only, since some file systems do not tell cases apart; every part begins with a letter or digit and no
    two dots follow each other, so that no key can climb out of the store.
    """
    if len(key) > _LONGEST_KEY or not _KEY.fullmatch(key):
        raise KeyMalformed(key)
    return key
