"""Says a date in the words and grammar of one language."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from memory_road.facts.date_language.language import Case, Speech
from memory_road.facts.date_point import SPRING, DatePoint, Precision
from memory_road.facts.uncertain_date import DateShape, UncertainDate

FIRST_NAMED_CENTURY = 10


class Omission(IntEnum):
    """What a point need not say because a neighbour says it; the index of a Case's template."""

    NOTHING = 0
    YEAR = 1
    MONTH_AND_YEAR = 2
    MONTH = 3
    """Of a day alone; its template is not the Case's but ``Speech.first_day``."""


def say(date: UncertainDate, speech: Speech) -> str:
    """The date in words, without a capital or a full stop, for a line of a page or within a sentence.

    A doubt that every date of a sentence shares is said before it, any other in brackets behind its date.
    """
    if not date.is_known:
        return speech.unknown
    doubts = {(point.about, point.perhaps) for point in date.known_points}
    if len(doubts) > 1:
        return _several(date, speech)
    about, perhaps = doubts.pop()
    plain = date.with_points(certain)
    if date.shape is DateShape.SINGLE:
        return _doubt(speech, about, perhaps, of_several=False).format(*_spoken(plain, speech))
    return _doubt(speech, about, perhaps, of_several=True).format(_several(plain, speech))


def say_without_year(month: int, day: int, speech: Speech) -> str:
    """A day of the calendar in words, whatever the year."""
    case = next(iter(speech.cases.values()))
    months = speech.months_alone or case.day_months
    return case.day[Omission.YEAR].format(day=day, month=months[month - 1])


def month_names(speech: Speech) -> tuple[str, ...]:
    """The names of the twelve months, as they stand alone."""
    return speech.months_alone or next(iter(speech.cases.values())).months


def certain(point: DatePoint) -> DatePoint:
    """The point without its doubts."""
    return replace(point, about=False, perhaps=False)


def list_alternatives(said: list[str], speech: Speech) -> str:
    """Two or more alternatives as one phrase: "1912, 1913 or 1914"."""
    return speech.one_of.format(speech.comma.join(said[:-1]), said[-1])


def _doubt(speech: Speech, about: bool, perhaps: bool, *, of_several: bool) -> str:
    if about and perhaps:
        return speech.perhaps_about_all if of_several else speech.perhaps_about
    if about:
        return speech.about_all if of_several else speech.about
    if perhaps:
        return speech.perhaps_all if of_several else speech.perhaps
    return "{0}"


@dataclass(frozen=True, slots=True)
class SpokenPoint:
    """A point that a template can ask for in a grammatical case: ``{0:genitive}``."""

    point: DatePoint
    speech: Speech
    omission: Omission

    def __format__(self, case: str) -> str:
        said = self._said(self.speech.cases[case or next(iter(self.speech.cases))])
        asides = {self.speech.about_aside: self.point.about, self.speech.perhaps_aside: self.point.perhaps}
        doubts = ", ".join(aside for aside, is_said in asides.items() if is_said)
        return f"{said} ({doubts})" if doubts else said

    def _said(self, case: Case) -> str:
        point, year = self.point, str(self.point.year)
        match point.precision:
            case Precision.DAY:
                month = case.day_months[point.month - 1]
                return self._day_template(case).format(day=point.day, month=month, year=year)
            case Precision.MONTH:
                return case.month[self.omission].format(month=case.months[point.month - 1], year=year)
            case Precision.SEASON:
                return case.season[self.omission].format(season=case.seasons[point.month - SPRING], year=year)
            case Precision.YEAR:
                return case.year.format(year=year)
            case Precision.DECADE:
                return case.decade.format(year=year, ending=self.speech.decade_endings[point.year // 10 % 10])
            case Precision.CENTURY:
                return case.century.format(century=self.speech.centuries[point.year // 100 - FIRST_NAMED_CENTURY])

    def _day_template(self, case: Case) -> str:
        return self.speech.first_day if self.omission is Omission.MONTH else case.day[self.omission]


def _spoken(date: UncertainDate, speech: Speech) -> Iterator[SpokenPoint]:
    points = date.known_points
    omissions = _omissions(len(points), _shared(points), speech)
    for point, omission in zip(points, omissions, strict=True):
        yield SpokenPoint(point, speech, omission)


def _omissions(count: int, shared: Omission, speech: Speech) -> list[Omission]:
    """What each of ``count`` points leaves out of what all ``shared``: the first or the last says it for the others."""
    if count > 1 and shared is Omission.MONTH_AND_YEAR and speech.first_day:
        return [Omission.MONTH, *[shared] * (count - 2), Omission.YEAR]
    omissions = [shared] * count
    omissions[0 if speech.year_first else -1] = Omission.NOTHING
    return omissions


def _shared(points: tuple[DatePoint, ...]) -> Omission:
    """What is the same in all points and so is said once."""
    if len({point.year for point in points}) > 1 or not all(point.month for point in points):
        return Omission.NOTHING
    if len({point.month for point in points}) > 1 or not all(point.day for point in points):
        return Omission.YEAR
    return Omission.MONTH_AND_YEAR


def _several(date: UncertainDate, speech: Speech) -> str:
    spoken = list(_spoken(date, speech))
    if date.shape is DateShape.ONE_OF:
        return list_alternatives([format(one) for one in spoken], speech)
    if date.points[-1] is None:
        return speech.not_before.format(*spoken)
    if date.points[0] is None:
        return speech.not_after.format(*spoken)
    winter = _winter(date)
    if winter:
        return speech.winter.format(year=winter, next=f"{(winter + 1) % 100:02}")
    return speech.between.format(*spoken)


def _winter(date: UncertainDate) -> int:
    """The year in which the winter begins that the interval is, from December to February; 0 if it is none."""
    start, end = date.known_points
    is_winter = start == DatePoint(start.year, 12) and end.year == start.year + 1 and end == DatePoint(end.year, 2)
    return start.year if is_winter else 0
