"""What the pages that visitors ask for cost, not cached: the first and the last page of the gallery, a surname, a
mistyped one, and an entry, each another one every time, from the production server (Granian) on PostgreSQL; beside them
a Flask application that says one word, on the same server. Processor time is that of the server and of the database.
Then the first page and the one word out of nginx's cache, as a browser asks for them, compressed: there it is that of
all processes of nginx.

    python benchmarks/gallery.py --entries 100000
    python benchmarks/gallery.py --database-url postgresql://…    # filled by benchmarks/load.py

Of a request's time the first rounds are left out: caches fill and statements are prepared.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from sqlalchemy import NullPool, create_engine, text
from tqdm import tqdm

from benchmarks.engines import database_of_its_own
from benchmarks.load import load
from benchmarks.nginx import Nginx
from benchmarks.people import surnames
from benchmarks.processes import postmaster, spent
from benchmarks.served import ServedPortal, free_port
from memory_road.archive.browse import cursor
from memory_road.migrate import upgrade

GRANIAN = Path(sys.executable).parent / "granian"
ROUNDS = 5
WARMING = 100
PAGE_FROM_THE_END = 50
LETTERS = "абвгдежзиклмнопрстухшя"
HELLO = """
from flask import Flask
app = Flask(__name__)
SHARED = {'Cache-Control': 'public, s-maxage=1, stale-while-revalidate=1'}
app.get('/', endpoint='plain')(lambda: 'hello')
app.get('/kept', endpoint='kept')(lambda: ('hello', SHARED))
"""
OUT_OF_CACHE = 20_000
"""Requests of which each costs so little that a thousand could not be measured."""
A_BROWSERS = {"Accept-Encoding": "gzip, deflate, br, zstd"}


@contextmanager
def served(target: str, folder: Path, environ: dict[str, str], path: str) -> Iterator[tuple[int, int]]:
    """A WSGI application on Granian: its process and its port."""
    port = free_port()
    command = [GRANIAN, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws", target]
    with (folder / "granian.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=log, stderr=log)
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(600):
            try:
                connection.request("GET", path)
                connection.getresponse().read()
                break
            except (OSError, HTTPException):
                connection.close()
                time.sleep(0.1)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait()


def measured(
    port: int,
    processes: Sequence[int],
    addresses: Callable[[], str],
    requests: int,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, float]:
    """Ask for so many addresses, one after the other on one connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    times: list[float] = []
    bytes_sent: list[int] = []

    def ask() -> None:
        began = time.perf_counter()
        connection.request("GET", addresses(), headers=dict(headers))
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"A page answered {answer.status}: the figures would mean nothing.")
        times.append(1000 * (time.perf_counter() - began))
        bytes_sent.append(len(body))

    for _ in range(WARMING):
        ask()
    times.clear()
    spent_so_far, rounds = spent(processes), []
    for _ in range(ROUNDS):
        for _ in range(requests // ROUNDS):
            ask()
        now_spent = spent(processes)
        rounds.append(1000 * (now_spent - spent_so_far) / (requests // ROUNDS))
        spent_so_far = now_spent
    times.sort()
    return {
        "cpu_ms": round(statistics.median(rounds), 3),
        "p50_ms": round(times[len(times) // 2], 2),
        "p95_ms": round(times[len(times) * 95 // 100], 2),
        "html_bytes": round(statistics.mean(bytes_sent)),
    }


def out_of_cache(behind: int, portal: Sequence[int], address: str, folder: Path) -> dict[str, float]:
    """The figures for one address out of the cache of nginx before the server on the port ``behind``; beside them, as
    ``behind_cpu_ms``, what the processes of ``portal`` did meanwhile to keep it new, shared out over the requests."""
    nginx = Nginx(folder, behind).start()
    try:
        began = spent(portal)
        figures = measured(nginx.port, [nginx.pid], lambda: address, OUT_OF_CACHE, A_BROWSERS)
        return {**figures, "behind_cpu_ms": round(1000 * (spent(portal) - began) / OUT_OF_CACHE, 3)}
    finally:
        nginx.stop()


def mistyped(word: str, draw: random.Random) -> str:
    """A word with one letter exchanged."""
    place = draw.randrange(1, len(word))
    return word[:place] + draw.choice(LETTERS) + word[place + 1 :]


def compare(address: str, entries: int, requests: int, seed: int) -> dict[str, Any]:
    """The figures for the filled database at ``address``."""
    draw = random.Random(seed)
    with create_engine(address, poolclass=NullPool).connect() as connection:
        oldest = connection.execute(
            text("SELECT published_at, id FROM participant ORDER BY published_at, id LIMIT :some"),
            {"some": PAGE_FROM_THE_END + requests},
        ).all()
        some = connection.execute(
            text(
                "SELECT id, card::json ->> 'surname', card::json ->> 'slug' FROM participant WHERE id > :id LIMIT 5000"
            ),
            {"id": "h"},
        ).all()
    pages: dict[str, Callable[[], str]] = {
        "gallery_first": lambda: "/ru/gallery",
        "gallery_last": lambda: f"/ru/gallery?after={cursor(*oldest[PAGE_FROM_THE_END])}",
        "search_exact": lambda: f"/ru/gallery?q={quote(draw.choice(some)[1])}",
        "search_mistyped": lambda: f"/ru/gallery?q={quote(mistyped(draw.choice(some)[1], draw))}",
        "entry": lambda: "/ru/people/{0}/{2}".format(*draw.choice(some)),
    }
    figures: dict[str, Any] = {"entries": entries}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="memory-road-gallery-")))
        (folder / "hello.py").write_text(HELLO)
        bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder)}
        with served("hello:app", folder, bare, "/") as (process, port):
            figures["hello_cpu_ms"] = measured(port, [process], lambda: "/", requests)["cpu_ms"]
            kept = out_of_cache(port, [process], "/kept", folder / "nginx-hello")
            figures["hello_out_of_cache_cpu_ms"] = kept["cpu_ms"]
        portal = ServedPortal(
            folder,
            settings={
                "MEMORY_ROAD_DATABASE_URL": address,
                "MEMORY_ROAD_LANGUAGES": "ru,en",
                "MEMORY_ROAD_PROXIES": "1",
            },
        )
        environ = {**portal.environ(), "PYTHONPATH": str(Path(__file__).parent.parent)}
        with served("wsgi:app", folder, environ, "/readyz") as (process, port):
            for name, addresses in tqdm(pages.items()):
                figures[name] = measured(port, (process, postmaster(address)), addresses, requests)
            both = (process, postmaster(address))
            figures["gallery_out_of_cache"] = out_of_cache(port, both, "/ru/gallery", folder / "nginx")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--database-url", default="", help="a database that load.py has filled")
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        address, entries = arguments.database_url, arguments.entries
        if address:
            address = address.replace("postgresql://", "postgresql+psycopg://", 1)
            with create_engine(address, poolclass=NullPool).connect() as connection:
                entries = connection.scalar(text("SELECT entries FROM tally WHERE what = 'all'")) or 0
        else:
            settings = stack.enter_context(database_of_its_own("postgresql"))
            address = settings["MEMORY_ROAD_DATABASE_URL"]
            upgrade(address)
            load(address, entries, surnames())
        print(json.dumps(compare(address, entries, arguments.requests, arguments.seed)))


if __name__ == "__main__":
    main()
