"""Reads a date written in figures, which are the same in every language: 12.05.1942, 1942-05-12, 12/V-1942."""

from re import Match

from memory_road.facts.date_language.patterns import Patterns
from memory_road.facts.date_language.piece import Piece, of_year
from memory_road.facts.date_refusal import DateNotUnderstood, DateRefusal

LAST_MONTH = 12
ROMAN = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi",
    "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi",
)  # fmt: skip


def read_figures(text: str, words: Patterns) -> Piece | None:
    """The piece that ``text`` is, or None. Raises DateNotUnderstood (impossible_day, ambiguous)."""
    for pattern in words.figures:
        found = pattern.fullmatch(text)
        piece = found and _piece(found, words.day_first)
        if piece:
            return piece
    return None


def number_of(figures: str) -> int:
    """The value of Arabic or Roman figures up to twenty-one; 0 for any others. Russian х stands in for x."""
    if figures.isdecimal():
        return int(figures)
    roman = figures.replace("х", "x")
    return ROMAN.index(roman) + 1 if roman in ROMAN else 0


def _piece(found: Match[str], day_first: bool) -> Piece | None:
    given = {name: value for name, value in found.groupdict().items() if value is not None}
    if "first" in given:
        return _day_and_month(given, day_first)
    if "iso_day" in given:
        return _year_month_day(given)
    if "iso_year" in given:
        return _year_and_number(int(given["iso_year"]), int(given["month_number"]), given["gap"])
    if "number" in given:
        return Piece(number=int(given["number"])) if int(given["number"]) else None
    if "lone_day" in given:
        month, day = int(given["month_number"]), int(given["lone_day"])
        return Piece(month=month, day=day) if day and 1 <= month <= LAST_MONTH else None
    month = number_of(given.get("roman") or given["month_number"])
    if "roman" in given and not 1 <= month <= LAST_MONTH:
        return None
    return of_year(given["year"], _month(month), int(given.get("day", 0)))


def _month(number: int | str) -> int:
    """``number`` if it is a month's: 21 to 24, which mean seasons further in, are nothing that a person types."""
    if not 1 <= int(number) <= LAST_MONTH:
        raise DateNotUnderstood(DateRefusal.IMPOSSIBLE_DAY, {"month": str(number)})
    return int(number)


def _day_and_month(given: dict[str, str], day_first: bool) -> Piece | None:
    """Forms and memorial lists write a day that is not known as 00, __ or ??; then the month is what is known."""
    year = given["year"]
    first, second = (int(part) if part.isdecimal() else 0 for part in (given["first"], given["second"]))
    if not second:
        return None if first else of_year(year)
    if day_first or given["gap"] in ".," or not first or first == second or first > LAST_MONTH:
        return of_year(year, _month(second), first)
    if second > LAST_MONTH:
        return of_year(year, first, second)
    if len(year) < 4:
        return of_year(year, second, first)
    readings = {"first": f"{year}-{second:02}-{first:02}", "second": f"{year}-{first:02}-{second:02}"}
    raise DateNotUnderstood(DateRefusal.AMBIGUOUS, readings)


def _year_month_day(given: dict[str, str]) -> Piece:
    """Databases write 00 for what they do not hold."""
    month, day = int(given["month_number"]), int(given["iso_day"])
    return of_year(given["iso_year"], _month(month) if month or day else 0, day)


def _year_and_number(year: int, number: int, gap: str) -> Piece | None:
    """1942-05 is a month and 1941-45 is years; 1909–12 can be either, unless the hyphen of ISO 8601 is there."""
    is_later_year = number > year % 100
    if number > LAST_MONTH and is_later_year:
        return None
    month = _month(number)
    if is_later_year and gap not in "-.":
        years = f"{year}/{year - year % 100 + number}"
        raise DateNotUnderstood(DateRefusal.AMBIGUOUS, {"first": f"{year}-{number:02}", "second": years})
    return Piece(year=year, month=month)
