"""Where files are kept: one interface for a local directory and for object storage.

A key is at most 200 characters long and reads like ``private/originals/8k2m4n6p1`` or ``public/5f0c…-640.webp``. What
begins with ``private/`` is reachable through routes that check who asks, and through nothing else; what begins with
``public/`` is for everyone. ``partial/`` holds what was being written when the machine stopped, for the sweep to find.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

_KEY = re.compile(r"(?:private|public|partial)(?:/[a-z0-9](?:\.?[a-z0-9-]+)*)+")
_LONGEST_KEY = 200
_PIECE = 1024 * 1024


class FileMissing(Exception):
    """The store holds no file under this key."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class KeyMalformed(FileMissing):
    """No file can be kept under such a key. For a reader, whose address may be anybody's, the file is just missing."""


class StoreFault(StrEnum):
    """Why a store cannot be used. Whoever starts the portal is told in a sentence."""

    NO_ANSWER = "no_answer"
    NO_BUCKET = "no_bucket"
    NOT_ALLOWED = "not_allowed"
    FULL = "full"
    USED_BEFORE_FORK = "used_before_fork"


class StoreUnavailable(OSError):
    """The store is at fault, not the file: its disk is full or its server does not answer. Nothing was changed, and the
    same can be tried again later. ``detail`` is for the log."""

    def __init__(self, fault: StoreFault, detail: str) -> None:
        self.fault = fault
        self.detail = detail
        super().__init__(f"{fault}: {detail}")


class Store(Protocol):
    """What every store does. Each method raises ``KeyMalformed`` for a key that ``check`` refuses, and
    ``StoreUnavailable`` when the disk or the connection fails, within a few seconds."""

    def put(self, key: str, source: Path) -> None:
        """Keep a copy of ``source``, in place of what the key may have held. When this returns, the bytes outlast a
        power cut; until then, readers see the file of before or none, never a part of one."""
        ...

    def open(self, key: str) -> BinaryIO:
        """Open a file for reading from anywhere in it; the caller closes it. Raises ``FileMissing``. What is read is of
        one file, never of two: reading on in a large one that was deleted or replaced meanwhile may raise
        ``FileMissing``."""
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

    def address(self, key: str, seconds: int) -> str | None:
        """An address at which anybody can read this file for so many seconds, without asking the portal; None where the
        store gives none. A browser that follows it shows a picture or nothing: other kinds are only saved."""
        ...

    def try_out(self) -> None:
        """Keep a small file and remove it again. Raises ``StoreUnavailable`` unless that works."""
        ...


def check(key: str) -> str:
    """Give the key back if a store may use it, else raise ``KeyMalformed``.

    Lower case only, since some file systems do not tell cases apart; every part begins with a letter or digit and no
    two dots follow each other, so that no key can climb out of the store.
    """
    if len(key) > _LONGEST_KEY or not _KEY.fullmatch(key):
        raise KeyMalformed(key)
    return key


def digest_of(store: Store, key: str) -> str:
    """The SHA-256 of a file's bytes in 64 lower-case hexadecimal digits. Raises ``FileMissing``."""
    digest = hashlib.sha256()
    with store.open(key) as stored:
        while piece := stored.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def media_type_of(key: str) -> str:
    """The media type of a kept picture, by the end of its key; of what no browser is to show, that of plain bytes."""
    return {"webp": "image/webp", "jpg": "image/jpeg"}.get(key.rpartition(".")[2], "application/octet-stream")
