"""Pictures as they arrive: verified and kept outside of any transaction, then attached."""

import logging
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from werkzeug.datastructures import FileStorage

from memory_road.accounts.permissions import Actor
from memory_road.contributions.attach import Arrived, attach, take_in
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.media.process import DecoderUnavailable
from memory_road.media.refusal import PictureRefused
from memory_road.media.verify import verify
from memory_road.web.edge import parts
from memory_road.web.sentences import picture_sentence, unavailable_sentence

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The accepted pictures, and a sentence for each that was not taken."""

    accepted: list[Arrived]
    refusals: list[str]


@contextmanager
def received(files: Sequence[FileStorage]) -> Iterator[Arrivals]:
    """Verify what was uploaded and keep its bytes. If what follows fails, they are removed again."""
    arrivals = Arrivals([], [])
    try:
        for upload in files:
            if upload.filename:
                _receive(upload, arrivals)
        yield arrivals
    except BaseException:
        for arrived in arrivals.accepted:
            for key in arrived.keys:
                parts().store.delete(key)
        raise


def _receive(upload: FileStorage, arrivals: Arrivals) -> None:
    name = (upload.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    with tempfile.TemporaryDirectory(prefix="memory-road-") as folder:
        original, preview = Path(folder) / "original", Path(folder) / "preview.webp"
        with original.open("wb") as copy:
            shutil.copyfileobj(upload.stream, copy)
        try:
            verified = verify(original, parts().limits, preview)
        except PictureRefused as refusal:
            arrivals.refusals.append(picture_sentence(refusal, name))
        except DecoderUnavailable:
            log.exception("A picture could not be looked at.")
            arrivals.refusals.append(unavailable_sentence(name))
        else:
            arrivals.accepted.append(take_in(parts().store, original, preview, verified, name))


def attach_all(contribution_id: str, actor: Actor, arrivals: Arrivals) -> list[ContributionPhotograph]:
    """Attach the accepted pictures in the present transaction."""
    return [attach(contribution_id, actor, parts().store, arrived) for arrived in arrivals.accepted]
