"""Reads one date of a sentence, with its own doubts but without what the sentence says around it."""

import re
from dataclasses import replace

from memory_road.facts.date_language.figures import number_of, read_figures
from memory_road.facts.date_language.language import Meaning
from memory_road.facts.date_language.patterns import Patterns
from memory_road.facts.date_language.piece import Piece, of_year

LAST_DAY = 31
UNKNOWN_DIGITS = re.compile("[^0-9]+.*")
MARKS = (
    (Meaning.ABOUT, re.compile("~ ?(?P<date_1>.+)|(?P<date_2>.+?) ?~")),
    (Meaning.PERHAPS, re.compile(r"(?P<date_1>.+?)(?: ?\?| ?\(\?\))")),
)
ASIDE = re.compile(r"(.+?) ?\(([^()?]+)\)")
MOST_QUALIFIERS = 3
"""Nobody stacks more, and without a limit a hostile text would make reading slow."""


def read_one_date(text: str, words: Patterns, depth: int = 0) -> Piece | None:
    """The piece that the whole ``text`` is, or None. Raises DateNotUnderstood (impossible_day, ambiguous)."""
    opening = words.opening.match(text)
    if opening:
        text = text[opening.end() :]
    return read_figures(text, words) or _read_names(text, words) or _read_doubted(text, words, depth)


def _read_names(text: str, words: Patterns) -> Piece | None:
    for pattern in words.points:
        found = pattern.fullmatch(text)
        piece = found and _piece_of_names(found.groupdict(), words)
        if piece:
            return piece
    return None


def _piece_of_names(given: dict[str, str | None], words: Patterns) -> Piece | None:
    if (masked := given.get("mask")) is not None:
        digits = UNKNOWN_DIGITS.sub("", masked)
        years = 10 ** (4 - len(digits))
        return Piece(year=int(digits) * years, years=years)
    if (decade := given.get("decade")) is not None:
        return Piece(year=int(decade), years=10) if len(decade) == 4 else Piece(short_year=int(decade), years=10)
    if (century := given.get("century")) is not None:
        number = number_of(century)
        return Piece(year=(number - 1) * 100, years=100) if number > 1 else None
    month = _month_or_season(given, words)
    if month is None:
        return None
    day, year = given.get("day"), given.get("year")
    if day:
        return _piece_of_day(int(day), month, year)
    return of_year(year, month) if year else Piece(month=month)


def _piece_of_day(day: int, month: int, year: str | None) -> Piece | None:
    if day == 0:
        return None
    if year is None:
        # "May 42" is a month and a short year, for which another pattern stands.
        return Piece(month=month, day=day) if day <= LAST_DAY else None
    # "12, 13" is no day and short year, but two of "12, 13 or 14 May".
    return of_year(year, month, day) if month or len(year) == 4 else None


def _month_or_season(given: dict[str, str | None], words: Patterns) -> int | None:
    """Its number, 0 where the pattern names neither, None where the word is no such name."""
    if (month := given.get("month")) is not None:
        return words.months.get(month)
    if (season := given.get("season")) is not None:
        return words.seasons.get(season)
    return 0


def _read_doubted(text: str, words: Patterns, depth: int) -> Piece | None:
    if depth == MOST_QUALIFIERS:
        return None
    aside = ASIDE.fullmatch(text)
    if aside:
        piece = read_one_date(aside[1], words, depth + 1)
        return piece and _with_asides(piece, aside[2].split(","), words)
    for meaning, pattern in (*MARKS, *words.qualifiers):
        found = pattern.fullmatch(text)
        piece = found and read_one_date(found[1] or found[2], words, depth + 1)
        if piece:
            return doubted(piece, meaning)
    return None


def _with_asides(piece: Piece, asides: list[str], words: Patterns) -> Piece | None:
    for aside in asides:
        said = next((meaning for meaning, pattern in words.asides if pattern.fullmatch(aside.strip())), None)
        if said is None:
            return None
        piece = doubted(piece, said)
    return piece


def doubted(piece: Piece, meaning: Meaning) -> Piece:
    return replace(piece, about=True) if meaning is Meaning.ABOUT else replace(piece, perhaps=True)
