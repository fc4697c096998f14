"""What the desk costs when much waits, and whether one case is ever decided twice: two portals on PostgreSQL, one with
a hundred waiting cases and one with N, are asked in turns for the queue and for a case, each case another one; then two
moderators claim and decide one case at once, over HTTP, again and again.

    python benchmarks/desk.py --cases 100000
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, func, insert, select, update
from tqdm import tqdm

from benchmarks.engines import database_of_its_own
from benchmarks.sender import Sender
from benchmarks.served import Person, ServedPortal
from memory_road.accounts.user import Account
from memory_road.cases import Case, CaseCategory
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision, DecisionHead
from memory_road.contributions.namesake import ContributionNamesake
from memory_road.facts.vocabulary import Category
from memory_road.identifier import ALPHABET, LENGTH
from memory_road.namesakes import namesake_values

FEW = 100
CHUNK = 5000
ROUNDS = 5
TICKS = os.sysconf("SC_CLK_TCK")
RELATIVE = Person("relative@example.org", "three plain words")
MODERATORS = (
    Person("moderator@example.org", "three plain words", "moderator", "Oak"),
    Person("second@example.org", "three plain words", "moderator", "Birch"),
)
PAGES = {"queue_cpu_ms": "queue", "case_cpu_ms": "case"}
LETTERS = "бвгдзклмнпрст"
VOWELS = "аеиоуя"


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
        return sum(_spent(process) for process in (*_tree(self.portal.pid), *_tree(self.database)))


def _postmaster(connection: Connection) -> int:
    """The process from which all of the database's come."""
    backend = connection.scalar(select(func.pg_backend_pid()))
    return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


def _tree(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _tree(int(child))


def _spent(process: int) -> float:
    """Processor time of a process, and of those of its children that have ended."""
    try:
        values = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, values[11:15])) / TICKS


def identifier(number: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def facts_of(draw: random.Random) -> dict[str, Any]:
    """Somebody who is made up, with a story of usual length."""

    def name(end: str) -> str:
        return "".join(draw.choice(LETTERS) + draw.choice(VOWELS) for _ in range(3)).capitalize() + end

    return {
        "surname": name("нов"),
        "given_name": name("р"),
        "patronymic": name("рович"),
        "birth_date": str(draw.randrange(1890, 1926)),
        "birth_country": draw.choice(("RU", "BY", "KZ", "AM", "KG", "TJ")),
        "categories": [draw.choice(list(Category)).value],
        "fate": "survived",
        "living": "no",
        "biography": "Он вернулся домой осенью и долго не рассказывал ничего. " * draw.randrange(1, 40),
    }


def fill(connection: Connection, number: int, seed: int) -> list[str]:
    """Let ``number`` made-up contributions wait; returns their ids, the oldest first."""
    draw, begin = random.Random(seed), datetime(2026, 1, 1, tzinfo=UTC)
    sender = connection.execute(select(Account.id).where(Account.email == RELATIVE.email)).scalar_one()
    made = [identifier(each) for each in range(number)]
    with tqdm(total=number, desc="Cases", unit="", file=sys.stderr) as bar:
        for first in range(0, number, CHUNK):
            rows = [
                (made[place], place, begin + timedelta(seconds=place), facts_of(draw))
                for place in range(first, min(first + CHUNK, number))
            ]
            _insert(connection, rows, sender)
            bar.update(len(rows))
    last = connection.scalar(select(func.max(Decision.number)))
    connection.execute(update(DecisionHead).values(number=last, hash=f"{last:064}"))
    return made


def _insert(connection: Connection, rows: Sequence[tuple[str, int, datetime, dict[str, Any]]], sender: int) -> None:
    def table(model: type[Any], values: list[dict[str, Any]]) -> None:
        connection.execute(insert(model), values)

    language = {place: "ru" if place % 3 else "en" for _, place, _, _ in rows}
    table(
        Contribution,
        [
            {
                "id": each,
                "sender_id": sender,
                "form_key": each,
                "state": "submitted",
                "language": language[place],
                "typed": facts,
                "facts": facts,
                "none_survives": True,
                "permitted_at": at,
                "submitted_at": at,
            }
            for each, place, at, facts in rows
        ],
    )
    table(
        Case,
        [
            {
                "id": each,
                "kind": "entry",
                "language": language[place],
                "country": facts["birth_country"],
                "since": at,
                "flagged": place % 50 == 0,
                "sender_id": sender,
            }
            for each, place, at, facts in rows
        ],
    )
    table(
        CaseCategory,
        [
            {"case_id": each, "category": category, "since": at}
            for each, _, at, facts in rows
            for category in facts["categories"]
        ],
    )
    names = [{"contribution_id": each, **values} for each, _, _, facts in rows for values in namesake_values(facts)]
    table(ContributionNamesake, names)
    moves = (("start", None, "draft"), ("submit", "draft", "submitted"))
    table(
        Decision,
        [
            {
                "number": 2 * place + step + 1,
                "contribution_id": each,
                "actor_id": sender,
                "move": move,
                "from_state": left,
                "to_state": entered,
                "words_digest": "",
                "made_at": at,
                "previous_hash": f"{2 * place + step:064}",
                "hash": f"{2 * place + step + 1:064}",
            }
            for each, place, at, _ in rows
            for step, (move, left, entered) in enumerate(moves)
        ],
    )


def open_desk(stack: ExitStack, cases: int, seed: int) -> Desk:
    """A portal of its own in which so many cases wait."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="memory-road-desk-")))
    settings = stack.enter_context(database_of_its_own("postgresql"))
    portal = ServedPortal(folder, settings={**settings, "MEMORY_ROAD_LANGUAGES": "en,ru"})
    portal.create([RELATIVE, *MODERATORS])
    engine = create_engine(portal.database_url, poolclass=NullPool)
    with engine.begin() as connection:
        database, waiting = _postmaster(connection), fill(connection, cases, seed)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (ANALYZE)")
    portal.start()
    stack.callback(portal.stop)
    return Desk(portal, database, waiting, Sender(portal.address).sign_in(MODERATORS[0]))


def cost(desk: Desk, page: str, requests: int, draw: random.Random) -> float:
    """Milliseconds of processor time for one request."""
    addresses = ["/en/moderate/"] * requests
    if page == "case":
        addresses = [f"/en/moderate/{draw.choice(desk.waiting)}" for _ in range(requests)]
    began = desk.cpu_seconds()
    for address in addresses:
        answer = desk.reader.get(address)
        assert answer.status == 200, f"{address} answers {answer.status}"
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
            for page in PAGES.values():
                cost(desk, page, asked.requests, draw)  # the first requests compile what the others use
        for _ in tqdm(range(ROUNDS), desc="Rounds", unit="", file=sys.stderr):
            for name, page in PAGES.items():
                for cases, desk in desks.items():
                    spent[name][cases].append(cost(desk, page, asked.requests, draw))
        medians = {
            name: {str(cases): round(statistics.median(each), 1) for cases, each in by_cases.items()}
            for name, by_cases in spent.items()
        }
        print(json.dumps({"cases": asked.cases, **medians, "races": races(desks[max(desks)], asked.tries)}))


if __name__ == "__main__":
    main()
