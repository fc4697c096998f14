"""Keep the newest hash of the log of decisions where the database's owner does not change it in passing: with an
earlier one ``memory-road verify`` finds that the end of the log was cut off or written anew."""

import os
from datetime import UTC
from pathlib import Path

from sqlalchemy import select

from memory_road.contributions.decision import DecisionHead
from memory_road.db import db, now

HEADS = "decision-head.txt"


def export_head(folder: Path) -> bool:
    """Append number, hash and time to the file ``HEADS`` in ``folder``; whether there was something new to append."""
    head = db.session.execute(select(DecisionHead.number, DecisionHead.hash)).one()
    db.session.rollback()
    place = folder / HEADS
    kept = place.read_text("utf-8").splitlines() if place.exists() else []
    if kept and kept[-1].startswith(f"{head.number}:{head.hash}"):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    with place.open("a", encoding="utf-8") as file:
        file.write(f"{head.number}:{head.hash} {now().astimezone(UTC).isoformat(timespec='seconds')}\n")
        file.flush()
        os.fsync(file.fileno())
    return True
