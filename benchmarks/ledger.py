"""What relatives sent and were told has arrived, and whether it is there, whole and once."""

import io
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPException

from PIL import Image
from sqlalchemy import Connection, NullPool, create_engine, text

from benchmarks.sender import SHORT_WAY, Fields, File, NotAnswered, Sender
from benchmarks.served import Person, ServedPortal
from memory_road.media.store import FileMissing, Store

SENDERS = tuple(Person(f"relative{number}@example.org", "three plain words") for number in range(3))
SECONDS_BEFORE_AGAIN = 0.2


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that was sent: a draft, a picture of it, or its submission. ``form_key`` names the contribution and
    ``what`` is "draft", "submission", or the SHA-256 of a picture's bytes."""

    form_key: str
    what: str


@dataclass(slots=True)
class Ledger:
    """What the senders sent, and what they were told has arrived, with the contribution's id. ``refused`` counts the
    answers by status that said otherwise, ``interrupted`` the requests that nothing answered."""

    sent: set[Thing] = field(default_factory=set[Thing])
    acknowledged: dict[Thing, str] = field(default_factory=dict[Thing, str])
    refused: Counter[int] = field(default_factory=Counter[int])
    interrupted: int = 0
    slowest: float = 0.0
    failures: list[BaseException] = field(default_factory=list[BaseException])
    lock: threading.Lock = field(default_factory=threading.Lock)
    running: threading.Event = field(default_factory=threading.Event)
    leaving: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class Load:
    """What one relative sends: so many contributions (0: one after the other until told to leave) of so many pictures
    of this size. ``patient`` relatives send again what the portal refused: the machine is at fault, not the picture."""

    contributions: int = 0
    pictures: int = 2
    size: tuple[int, int] = (24, 30)
    patient: bool = False


class Relative:
    """Sends drafts with pictures, and their submission. What was cut off is sent again exactly as before, as a browser
    or a patient person would."""

    def __init__(self, portal: ServedPortal, person: Person, ledger: Ledger, seed: int, load: Load) -> None:
        self._session = Sender(portal.address).sign_in(person)
        self._ledger, self._load = ledger, load
        self._choice = random.Random(f"{person.email} {seed}")

    def send_all(self) -> None:
        """Send what the load says; what goes wrong is put into the ledger."""
        try:
            while not self._ledger.leaving.is_set():
                self._send()
                self._load = Load(self._load.contributions - 1, *self._rest())
                if self._load.contributions == 0:
                    return
        except BaseException as failure:  # noqa: BLE001 -- it ends a thread, and is raised where the thread is awaited
            self._ledger.failures.append(failure)

    def _rest(self) -> tuple[int, tuple[int, int], bool]:
        return self._load.pictures, self._load.size, self._load.patient

    def _send(self) -> None:
        form_key = f"{self._choice.getrandbits(256):064x}"[:43]
        first, *others = [self._picture() for _ in range(self._load.pictures)]
        fields: Fields = {**SHORT_WAY, "biography": form_key}
        session = self._session
        contribution = self._insist(
            lambda: session.begin(form_key, fields, [first]), Thing(form_key, "draft"), thing(form_key, first)
        )
        for other in others:
            self._insist(
                lambda other=other: session.attach(contribution, other) and contribution, thing(form_key, other)
            )
        self._insist(lambda: session.submit(contribution, fields) and contribution, Thing(form_key, "submission"))

    def _insist(self, request: Callable[[], str], *things: Thing) -> str:
        """Send ``things`` until they are acknowledged; returns the contribution's id."""
        ledger = self._ledger
        with ledger.lock:
            ledger.sent.update(things)
        while True:
            ledger.running.wait()
            if ledger.failures:
                raise NotAnswered("Another one has given up.", 0)
            began = time.monotonic()
            try:
                contribution = request()
            except NotAnswered as refusal:
                if not self._load.patient:
                    raise
                with ledger.lock:
                    ledger.refused[refusal.status] += 1
                ledger.leaving.wait(SECONDS_BEFORE_AGAIN)
            except (OSError, HTTPException):
                with ledger.lock:
                    ledger.interrupted += 1
                if ledger.running.is_set():  # the very moment in which the server goes
                    ledger.leaving.wait(0.05)
            else:
                with ledger.lock:
                    ledger.acknowledged.update(dict.fromkeys(things, contribution))
                return contribution
            finally:
                ledger.slowest = max(ledger.slowest, time.monotonic() - began)

    def _picture(self) -> File:
        """A picture of its own."""
        width, height = self._load.size
        image = Image.frombytes("RGB", (width, height), self._choice.randbytes(3 * width * height))
        content = io.BytesIO()
        image.save(content, "PNG")
        return File("portrait.png", content.getvalue(), "image/png")


def thing(form_key: str, file: File) -> Thing:
    """The picture ``file`` of a contribution."""
    return Thing(form_key, sha256(file.content).hexdigest())


