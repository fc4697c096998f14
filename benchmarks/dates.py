"""Dates as people type them, in any language that the portal reads: how many are understood as they were meant.

python benchmarks/dates.py FILE
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from memory_road.facts.date_language.languages import LANGUAGES
from memory_road.facts.date_words import read_date
from memory_road.facts.uncertain_date import DateNotUnderstood, parse_edtf

REFUSED = ""
"""Stands for a phrase that goes back, where EDTF would stand."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line of the file; ``expected`` holds EDTF, in its parts by a bar, or nothing where it must be refused."""

    language: str
    phrase: str
    expected: str

    @property
    def accepted(self) -> frozenset[str]:
        """What is right, each in the one spelling that the portal has for it."""
        return frozenset(_spelt(text.strip()) for text in self.expected.split("|"))


def phrases_in(file: Path) -> Iterator[Phrase]:
    """The phrases of a file of tab-separated language, phrase and expected EDTF. Empty lines are passed over, and an
    editor may have cut the tab before an empty expectation. Raises SystemExit with a sentence that names the line."""
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) not in {2, 3}:
            raise SystemExit(f"Line {number} of {file} is not a language, a phrase and an EDTF string, parted by tabs.")
        yield Phrase(cells[0], cells[1], cells[2].strip() if len(cells) == 3 else REFUSED)


def understood(phrase: Phrase) -> str | None:
    """The EDTF of what the portal makes of it, REFUSED, or None for a language that it does not read."""
    if phrase.language not in LANGUAGES:
        return None
    try:
        return read_date(phrase.phrase, phrase.language).edtf
    except DateNotUnderstood:
        return REFUSED


def _spelt(edtf: str) -> str:
    try:
        return parse_edtf(edtf).edtf
    except DateNotUnderstood:
        return edtf  # beyond our subset: nothing that is said here can be meant


def main() -> None:
    """Read every phrase, and print what came of them."""
    parser = argparse.ArgumentParser(description="How many dates, as people type them, are understood.")
    parser.add_argument("file", type=Path, help="tab-separated: language, phrase, expected EDTF")
    phrases = list(phrases_in(parser.parse_args().file))
    if not phrases:
        raise SystemExit("There is no phrase in the file.")
    wrong: list[dict[str, str | None]] = []
    for done, phrase in enumerate(phrases, 1):
        print(f"\r{done} of {len(phrases)}", end="", file=sys.stderr)
        read = understood(phrase)
        if read not in phrase.accepted:
            wrong.append(asdict(phrase) | {"understood": read})
    print(file=sys.stderr)
    result = {"phrases": len(phrases), "right": len(phrases) - len(wrong), "wrong": wrong}
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
