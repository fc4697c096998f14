"""One process forks all decoders: it is started again when it dies, ends with the site, and mixes nothing up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from memory_road.media.limits import Limits
from memory_road.media.verify import verify

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds processes through Linux's /proc")

LIMITS = Limits(at_once=4)
ROOT = Path(__file__).parents[2]


def children(pid: int | str) -> list[int]:
    return [int(each) for path in Path(f"/proc/{pid}/task").glob("*/children") for each in path.read_text().split()]


def nursery_of(pid: int | str) -> int:
    found = [each for each in children(pid) if b"memory_road.media.child" in Path(f"/proc/{each}/cmdline").read_bytes()]
    assert len(found) == 1
    return found[0]


def eventually(so: Callable[[], bool]) -> bool:
    give_up_at = time.monotonic() + 20
    while not so() and time.monotonic() < give_up_at:
        time.sleep(0.01)
    return so()


def picture(folder: Path, width: int) -> Path:
    path = folder / f"{width}.png"
    Image.new("RGB", (width, 20)).save(path)
    return path


def width_of(path: Path) -> int:
    return verify(path, LIMITS, path.with_suffix(".webp")).width


def test_pictures_at_the_same_time_keep_apart(tmp_path: Path) -> None:
    widths = list(range(20, 60))
    pictures = [picture(tmp_path, width) for width in widths]
    with ThreadPoolExecutor(4) as together:
        assert list(together.map(width_of, pictures)) == widths


def test_a_killed_nursery_is_replaced_unnoticed(tmp_path: Path) -> None:
    assert width_of(picture(tmp_path, 30)) == 30
    first = nursery_of("self")
    os.kill(first, signal.SIGKILL)
    assert width_of(picture(tmp_path, 31)) == 31
    assert nursery_of("self") != first


def test_a_request_to_stop_does_not_reach_it(tmp_path: Path) -> None:
    width_of(picture(tmp_path, 30))
    first = nursery_of("self")
    os.kill(first, signal.SIGTERM)
    width_of(picture(tmp_path, 31))
    assert nursery_of("self") == first


def test_nothing_is_left_open_or_behind(tmp_path: Path) -> None:
    path = picture(tmp_path, 30)
    width_of(path)
    nursery = nursery_of("self")

    def open_files(pid: int | str) -> int:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))

    before = open_files("self"), open_files(nursery)
    for _ in range(20):
        width_of(path)
    assert eventually(lambda: children(nursery) == [])
    assert (open_files("self"), open_files(nursery)) == before


def test_it_ends_with_a_site_that_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from memory_road.media.limits import Limits; "
        "from memory_road.media.verify import verify; "
        "print(verify(Path(sys.argv[1]), Limits(), Path(sys.argv[2])).width, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(picture(tmp_path, 30)), str(tmp_path / "preview.webp")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as site:
        assert site.stdout is not None
        assert site.stdout.readline() == b"30\n"
        nursery = nursery_of(site.pid)
        site.kill()
    assert eventually(lambda: not Path(f"/proc/{nursery}").exists() or is_dead(nursery))


def is_dead(pid: int) -> bool:
    return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()


def test_it_has_but_one_thread_and_no_secret(tmp_path: Path) -> None:
    width_of(picture(tmp_path, 30))
    nursery = nursery_of("self")
    assert len(list(Path(f"/proc/{nursery}/task").iterdir())) == 1
    assert Path(f"/proc/{nursery}/environ").read_bytes().count(b"=") <= 2
