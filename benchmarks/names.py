"""How often the right person is among the first ten, whoever wrote the name in other letters or with a slip: each line
of VARIANTS is one name in several spellings. One of them, drawn by the seed, is the surname of an entry among N; the
others are typed into the search, as they are, with one letter wrong, and so with the given name behind. LIKE and
trigrams are asked for the surname beside it.

    python benchmarks/names.py VARIANTS --entries 150000 --lines 3000
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy import func, select
from tqdm import tqdm

from benchmarks.engines import database_of_its_own
from benchmarks.people import surnames
from benchmarks.variants import Name, mistyped, read_names, script_of
from memory_road.app import create_app
from memory_road.archive.found_by import found_by
from memory_road.archive.search import find
from memory_road.config import Settings
from memory_road.db import db
from memory_road.facts.document import Facts
from memory_road.facts.name_keys import index_keys
from memory_road.facts.name_words import Word
from memory_road.facts.names import fold
from memory_road.identifier import ALPHABET, LENGTH
from memory_road.migrate import upgrade

MOMENT = "2026-05-09T00:00:00+00:00"
FIRST = 10
TICKS = os.sysconf("SC_CLK_TCK")
GIVEN = "Алёна Анна Вера Елена Зоя Мария Надежда Ольга Иван Пётр Николай Василий Михаил Алексей Павел Степан".split()
Ask = Callable[[str], Sequence[str]]
"""Gives the folded surnames of the first ten that are found."""
NOT_ASKED: Mapping[Name, str] = {}

PEERS = {
    "like": "SELECT surname FROM peer WHERE lower(surname) LIKE '%%' || lower(%(typed)s) || '%%' LIMIT 10",
    "pg_trgm": (
        "SELECT surname FROM peer WHERE lower(surname) %% lower(%(typed)s) "
        "ORDER BY similarity(lower(surname), lower(%(typed)s)) DESC LIMIT 10"
    ),
    "pg_trgm_ascii": (
        "SELECT surname FROM peer WHERE folded %% %(folded)s ORDER BY similarity(folded, %(folded)s) DESC LIMIT 10"
    ),
}
PREPARED = """
    CREATE EXTENSION pg_trgm;
    CREATE INDEX ON peer USING gin (lower(surname) gin_trgm_ops);
    CREATE INDEX ON peer USING gin (folded gin_trgm_ops);
    ANALYZE;
"""


@dataclass(slots=True)
class Score:
    """What came of the queries about some lines."""

    queries: int = 0
    at_1: int = 0
    at_10: int = 0
    across: int = 0
    across_at_10: int = 0
    mistyped_at_10: int = 0
    named: int = 0
    named_at_10: int = 0
    shown: int = 0
    right: int = 0

    def add(self, found: Sequence[str], found_mistyped: Sequence[str], wanted: str, is_across: bool) -> None:
        """One query: what it found, as typed and with a slip."""
        self.queries += 1
        self.at_1 += found[:1] == [wanted]
        self.at_10 += wanted in found
        self.across += is_across
        self.across_at_10 += is_across and wanted in found
        self.mistyped_at_10 += wanted in found_mistyped
        self.shown += len(found)
        self.right += sum(each == wanted for each in found)

    def add_named(self, found: Sequence[str], wanted: str) -> None:
        """What was found for the same slip with the given name behind."""
        self.named += 1
        self.named_at_10 += wanted in found

    def told(self) -> dict[str, float]:
        def share(some: int, of_all: int) -> float:
            return round(some / of_all, 4) if of_all else 0.0

        return {
            "queries": self.queries,
            "recall_at_1": share(self.at_1, self.queries),
            "recall_at_10": share(self.at_10, self.queries),
            "recall_at_10_across_scripts": share(self.across_at_10, self.across),
            "recall_at_10_mistyped": share(self.mistyped_at_10, self.queries),
            "recall_at_10_mistyped_with_given_name": share(self.named_at_10, self.named),
            "precision_at_10": share(self.right, self.shown),
        }


@dataclass(slots=True)
class Searched:
    """A way of searching, and what came of it; ``cpu`` counts this process and the database's."""

    all: Score = field(default_factory=Score)
    relevant: Score = field(default_factory=Score)
    relevant_not_east_asian: Score = field(default_factory=Score)
    cpu_seconds: float = 0.0
    asked: int = 0

    def told(self) -> dict[str, object]:
        cpu = round(self.cpu_seconds / self.asked * 1000, 2) if self.asked else 0.0
        scores = {group: getattr(self, group).told() for group in ("all", "relevant", "relevant_not_east_asian")}
        return {**scores, "cpu_ms": cpu}

    def scores(self, name: Name) -> Iterator[Score]:
        """Those to which this line counts."""
        yield self.all
        if name.is_relevant:
            yield self.relevant
            if not name.is_east_asian:
                yield self.relevant_not_east_asian


def folded(name: str) -> str:
    return " ".join(fold(name))