@dataclass(frozen=True, slots=True)
class Audit:
    """Looks past the portal into its database and its store."""

    database_url: str
    store: Store

    def connect(self) -> Connection:
        """A connection of its own, as another program would have."""
        return create_engine(self.database_url, poolclass=NullPool).connect()

    def lost(self, ledger: Ledger) -> set[Thing]:
        """What was acknowledged and is not there as it was sent."""
        with ledger.lock:
            acknowledged = dict(ledger.acknowledged)
        with self.connect() as database:
            there = dict(self._there(database))
        return {thing for thing, contribution in acknowledged.items() if there.get(thing) != contribution}

    def doubled(self) -> int:
        """How many times too often, for everything that is there more than once."""
        with self.connect() as database:
            return sum(times - 1 for question in REPEATED for (times,) in database.execute(text(question)))

    def broken(self) -> int:
        """What is there and not whole, acknowledged or not: rows that point at nothing, a damaged database."""
        with self.connect() as database:
            pictures = [row for row in database.execute(text(PICTURES)) if not self._is_kept(row.id, row.sha256)]
            faults = 0
            if database.dialect.name == "sqlite":
                faults += sum(answer != "ok" for (answer,) in database.execute(text("PRAGMA integrity_check")))
                faults += len(database.execute(text("PRAGMA foreign_key_check")).all())
        return len(pictures) + faults

    def waiting(self) -> int:
        """How many pictures have no sizes yet."""
        with self.connect() as database:
            return database.execute(text(UNDERIVED)).scalar_one()

    def in_hand(self) -> int:
        """On how many pictures somebody holds a lease."""
        with self.connect() as database:
            return database.execute(text(LEASED)).scalar_one()

    def underived(self) -> int:
        """How many pictures do not have all of their sizes, byte for byte."""
        with self.connect() as database:
            rows = database.execute(text(DERIVED)).all()
        return sum(not self._has_sizes(row) for row in rows)

    def let_leases_end(self) -> None:
        """As if time had passed: what a dead worker had in hand is free again, and what waits is overdue."""
        with self.connect() as database:
            database.execute(text(AGE[database.dialect.name]))
            database.commit()

    def _there(self, database: Connection) -> Iterator[tuple[Thing, str]]:
        """Everything that is there and whole, with the contribution's id."""
        for row in database.execute(text("SELECT form_key, id, typed FROM contribution")):
            said = json.loads(row.typed) if isinstance(row.typed, str) else row.typed
            if said["surname"] == SHORT_WAY["surname"] and said["biography"] == row.form_key:
                yield Thing(row.form_key, "draft"), row.id
        for row in database.execute(text(PICTURES)):
            if self._is_kept(row.id, row.sha256):
                yield Thing(row.form_key, row.sha256), row.contribution
        for row in database.execute(text(SUBMISSIONS)):
            yield Thing(row.form_key, "submission"), row.id

    def _is_kept(self, photograph: str, digest: str) -> bool:
        return self._digest(f"private/originals/{photograph}") == digest and self.store.exists(
            f"private/previews/{photograph}.webp"
        )

    def _digest(self, key: str) -> str:
        try:
            with self.store.open(key) as kept:
                return sha256(kept.read()).hexdigest()
        except FileMissing:
            return ""

    def _has_sizes(self, row: object) -> bool:
        identifier, edition, derived_at, kept = row  # pyright: ignore[reportGeneralTypeIssues] -- four columns
        sizes = json.loads(kept) if isinstance(kept, str) else kept
        prefix = f"private/sizes/{identifier}-{edition}-"
        whole = all(self._digest(prefix + size["name"]) == size["sha256"] for size in sizes)
        return derived_at is not None and bool(sizes) and whole


PICTURES = """
    SELECT c.form_key AS form_key, c.id AS contribution, p.id AS id, p.sha256 AS sha256
    FROM contribution_photograph p JOIN contribution c ON c.id = p.contribution_id
"""
SUBMISSIONS = """
    SELECT c.form_key, c.id FROM contribution c JOIN decision d ON d.contribution_id = c.id AND d.move = 'submit'
    WHERE c.state = 'submitted' AND c.facts IS NOT NULL AND c.submitted_at IS NOT NULL
"""
UNDERIVED = "SELECT count(*) FROM contribution_photograph WHERE derived_at IS NULL"
LEASED = "SELECT count(*) FROM contribution_photograph WHERE derived_at IS NULL AND leased_until IS NOT NULL"
DERIVED = "SELECT id, edition, derived_at, sizes FROM contribution_photograph"
REPEATED = (
    "SELECT count(*) FROM contribution GROUP BY form_key HAVING count(*) > 1",
    "SELECT count(*) FROM contribution_photograph GROUP BY contribution_id, sha256 HAVING count(*) > 1",
    "SELECT count(*) FROM decision GROUP BY contribution_id, move HAVING count(*) > 1",
    "SELECT count(*) FROM letter GROUP BY kind, recipient, CAST(content AS TEXT) HAVING count(*) > 1",
)
AGE = {
    "sqlite": """
        UPDATE contribution_photograph SET leased_until = NULL, added_at = datetime(added_at, '-1 hour')
        WHERE derived_at IS NULL
    """,
    "postgresql": """
        UPDATE contribution_photograph SET leased_until = NULL, added_at = added_at - INTERVAL '1 hour'
        WHERE derived_at IS NULL
    """,
}
