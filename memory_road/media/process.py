"""The site's side of decoding: start a child for one picture, wait for it no longer than allowed, read its answer."""

import json
import logging
import math
import os
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from memory_road.media.formats import PIXEL_CEILINGS, PictureFormat
from memory_road.media.limits import Limits
from memory_road.media.protocol import Answer, Request
from memory_road.media.refusal import PictureRefused, RefusalCode

_PACKAGE_ROOT = str(Path(__file__).parents[2])

_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); import memory_road; del sys.path[0]; "
    "from memory_road.media.child import main; main()"
)
"""Loads the very package that this module belongs to: isolated mode looks neither into the working directory nor into
PYTHONPATH, and another version may be installed. The folder then leaves the path again, so that nothing else that lies
in it takes the place of a standard module. ``-m`` would cost a tenth more of the processor's time."""

_ENVIRONMENT = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if name in os.environ}
"""What an interpreter in an unusual place needs to start at all; no setting and no secret reaches the child."""

_log = logging.getLogger(__name__)
_turns = threading.Condition()
_decoding = 0


class DecoderUnavailable(Exception):
    """The machine is at fault, not the picture: it is too busy, its disk is full, or a library is missing. The same
    file can be sent again later."""


def ask(
    operation: Literal["inspect", "derive"], source: Path, format: PictureFormat, output: Path, limits: Limits
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
        "cpu_seconds": math.ceil(limits.seconds),
    }
    with turn(limits.at_once, limits.queue_seconds):
        answer = _answer(request, limits.seconds)
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


def _answer(request: Request, seconds: float) -> Answer:
    too_demanding: Answer = {"refused": RefusalCode.TOO_DEMANDING, "values": {"format": request["format"]}}
    try:
        # The command is fixed; what varies travels as JSON. A new session, so that a signal to the server's group lets
        # a picture in hand be finished.
        child = subprocess.run(
            [sys.executable, "-I", "-c", _START, _PACKAGE_ROOT],
            input=json.dumps(request).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            start_new_session=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return too_demanding
    except OSError as error:
        return {"failed": f"the decoder did not start: {error}"}
    if child.returncode < 0:
        # Killed: by the limit on time, for want of memory, or because a decoder crashed on this picture.
        return too_demanding
    try:
        return json.loads(child.stdout)
    except ValueError:
        return {"failed": f"the decoder ended with status {child.returncode} and no answer"}