def fill(connection: psycopg.Connection, names: Iterable[tuple[str, str]]) -> None:
    """An entry for each surname and given name, and what the search by name reads of it."""
    words: dict[Word, int] = defaultdict(int)
    entries: list[tuple[str, Facts]] = [
        (_identifier(number), {"surname": surname, "given_name": given})
        for number, (surname, given) in enumerate(names)
    ]
    found = [found_by(facts) for _, facts in entries]
    _copy(
        connection,
        "participant (id, facts, language, contributor_name, contributor_relationship, published_at, updated_at, "
        "keyed_at, card)",
        [
            (each, json.dumps(facts), "ru", "", "", MOMENT, MOMENT, MOMENT, by.card)
            for (each, facts), by in zip(entries, found, strict=True)
        ],
    )
    for by in found:
        for word in by.words:
            words[word] += 1
    _copy(
        connection,
        "participant_name (word, participant_id, published_at, kinds)",
        [
            (word, each, MOMENT, 0)
            for (each, _), by in zip(entries, found, strict=True)
            for word in {word.word for word in by.words}
        ],
    )
    known = list(enumerate(sorted(words), start=1))
    _copy(
        connection,
        "name_word (number, word, sound, entries)",
        [(number, word.word, word.sound, words[word]) for number, word in known],
    )
    _copy(
        connection,
        "name_key (key, sound, word_number)",
        [(key, word.sound, number) for number, word in known for key in dict.fromkeys(index_keys(word.sound))],
    )
    connection.execute("CREATE TABLE peer (surname text NOT NULL, folded text NOT NULL)")
    _copy(
        connection,
        "peer (surname, folded)",
        [(str(facts["surname"]), folded(str(facts["surname"]))) for _, facts in entries],
    )
    connection.execute(PREPARED)


def _copy(connection: psycopg.Connection, columns: str, rows: Iterable[Sequence[object]]) -> None:
    with connection.cursor().copy(f"COPY {columns} FROM STDIN".encode()) as copy:
        for row in tqdm(rows, desc=columns.split(" ", maxsplit=1)[0], unit="row", file=sys.stderr):
            copy.write_row(row)


def _identifier(number: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def spent(process: int) -> float:
    """Processor time of this process and of one of the database's."""
    values = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + sum(map(int, values[11:13])) / TICKS


def ours(typed: str) -> Sequence[str]:
    """The portal's own search."""
    return [folded(card.surname) for card in find(typed, size=FIRST).cards]


def peer(connection: psycopg.Connection, statement: str) -> Ask:
    def ask(typed: str) -> Sequence[str]:
        rows = connection.execute(statement.encode(), {"typed": typed, "folded": folded(typed)}).fetchall()
        return [folded(row[0]) for row in rows]

    return ask


def measure(
    ask: Ask, process: int, lines: Sequence[Name], seed: int, title: str, given: Mapping[Name, str] = NOT_ASKED
) -> Searched:
    """Type every other spelling of each line, as it is, with a slip, and so with the ``given`` name behind."""
    draw, searched = random.Random(seed), Searched()
    for name in tqdm(lines, desc=title, unit="line", file=sys.stderr):
        for typed in name.typed:
            slip, wanted = mistyped(typed, draw), folded(name.chosen)
            before = spent(process)
            found, found_mistyped = ask(typed), ask(slip)
            searched.cpu_seconds += spent(process) - before
            searched.asked += 2
            is_across = script_of(typed) != script_of(name.chosen)
            found_named = ask(f"{slip} {given[name]}") if name in given else None
            for score in searched.scores(name):
                score.add(found, found_mistyped, wanted, is_across)
                if found_named is not None:
                    score.add_named(found_named, wanted)
    return searched


def main() -> None:
    """Measure, and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("variants", type=Path, help="a name in several spellings on each line: a, b, c => whose")
    parser.add_argument("--entries", type=int, default=150_000, help="in the archive; every line is one of them")
    parser.add_argument(
        "--lines", type=int, default=0, help="of so many, drawn by the seed, spellings are typed; 0: all"
    )
    parser.add_argument("--seed", type=int, default=1941)
    parser.add_argument("--only", nargs="*", default=["ours", *PEERS], choices=["ours", *PEERS])
    asked = parser.parse_args()
    names = read_names(asked.variants, asked.seed)
    if not names:
        raise SystemExit(f"No line of {asked.variants} has two spellings in the scripts of this portal.")
    made_up = surnames()[: max(0, asked.entries - len(names))]
    lines = random.Random(asked.seed).sample(names, min(asked.lines or len(names), len(names)))
    with (
        tempfile.TemporaryDirectory(prefix="memory-road-names-") as folder,
        database_of_its_own("postgresql") as settings,
    ):
        url = settings["MEMORY_ROAD_DATABASE_URL"]
        upgrade(url)
        draw = random.Random(7)
        people = [(surname, draw.choice(GIVEN)) for surname in [*(name.chosen for name in names), *made_up]]
        given = {name: person[1] for name, person in zip(names, people, strict=False)}
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            fill(connection, people)
            result: dict[str, object] = {"entries": len(people), "lines": len(lines)}
            for title, statement in PEERS.items():
                if title in asked.only:
                    process = connection.info.backend_pid
                    searched = measure(peer(connection, statement), process, lines, asked.seed, title)
                    result[title] = searched.told()
        if "ours" in asked.only:
            result = {**_ours(url, Path(folder), lines, asked.seed, given), **result}
    print(json.dumps(result))


def _ours(url: str, folder: Path, lines: Sequence[Name], seed: int, given: Mapping[Name, str]) -> dict[str, object]:
    """Our own search, in an application on the same database: ``all`` and ``relevant`` as they stand beside peers."""
    settings = Settings(
        secret_key="a secret of the measurement, long enough",  # noqa: S106 -- nobody signs in
        database_url=url,
        data_dir=folder,
        storage_url=folder / "uploads",
    )
    with create_app(settings).app_context():
        process = db.session.scalar(select(func.pg_backend_pid())) or 0
        find("Иванов")  # the first one compiles what the others use
        return measure(ours, process, lines, seed, "ours", given).told()


if __name__ == "__main__":
    main()
