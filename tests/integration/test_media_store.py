"""What every store must do, tried on each; and what the local one must do besides."""

import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from memory_road.media.local_store import LocalStore
from memory_road.media.store import FileMissing, KeyMalformed, Store

KEY = "private/originals/8k2m4n6p1"
OTHER = "public/5f0c1d-640.webp"


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Another store joins the contract by another name here."""
    stores: dict[str, Callable[[], Store]] = {
        "local": lambda: LocalStore(tmp_path / "uploads"),
        "s3": lambda: request.getfixturevalue("s3_store"),
    }
    return stores[request.param]()


@pytest.fixture
def local(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "uploads")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(b"the bytes of a picture")
    return path


def content(store: Store, key: str) -> bytes:
    with store.open(key) as file:
        return file.read()


# --- every store -----------------------------------------------------------------------------------------------------


def test_gives_back_what_was_put(store: Store, source: Path) -> None:
    store.put(KEY, source)
    assert store.exists(KEY)
    assert content(store, KEY) == source.read_bytes()
    assert not store.exists(OTHER)


def test_keeps_large_files_whole(store: Store, source: Path) -> None:
    source.write_bytes(bytes(range(256)) * 20_000)
    store.put(KEY, source)
    assert content(store, KEY) == source.read_bytes()


def test_a_file_can_be_read_from_anywhere(store: Store, source: Path) -> None:
    store.put(KEY, source)
    with store.open(KEY) as file:
        file.seek(10)
        assert file.read(5) == b"of a "


def test_putting_again_replaces(store: Store, source: Path) -> None:
    store.put(KEY, source)
    source.write_bytes(b"others")
    store.put(KEY, source)
    assert content(store, KEY) == b"others"
    assert [key for key, _ in store.keys("")] == [KEY]


def test_an_open_file_outlives_its_deletion(store: Store, source: Path) -> None:
    store.put(KEY, source)
    with store.open(KEY) as file:
        store.delete(KEY)
        assert file.read() == source.read_bytes()


def test_a_missing_file_is_named(store: Store) -> None:
    with pytest.raises(FileMissing) as missing:
        store.open(KEY)
    assert missing.value.key == KEY
    with pytest.raises(FileMissing):
        store.copy(KEY, OTHER)
    assert not store.exists(OTHER)


def test_deleting_twice_is_no_error(store: Store, source: Path) -> None:
    store.put(KEY, source)
    store.delete(KEY)
    store.delete(KEY)
    assert not store.exists(KEY)


def test_a_copy_stands_on_its_own(store: Store, source: Path) -> None:
    store.put(KEY, source)
    store.copy(KEY, OTHER)
    store.delete(KEY)
    assert content(store, OTHER) == source.read_bytes()


def test_nothing_is_kept_of_a_source_that_is_not_there(store: Store, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        store.put(KEY, tmp_path / "nowhere")
    assert list(store.keys("")) == []


def test_lists_by_prefix_with_the_time_of_each(store: Store, source: Path) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    keys = {"private/originals/a", "private/originals/b", "private/sizes/a-320.webp", "public/a-320.webp"}
    for key in keys:
        store.put(key, source)
    assert {key for key, _ in store.keys("")} == keys
    assert {key for key, _ in store.keys("private/")} == {key for key in keys if key.startswith("private/")}
    assert {key for key, _ in store.keys("private/originals/a")} == {"private/originals/a"}
    assert {key for key, _ in store.keys("pub")} == {"public/a-320.webp"}
    assert list(store.keys("private/unknown/")) == []
    assert all(before < put_at < datetime.now(UTC) + timedelta(seconds=2) for _, put_at in store.keys(""))


@pytest.mark.parametrize("key", ["private/../../etc/passwd", "/etc/passwd", "private/A", ""])
def test_no_door_takes_a_malformed_key(store: Store, source: Path, key: str) -> None:
    store.put(KEY, source)
    doors: list[Callable[[], object]] = [
        lambda: store.put(key, source),
        lambda: store.open(key),
        lambda: store.exists(key),
        lambda: store.delete(key),
        lambda: store.address(key, 60),
        lambda: store.copy(KEY, key),
        lambda: store.copy(key, OTHER),
    ]
    for door in doors:
        with pytest.raises(KeyMalformed):
            door()
    assert [kept for kept, _ in store.keys("")] == [KEY]


def test_readers_see_one_file_or_the_other_but_never_a_part(store: Store, tmp_path: Path) -> None:
    whole = [bytes([number]) * 300_000 for number in (1, 2)]
    sources = [tmp_path / "one", tmp_path / "two"]
    for path, each in zip(sources, whole, strict=True):
        path.write_bytes(each)
    store.put(KEY, sources[0])

    def write() -> None:
        for _ in range(10):
            for path in sources:
                store.put(KEY, path)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert content(store, KEY) in whole
    assert content(store, KEY) in whole
    assert [key for key, _ in store.keys("")] == [KEY]


# --- the local one ---------------------------------------------------------------------------------------------------


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond ``size`` bytes, as a disk that fills up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_fills_up_leaves_the_file_of_before(local: LocalStore, source: Path) -> None:
    local.put(KEY, source)
    before = source.read_bytes()
    source.write_bytes(bytes(5_000_000))
    with room_for(1_000_000), pytest.raises(OSError, match="File too large"):
        local.put(KEY, source)
    assert content(local, KEY) == before
    assert [key for key, _ in local.keys("")] == [KEY]


def test_what_a_crash_left_half_written_is_found_and_can_be_swept(local: LocalStore, source: Path) -> None:
    local.put(KEY, source)
    root = source.parent / "uploads"
    (root / "partial" / "00ff").write_bytes(b"half")
    assert {key for key, _ in local.keys("")} == {KEY, "partial/00ff"}
    local.delete("partial/00ff")
    assert list((root / "partial").iterdir()) == []


def test_no_folder_grows_without_bound(local: LocalStore, source: Path) -> None:
    for number in range(40):
        local.put(f"private/originals/{number}", source)
    folders = [path.parent for path in (source.parent / "uploads").rglob("*+*")]
    assert len(folders) == 40
    assert len(set(folders)) > 35


def test_files_that_are_not_its_own_are_not_listed(local: LocalStore, source: Path) -> None:
    local.put(KEY, source)
    root = source.parent / "uploads"
    (root / "README.md").write_text("The default file store.")
    (root / "private" / "notes.txt").write_text("An operator's notes.")
    (root / "private" / ".DS_Store").write_text("")
    assert [key for key, _ in local.keys("")] == [KEY]


def kept_at(root: Path) -> Path:
    (path,) = root.rglob("originals+*")
    return path


def test_a_link_in_place_of_a_file_is_not_followed(local: LocalStore, source: Path, tmp_path: Path) -> None:
    local.put(KEY, source)
    secret = tmp_path / "secret"
    secret.write_text("the site's key")
    path = kept_at(tmp_path / "uploads")
    path.unlink()
    path.symlink_to(secret)
    with pytest.raises(FileMissing):
        local.open(KEY)
    assert not local.exists(KEY)
    assert list(local.keys("")) == []
    local.put(KEY, source)
    assert secret.read_text() == "the site's key"


def test_a_link_in_place_of_a_folder_does_not_lead_out(local: LocalStore, source: Path, tmp_path: Path) -> None:
    local.put(KEY, source)
    folder = kept_at(tmp_path / "uploads").parent
    outside = tmp_path / "outside"
    folder.rename(outside)
    folder.symlink_to(outside)
    doors: list[Callable[[], object]] = [
        lambda: local.open(KEY),
        lambda: local.put(KEY, source),
        lambda: local.exists(KEY),
        lambda: local.delete(KEY),
    ]
    for door in doors:
        with pytest.raises(PermissionError, match="leads out"):
            door()
    assert [path.read_bytes() for path in outside.iterdir()] == [source.read_bytes()]
    assert list(local.keys("")) == []


def test_the_root_itself_may_be_a_link_to_another_disk(tmp_path: Path, source: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "uploads").symlink_to(tmp_path / "disk")
    store = LocalStore(tmp_path / "uploads")
    store.put(KEY, source)
    assert content(store, KEY) == source.read_bytes()


def test_private_files_are_closed_to_other_users_of_the_machine(local: LocalStore, source: Path) -> None:
    local.put(KEY, source)
    local.copy(KEY, OTHER)
    root = source.parent / "uploads"
    assert [path for path in (root / "private").rglob("*") if path.stat().st_mode & 0o077] == []
    assert [path for path in (root / "public").rglob("*") if not path.stat().st_mode & 0o004] == []
