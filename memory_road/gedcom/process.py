"""The site's side of reading: let a child read one tree, wait for it no longer than allowed, take its answer.

An interpreter of its own for every tree, unlike for pictures: a family sends one in a lifetime."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from memory_road.gedcom.limits import SECONDS_TO_WAIT
from memory_road.gedcom.person import Person
from memory_road.gedcom.protocol import Answer, Request, people_file
from memory_road.gedcom.refusal import RefusalCode, TreeRefused

_log = logging.getLogger(__name__)
_PACKAGE_ROOT = str(Path(__file__).parents[2])
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); import memory_road; del sys.path[0]; "
    "from memory_road.gedcom.child import main; main()"
)
"""Loads this very package, as ``media.nursery`` explains."""
_ENVIRONMENT = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if name in os.environ}
_SECONDS_IN_LINE = 45.0
_turn = threading.Lock()
"""One tree at a time: the machine has pictures to look at too."""
MOST_IN_LINE = 3
"""With the one that is being read: whoever waits holds a thread that could show pages."""
line = threading.BoundedSemaphore(MOST_IN_LINE)


class ReaderUnavailable(Exception):
    """The machine is at fault or too busy, not the file: it can be sent again later."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a tree holds: how many people it names, and where those who are offered lie with their portraits."""

    people: int
    offered: int
    folder: Path

    def persons(self) -> Iterator[Person]:
        """Those who are offered, sorted by surname."""
        with people_file(self.folder).open(encoding="utf-8") as lines:
            for told in lines:
                yield Person.of(json.loads(told))

    def picture(self, person: Person) -> Path | None:
        """The file of a person's portrait; nobody has looked yet at whether it is a picture at all."""
        return self.folder / person.picture if person.picture else None


def read_apart(source: Path, today: date, folder: Path) -> Read:
    """Read the tree in ``source`` in a process of its own, into the empty ``folder``. Raises ``TreeRefused`` where the
    file is at fault, also when reading it goes over a limit, and ``ReaderUnavailable`` where the machine is."""
    request: Request = {"source": str(source), "folder": str(folder), "today": today.isoformat()}
    if not line.acquire(blocking=False):
        raise ReaderUnavailable(f"{MOST_IN_LINE} trees are in line already")
    try:
        answer = _in_turn(request)
    finally:
        line.release()
    if "refused" in answer:
        _log.info("A family tree was refused as %s: %s", answer["refused"], answer.get("detail", "by its content"))
        raise TreeRefused(RefusalCode(answer["refused"]), answer.get("values"))
    return Read(answer.get("people", 0), answer.get("offered", 0), folder)


def _in_turn(request: Request) -> Answer:
    if not _turn.acquire(timeout=_SECONDS_IN_LINE):
        raise ReaderUnavailable(f"no turn to read within {_SECONDS_IN_LINE} seconds")
    try:
        return _ask(request)
    finally:
        _turn.release()


def _ask(request: Request) -> Answer:
    # The command is fixed; what varies travels as JSON. In a session of its own, so that a signal to the server's group
    # lets a tree in hand be finished.
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-c", _START, _PACKAGE_ROOT],
            input=json.dumps(request).encode(),
            capture_output=True,
            env=_ENVIRONMENT,
            start_new_session=True,
            timeout=SECONDS_TO_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": RefusalCode.TOO_DEMANDING, "detail": "out of time"}
    except OSError as error:
        raise ReaderUnavailable(f"the reader did not start: {error}") from error
    if child.returncode < 0:
        return {"refused": RefusalCode.TOO_DEMANDING, "detail": f"ended by signal {-child.returncode}"}
    if child.returncode:
        raise ReaderUnavailable(f"the reader failed: {child.stderr[-2000:].decode(errors='replace')}")
    return json.loads(child.stdout)
