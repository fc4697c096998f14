"""The store in a bucket of object storage that speaks S3.

obstore's threads do not outlive a fork, and a forked child that used them would wait for ever: the client is made at
its first use, and a process forked after that is refused. Start processes first, or start them by spawning.
"""

import os
import secrets
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store as Client

from memory_road.media.ranges import open_ranges
from memory_road.media.signed_address import Signer
from memory_road.media.store import FileMissing, KeyMalformed, StoreFault, StoreUnavailable, check, media_type_of

_PART = 5 * 1024 * 1024
"""Larger files travel in parts of this size, one after the other; the file appears when the last one has come."""
_READ_SECONDS = 10
_WRITE_SECONDS = 20
"""So long a server may be silent. While a part travels it is: the line must carry one in this time."""
_A_PAGE = 1000

_used_by = 0


class S3Store:
    """Keeps each key as one object of a bucket, which must exist. Several processes may use one bucket."""

    def __init__(self, signer: Signer, signs_at: str = "") -> None:
        """``signer`` holds the endpoint at which this machine reaches the bucket, and the credentials. ``signs_at`` is
        the address at which browsers reach it; empty: no addresses are given to them."""
        self._bucket = signer
        self._public = replace(signer, endpoint=signs_at) if signs_at else None
        self._made: dict[int, Client] = {}

    def put(self, key: str, source: Path) -> None:
        """See ``Store.put``."""
        check(key)
        source.stat()  # a missing source is the caller's fault, not the store's
        with self._client(key, _WRITE_SECONDS) as client:
            obstore.put(client, key, source, attributes=_attributes(key), chunk_size=_PART, max_concurrency=1)

    def open(self, key: str) -> BinaryIO:
        """See ``Store.open``. Reads by ranges, the first of them at once."""
        return open_ranges(check(key), self._client)

    def exists(self, key: str) -> bool:
        """See ``Store.exists``."""
        check(key)
        try:
            with self._client(key) as client:
                obstore.head(client, key)
        except FileMissing:
            return False
        return True

    def delete(self, key: str) -> None:
        """See ``Store.delete``."""
        check(key)
        with self._client(key) as client:
            obstore.delete(client, key)

    def copy(self, from_key: str, to_key: str) -> None:
        """See ``Store.copy``. The bytes do not leave the server."""
        check(from_key)
        check(to_key)
        with self._client(from_key) as client:
            obstore.copy(client, from_key, to_key)

    def keys(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """See ``Store.keys``. In the order of the keys, a thousand in one question."""
        folder = prefix.rpartition("/")[0] or None
        with self._client(prefix) as client:
            pages = obstore.list(client, folder, chunk_size=_A_PAGE, return_arrow=False)  # pyright: ignore[reportUnknownMemberType] -- Arrow is not installed
            for page in pages:
                for kept in page:
                    if kept["path"].startswith(prefix) and _is_key(kept["path"]):
                        yield kept["path"], kept["last_modified"].astimezone(UTC)

    def address(self, key: str, seconds: int) -> str | None:
        """See ``Store.address``."""
        check(key)
        if self._public is None:
            return None
        media_type = media_type_of(key)
        answer = {
            "response-content-type": media_type,
            "response-content-disposition": "inline" if media_type.startswith("image/") else "attachment",
            "response-cache-control": "private, no-store",
        }
        return self._public.address(key, seconds, answer, datetime.now(UTC))

    def try_out(self) -> None:
        """See ``Store.try_out``."""
        key = f"partial/{secrets.token_hex(16)}"
        try:
            with self._client(key) as client:
                obstore.put(client, key, b"tried out")
                obstore.get(client, key).bytes()
                obstore.delete(client, key)
        except FileMissing as missing:
            raise StoreUnavailable(StoreFault.NO_BUCKET, self._bucket.bucket) from missing

    @contextmanager
    def _client(self, key: str, seconds: int = _READ_SECONDS) -> Generator[Client]:
        """The client of this process; what goes wrong with it is said in the store's own words."""
        global _used_by  # noqa: PLW0603 -- obstore's threads belong to the whole process
        _used_by = _used_by or os.getpid()
        if _used_by != os.getpid():
            raise StoreUnavailable(StoreFault.USED_BEFORE_FORK, f"used by process {_used_by} before this was forked")
        if seconds not in self._made:
            self._made[seconds] = _client(self._bucket, seconds)
        try:
            yield self._made[seconds]
        except (FileNotFoundError, BaseError) as error:
            fault = _fault_of(error)
            if fault is None:
                raise FileMissing(key) from None
            raise StoreUnavailable(fault, _first_line(error)) from None


def _client(bucket: Signer, seconds: int) -> Client:
    """A client that gives a dead server up soon: in one second where it refuses, in ``seconds`` where it is silent."""
    return Client(
        bucket.bucket,
        config={
            # Not `endpoint`: a variable AWS_ENDPOINT_URL_S3 of the environment would go before it.
            "aws_endpoint_url_s3": bucket.endpoint,
            "region": bucket.region,
            "virtual_hosted_style_request": False,
            "disable_bulk_delete": True,
        },
        client_options={
            "allow_http": bucket.endpoint.startswith("http://"),
            "connect_timeout": timedelta(seconds=2),
            "read_timeout": timedelta(seconds=seconds),
            "timeout": timedelta(seconds=60),
        },
        retry_config={
            "max_retries": 3,
            "retry_timeout": timedelta(seconds=5),
            "backoff": {
                "init_backoff": timedelta(milliseconds=100),
                "max_backoff": timedelta(seconds=1),
                "base": 2,
            },
        },
        # Not plain values: a session token of the environment would be sent along with them.
        credential_provider=lambda: {
            "access_key_id": bucket.key,
            "secret_access_key": bucket.secret,
            "expires_at": None,
        },
    )


def _attributes(key: str) -> dict[str, str]:
    return {"Content-Type": media_type_of(key)}


def _is_key(path: str) -> bool:
    """Whether an object is the store's own: an operator may keep others in the bucket."""
    try:
        return bool(check(path))
    except KeyMalformed:
        return False


def _fault_of(error: Exception) -> StoreFault | None:
    """What is wrong with the store; None where it is well and only has no such file."""
    said = str(error)
    if "<Code>NoSuchBucket<" in said:
        return StoreFault.NO_BUCKET
    if isinstance(error, FileNotFoundError):
        return None
    # A listing fails with the general error, whatever the reason.
    barred = isinstance(error, PermissionDeniedError | UnauthenticatedError) or "status code: 403" in said
    return StoreFault.NOT_ALLOWED if barred else StoreFault.NO_ANSWER


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:300]
