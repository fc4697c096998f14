"""Pictures as they arrive: verified outside of any transaction, then attached."""

import logging
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from werkzeug.datastructures import FileStorage

from memory_road.accounts.permissions import Actor
from memory_road.contributions.attach import attach
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.media.process import DecoderUnavailable
from memory_road.media.refusal import PictureRefused
from memory_road.media.verify import Verified, verify
from memory_road.web.edge import parts
from memory_road.web.sentences import picture_sentence, unavailable_sentence

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Received:
    """A picture that was accepted and waits in a temporary folder."""

    original: Path
    preview: Path
    verified: Verified
    file_name: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The accepted pictures, and a sentence for each that was not taken."""

    accepted: list[Received]
    refusals: list[str]


@contextmanager
def received(files: Sequence[FileStorage]) -> Iterator[Arrivals]:
    """Verify what was uploaded. The temporary files live as long as the context."""
    arrivals = Arrivals([], [])
    with tempfile.TemporaryDirectory(prefix="memory-road-") as folder:
        for number, upload in enumerate(upload for upload in files if upload.filename):
            original, preview = Path(folder) / f"{number}", Path(folder) / f"{number}.webp"
            name = (upload.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
            with original.open("wb") as copy:
                shutil.copyfileobj(upload.stream, copy)
            try:
                accepted = verify(original, parts().limits, preview)
            except PictureRefused as refusal:
                arrivals.refusals.append(picture_sentence(refusal, name))
            except DecoderUnavailable:
                log.exception("A picture could not be looked at.")
                arrivals.refusals.append(unavailable_sentence(name))
            else:
                arrivals.accepted.append(Received(original, preview, accepted, name))
        yield arrivals


def attach_all(contribution_id: str, actor: Actor, arrivals: Arrivals) -> list[ContributionPhotograph]:
    """Attach the accepted pictures in the present transaction."""
    store = parts().store
    return [
        attach(contribution_id, actor, store, item.original, item.preview, item.verified, item.file_name)
        for item in arrivals.accepted
    ]
