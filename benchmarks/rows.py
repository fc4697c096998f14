"""The rows of made-up entries, as PostgreSQL's COPY takes them; made by the functions that publish entries."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.people import People
from memory_road.archive.found_by import found_by
from memory_road.facts.document import Facts
from memory_road.facts.name_words import Word
from memory_road.identifier import ALPHABET, LENGTH
from memory_road.namesakes import namesake_values

BEGIN = datetime(2026, 5, 9, tzinfo=UTC)
SCATTER = 21_744_137_946_817
"""Odd: numbers that follow each other become identifiers far apart, each once."""
WITH_PORTRAIT = 0.5
COLUMNS = {
    "participant": (
        "id facts language contributor_name contributor_relationship published_at updated_at keyed_at card fate "
        "country birth_year birth_day death_day"
    ),
    "participant_name": "word participant_id published_at birth_year fate country kinds",
    "participant_heading": "heading participant_id",
    "participant_category": "participant_id category published_at",
    "participant_namesake": "participant_id surname_key given_key father_key born",
    "participant_text": "participant_id words",
    "photograph": (
        "key participant_id position kind caption taken taken_place credit enhanced width height colour people veiled "
        "sizes cards"
    ),
}
SIZES = json.dumps(
    [
        {"name": name, "width": width, "height": height, "media_type": "image/webp", "bytes": 9000, "sha256": ""}
        for name, width, height in (("card-320.webp", 320, 400), ("card-640.webp", 640, 800), ("640.webp", 640, 853))
    ]
)
CARDS = "card-320.webp 320 card-640.webp 640"


def identifier(number: int) -> str:
    """The identifier of the entry with this number; they are in no order."""
    scattered = number * SCATTER % 32**LENGTH
    return "".join(ALPHABET[scattered >> 5 * place & 31] for place in reversed(range(LENGTH)))


def line(*values: Any) -> str:
    """One row as COPY takes it. No fact holds a tab or an end of line here; a backslash stands in JSON alone."""
    return "\t".join(["\\N" if value is None else str(value) for value in values]) + "\n"


@dataclass
class Rows:
    """The rows of entries, as text by table, and what is counted of them: as ``archive.tally`` does, and words."""

    text: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in COLUMNS})
    tallies: Counter[str] = field(default_factory=Counter[str])
    words: Counter[Word] = field(default_factory=Counter[Word])

    def add(self, number: int, facts: Facts, draw: random.Random) -> None:
        """The rows of one entry."""
        found, identity = found_by(facts), identifier(number)
        at = (BEGIN + timedelta(seconds=number)).isoformat()
        text = self.text
        document = json.dumps(facts, ensure_ascii=False)
        days = (found.birth_year, found.birth_day, found.death_day)
        columns = (identity, document, "ru", "", "", at, at, at, found.card, found.fate, found.country, *days)
        text["participant"].append(line(*columns))
        shared = line(at, found.birth_year, found.fate, found.country, found.kinds)
        for word in {each.word for each in found.words}:
            text["participant_name"].append(f"{word}\t{identity}\t{shared}")
        for heading in found.headings:
            text["participant_heading"].append(f"{heading}\t{identity}\n")
        for term in found.categories:
            text["participant_category"].append(f"{identity}\t{term}\t{at}\n")
        for values in namesake_values(facts):
            keys = (values["surname_key"], values["given_key"], values["father_key"], values["born"])
            text["participant_namesake"].append(line(identity, *keys))
        text["participant_text"].append(line(identity, found.text))
        if draw.random() < WITH_PORTRAIT:
            key = f"{draw.getrandbits(128):032x}"
            same = f"0\tportrait\t\t\t\t\tf\t960\t1280\t8a7f70\t[]\tf\t{SIZES}\t{CARDS}\n"
            text["photograph"].append(f"{key}\t{identity}\t{same}")
        self.tallies.update(found.tallies)
        self.words.update(found.words)


def rows_of(numbers: Sequence[int], surnames: Sequence[str], seed: int) -> Iterator[Rows]:
    """The rows of the entries with these numbers, in portions."""
    people, draw = iter(People(seed, surnames)), random.Random(seed)
    rows = Rows()
    for place, (number, facts) in enumerate(zip(numbers, people, strict=False), start=1):
        rows.add(number, facts, draw)
        if place % PORTION == 0:
            yield rows
            rows = Rows()
    yield rows


PORTION = 20_000
