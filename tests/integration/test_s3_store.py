"""The store in a bucket: what it must do besides what every store does (see test_media_store)."""

import io
import random
import re
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from memory_road.config import Bucket
from memory_road.media.s3_store import S3Store
from memory_road.media.signed_address import Signer
from memory_road.media.store import FileMissing, StoreFault, StoreUnavailable
from tests.s3 import KEY, REGION, SECRET, free_ports, store_in

ORIGINAL = "private/originals/8k2m4n6p1"
SIZE = "private/sizes/8k2m4n6p1-0-640.webp"
LARGE = 9_000_001


def some_bytes(seed: int, length: int = LARGE) -> bytes:
    return random.Random(seed).randbytes(length)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(some_bytes(1, 1000))
    return path


@pytest.fixture
def signing(bucket: Bucket) -> S3Store:
    return store_in(replace(bucket, signed=bucket.endpoint))


# --- reading ---------------------------------------------------------------------------------------------------------


def test_a_file_that_travels_in_parts_arrives_whole_and_is_read_from_anywhere(s3_store: S3Store, source: Path) -> None:
    source.write_bytes(some_bytes(1))
    s3_store.put(ORIGINAL, source)
    whole = source.read_bytes()
    with s3_store.open(ORIGINAL) as file:
        assert file.read() == whole
        assert file.seek(0, io.SEEK_END) == LARGE
        assert file.read() == b""
        for begin in (LARGE - 30, 8_999_000, 0, 600_000):
            file.seek(begin)
            assert file.read(20) == whole[begin : begin + 20]
        assert file.seek(-21, io.SEEK_CUR) == 599_999
        assert file.read(3_000_000) == whole[599_999:3_599_999]


def test_an_archive_is_read_by_its_pieces(s3_store: S3Store, tmp_path: Path) -> None:
    archive = tmp_path / "tiles.zip"
    tiles = {f"{number}.webp": some_bytes(number, 200_000) for number in range(20)}
    with zipfile.ZipFile(archive, "w") as writing:
        for name, content in tiles.items():
            writing.writestr(name, content)
    s3_store.put(ORIGINAL, archive)
    with s3_store.open(ORIGINAL) as file, zipfile.ZipFile(file) as reading:
        assert {name: reading.read(name) for name in reversed(reading.namelist())} == tiles


def test_an_empty_file_is_a_file(s3_store: S3Store, source: Path) -> None:
    source.write_bytes(b"")
    s3_store.put(ORIGINAL, source)
    with s3_store.open(ORIGINAL) as file:
        assert file.read() == b""


@pytest.mark.parametrize("what", ["deleted", "replaced"])
def test_what_is_read_is_never_of_two_files(s3_store: S3Store, source: Path, what: str) -> None:
    source.write_bytes(some_bytes(1))
    s3_store.put(ORIGINAL, source)
    with s3_store.open(ORIGINAL) as file:
        begin = file.read(1000)
        if what == "deleted":
            s3_store.delete(ORIGINAL)
        else:
            source.write_bytes(some_bytes(2))
            s3_store.put(ORIGINAL, source)
        with pytest.raises(FileMissing):
            file.read()
    assert begin == some_bytes(1)[:1000]


# --- signed addresses ------------------------------------------------------------------------------------------------


def fetched(address: str) -> tuple[bytes, Mapping[str, str]]:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 -- a loopback address
        return answer.read(), dict(answer.headers)


def status(address: str) -> int:
    try:
        fetched(address)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code
    return 200


def test_a_signed_address_shows_a_picture_without_asking_the_portal(
    s3_store: S3Store, signing: S3Store, source: Path
) -> None:
    s3_store.put(SIZE, source)
    content, headers = fetched(str(signing.address(SIZE, 60)))
    assert content == source.read_bytes()
    assert headers["Content-Type"] == "image/webp"
    assert headers["Content-Disposition"] == "inline"
    assert headers["Cache-Control"] == "private, no-store"


def test_what_is_no_picture_is_only_saved(s3_store: S3Store, signing: S3Store, source: Path) -> None:
    source.write_bytes(b"<script>alert(1)</script>")
    s3_store.put(ORIGINAL, source)
    _, headers = fetched(str(signing.address(ORIGINAL, 60)))
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == "attachment"


