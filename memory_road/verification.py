"""The command ``verify``: the log of decisions and every file, for the operator's eyes."""

from contextlib import closing

import click
from sqlalchemy import text
from tqdm import tqdm

from memory_road.contributions.decision import faults_in_chain
from memory_road.db import db, one_snapshot
from memory_road.jobs.check_files import Inspection, Side
from memory_road.media.store import StoreUnavailable

DIGEST_LENGTH = 64


class NotSound(Exception):
    """Something is wrong, or was not checked to the end; the message says what."""


def verify_log(head: str) -> str:
    """Check the log of decisions, print its newest number and hash; what is wrong with it, in a sentence, or nothing.
    ``head`` is what was printed earlier. Raises ``NotSound`` where it is not."""
    number, _, digest = head.partition(":")
    if head and not (number.isdecimal() and len(digest) == DIGEST_LENGTH):
        raise NotSound("--head takes a number and a hash as they were printed, like 17:0f3a…")
    with one_snapshot():
        faults = list(faults_in_chain((int(number), digest) if head else None))
        end = db.session.execute(text("SELECT number, hash FROM decision_head")).one()
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"{end.number}:{end.hash}")
    return f"The log has {len(faults)} faults." if faults else ""


def verify_files(inspection: Inspection) -> str:
    """Check all files; what is still wrong with them, in a sentence, or nothing. Raises ``NotSound`` when it is
    stopped, and says where to go on."""
    side, colon, _ = inspection.place.partition(":")
    if inspection.place and (side not in set(Side) or not colon):
        raise NotSound("--after takes the place that was printed, like sent:8k2m4n6p1")
    bar = tqdm(total=inspection.pictures(), desc="Pictures", unit="", disable=None)
    try:
        with closing(bar), closing(inspection.run()) as run:
            for _ in run:
                bar.update()
    except KeyboardInterrupt:
        raise NotSound(f"Stopped. {_so_far(inspection)} {_go_on(inspection)}") from None
    except StoreUnavailable as fault:
        sentence = f"The store does not answer ({fault.detail}). {_so_far(inspection)} {_go_on(inspection)}"
        raise NotSound(sentence) from fault
    click.echo(_so_far(inspection), err=True)
    wrong = inspection.missing + inspection.damaged
    return f"{wrong} files of pictures are not sound." if wrong else ""


def _so_far(done: Inspection) -> str:
    return f"{done.files} files checked, {done.mended} made anew, {done.missing} missing, {done.damaged} damaged."


def _go_on(inspection: Inspection) -> str:
    return f"Go on with: memory-road verify --after {inspection.place}" if inspection.place else "Begin again later."
