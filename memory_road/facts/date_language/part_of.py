"""What "early", "mid" and "late" mean: thirds, so wide that nobody who says the word means a day outside."""

from calendar import monthrange
from dataclasses import replace

from memory_road.facts.date_language.language import Meaning
from memory_road.facts.date_point import DatePoint, Precision
from memory_road.facts.uncertain_date import UncertainDate, interval

MONTHS_OF_YEAR = {
    Meaning.BEGINNING: (1, 4),
    Meaning.MIDDLE: (5, 8),
    Meaning.END: (9, 12),
    Meaning.FIRST_HALF: (1, 6),
    Meaning.SECOND_HALF: (7, 12),
}
DAYS_OF_MONTH = {
    Meaning.BEGINNING: (1, 10),
    Meaning.MIDDLE: (11, 20),
    Meaning.END: (21, 31),
    Meaning.FIRST_HALF: (1, 15),
    Meaning.SECOND_HALF: (16, 31),
}


def part_of(point: DatePoint, part: Meaning) -> UncertainDate | None:
    """That part of a year (by months, as ISO 8601-2 divides it) or of a month (by days); None of anything else."""
    if point.precision is Precision.YEAR:
        first, last = MONTHS_OF_YEAR[part]
        return interval(replace(point, month=first), replace(point, month=last))
    if point.precision is Precision.MONTH:
        first, last = DAYS_OF_MONTH[part]
        length = monthrange(point.year, point.month)[1]
        return interval(replace(point, day=first), replace(point, day=min(last, length)))
    return None
