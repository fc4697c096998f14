"""Reads a whole answer in one language: a date, or a sentence of dates ("between 1941 and 1943", "1914 or 1915")."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from memory_road.facts.date_language.language import Meaning
from memory_road.facts.date_language.one_date import MARKS, MOST_QUALIFIERS, read_one_date
from memory_road.facts.date_language.part_of import part_of
from memory_road.facts.date_language.patterns import Patterns
from memory_road.facts.date_language.piece import Piece, complete, of_year
from memory_road.facts.date_point import WINTER, DatePoint, Precision
from memory_road.facts.date_refusal import DateNotUnderstood, DateRefusal
from memory_road.facts.uncertain_date import UNKNOWN, UncertainDate, interval, one_of, single

Attempt = Callable[[], UncertainDate | None]

NO_ANSWER = re.compile(r"[?]+|[-–]|x{4}|х{4}")
SPACED_DASH = re.compile(" [-–] ")
DASH = re.compile("[-–]")
SLASH = re.compile("/")
COMMA = re.compile(r",(?![^()]*\))")
BRACKETS = re.compile(r"[()]")
WHOLE_YEARS = frozenset({Precision.YEAR, Precision.DECADE, Precision.CENTURY})
ONE_DAY = timedelta(days=1)


def read_phrase(text: str, words: Patterns) -> UncertainDate:
    """The date that ``text``, evened out, means in the language of ``words``.

    Raises DateNotUnderstood; with not_understood another language may still know better.
    """
    understood = _read(text, words)
    if understood is None:
        raise DateNotUnderstood(DateRefusal.NOT_UNDERSTOOD)
    return understood


def _read(text: str, words: Patterns, depth: int = 0) -> UncertainDate | None:
    if NO_ANSWER.fullmatch(text) or words.unknown.fullmatch(text):
        return UNKNOWN
    piece = read_one_date(text, words)
    if piece:
        return single(*complete([piece]))
    ways = (
        _read_winter,
        partial(_read_doubted, depth=depth),
        _read_sentence,
        _read_alternatives,
        _read_span,
        partial(_read_without_brackets, depth=depth),
    )
    return _first_understood(partial(way, text, words) for way in ways)


def _first_understood(attempts: Iterable[Attempt]) -> UncertainDate | None:
    """The first date that comes of an attempt. If none does, the most telling refusal is raised."""
    refusal: DateNotUnderstood | None = None
    for attempt in attempts:
        try:
            understood = attempt()
        except DateNotUnderstood as raised:
            if refusal is None or refusal.code is DateRefusal.NOT_UNDERSTOOD:
                refusal = raised
        else:
            if understood:
                return understood
    if refusal:
        raise refusal
    return None


def _read_winter(text: str, words: Patterns) -> UncertainDate | None:
    """The winter of 1941/42 is December to February; that of a single year is not so plain (see DatePoint)."""
    opening = words.opening.match(text)
    text = text[opening.end() :] if opening else text
    for pattern in words.winters:
        found = pattern.fullmatch(text)
        if found and words.seasons.get(found["season"]) == WINTER:
            first, following = complete([of_year(found["from_year"]), of_year(found["to_year"])])
            if following.year == first.year + 1:
                return interval(DatePoint(first.year, 12), DatePoint(following.year, 2))
    return None


def _read_doubted(text: str, words: Patterns, depth: int) -> UncertainDate | None:
    """A doubt at either end of a sentence is about every date in it; one in brackets only about the nearest."""
    if depth == MOST_QUALIFIERS or text.endswith(")"):
        return None
    return _first_understood(
        partial(_read_with_doubt, found[1] or found[2], words, depth, meaning)
        for meaning, pattern in (*MARKS, *words.qualifiers)
        if (found := pattern.fullmatch(text))
    )


def _read_with_doubt(text: str, words: Patterns, depth: int, meaning: Meaning) -> UncertainDate | None:
    understood = _read(text, words, depth + 1)
    if understood is None or not understood.is_known:
        return None
    if meaning is Meaning.ABOUT:
        return understood.with_points(lambda point: replace(point, about=True))
    return understood.with_points(lambda point: replace(point, perhaps=True))


def _read_sentence(text: str, words: Patterns) -> UncertainDate | None:
    return _first_understood(
        partial(_meant, meaning, [found[name] for name in found.groupdict()], words)
        for meaning, pattern in words.sentences
        if (found := pattern.fullmatch(text))
    )


def _meant(meaning: Meaning, texts: list[str], words: Patterns) -> UncertainDate | None:
    points = _points(texts, words)
    if points is None:
        return None
    match meaning:
        case Meaning.BETWEEN:
            return interval(points[0], points[1])
        case Meaning.NOT_BEFORE:
            return interval(points[0], None)
        case Meaning.NOT_AFTER:
            return interval(None, points[0])
        case _:
            return part_of(points[0], meaning)


def _points(texts: Iterable[str], words: Patterns) -> list[DatePoint] | None:
    pieces: list[Piece] = []
    for text in texts:
        piece = read_one_date(text, words)
        if piece is None:
            return None
        pieces.append(piece)
    return complete(pieces)


def _read_alternatives(text: str, words: Patterns) -> UncertainDate | None:
    """Only where a word for "or" stands, commas part further alternatives; elsewhere they mean nothing."""
    either = words.either.match(text)
    parts = words.or_word.split(text[either.end() :] if either else text)
    if len(parts) == 1:
        return None
    points = _points([one for part in parts for one in _listed(part, words)], words)
    return None if points is None else one_of(*points)


def _listed(text: str, words: Patterns) -> list[str]:
    return [text] if read_one_date(text, words) else [part.strip() for part in COMMA.split(text)]


def _read_span(text: str, words: Patterns) -> UncertainDate | None:
    """Two dates with a dash between, or with a slash, which between neighbours ("1914/15") means that it is one."""
    return _first_understood(
        partial(_spanned, before, after, words, is_slash=mark is SLASH)
        for mark in (SPACED_DASH, DASH, SLASH)
        for before, after in _halves(text, mark)
    )


def _halves(text: str, mark: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for found in mark.finditer(text):
        yield text[: found.start()].strip(), text[found.end() :].strip()


def _spanned(before: str, after: str, words: Patterns, *, is_slash: bool) -> UncertainDate | None:
    points = _points((before, after), words)
    if points is None:
        return None
    first, last = points
    is_unlike = first.precision is not last.precision
    if is_unlike and (is_slash or last.precision in WHOLE_YEARS):
        # "весна 1942/43" and "1910–1920-е" share a season or an ending that this would lose.
        return None
    if is_slash and last.earliest - first.latest == ONE_DAY:
        return one_of(first, last)
    return interval(first, last)


def _read_without_brackets(text: str, words: Patterns, depth: int) -> UncertainDate | None:
    """Brackets that are no aside say nothing: "1914 (or 1915)", "(about 1915)"."""
    bare = " ".join(BRACKETS.sub(" ", text).split())
    return _read(bare, words, depth + 1) if bare != text and depth < MOST_QUALIFIERS else None
