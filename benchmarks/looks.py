"""Finding a picture again by its look: N made-up looks and those of real photographs in one table, asked for by copies
of the photographs (recompressed, tinted, cropped, scanned again) through the portal's own search.

    python benchmarks/looks.py ../shared/data/photos --rows 10000000 --database-url postgresql+psycopg://…

The table is made beside the portal's own and dropped at the end; with --keep it stays and is used by the next run.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from flask import Flask
from PIL import Image, ImageOps
from sqlalchemy import Engine, func, insert, inspect, select, text
from sqlalchemy.orm import Mapped, mapped_column
from tqdm import tqdm

from benchmarks.copies import COPIES
from memory_road.db import Base, db
from memory_road.looks import LookColumns, as_bits, look_rules, look_values, rows_like
from memory_road.media.likeness import ALIKE, BITS, Look, bands, difference, hashes
from memory_road.media.look import look_of

CHUNK = 20_000
LONG_SIDE = 480
COPIED_SIDE = 900
"""In pixels: more would only make the copies slower to make."""
SCANS = 3
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"}
SAME_FORM = 0.001
"""This part of all rows has one and the same look, as scans of one printed form have."""


class MeasuredLook(LookColumns, Base):
    """The table that is measured: like those of the portal, without what they point at."""

    __tablename__ = "measured_look"
    __table_args__ = look_rules("measured_look")

    id: Mapped[int] = mapped_column(primary_key=True)


TABLE = MeasuredLook.__table__


def pictures(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    """Every picture below ``folder`` that Pillow opens, upright and small; of several files of one scene only one."""
    for path in sorted(folder.rglob("*")):
        turned = path.parent.name == "exif_orientation" and path.stem != "Portrait_1"
        if path.suffix.lower() in PICTURES and not turned:
            with Image.open(path) as opened:
                upright = ImageOps.exif_transpose(opened).convert("RGBA")
            paper = Image.new("RGB", upright.size, "white")
            paper.paste(upright, mask=upright.getchannel("A"))
            paper.thumbnail((COPIED_SIDE, COPIED_SIDE))
            yield path.name, paper


def small(picture: Image.Image) -> Image.Image:
    """As the decoding child sees it when it looks at an upload."""
    copy = picture.copy()
    copy.thumbnail((LONG_SIDE, LONG_SIDE))
    return copy


def looks_of_copies(originals: dict[str, Image.Image], draw: random.Random) -> dict[str, list[tuple[str, Look]]]:
    """The looks of every kind of copy of the photographs."""
    found: dict[str, list[tuple[str, Look]]] = {}
    for kind, copied in tqdm(COPIES.items(), desc="copies", file=sys.stderr):
        for name, picture in originals.items():
            look = look_of(small(copied(picture, draw)))
            if look is not None:
                found.setdefault(kind, []).append((name, look))
    return found


def made_up(real: list[bytes], rows: int, draw: random.Random) -> Iterator[int]:
    """Looks around the real ones: photographers and fashions repeat themselves, so bits are neither even nor free of
    each other. From a quarter to half of a real look's bits are turned."""
    signs = [int.from_bytes(each) for each in real]
    form, some = draw.choice(signs), draw.getrandbits
    for _ in range(rows):
        if draw.random() < SAME_FORM:
            yield form ^ (1 << 255)
            continue
        turned = some(BITS)
        match some(2):
            case 0:
                turned &= some(BITS)  # a quarter
            case 1:
                turned &= some(BITS) | some(BITS)  # three eighths
            case 2:
                turned &= some(BITS) | some(BITS) | some(BITS)  # seven sixteenths
            case _:
                pass
        yield draw.choice(signs) ^ turned


