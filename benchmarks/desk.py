"""What the desk costs when much waits, and whether one case is ever decided twice: two portals on PostgreSQL, one with
a hundred waiting cases and one with N, are asked in turns for every page of the desk, about another case each time.
Then two moderators claim and decide one case at once, over HTTP, again and again.

    python benchmarks/desk.py --cases 100000
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import NullPool, create_engine, func, select
from tqdm import tqdm

from benchmarks.engines import database_of_its_own
from benchmarks.processes import postmaster, spent
from benchmarks.sender import Sender
from benchmarks.served import Person, ServedPortal
from benchmarks.waiting import EACH_ENTRY, fill
from memory_road.contributions.decision import Decision
from memory_road.moderation.wanted import cursor

FEW = 100
ROUNDS = 5
RELATIVE = Person("relative@example.org", "three plain words")
MODERATORS = (
    Person("moderator@example.org", "three plain words", "moderator", "Oak"),
    Person("second@example.org", "three plain words", "moderator", "Birch"),
)
PAGES = (
    "queue",
    "queue_filtered",
    "queue_later",
    "next",
    "case",
    "together",
    "requests",
    "request",
    "entry",
    "families",
    "proposals",
    "statistics",
)


@dataclass(slots=True)
class Desk:
    """A running portal in which ``waiting`` cases wait, the process of its database, and a moderator who is signed
    in."""

    portal: ServedPortal
    database: int
    waiting: list[str]
    reader: Sender

    def cpu_seconds(self) -> float:
        """Processor time of the web server and of every process of its database, so far."""
        return spent((self.portal.pid, self.database))


def open_desk(stack: ExitStack, cases: int, seed: int) -> Desk:
    """A portal of its own in which so many cases wait."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="memory-road-desk-")))
    settings = stack.enter_context(database_of_its_own("postgresql"))
    portal = ServedPortal(folder, settings={**settings, "MEMORY_ROAD_LANGUAGES": "en,ru"})
    portal.create([RELATIVE, *MODERATORS])
    engine = create_engine(portal.database_url, poolclass=NullPool)
    with engine.begin() as connection:
        waiting = fill(connection, cases, RELATIVE.email, seed)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (ANALYZE)")
    portal.start()
    stack.callback(portal.stop)
    return Desk(portal, postmaster(portal.database_url), waiting, Sender(portal.address).sign_in(MODERATORS[0]))


def address(desk: Desk, page: str, draw: random.Random) -> str:
    """Where a page of the desk is; each time about another case where it is about one."""
    case = draw.choice(desk.waiting)
    entry = desk.waiting[draw.randrange(0, len(desk.waiting), EACH_ENTRY)]
    later = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=len(desk.waiting) // 2), case)
    pages = {
        "queue": "",
        "queue_filtered": "?language=ru&category=medical",
        "queue_later": f"?after={cursor(*later)}",
        "next": f"next?after={case}",
        "case": case,
        "together": f"{case}/together",
        "requests": "requests",
        "request": f"requests/z{entry[1:]}",
        "entry": f"entries/{entry}",
        "proposals": "entries/proposals",
    }
    return f"/en/moderate/{pages.get(page, page)}"


def cost(desk: Desk, page: str, requests: int, draw: random.Random) -> float:
    """Milliseconds of processor time for one request."""
    addresses = [address(desk, page, draw) for _ in range(requests)]
    began = desk.cpu_seconds()
    for each in addresses:
        answer = desk.reader.get(each)
        assert answer.status in {200, 302}, f"{each} answers {answer.status}"
    return (desk.cpu_seconds() - began) / requests * 1000


def races(desk: Desk, tries: int) -> dict[str, int]:
    """Two moderators claim and decide the same case at once, one to approve it and one not to."""
    sessions = [Sender(desk.portal.address).sign_in(each) for each in MODERATORS]
    deeds = (("approve", {"nobody_living_exposed": "yes"}), ("reject", {"reason": "other", "message": "Thank you."}))
    chosen = desk.waiting[:tries]
    gate = threading.Barrier(len(sessions))

    def decide(place: int) -> None:
        for case in chosen:
            gate.wait()
            sessions[place].decide(case, "claim")
            sessions[place].decide(case, *deeds[place])

    with ThreadPoolExecutor(len(sessions)) as threads:
        list(threads.map(decide, range(len(sessions))))
    engine = create_engine(desk.portal.database_url, poolclass=NullPool)
    with engine.connect() as connection:
        decided = select(Decision.contribution_id, func.count()).where(
            Decision.contribution_id.in_(chosen), Decision.move.in_(("approve", "reject", "return"))
        )
        found = dict(connection.execute(decided.group_by(Decision.contribution_id)).all())
    return {"tries": len(chosen), "exactly_one": sum(found.get(case) == 1 for case in chosen)}


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, required=True, help="how many wait at the larger desk, 100 or more")
    parser.add_argument("--requests", type=int, default=60, help="of each page in each of the rounds")
    parser.add_argument("--tries", type=int, default=100, help="cases that two moderators decide at once")
    parser.add_argument("--seed", type=int, default=9)
    asked = parser.parse_args()
    with ExitStack() as stack:
        desks = {cases: open_desk(stack, cases, asked.seed) for cases in (FEW, max(FEW, asked.cases))}
        spent: dict[str, dict[int, list[float]]] = {name: {cases: [] for cases in desks} for name in PAGES}
        draw = random.Random(asked.seed)
        for desk in desks.values():
            for page in PAGES:
                cost(desk, page, asked.requests, draw)  # the first requests compile what the others use
        for _ in tqdm(range(ROUNDS), desc="Rounds", unit="", file=sys.stderr):
            for page in PAGES:
                for cases, desk in desks.items():
                    spent[page][cases].append(cost(desk, page, asked.requests, draw))
        medians = {
            page: {str(cases): round(statistics.median(each), 1) for cases, each in by_cases.items()}
            for page, by_cases in spent.items()
        }
        print(json.dumps({"cases": asked.cases, "cpu_ms": medians, "races": races(desks[max(desks)], asked.tries)}))


if __name__ == "__main__":
    main()
