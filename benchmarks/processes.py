"""Processor time of programs and of everything that they start (Linux)."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import NullPool, create_engine, func, select

TICKS = os.sysconf("SC_CLK_TCK")


def tree(process: int) -> Iterator[int]:
    """A process and all that come of it, without those that end meanwhile."""
    yield process
    for child in _children(process):
        yield from tree(child)


def _children(process: int) -> list[int]:
    try:
        lists = [(task / "children").read_text() for task in Path(f"/proc/{process}/task").iterdir()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for children in lists for child in children.split()]


def spent(processes: Iterable[int]) -> float:
    """Seconds of processor time of these processes with all that come of them, those that have ended among them."""
    return sum(_spent(each) for process in processes for each in tree(process))


def _spent(process: int) -> float:
    try:
        values = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(map(int, values[11:15])) / TICKS


def postmaster(address: str) -> int:
    """The process from which all of a PostgreSQL server's come; it must run on this machine."""
    with create_engine(address, poolclass=NullPool).connect() as connection:
        backend = connection.scalar(select(func.pg_backend_pid()))
        return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])
