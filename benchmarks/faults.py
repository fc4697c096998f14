"""What a portal loses when it is killed: several relatives send contributions, the server is killed at random moments
and started again on the same data, and everything that it had acknowledged must be there, whole and once.

    python benchmarks/faults.py --kills 20 --seed 1
"""

import argparse
import io
import json
import random
import sqlite3
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import TypeVar

from PIL import Image
from tqdm import tqdm

from benchmarks.sender import SHORT_WAY, Fields, File, Sender
from benchmarks.served import Person, ServedPortal
from memory_road.media.local_store import LocalStore
from memory_road.media.store import FileMissing

SENDERS = tuple(Person(f"relative{number}@example.org", "three plain words") for number in range(3))
LONGEST_LIFE = 1.2
"""Seconds within which a started server is killed: about as long as one contribution takes from draft to sent."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that was sent: a draft, a picture of it, or its submission. ``form_key`` names the contribution and
    ``what`` is "draft", "submission", or the SHA-256 of a picture's bytes."""

    form_key: str
    what: str


@dataclass(slots=True)
class Ledger:
    """What the senders sent, and what they were told has arrived, with the contribution's id."""

    sent: set[Thing] = field(default_factory=set[Thing])
    acknowledged: dict[Thing, str] = field(default_factory=dict[Thing, str])
    interrupted: int = 0
    failures: list[BaseException] = field(default_factory=list[BaseException])
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``submitted`` and ``acknowledged`` count drafts, pictures and submissions. ``lost`` were acknowledged and are not
    there as they were sent, ``doubled`` are there more than once, ``broken`` is what else is not whole; ``interrupted``
    counts requests that the kills cut off and that were then repeated."""

    submitted: int
    acknowledged: int
    lost: int
    doubled: int
    broken: int
    interrupted: int
    seconds_to_start: float


def kill_at_random(folder: Path, kills: int, seed: int, progress: Callable[[range], Iterator[int]] = iter) -> Outcome:
    """Kill a portal in ``folder`` ``kills`` times at moments that ``seed`` chooses. Raises what a sender met that is
    neither an answer as it should be nor a broken connection."""
    moments = random.Random(seed)
    portal, ledger = ServedPortal(folder), Ledger()
    portal.create(SENDERS)
    starts = [portal.start()]
    running, leaving = threading.Event(), threading.Event()
    senders = [_Relative(portal, person, ledger, running, leaving, seed) for person in SENDERS]
    threads = [threading.Thread(target=sender.send_until_told) for sender in senders]
    lost: set[Thing] = set()
    try:
        for thread in threads:
            thread.start()
        for _ in progress(range(kills)):
            running.set()
            leaving.wait(moments.uniform(0.05, LONGEST_LIFE))
            running.clear()
            portal.kill()
            starts.append(portal.start())
            lost |= _lost(portal, ledger)
            if ledger.failures:
                break
    finally:
        leaving.set()
        running.set()
        for thread in threads:
            thread.join()
    portal.stop()
    if ledger.failures:
        raise ledger.failures[0]
    lost |= _lost(portal, ledger)
    with closing(sqlite3.connect(portal.database)) as database:
        doubled, broken = sum(_doubled(database)), _broken(database, portal)
    # Raises PortalFailed, with what it says, when the chain of decisions is not whole.
    portal.run("verify")
    mean = round(sum(starts) / len(starts), 2)
    return Outcome(len(ledger.sent), len(ledger.acknowledged), len(lost), doubled, broken, ledger.interrupted, mean)


class _Relative:
    """Sends one contribution after the other: a draft with a picture, a second picture, the submission. What was cut
    off is sent again exactly as before, as a browser or a patient person would."""

    def __init__(
        self,
        portal: ServedPortal,
        person: Person,
        ledger: Ledger,
        running: threading.Event,
        leaving: threading.Event,
        seed: int,
    ) -> None:
        self._session = Sender(portal.address).sign_in(person)
        self._ledger, self._running, self._leaving = ledger, running, leaving
        self._choice = random.Random(f"{person.email} {seed}")

    def send_until_told(self) -> None:
        try:
            while not self._leaving.is_set():
                self._send()
        except BaseException as failure:  # noqa: BLE001 -- it ends a thread, and is raised where the thread is awaited
            self._ledger.failures.append(failure)

    def _send(self) -> None:
        form_key = f"{self._choice.getrandbits(256):064x}"[:43]
        first, second = self._picture(), self._picture()
        fields: Fields = {**SHORT_WAY, "biography": form_key}
        session = self._session
        contribution = self._insist(
            lambda: session.begin(form_key, fields, [first]), Thing(form_key, "draft"), _thing(form_key, first)
        )
        self._insist(lambda: session.attach(contribution, second) and contribution, _thing(form_key, second))
        self._insist(lambda: session.submit(contribution, fields) and contribution, Thing(form_key, "submission"))

    def _insist(self, request: Callable[[], str], *things: Thing) -> str:
        """Send ``things`` until they are acknowledged; returns the contribution's id."""
        with self._ledger.lock:
            self._ledger.sent.update(things)
        while True:
            self._running.wait()
            try:
                contribution = request()
            except (OSError, HTTPException):
                with self._ledger.lock:
                    self._ledger.interrupted += 1
                if self._running.is_set():  # the very moment in which the server goes
                    self._leaving.wait(0.05)
                continue
            with self._ledger.lock:
                self._ledger.acknowledged.update(dict.fromkeys(things, contribution))
            return contribution

    def _picture(self) -> File:
        """A small picture of its own."""
        size = (24, 30)
        image = Image.frombytes("RGB", size, self._choice.randbytes(3 * size[0] * size[1]))
        content = io.BytesIO()
        image.save(content, "PNG")
        return File("portrait.png", content.getvalue(), "image/png")


