"""Everything that somebody has given, in one ZIP archive that is made while it is sent."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED

from zipstream import ZipStream  # pyright: ignore[reportMissingTypeStubs]

from memory_road.config import Settings
from memory_road.db import db
from memory_road.media.store import Store
from memory_road.owner.contributions import OriginalFile, own_contributions
from memory_road.owner.documents import (
    account_document,
    family_document,
    own_letters,
    requests_document,
)

FOLDER = "memory-road"
PIECE = 256 * 1024


def archive_name(at: datetime) -> str:
    """How the archive is called that is made ``at`` this time."""
    return f"{FOLDER}-{at:%Y-%m-%d}.zip"


def pack(account_id: int, store: Store, settings: Settings, read_me: str) -> Iterator[bytes]:
    """The bytes of the archive; ``read_me`` says what is in it. Never more than a page of contributions and a piece of
    a picture is held in memory, and no transaction is open while the receiver is waited for. Originals are the bytes
    that were sent; one that is missing is left out, and the archive says so. What grows with the number of files is the
    archive's own list of them, a few hundred bytes for each."""
    archive: Any = ZipStream(compress_type=ZIP_STORED)
    documents = {
        "account": account_document(account_id),
        "requests": requests_document(account_id),
        "family": family_document(account_id),
    }
    db.session.rollback()
    _add_text(archive, "README.txt", read_me)
    for name, document in documents.items():
        _add_text(archive, f"{name}.json", _json(document))
    letters = _listed(_json(letter) for letter in own_letters(account_id, settings))
    archive.add(letters, f"{FOLDER}/letters.json", compress_type=ZIP_DEFLATED)
    yield from archive.all_files()
    for own in own_contributions(account_id):
        there = {file.key: store.exists(file.key) for file in own.files}
        missing = [file.name for file in own.files if not there[file.key]]
        folder = f"contributions/{own.id}"
        _add_text(archive, f"{folder}/contribution.json", _json({**own.document, "missing_files": missing}))
        for file in own.files:
            if there[file.key]:
                archive.add(_bytes_of(store, file), f"{FOLDER}/{folder}/{file.name}", size=file.bytes)
        yield from archive.all_files()
    yield from archive.finalize()


def _add_text(archive: Any, name: str, text: str) -> None:
    archive.add(text.encode(), f"{FOLDER}/{name}", compress_type=ZIP_DEFLATED)


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _listed(documents: Iterator[str]) -> Iterator[bytes]:
    """A JSON array of documents, one after another."""
    yield b"["
    for number, document in enumerate(documents):
        yield (",\n" if number else "").encode() + document.rstrip().encode()
    yield b"]\n"


def _bytes_of(store: Store, file: OriginalFile) -> Iterator[bytes]:
    with store.open(file.key) as stored:
        while piece := stored.read(PIECE):
            yield piece
