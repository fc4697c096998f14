"""Pictures as they arrive: verified and kept outside of any transaction, then attached."""

import logging
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from werkzeug.datastructures import FileStorage

from memory_road.accounts.permissions import Actor
from memory_road.contributions.attach import Arrived, attach, attach_signed, put_away, take_in
from memory_road.contributions.move import Refused
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.media.process import DecoderUnavailable
from memory_road.media.quality import concerns
from memory_road.media.refusal import PictureRefused
from memory_road.media.store import StoreUnavailable
from memory_road.media.verify import verify
from memory_road.moderation.recognise import look_for
from memory_road.web.edge import parts
from memory_road.web.picture_sentences import concern_sentence, picture_sentence, unavailable_sentence
from memory_road.web.sentences import refusal_sentence

MEGABYTE = 1024 * 1024
OURS = (DecoderUnavailable, StoreUnavailable)
"""Faults of the machine, not of the picture: it can be sent again later."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The accepted pictures, a sentence for each that was not taken, and the page that a teller signed."""

    accepted: list[Arrived]
    refusals: list[str]
    signed: list[Arrived]

    @property
    def all(self) -> list[Arrived]:
        """Everything whose bytes are kept."""
        return [*self.accepted, *self.signed]


@contextmanager
def received(files: Sequence[FileStorage], signed: Sequence[FileStorage] = ()) -> Iterator[Arrivals]:
    """Verify what was uploaded and keep its bytes. If what follows fails, they are removed again."""
    with arriving() as arrivals:
        for uploads, accepted in ((files, arrivals.accepted), (signed[:1], arrivals.signed)):
            for upload in uploads:
                if upload.filename:
                    receive(upload.stream, without_folders(upload.filename), accepted, arrivals.refusals)
        yield arrivals


@contextmanager
def arriving() -> Iterator[Arrivals]:
    """Pictures to ``receive``. If what follows fails, their bytes are removed again."""
    arrivals = Arrivals([], [], [])
    try:
        yield arrivals
    except BaseException:
        for arrived in arrivals.all:
            put_away(parts().store, *arrived.keys)
        raise


def receive(stream: IO[bytes], name: str, accepted: list[Arrived], refusals: list[str]) -> None:
    """Verify one picture and keep its bytes. No transaction is open meanwhile."""
    with tempfile.TemporaryDirectory(prefix="memory-road-") as folder:
        original = Path(folder) / "original"
        with original.open("wb") as copy:
            shutil.copyfileobj(stream, copy)
        try:
            outcome = look_at(original, name)
        except OURS:
            log.exception("A picture could not be taken in.")
            outcome = unavailable_sentence(name)
    if isinstance(outcome, Arrived):
        accepted.append(outcome)
    else:
        refusals.append(outcome)


def without_folders(file_name: str) -> str:
    """What a device calls a file, without the folders that it may lie in there."""
    return file_name.replace("\\", "/").rsplit("/", 1)[-1]


def look_at(original: Path, name: str) -> Arrived | str:
    """Decode a file that has arrived and keep its bytes, or say in a sentence why it is not taken. Writes a preview
    beside it. Raises one of ``OURS``. No transaction is open meanwhile."""
    preview = original.with_name("preview.webp")
    try:
        verified = verify(original, parts().limits, preview)
    except PictureRefused as refusal:
        return picture_sentence(refusal, name)
    return take_in(parts().store, original, preview, verified, name)


def attach_all(contribution_id: str, actor: Actor, arrivals: Arrivals) -> list[ContributionPhotograph]:
    """Attach the accepted pictures and the signed page in the present transaction; why one could not be is added to
    the refusals."""
    attached: list[ContributionPhotograph] = []
    for arrived in arrivals.accepted:
        try:
            photograph = attach(contribution_id, actor, parts().store, arrived, quota())
        except Refused as refused:
            if (sentence := refusal_sentence(refused)) not in arrivals.refusals:
                arrivals.refusals.append(sentence)
        else:
            look_for(photograph)
            attached.append(photograph)
    for page in arrivals.signed:
        try:
            attach_signed(contribution_id, actor, parts().store, page, quota())
        except Refused as refused:
            arrivals.refusals.append(refusal_sentence(refused))
    return attached


def concern_about(kept: ContributionPhotograph) -> str:
    """The gravest of what speaks against a picture that is taken all the same; empty: nothing does."""
    found = concerns(kept.width, kept.height, kept.bytes, kept.media_type, kept.undecoded)
    return concern_sentence(found[0], kept.width, kept.height, kept.undecoded) if found else ""


def quota() -> int:
    """How many bytes an account may send that has no quota of its own."""
    return parts().settings.photo_quota_megabytes * MEGABYTE
