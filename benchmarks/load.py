"""How fast millions of entries are loaded into PostgreSQL and indexed, by the functions that publish them: rows from
one process for each processor, by one COPY for each table into tables without indexes, then every index and every rule
that the migrations make.

    python benchmarks/load.py --entries 10000000 --database-url postgresql://…

The database must be empty; it stays filled, for ``benchmarks/gallery.py --database-url``. Without an address a database
of its own is started, and removed again.
"""

import argparse
import gc
import json
import os
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from contextlib import ExitStack
from itertools import islice
from typing import Any

import psycopg
from psycopg.copy import QueuedLibpqWriter
from tqdm import tqdm

from benchmarks.engines import database_of_its_own
from benchmarks.people import surnames
from benchmarks.processes import postmaster, spent
from benchmarks.rows import COLUMNS, PORTION, Counted, line, rows_of
from memory_road.archive.participant_place import counted_squares
from memory_road.archive.tally import EVERYBODY
from memory_road.facts.name_keys import index_keys
from memory_road.migrate import upgrade

TABLES = (*COLUMNS, "map_square", "name_word", "name_key", "tally")
RULES = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype FROM pg_constraint
    WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('p', 'u', 'f') AND conparentid = 0
"""
REFERRING = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype FROM pg_constraint
    WHERE confrelid::regclass::text = ANY(%s) AND contype = 'f'
"""
INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)
    AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""
QUICK = "SET maintenance_work_mem = '1GB'; SET synchronous_commit = off; SET max_parallel_maintenance_workers = 2"
AHEAD = 3
"""So many portions for each process are made or waiting to be copied."""
DEAREST = 12
_names: list[str] = []
"""The surnames, in each process that makes rows."""


def load(address: str, entries: int, names: Sequence[str], seed: int = 0) -> dict[str, Any]:
    """Fill the migrated, empty database at ``address``; says how long it took."""
    server = postmaster(address)
    address = address.replace("postgresql+psycopg://", "postgresql://")
    began, spent_before = time.monotonic(), spent([server])
    with psycopg.connect(address, autocommit=True) as connection:
        steps = _without_rules(connection)
        counted = _copy_all(address, entries, names, seed)
        copied = time.monotonic() - began
        _count(connection, counted)
        indexed = [_carry_out(address, statements) for statements in steps]
        emptied = time.monotonic()
        connection.execute("VACUUM (ANALYZE)")
    seconds = time.monotonic() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "entries": entries,
        "seconds_to_copy": round(copied, 1),
        "seconds_to_analyse": round(time.monotonic() - emptied, 1),
        "seconds_with_indexes": round(seconds, 1),
        "rows_per_second": round(entries / seconds),
        "cpu_seconds_of_rows": round(sum(each.ru_utime + each.ru_stime for each in used), 1),
        "cpu_seconds_of_database": round(spent([server]) - spent_before, 1),
        "dearest_seconds": dict(
            sorted(((name, took) for step in indexed for name, took in step.items()), key=lambda each: -each[1])[
                :DEAREST
            ]
        ),
    }


def _without_rules(connection: psycopg.Connection) -> list[dict[str, str]]:
    """Take off what slows down loading; gives the statements that put it back by the name of what they make, in the
    order in which they must run: each group after the one before."""
    tables = list(TABLES)
    indexes = connection.execute(INDEXES, [tables]).fetchall()
    rules = connection.execute(RULES, [tables]).fetchall()
    referring = [rule for rule in connection.execute(REFERRING, [tables]).fetchall() if rule not in rules]
    for table, name, *_ in sorted([*rules, *referring], key=lambda rule: rule[3] != "f"):
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'.encode())
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"'.encode())
    of_full_text = {name: made for name, made in indexes if "USING gin" in made}
    keys = {name: _added(table, name, made) for table, name, made, kind in rules if kind != "f"}
    foreign = [(table, name, made) for table, name, made, kind in [*rules, *referring] if kind == "f"]
    return [
        {**of_full_text, **keys, **dict(indexes)},  # that of the full text, which one process makes, first
        {name: f"{_added(table, name, made)} NOT VALID" for table, name, made in foreign},
        {name: f'ALTER TABLE {table} VALIDATE CONSTRAINT "{name}"' for table, name, _ in foreign},
    ]


