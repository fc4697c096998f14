"""One date of a sentence as it stands, which may leave to a neighbour what both share ("12 or 13 May 1942")."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from memory_road.facts.date_point import DatePoint
from memory_road.facts.date_refusal import DateNotUnderstood, DateRefusal

SMALLEST_SHORT_YEAR = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """What one date of a sentence says by itself; 0 where it does not say.

    ``years``, ``about`` and ``perhaps`` as in DatePoint. ``short_year`` is a year in two digits; ``number`` a lone
    number, which is a day or a short year.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    years: int = 1
    short_year: int | None = None
    number: int | None = None
    about: bool = False
    perhaps: bool = False


def of_year(digits: str, month: int = 0, day: int = 0) -> Piece:
    """A piece with the year written in ``digits``, four or two of them."""
    if len(digits) == 4:
        return Piece(year=int(digits), month=month, day=day)
    return Piece(short_year=int(digits), month=month, day=day)


def complete(pieces: Sequence[Piece]) -> list[DatePoint]:
    """The points that neighbouring pieces make together, in their order.

    A piece without a year takes that of the next piece that has one, else of the last before it; a lone day takes its
    month likewise; a short year takes its century from a full year before it. Raises DateNotUnderstood (no_year,
    short_year, not_understood, impossible_day, year_out_of_range).
    """
    pieces = _with_numbers_told_apart(pieces)
    pieces = [_with_century(piece, pieces[:index]) for index, piece in enumerate(pieces)]
    return [_point(piece, pieces[index + 1 :] + pieces[:index][::-1]) for index, piece in enumerate(pieces)]


def _with_numbers_told_apart(pieces: Sequence[Piece]) -> list[Piece]:
    """Beside a day a lone number is a day, otherwise a year in two digits."""
    if any(piece.day for piece in pieces):
        return [piece if piece.number is None else replace(piece, day=piece.number, number=None) for piece in pieces]
    return [piece if piece.number is None else replace(piece, short_year=piece.number, number=None) for piece in pieces]


def _with_century(piece: Piece, before: Sequence[Piece]) -> Piece:
    if piece.short_year is None:
        return piece
    full = next((other.year for other in reversed(before) if other.year and other.years == 1), 0)
    year = full - full % 100 + piece.short_year
    if not full or year < full:
        is_year = piece.month or piece.short_year >= SMALLEST_SHORT_YEAR
        raise DateNotUnderstood(DateRefusal.SHORT_YEAR if is_year else DateRefusal.NOT_UNDERSTOOD)
    return replace(piece, year=year, short_year=None)


def _point(piece: Piece, others: Sequence[Piece]) -> DatePoint:
    year = piece.year or _first(others, lambda other: other.year if other.years == 1 else 0)
    month = piece.month or (_first(others, lambda other: other.month if other.day else 0) if piece.day else 0)
    if not year:
        raise DateNotUnderstood(DateRefusal.NO_YEAR)
    if piece.day and not month:
        raise DateNotUnderstood(DateRefusal.NOT_UNDERSTOOD)
    return DatePoint(year, month, piece.day, piece.years, piece.about, piece.perhaps)


def _first(pieces: Sequence[Piece], value: Callable[[Piece], int]) -> int:
    return next((found for piece in pieces if (found := value(piece))), 0)
