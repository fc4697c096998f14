"""The store in a directory of this machine."""

import errno
import io
import os
import secrets
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from memory_road.media.store import FileMissing, KeyMalformed, StoreFault, StoreUnavailable, check

_SLASH = "+"
"""Stands for a slash in file names. No key holds a plus sign, so a path can be read back as the key it was made of."""

_CHUNK = 1024 * 1024


class LocalStore:
    """Keeps each key as one file ``root/<first part>/xx/yy/<other parts>``; ``xx`` and ``yy`` begin the key's SHA-256.

    These 65,536 folders share the files: ten million photographs in six sizes leave under a thousand in each. Folders
    are never removed, so that no writer loses the one it is about to use. Only ``public/`` can be read by other users
    of the machine.
    """

    def __init__(self, root: Path) -> None:
        """Keep files below ``root``, which is made at the first ``put``. It may be a link; links below it that lead out
        of it raise ``PermissionError`` wherever they are met."""
        self._root = root.resolve()

    def put(self, key: str, source: Path) -> None:
        """See ``Store.put``."""
        with source.open("rb") as reading:
            self._write(key, reading)

    def open(self, key: str) -> BinaryIO:
        """See ``Store.open``."""
        path = self._path(key)
        try:
            # A link in place of a file would be followed to anywhere.
            return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ELOOP}:
                raise FileMissing(key) from None
            raise _unavailable(error) from error

    def exists(self, key: str) -> bool:
        """See ``Store.exists``."""
        path = self._path(key)
        with _disk():
            return path.is_file() and not path.is_symlink()

    def delete(self, key: str) -> None:
        """See ``Store.delete``."""
        path = self._path(key)
        with _disk(), suppress(FileNotFoundError):
            path.unlink()
            _flush_folder(path.parent)

    def copy(self, from_key: str, to_key: str) -> None:
        """See ``Store.copy``."""
        with self.open(from_key) as reading:
            self._write(to_key, reading)

    def keys(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """See ``Store.keys``. Walks the folders of all keys with the same first part."""
        top, slash, _ = prefix.partition("/")
        for folder, _, names in os.walk(self._root / top if slash else self._root):
            first = Path(folder).relative_to(self._root).parts[:1]
            for name in names:
                key = "/".join((*first, name.replace(_SLASH, "/")))
                put_at = self._put_at(key, Path(folder, name)) if key.startswith(prefix) else None
                if put_at is not None:
                    yield key, put_at

    def address(self, key: str, seconds: int) -> str | None:
        """See ``Store.address``: there is none."""
        check(key)

    def try_out(self) -> None:
        """See ``Store.try_out``."""
        key = f"partial/{secrets.token_hex(16)}"
        self._write(key, io.BytesIO(b"tried out"))
        self.delete(key)

    def _put_at(self, key: str, path: Path) -> datetime | None:
        """When the file of this key was put; None where the path is not the key's own, or the file has just gone."""
        with suppress(KeyMalformed, FileNotFoundError):
            if self._place(key) == path and not path.is_symlink():
                return datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return None

    def _place(self, key: str) -> Path:
        top, _, rest = check(key).partition("/")
        name = rest.replace("/", _SLASH)
        if top == "partial":
            return self._root / top / name
        digest = sha256(key.encode()).hexdigest()
        return self._root / top / digest[:2] / digest[2:4] / name

    def _path(self, key: str) -> Path:
        """The one door from a key to a path that may be touched."""
        path = self._place(key)
        if not path.parent.resolve().is_relative_to(self._root):
            raise PermissionError(errno.EACCES, f"a link leads out of {self._root}", str(path.parent))
        return path

    def _write(self, key: str, reading: BinaryIO) -> None:
        """Write beside, flush to the disk, rename into place, flush the folder."""
        path, partial = self._path(key), self._path(f"partial/{secrets.token_hex(16)}")
        public = key.startswith("public/")
        with _disk():
            self._make(path.parent, 0o755 if public else 0o700)
            self._make(partial.parent, 0o700)
        try:
            with _disk():
                descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644 if public else 0o600)
                with os.fdopen(descriptor, "wb") as writing:
                    shutil.copyfileobj(reading, writing, _CHUNK)
                    writing.flush()
                    os.fsync(descriptor)
                partial.replace(path)
                _flush_folder(path.parent)
        except BaseException:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise

    def _make(self, folder: Path, mode: int) -> None:
        if folder.is_dir():
            return
        if folder == self._root:
            folder.mkdir(parents=True, exist_ok=True)
            return
        self._make(folder.parent, mode)
        folder.mkdir(mode, exist_ok=True)
        _flush_folder(folder.parent)


@contextmanager
def _disk() -> Generator[None]:
    """What the disk refuses is said in the store's own words."""
    try:
        yield
    except OSError as error:
        raise _unavailable(error) from error


def _unavailable(error: OSError) -> StoreUnavailable:
    full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    barred = error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}
    fault = StoreFault.FULL if full else StoreFault.NOT_ALLOWED if barred else StoreFault.NO_ANSWER
    return StoreUnavailable(fault, str(error))


def _flush_folder(folder: Path) -> None:
    """Make what was renamed into a folder, or removed from it, outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
