"""Processor time of programs and of everything that they start (Linux)."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import NullPool, create_engine, func, select

TICKS = os.sysconf("SC_CLK_TCK")


def tree(process: int) -> Iterator[int]:
    """A process and all that come of it."""
    yield process
    for task in Path(f"/proc/{process}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from tree(int(child))


def spent(processes: Iterable[int]) -> float:
    """Seconds of processor time of these processes with all that come of them, those that have ended among them."""
    return sum(_spent(each) for process in processes for each in tree(process))


def _spent(process: int) -> float:
    try:
        values = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, values[11:15])) / TICKS


def postmaster(address: str) -> int:
    """The process from which all of a PostgreSQL server's come; it must run on this machine."""
    with create_engine(address, poolclass=NullPool).connect() as connection:
        backend = connection.scalar(select(func.pg_backend_pid()))
        return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])
