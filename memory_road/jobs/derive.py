"""Make the sizes of photographs that have none yet."""

import logging
import shutil
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from memory_road.contributions.photograph import ContributionPhotograph, size_key
from memory_road.db import now
from memory_road.jobs.executor import Outcome
from memory_road.jobs.lease import Lease, lease
from memory_road.media.area import Area
from memory_road.media.card import sensible
from memory_road.media.derive import Derivative, derive
from memory_road.media.limits import Limits
from memory_road.media.process import DecoderUnavailable
from memory_road.media.refusal import PictureRefused
from memory_road.media.store import FileMissing, Store

log = logging.getLogger(__name__)
AFTER_A_REFUSAL = timedelta(minutes=5)
"""An original that is missing or cannot be decoded is tried again after so long, a few times."""
AFTER_A_FAULT = timedelta(seconds=30)
"""Where the machine is at fault the photograph is tried again after so long, however often."""


def derive_due(store: Store, limits: Limits, most: int = 50) -> int:
    """Make the sizes of up to ``most`` photographs; returns how many were made. Ends early where the machine is at
    fault."""
    made = 0
    for _ in range(most):
        held = lease()
        if held is None:
            break
        outcome = _derive(held, store, limits)
        if outcome is Outcome.FAULT:
            break
        made += outcome is Outcome.DONE
    return made


def derive_one(store: Store, limits: Limits, row_id: str | None = None) -> Outcome:
    """Make the sizes of the photograph ``row_id``, or of the one that waits longest. The lease on the row makes a
    second worker, or the same work offered twice, harmless. No transaction is open while a picture is worked on."""
    held = lease(row_id)
    return Outcome.NOTHING if held is None else _derive(held, store, limits)


def _derive(held: Lease, store: Store, limits: Limits) -> Outcome:
    photograph = held.row
    with tempfile.TemporaryDirectory(prefix="memory-road-") as folder:
        try:
            with held:
                derivatives = _make(photograph, Path(folder), store, limits)
        except (PictureRefused, FileMissing):
            log.exception("The sizes of photograph %s cannot be made from its original.", photograph.id)
            held.change(attempts=photograph.attempts + 1, leased_until=now() + AFTER_A_REFUSAL)
            return Outcome.PUT_OFF
        except (DecoderUnavailable, OSError):
            log.exception("The sizes of photograph %s could not be made now; it will be tried again.", photograph.id)
            held.change(leased_until=now() + AFTER_A_FAULT)
            return Outcome.FAULT
    if held.change(derived_at=now(), sizes=[derivative.row() for derivative in derivatives]):
        return Outcome.DONE
    if not held.has_a_row():  # taken away or changed meanwhile; who else holds the lease writes the very same files
        for made in derivatives:
            store.delete(size_key(photograph.id, photograph.edition, made.name))
    return Outcome.PUT_OFF


def _make(photograph: ContributionPhotograph, folder: Path, store: Store, limits: Limits) -> Sequence[Derivative]:
    source = folder / "original"
    with store.open(photograph.original_key) as stored, source.open("wb") as copy:
        shutil.copyfileobj(stored, copy)
    hidden = [area for numbers in photograph.hidden if (area := Area.of(numbers)) is not None]
    # Each has a card, since the sender may still say that it is the portrait.
    card = Area.of(photograph.crop or ()) or sensible(photograph.width, photograph.height)
    derivatives = derive(source, folder, limits, hidden=hidden, card=card)
    for derivative in derivatives:
        store.put(size_key(photograph.id, photograph.edition, derivative.name), derivative.path)
    return derivatives
