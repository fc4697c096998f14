"""Check every kept picture against its row: are all its files there, with the very bytes that were written?

The rows are read in pages in a fixed order, each page in a transaction of its own, so that the memory needed stays the
same however many there are, and a check that was stopped can be gone on with.
"""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import func, select

from memory_road.archive.photograph import Photograph
from memory_road.contributions.photograph import ContributionPhotograph, original_key, preview_key, size_key
from memory_road.db import db
from memory_road.jobs.mend_files import mend_published, mend_sent, try_again
from memory_road.media.limits import Limits
from memory_road.media.store import FileMissing, Store, digest_of
from memory_road.moderation.withheld import WithheldPhotograph, removed_key

PAGE = 100
AT_ONCE = 4
"""So many files are read at a time: a bucket answers slowly, but many questions together."""


class Side(StrEnum):
    """Which of the three a picture is: what was sent, what is published, or what was, before its entry was taken down.
    They are checked in this order."""

    SENT = "sent"
    PUBLISHED = "published"
    WITHHELD = "withheld"


class Fault(StrEnum):
    """What can be wrong with a file."""

    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Picture:
    """A row and the files that it points at, each with its SHA-256; it is empty where none was kept, in rows from
    before that."""

    side: Side
    id: str
    belongs_to: str
    files: dict[str, str]

    @property
    def place(self) -> str:
        """Where a check stands that has come to here."""
        return f"{self.side}:{self.id}"


@dataclass
class Inspection:
    """One check of all files. ``say`` is told in a sentence what is wrong; ``place`` is how far it has come, or, before
    it begins, where to begin. ``mend`` has derivatives made anew; an original is only ever read."""

    store: Store
    limits: Limits
    mend: bool
    say: Callable[[str], None]
    place: str = ""
    files: int = 0
    mended: int = 0
    missing: int = 0
    damaged: int = 0

    def pictures(self) -> int:
        """How many rows there are to come."""
        count = 0
        for side, after in self._sides():
            key = _KEYS[side]
            count += db.session.scalar(select(func.count()).where(key > after)) or 0
        db.session.rollback()
        return count

    def run(self) -> Generator[None]:
        """Check picture after picture. Raises ``StoreUnavailable``: ``place`` says where to go on."""
        pool = ThreadPoolExecutor(AT_ONCE)
        try:
            for side, begin in self._sides():
                after = begin
                while pictures := _page(side, after):
                    faults = pool.map(self._fault, [file for each in pictures for file in each.files.items()])
                    for picture in pictures:
                        found = zip(picture.files, islice(faults, len(picture.files)), strict=True)
                        self._judge(picture, {key: fault for key, fault in found if fault is not None})
                        self.place = picture.place
                        yield
                    after = pictures[-1].id
        finally:
            pool.shutdown(cancel_futures=True)

    def _sides(self) -> list[tuple[Side, str]]:
        """The sides that are still to be checked, and after which picture."""
        side, _, identifier = (self.place or f"{Side.SENT}:").partition(":")
        sides = list(Side)[list(Side).index(Side(side)) :]
        return [(sides[0], identifier), *((later, "") for later in sides[1:])]

    def _fault(self, file: tuple[str, str]) -> Fault | None:
        key, sha256 = file
        try:
            digest = digest_of(self.store, key)
        except FileMissing:
            return Fault.MISSING
        return Fault.DAMAGED if sha256 and digest != sha256 else None

    def _judge(self, picture: Picture, faults: dict[str, Fault]) -> None:
        self.files += len(picture.files)
        if self.mend and picture.side is Side.SENT and original_key(picture.id) not in faults and try_again(picture.id):
            self.say(f"The sizes of a picture of {picture.belongs_to} had been given up and will be tried again.")
        if not faults or _page(picture.side, picture.id, exactly=True) != [picture]:
            return  # what was taken away or made anew since the page was read is no fault
        mended: set[str] = set()
        if self.mend and picture.side is not Side.WITHHELD and original_key(picture.id) not in faults:
            mend = mend_sent if picture.side is Side.SENT else mend_published
            mend(picture.id, set(faults), self.store, self.limits)
            now = _page(picture.side, picture.id, exactly=True)
            mended = {key for key in faults if all(self._mended(each, key) for each in now)}
        for key, fault in faults.items():
            if key in mended:
                self.mended += 1
                self.say(f"{key} was {fault} and has been made anew.")
            else:
                self.missing += fault is Fault.MISSING
                self.damaged += fault is Fault.DAMAGED
                self.say(_sentence(picture, key, fault, self.mend))

    def _mended(self, picture: Picture, key: str) -> bool:
        """Whether the file that was wrong is right now, or another edition has taken its place."""
        if key in picture.files:
            return self._fault((key, picture.files[key])) is None
        return len(picture.files) > len((original_key(picture.id), preview_key(picture.id)))


def _page(side: Side, after: str, *, exactly: bool = False) -> list[Picture]:
    """The next rows in order, or ``exactly`` the one."""
    key = _KEYS[side]
    if side is Side.SENT:
        row = ContributionPhotograph
        query = select(row.id, row.contribution_id, row.sizes, row.edition, row.sha256, row.preview_sha256)
    elif side is Side.PUBLISHED:
        query = select(Photograph.key, Photograph.participant_id, Photograph.sizes)
    else:
        query = select(WithheldPhotograph.key, WithheldPhotograph.participant_id, WithheldPhotograph.row)
    query = query.where(key == after) if exactly else query.where(key > after).order_by(key).limit(PAGE)
    pictures = [_READ[side](*row) for row in db.session.execute(query)]
    db.session.rollback()
    return pictures


def _sent(
    identifier: str, contribution: str, sizes: list[dict[str, Any]], edition: int, sha256: str, preview_sha256: str
) -> Picture:
    files = {original_key(identifier): sha256, preview_key(identifier): preview_sha256}
    files |= {size_key(identifier, edition, size["name"]): size.get("sha256", "") for size in sizes}
    return Picture(Side.SENT, identifier, f"contribution {contribution}", files)


def _published(key: str, participant: str, sizes: list[dict[str, Any]]) -> Picture:
    files = {f"public/{key}-{size['name']}": size.get("sha256", "") for size in sizes}
    return Picture(Side.PUBLISHED, key, f"entry {participant}", files)


def _withheld(key: str, participant: str, row: dict[str, Any]) -> Picture:
    files = {removed_key(key, size["name"]): size.get("sha256", "") for size in row["sizes"]}
    return Picture(Side.WITHHELD, key, f"entry {participant}, which is taken down,", files)


_KEYS = {Side.SENT: ContributionPhotograph.id, Side.PUBLISHED: Photograph.key, Side.WITHHELD: WithheldPhotograph.key}
_READ: dict[Side, Callable[..., Picture]] = {
    Side.SENT: _sent,
    Side.PUBLISHED: _published,
    Side.WITHHELD: _withheld,
}


def _sentence(picture: Picture, key: str, fault: Fault, mend: bool) -> str:
    what = f"{key} of {picture.belongs_to} is {fault}"
    if key == original_key(picture.id):
        return f"THE ORIGINAL {what}: put it back from a backup; nothing else can replace it."
    if picture.side is Side.WITHHELD:
        return f"{what}: restore the entry, and “memory-road verify --repair” makes it anew."
    if mend:
        return f"{what} and could not be made anew: see the log above."
    return f"{what}: “memory-road verify --repair” makes it anew."