@pytest.mark.parametrize(
    "forge",
    [
        lambda address: address.partition("?")[0],
        lambda address: address.replace("-640.webp", "-320.webp"),
        lambda address: address.replace("image%2Fwebp", "text%2Fhtml"),
        lambda address: address.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"),
    ],
    ids=["without a signature", "of another file", "as a page", "for longer"],
)
def test_an_address_that_was_changed_opens_nothing(
    s3_store: S3Store, signing: S3Store, source: Path, forge: Callable[[str], str]
) -> None:
    for key in (SIZE, SIZE.replace("640", "320")):
        s3_store.put(key, source)
    address = str(signing.address(SIZE, 60))
    assert status(address) == 200
    assert forge(address) != address
    assert status(forge(address)) == 403


def test_an_address_ends_with_its_time(s3_store: S3Store, bucket: Bucket, source: Path) -> None:
    s3_store.put(SIZE, source)
    signer = Signer(bucket.endpoint, bucket.region, bucket.name, KEY, SECRET)
    moment = datetime.now(UTC)
    assert status(signer.address(SIZE, 60, {}, moment - timedelta(seconds=30))) == 200
    assert status(signer.address(SIZE, 60, {}, moment - timedelta(seconds=90))) == 403


def test_browsers_are_sent_to_their_own_address_of_the_bucket(bucket: Bucket) -> None:
    store = store_in(replace(bucket, signed="https://pictures.example.org:443"))
    address = str(store.address(SIZE, 60))
    assert address.startswith(f"https://pictures.example.org/{bucket.name}/{SIZE}?X-Amz-Algorithm=AWS4-HMAC-SHA256&")
    assert SECRET not in address


def test_without_that_nobody_is_sent_anywhere(s3_store: S3Store) -> None:
    assert s3_store.address(SIZE, 60) is None


# --- faults ----------------------------------------------------------------------------------------------------------


def nobody_there() -> str:
    return f"http://127.0.0.1:{free_ports(1)[0]}"


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (lambda bucket: store_in(bucket, secret="another"), StoreFault.NOT_ALLOWED),
        (lambda bucket: store_in(replace(bucket, name="nobody-made-it")), StoreFault.NO_BUCKET),
        (lambda bucket: store_in(replace(bucket, endpoint=nobody_there())), StoreFault.NO_ANSWER),
    ],
    ids=["wrong secret", "no bucket", "nobody there"],
)
def test_each_fault_is_told_apart_and_keeps_the_secret(
    bucket: Bucket, tmp_path: Path, wrong: Callable[[Bucket], S3Store], fault: StoreFault
) -> None:
    store = wrong(bucket)
    source = tmp_path / "source"
    source.write_bytes(b"bytes")
    doors: list[Callable[[], object]] = [
        store.try_out,
        lambda: list(store.keys("private/")),
        lambda: store.open(ORIGINAL),
    ]
    if fault is not StoreFault.NO_BUCKET:  # a missing bucket has no files, says the server to some questions
        doors += [lambda: store.put(ORIGINAL, source), lambda: store.delete(ORIGINAL), lambda: store.exists(ORIGINAL)]
    for door in doors:
        with pytest.raises(StoreUnavailable) as unavailable:
            door()
        assert unavailable.value.fault is fault
        assert SECRET not in str(unavailable.value)
        assert "another" not in str(unavailable.value)


FORKING = """
import os, sys
from memory_road.media.s3_store import S3Store
from memory_road.media.signed_address import Signer
from memory_road.media.store import StoreUnavailable

store = S3Store(Signer(*sys.argv[1:]))
if os.fork() == 0:
    store.try_out()
    print("the first to use it works", flush=True)
    if os.fork() == 0:
        try:
            store.try_out()
        except StoreUnavailable as fault:
            print(fault.fault, flush=True)
        os._exit(0)
    os.wait()
    os._exit(0)
os.wait()
"""


def test_a_process_forked_after_the_first_use_is_refused_instead_of_hanging(bucket: Bucket) -> None:
    arguments = [bucket.endpoint, REGION, bucket.name, KEY, SECRET]
    done = subprocess.run(
        [sys.executable, "-c", FORKING, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.split("\n")[:2] == ["the first to use it works", "used_before_fork"], done.stderr


def test_the_secret_is_not_shown_with_the_signer() -> None:
    shown = repr(Signer("http://127.0.0.1", REGION, "bucket", KEY, SECRET))
    assert re.search("secret", shown) is None
