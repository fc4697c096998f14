"""How fast millions of entries are loaded into PostgreSQL and indexed, by the functions that publish them: rows by COPY
from two processes into tables without indexes, then every index and every rule that the migrations make.

    python benchmarks/load.py --entries 10000000 --database-url postgresql://…

The database must be empty; it stays filled, for ``benchmarks/gallery.py --database-url``. Without an address a database
of its own is started, and removed again.
"""

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from typing import Any

import psycopg
from tqdm import tqdm

from benchmarks.engines import database_of_its_own
from benchmarks.people import surnames
from benchmarks.rows import COLUMNS, PORTION, line, rows_of
from memory_road.facts.name_keys import index_keys
from memory_road.facts.name_words import Word
from memory_road.migrate import upgrade

Counts = tuple[Counter[str], Counter[Word]]
TABLES = (*COLUMNS, "name_word", "name_key", "tally")
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


def load(address: str, entries: int, names: Sequence[str], seed: int = 0) -> dict[str, Any]:
    """Fill the migrated, empty database at ``address``; says how long it took."""
    address = address.replace("postgresql+psycopg://", "postgresql://")
    began = time.monotonic()
    with psycopg.connect(address, autocommit=True) as connection:
        rules = _without_rules(connection)
        counts = _copy_all(address, entries, names, seed)
        copied = time.monotonic() - began
        _count(connection, *counts)
        _with_rules(address, rules)
        connection.execute("VACUUM (ANALYZE)")
    seconds = time.monotonic() - began
    return {
        "entries": entries,
        "seconds_to_copy": round(copied, 1),
        "seconds_with_indexes": round(seconds, 1),
        "rows_per_second": round(entries / seconds),
    }


def _without_rules(connection: psycopg.Connection) -> list[tuple[str, ...]]:
    """Take off what slows down loading; gives the statements that put it back, in the order in which they must run:
    each group after the one before."""
    tables = list(TABLES)
    indexes = connection.execute(INDEXES, [tables]).fetchall()
    rules = connection.execute(RULES, [tables]).fetchall()
    referring = [rule for rule in connection.execute(REFERRING, [tables]).fetchall() if rule not in rules]
    for table, name, *_ in sorted([*rules, *referring], key=lambda rule: rule[3] != "f"):
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'.encode())
    for name, _ in indexes:
        connection.execute(f'DROP INDEX "{name}"'.encode())
    again = [
        (kind, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for table, name, definition, kind in [*rules, *referring]
    ]
    keys = tuple(statement for kind, statement in again if kind != "f")
    return [
        (*keys, *(definition for _, definition in indexes)),
        tuple(statement for kind, statement in again if kind == "f"),
    ]


def _copy_all(address: str, entries: int, names: Sequence[str], seed: int) -> Counts:
    tallies, words = Counter[str](), Counter[Word]()
    portions = range(0, entries, PORTION)
    with ProcessPoolExecutor(os.cpu_count()) as processes, tqdm(total=entries, unit="entry") as progress:
        jobs = [
            processes.submit(_copy, address, range(begin, min(begin + PORTION, entries)), names, seed + begin)
            for begin in portions
        ]
        for job in as_completed(jobs):
            counted, spelt = job.result()
            tallies.update(counted)
            words.update(spelt)
            progress.update(PORTION)
    return tallies, words


def _copy(address: str, numbers: Sequence[int], names: Sequence[str], seed: int) -> Counts:
    tallies, words = Counter[str](), Counter[Word]()
    with psycopg.connect(address) as connection:
        connection.execute("SET synchronous_commit = off")
        for rows in rows_of(numbers, names, seed):
            for table, lines in rows.text.items():
                columns = COLUMNS[table].replace(" ", ", ")
                with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
                    copy.write("".join(lines))
            tallies.update(rows.tallies)
            words.update(rows.words)
    return tallies, words


def _count(connection: psycopg.Connection, tallies: Counter[str], words: Counter[Word]) -> None:
    """The counts and the dictionary of names."""
    known = sorted(words)
    lines: dict[str, Iterator[str]] = {
        "tally (what, entries)": (line(what, number) for what, number in tallies.items()),
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


def _with_rules(address: str, groups: Sequence[Sequence[str]]) -> None:
    def carry_out(statement: str) -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(QUICK)
            connection.execute(statement.encode())

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for group in groups:
            list(tqdm(threads.map(carry_out, group), total=len(group), unit="index"))


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
