"""The reading child: reads one tree under limits on memory, time and what it writes, answers on standard output."""

import gc
import json
import resource
import sys
from datetime import date
from pathlib import Path

from memory_road.gedcom.limits import MEMORY_BYTES, MOST_ANSWER_CHARACTERS, MOST_PICTURE_BYTES, SECONDS
from memory_road.gedcom.protocol import Answer, Request, people_file
from memory_road.gedcom.read import read
from memory_road.gedcom.refusal import RefusalCode, TreeRefused


def main() -> None:
    """Answer the one request that stands on standard input."""
    request: Request = json.load(sys.stdin)
    _confine()
    gc.disable()  # so short a life has no garbage worth collecting
    try:
        answer = _answer(request)
    except TreeRefused as refused:
        answer: Answer = {"refused": refused.code, "values": refused.values}
    except (MemoryError, RecursionError) as outgrown:
        answer = {"refused": RefusalCode.TOO_DEMANDING, "detail": repr(outgrown)}
    json.dump(answer, sys.stdout)


def _confine() -> None:
    limits = {resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_FSIZE: MOST_PICTURE_BYTES, resource.RLIMIT_CORE: 0}
    if sys.platform != "darwin":
        # macOS would not enforce it, and refuses some values of it.
        limits[resource.RLIMIT_AS] = MEMORY_BYTES
    for what, wanted in limits.items():
        _, ceiling = resource.getrlimit(what)
        most = wanted if ceiling == resource.RLIM_INFINITY else min(wanted, ceiling)
        resource.setrlimit(what, (most, most))


def _answer(request: Request) -> Answer:
    folder, written, offered = Path(request["folder"]), 0, 0
    with (
        read(Path(request["source"]), date.fromisoformat(request["today"]), folder) as tree,
        people_file(folder).open("w", encoding="utf-8") as people,
    ):
        for person in tree.offered():
            written += people.write(json.dumps(person.document(), ensure_ascii=False) + "\n")
            offered += 1
            if written > MOST_ANSWER_CHARACTERS:
                raise TreeRefused(RefusalCode.TOO_DEMANDING)
        return {"people": tree.people, "offered": offered}