def load(engine: Engine, everything: Iterable[int], rows: int) -> float:
    """Fill the table and then index it; returns the seconds that took."""
    began = time.monotonic()
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS measured_look")
    indexes = sorted(TABLE.indexes, key=lambda index: str(index.name))  # pyright: ignore[reportAttributeAccessIssue]
    TABLE.indexes.clear()  # pyright: ignore[reportAttributeAccessIssue] -- made after the rows, as a backup's are
    Base.metadata.create_all(engine, [TABLE])  # pyright: ignore[reportArgumentType] -- it is a Table
    numbered = enumerate(everything)
    with tqdm(total=rows, desc="rows", file=sys.stderr, unit_scale=True) as bar, engine.begin() as connection:
        while chunk := list(islice(numbered, CHUNK)):
            values = [(number, signs.to_bytes(BITS // 8)) for number, signs in chunk]
            if engine.dialect.name == "postgresql":
                _copy(connection, values)
            else:
                connection.execute(insert(MeasuredLook), [{"id": number, **look_values(h)} for number, h in values])
            bar.update(len(chunk))
    for index in tqdm(indexes, desc="indexes", file=sys.stderr):
        index.create(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        postgresql = engine.dialect.name == "postgresql"
        connection.exec_driver_sql("VACUUM (ANALYZE) measured_look" if postgresql else "ANALYZE")
    return time.monotonic() - began


def _copy(connection: Any, values: list[tuple[int, bytes]]) -> None:
    cursor = connection.connection.cursor()
    with cursor.copy("COPY measured_look (id, hash, band_0, band_1, band_2, band_3) FROM STDIN") as copy:
        lines = ("\t".join((str(number), as_bits(h), *map(str, bands(h)))) for number, h in values)
        copy.write("\n".join(lines) + "\n")


def ask(look: Look) -> tuple[float, list[tuple[int, int]]]:
    """One search: milliseconds, and the rows found with their differences."""
    began = time.perf_counter()
    found = rows_like(MeasuredLook, look.views)
    taken = (time.perf_counter() - began) * 1000
    rows = [(row.id, bits) for row, bits in found]
    db.session.rollback()
    return taken, rows


def scan(look: Look) -> float:
    """The peer: one view compared with every row, without an index. Milliseconds."""
    statement = text(f"SELECT id FROM measured_look WHERE bit_count(hash # CAST(:view AS bit({BITS}))) <= {ALIKE}")  # noqa: S608 -- numbers
    began = time.perf_counter()
    db.session.execute(statement, {"view": as_bits(hashes(look.views)[0])}).all()
    taken = (time.perf_counter() - began) * 1000
    db.session.rollback()
    return taken


def spread(milliseconds: list[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    cuts = statistics.quantiles(milliseconds, n=20)
    return {"p50_ms": round(statistics.median(milliseconds), 1), "p95_ms": round(cuts[-1], 1)}


def measure(engine: Engine, photos: Path, rows: int, seed: int) -> dict[str, Any]:
    """Load what is missing, ask for every copy twice, and compare with the peer."""
    draw = random.Random(seed)
    originals = dict(pictures(photos))
    kept = {name: look for name, picture in originals.items() if (look := look_of(small(picture))) is not None}
    places = {name: number for number, name in enumerate(kept)}
    copies = looks_of_copies({name: originals[name] for name in kept}, draw)
    real = [look.kept for look in kept.values()]
    seconds = 0.0
    if not inspect(engine).has_table("measured_look") or _count(engine) != rows + len(real):
        known = (int.from_bytes(each) for each in real)
        seconds = load(engine, (each for part in (known, made_up(real, rows, draw)) for each in part), rows)
    times: list[list[float]] = [[], []]
    others = 0
    queries = sum(map(len, copies.values()))
    shuffled = [(kind, name, look) for kind, each in copies.items() for name, look in each]
    draw.shuffle(shuffled)
    lost: dict[str, int] = dict.fromkeys(copies, 0)
    for turn, taken in enumerate(times):
        for kind, name, look in tqdm(shuffled, desc="searches", file=sys.stderr):
            milliseconds, found = ask(look)
            taken.append(milliseconds)
            if turn == 0:
                lost[kind] += places[name] not in {number for number, _ in found}
                others += sum(1 for number, _ in found if number != places[name])
    missed = {kind: round(lost[kind] / len(copies[kind]), 3) for kind in copies}
    first, warm = map(spread, times)
    scans = [scan(look) for _, _, look in shuffled[:SCANS]] if engine.dialect.name == "postgresql" else []
    return {
        "rows": rows + len(real),
        "photographs": len(real),
        "seconds_to_load": round(seconds, 1),
        "searches": queries,
        "first_time": first,
        "again": warm,
        "missed": round(sum(lost.values()) / queries, 4),
        "missed_by_copy": missed,
        "others_found_per_search": round(others / queries, 4),
        "nearest_two_photographs": _nearest(kept),
        "scan_ms": round(statistics.median(scans), 1) if scans else None,
        "scan_ratio": round(statistics.median(scans) / warm["p50_ms"], 1) if scans else None,
    }


def _nearest(kept: dict[str, Look]) -> int:
    return min(
        difference(other.kept, look.views) for name, look in kept.items() for n, other in kept.items() if n != name
    )


def _count(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(MeasuredLook)).scalar_one()


def main() -> None:
    """Read the arguments, measure, print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, help="a folder of photographs")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database-url", default="sqlite:///:memory:")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave the table for the next run")
    given = parser.parse_args()
    app = Flask("looks")
    app.config["SQLALCHEMY_DATABASE_URI"] = given.database_url
    db.init_app(app)
    with app.app_context():
        result = measure(db.engine, given.photos, given.rows, given.seed)
        if not given.keep:
            with db.engine.begin() as connection:
                connection.exec_driver_sql("DROP TABLE measured_look")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
