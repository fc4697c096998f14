"""The site's side of decoding: let a child look at one picture, wait for it no longer than allowed, read its answer."""

import json
import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from memory_road.media.formats import PIXEL_CEILINGS, PictureFormat
from memory_road.media.limits import Limits
from memory_road.media.nursery import NoChild, nursery
from memory_road.media.protocol import Answer, Operation, Request, Wishes
from memory_road.media.refusal import PictureRefused, RefusalCode

_log = logging.getLogger(__name__)
_turns = threading.Condition()
_decoding = 0


class DecoderUnavailable(Exception):
    """The machine is at fault, not the picture: it is too busy, its disk is full, or a library is missing. The same
    file can be sent again later."""


def ask(
    operation: Operation,
    source: Path,
    format: PictureFormat,
    output: Path,
    limits: Limits,
    wishes: Wishes | None = None,
) -> Answer:
    """Let a child carry out one operation of ``memory_road.media.operations`` on one picture.

    Raises ``PictureRefused`` where the picture is at fault, also when its decoder is killed or crashes, and
    ``DecoderUnavailable`` where the machine is. Takes at most ``limits.queue_seconds`` and ``limits.seconds`` together.
    macOS does not enforce the limit on memory; there only those on pixels and time hold.
    """
    request: Request = {
        "operation": operation,
        "format": format,
        "source": str(source.absolute()),
        "output": str(output.absolute()),
        "pixels": min(limits.pixels, PIXEL_CEILINGS.get(format, limits.pixels)),
        "memory_bytes": limits.memory_bytes,
        "output_bytes": limits.output_bytes,
        "seconds": limits.seconds,
        **(wishes or {}),
    }
    with turn(limits.at_once, limits.queue_seconds):
        answer = _answer(request)
    if "failed" in answer:
        raise DecoderUnavailable(answer["failed"])
    if "refused" in answer:
        _log.info("%s refused as %s: %s", format, answer["refused"], answer.get("detail", "limit reached"))
        raise PictureRefused(RefusalCode(answer["refused"]), answer.get("values"))
    return answer


@contextmanager
def turn(at_once: int, queue_seconds: float) -> Generator[None]:
    """Wait until fewer than ``at_once`` children of this process decode. Raises ``DecoderUnavailable`` when that takes
    longer than ``queue_seconds``."""
    global _decoding  # noqa: PLW0603 -- the number of children is a fact of the whole process
    with _turns:
        if not _turns.wait_for(lambda: _decoding < at_once, queue_seconds):
            raise DecoderUnavailable(f"no turn to decode within {queue_seconds} seconds")
        _decoding += 1
    try:
        yield
    finally:
        with _turns:
            _decoding -= 1
            _turns.notify_all()


def _answer(request: Request) -> Answer:
    try:
        answer = nursery.call(json.dumps(request).encode(), request["seconds"])
    except (NoChild, OSError) as error:
        return {"failed": f"the decoder did not start: {error}"}
    if not answer:
        # Killed: by the limit on time, for want of memory, or because a decoder crashed on this picture.
        return {"refused": RefusalCode.TOO_DEMANDING, "values": {"format": request["format"]}}
    return json.loads(answer)
