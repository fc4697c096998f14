"""Says the years of a life as they stand under a name on a card."""

from dataclasses import replace

from memory_road.facts.date_language.language import Speech
from memory_road.facts.date_language.speech import certain, say
from memory_road.facts.date_point import DatePoint
from memory_road.facts.uncertain_date import DateShape, UncertainDate, one_of, single

CLOSE_DASH = "–"
DOUBT = "?"


def say_life(born: str, died: str, speech: Speech) -> str:
    """For example "1899–1978", "1914/15–1942?", "about 1888 – 1942", "born 1891", of two dates as ``say_year`` says
    them; "" is a date that is not known, and what is said when neither is."""
    if born and died:
        is_figures = not any(letter.isalpha() for letter in born + died)
        return f"{born}{CLOSE_DASH if is_figures else speech.card_dash}{died}"
    if born:
        return speech.card_born.format(born)
    return speech.card_died.format(died) if died else ""


def say_year(date: UncertainDate, speech: Speech) -> str:
    """One date by its year: "1899", "about 1888", "1914/15", "1942?"."""
    years = _years_of(date)
    doubts = {(point.about, point.perhaps) for point in years.known_points}
    plain = years.with_points(certain)
    neighbours = _neighbours(plain)
    if len(doubts) > 1 or not (years.shape is DateShape.SINGLE or neighbours):
        return say(years, speech)
    about, perhaps = doubts.pop()
    said = (neighbours or say(plain, speech)) + (DOUBT if perhaps else "")
    return speech.card_about.format(said) if about else said


def _years_of(date: UncertainDate) -> UncertainDate:
    """The date by years, each of them once; one is doubted only if all that falls into it is."""
    merged: dict[tuple[int, int], DatePoint] = {}
    for year in map(_year_of, date.known_points):
        same = merged.setdefault((year.year, year.years), year)
        merged[year.year, year.years] = replace(
            year, about=year.about and same.about, perhaps=year.perhaps and same.perhaps
        )
    years = list(merged.values())
    if len(years) == 1 and None not in date.points:
        return single(years[0])
    if date.shape is DateShape.ONE_OF:
        return one_of(*years)
    return replace(date, points=tuple(point and _year_of(point) for point in date.points))


def _year_of(point: DatePoint) -> DatePoint:
    """As far as a card is concerned, "about May 1942" is in 1942."""
    return replace(point, month=0, day=0, about=point.about and not point.month)


def _neighbours(date: UncertainDate) -> str:
    """Two years, one after the other, in short; "" for anything else."""
    if len(date.known_points) != 2 or any(point.years > 1 for point in date.known_points):
        return ""
    first, second = (point.year for point in date.known_points)
    if second != first + 1:
        return ""
    return f"{first}/{second % 100:02}" if second % 100 else f"{first}/{second}"