def _added(table: str, name: str, made: str) -> str:
    return f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {made}'


def _copy_all(address: str, entries: int, names: Sequence[str], seed: int) -> Counted:
    counted, numbers = Counted(), range(entries)
    portions = iter([numbers[begin : begin + PORTION] for begin in range(0, entries, PORTION)])
    with ExitStack() as stack:
        workers = os.cpu_count() or 1
        processes = stack.enter_context(ProcessPoolExecutor(workers, initializer=_prepare, initargs=(names,)))
        copies = {table: stack.enter_context(_copy(stack, address, table)) for table in COLUMNS}
        progress = stack.enter_context(tqdm(total=entries, unit="entry"))
        running: set[Future[tuple[dict[str, bytes], Counted]]] = set()
        while True:
            free = AHEAD * workers - len(running)
            running |= {processes.submit(_portion, portion, seed) for portion in islice(portions, free)}
            if not running:
                return counted
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for text, of_portion in map(Future.result, done):
                for table, rows in text.items():
                    copies[table].write(rows)
                counted.update(of_portion)
                progress.update(of_portion.tallies[EVERYBODY])


def _copy(stack: ExitStack, address: str, table: str) -> Any:
    """One COPY that fills the whole table. It was emptied in the same transaction, so its rows need not be written to
    the log first (where ``wal_level`` is minimal), nor be read again to be frozen."""
    connection = stack.enter_context(psycopg.connect(address))
    cursor = connection.cursor()
    cursor.execute(f"TRUNCATE {table}".encode())
    columns = COLUMNS[table].replace(" ", ", ")
    statement = f"COPY {table} ({columns}) FROM STDIN (FREEZE)".encode()
    return cursor.copy(statement, writer=QueuedLibpqWriter(cursor))


def _prepare(names: Sequence[str]) -> None:
    _names.extend(names)
    gc.disable()  # rows hold nothing that holds them


def _portion(numbers: Sequence[int], seed: int) -> tuple[dict[str, bytes], Counted]:
    rows = rows_of(numbers, _names, seed + numbers[0])
    return {table: "".join(lines).encode() for table, lines in rows.text.items()}, rows.counted


def _count(connection: psycopg.Connection, counted: Counted) -> None:
    """The counts, also those of the map, and the dictionary of names."""
    words = counted.words
    known = sorted(words)
    squares = Counter[str]()
    for square, entries in counted.squares.items():
        for what in counted_squares(square):
            squares[what] += entries
    lines: dict[str, Iterator[str]] = {
        "tally (what, entries)": (line(what, number) for what, number in counted.tallies.items()),
        "map_square (what, entries)": (line(what, number) for what, number in squares.items()),
        "name_word (number, word, sound, entries)": (
            line(number, word.word, word.sound, words[word]) for number, word in enumerate(known, start=1)
        ),
        "name_key (key, sound, word_number)": (
            line(key, word.sound, number)
            for number, word in enumerate(known, start=1)
            for key in dict.fromkeys(index_keys(word.sound))
        ),
    }
    for table, text in lines.items():
        with connection.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:
            for each in text:
                copy.write(each)
    connection.execute("SELECT setval('name_word_number_seq', %s)", [len(known) + 1])


def _carry_out(address: str, statements: dict[str, str]) -> dict[str, float]:
    """Carry out statements, some at once; returns how many seconds each took."""

    def timed(statement: str) -> float:
        began = time.monotonic()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(QUICK)
            connection.execute(statement.encode())
        return round(time.monotonic() - began, 1)

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        took = tqdm(threads.map(timed, statements.values()), total=len(statements), unit="statement")
        return dict(zip(statements, took, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--database-url", default="")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        address = arguments.database_url
        if not address:
            settings = stack.enter_context(database_of_its_own("postgresql"))
            address = settings["MEMORY_ROAD_DATABASE_URL"]
        if not address.startswith("postgresql+"):
            address = address.replace("postgresql://", "postgresql+psycopg://", 1)
        upgrade(address)
        print(json.dumps(load(address, arguments.entries, surnames())))


if __name__ == "__main__":
    main()