def _thing(form_key: str, file: File) -> Thing:
    return Thing(form_key, sha256(file.content).hexdigest())


def _lost(portal: ServedPortal, ledger: Ledger) -> set[Thing]:
    """What was acknowledged and is not there as it was sent."""
    with ledger.lock:
        acknowledged = dict(ledger.acknowledged)
    with closing(sqlite3.connect(portal.database)) as database:
        there = dict(_there(database, portal))
    return {thing for thing, contribution in acknowledged.items() if there.get(thing) != contribution}


def _there(database: sqlite3.Connection, portal: ServedPortal) -> Iterator[tuple[Thing, str]]:
    """Everything that is there and whole, with the contribution's id."""
    store = LocalStore(portal.files)
    for form_key, identifier, typed in database.execute("SELECT form_key, id, typed FROM contribution"):
        said = json.loads(typed)
        if said["surname"] == SHORT_WAY["surname"] and said["biography"] == form_key:
            yield Thing(form_key, "draft"), identifier
    for form_key, identifier, photograph, digest in database.execute(PICTURES):
        if _is_kept(store, photograph, digest):
            yield Thing(form_key, digest), identifier
    for form_key, identifier in database.execute(SUBMISSIONS):
        yield Thing(form_key, "submission"), identifier


PICTURES = """
    SELECT c.form_key, c.id, p.id, p.sha256
    FROM contribution_photograph p JOIN contribution c ON c.id = p.contribution_id
"""
SUBMISSIONS = """
    SELECT c.form_key, c.id FROM contribution c JOIN decision d ON d.contribution_id = c.id AND d.move = 'submit'
    WHERE c.state = 'submitted' AND c.facts IS NOT NULL AND c.submitted_at IS NOT NULL
"""
REPEATED = (
    "SELECT count(*) FROM contribution GROUP BY form_key HAVING count(*) > 1",
    "SELECT count(*) FROM contribution_photograph GROUP BY contribution_id, sha256 HAVING count(*) > 1",
    "SELECT count(*) FROM decision GROUP BY contribution_id, move HAVING count(*) > 1",
)


def _is_kept(store: LocalStore, photograph: str, digest: str) -> bool:
    try:
        with store.open(f"private/originals/{photograph}") as original:
            return sha256(original.read()).hexdigest() == digest and store.exists(f"private/previews/{photograph}.webp")
    except FileMissing:
        return False


def _doubled(database: sqlite3.Connection) -> Iterator[int]:
    """How many times too often, for everything that is there more than once."""
    for question in REPEATED:
        for (times,) in database.execute(question):
            yield times - 1


def _broken(database: sqlite3.Connection, portal: ServedPortal) -> int:
    """What is there and not whole, acknowledged or not: rows that point at nothing, a damaged database."""
    store = LocalStore(portal.files)
    pictures = [row for row in database.execute(PICTURES) if not _is_kept(store, row[2], row[3])]
    faults = Counter(answer for (answer,) in database.execute("PRAGMA integrity_check") if answer != "ok")
    foreign = database.execute("PRAGMA foreign_key_check").fetchall()
    return len(pictures) + faults.total() + len(foreign)


def main() -> None:
    """Print one JSON object: what each fault did."""
    parser = argparse.ArgumentParser(description="Kill the portal while contributions are sent; count what is lost.")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="memory-road-faults-") as folder:
        outcome = kill_at_random(
            Path(folder), chosen.kills, chosen.seed, lambda rounds: iter(tqdm(rounds, desc="Kills", unit=""))
        )
    sys.stdout.write(json.dumps({"kill": asdict(outcome), "kills": chosen.kills, "seed": chosen.seed}) + "\n")


if __name__ == "__main__":
    main()
