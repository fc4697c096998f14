"""The rows of made-up entries, as PostgreSQL's COPY takes them: those that publication writes for the same facts."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.parts import of_date, of_father, of_given, of_place, of_point, of_surname
from benchmarks.people import People
from memory_road.archive.found_by import KIND_BIT, marked
from memory_road.archive.participant_heading import Order, heading
from memory_road.archive.participant_place import POINTS
from memory_road.archive.tally import EVERYBODY
from memory_road.facts.name_words import Word
from memory_road.facts.names import LONGEST_SLUG
from memory_road.identifier import ALPHABET, LENGTH

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
    "participant_place": "square participant_id",
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
PORTRAIT = f"0\tportrait\t\t\t\t\tf\t960\t1280\t8a7f70\t[]\tf\t{SIZES}\t{CARDS}\n"
PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
PORTION = 5_000
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def identifier(number: int) -> str:
    """The identifier of the entry with this number; they are in no order."""
    rest = number * SCATTER % 32**LENGTH
    pairs = [PAIRS[rest >> place & 1023] for place in range(5 * LENGTH - 10, -1, -10)]
    return "".join(pairs) + (ALPHABET[rest & 31] if LENGTH % 2 else "")


def line(*values: Any) -> str:
    """One row as COPY takes it. No fact holds a tab or an end of line here; a backslash stands in JSON alone."""
    return "\t".join(["\\N" if value is None else str(value) for value in values]) + "\n"


@dataclass
class Counted:
    """What is counted of entries: as ``archive.tally`` does, and words and the finest squares of the map."""

    tallies: Counter[str] = field(default_factory=Counter[str])
    words: Counter[Word] = field(default_factory=Counter[Word])
    squares: Counter[str] = field(default_factory=Counter[str])

    def add(self, words: Iterable[Word], squares: Iterable[str], tallies: Iterable[str]) -> None:
        """Count an entry."""
        self.words.update(words)
        self.squares.update(squares)
        self.tallies.update(tallies)

    def update(self, other: "Counted") -> None:
        """Add what was counted of others."""
        self.tallies.update(other.tallies)
        self.words.update(other.words)
        self.squares.update(other.squares)


@dataclass
class Rows:
    """The rows of entries, as text by table, and what is counted of them."""

    text: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in COLUMNS})
    counted: Counted = field(default_factory=Counted)

    def add(self, number: int, facts: dict[str, Any], draw: random.Random) -> None:
        """The rows of one entry."""
        identity, at = identifier(number), (BEGIN + timedelta(seconds=number)).isoformat()
        text, ends = self.text, f"\t{identity}\n"
        surname, patronymic, fate, country = (
            facts[name] for name in ("surname", "patronymic", "fate", "birth_country")
        )
        category, birth_date, death_date = facts["categories"][0], facts["birth_date"], facts.get("death_date", "")
        own, given = of_surname(surname), of_given(facts["given_name"], patronymic)
        birth, death, place = of_date(birth_date), of_date(death_date), of_place(facts["birth_place"])
        words = own.words | given.words
        name = f"{given.spelt} {own.spelt}"
        slug = f"{own.heading} {given.heading}".replace(" ", "-")[:LONGEST_SLUG].strip("-")
        died = f'"death":"{death_date}",' if death_date else ""
        card = (
            f'{{"surname":"{surname}","given":"{given.shown}","initials":"{given.initial}{own.initial}","slug":"{slug}",'
            f'"birth":"{birth_date}",{died}"place":"{place.shown}","spelt":{{"en":"{name}","hy":"{name}"}}}}'
        )
        text["participant"].append(
            f"{identity}\t{_encoded(facts)}\tru\t\t\t{at}\t{at}\t{at}\t{card}\t{fate}\t{country}\t{birth.year}"
            f"\t{birth.day}\t{death.day}\n"
        )
        same = f"\t{identity}\t{at}\t{birth.year}\t{fate}\t{country}\t{KIND_BIT[category]}\n"
        text["participant_name"].extend([word + same for word in {each.word for each in words}])
        surname_first, given_first = [own.heading, given.heading], [given.heading, own.heading]
        headings = heading(Order.SURNAME, surname_first), heading(Order.GIVEN_NAME, given_first)
        text["participant_heading"].extend([each + ends for each in headings])
        text["participant_category"].append(f"{identity}\t{category}\t{at}\n")
        father = of_father(surname, patronymic)
        text["participant_namesake"].extend(
            [f"{identity}\t{key}\t{other}\t{father}\t{birth.born}\n" for key in own.keys for other in given.keys]
        )
        told = {*place.words, *marked("u", facts["unit"]), *marked("t", facts["biography"])}
        text["participant_text"].append(f"{identity}\t{' '.join(sorted(told))}\n")
        squares = [of_point(name, facts[name]) for name in POINTS.values() if name in facts]
        text["participant_place"].extend([square + ends for square in squares])
        if draw.random() < WITH_PORTRAIT:
            text["photograph"].append(f"{draw.getrandbits(128):032x}\t{identity}\t{PORTRAIT}")
        self.counted.add(words, squares, (EVERYBODY, f"category:{category}", f"fate:{fate}", f"country:{country}"))


def rows_of(numbers: Sequence[int], surnames: Sequence[str], seed: int) -> Rows:
    """The rows of the entries with these numbers."""
    draw, rows = random.Random(seed), Rows()
    for number, facts in zip(numbers, People(seed, surnames), strict=False):
        rows.add(number, facts, draw)
    return rows
