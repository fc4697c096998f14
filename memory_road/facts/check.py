"""Checks between facts: contradictions, which must be mended, and implausible facts, which a moderator looks at."""

from collections.abc import Iterator, Mapping
from datetime import date

from memory_road.facts.country_bounds import surely_outside
from memory_road.facts.document import FactValue, terms_of, text_of
from memory_road.facts.fields import POINTS
from memory_road.facts.point import Point
from memory_road.facts.problem import PlausibilityWarning, Problem, ProblemCode, WarningCode
from memory_road.facts.public import shows_points
from memory_road.facts.uncertain_date import UncertainDate, certainly_before, parse_edtf
from memory_road.facts.vocabulary import Category, Fate, Living

YOUNGEST_TO_FIGHT = 14
OLDEST_TO_FIGHT = 65
LONGEST_LIFE = 110
WAR_BEGINS = date(1939, 9, 1)
WAR_ENDS = date(1945, 9, 2)
DIED_IN_THE_WAR = frozenset({Fate.KILLED, Fate.DIED_OF_WOUNDS, Fate.DIED_IN_CAPTIVITY, Fate.DIED_IN_SIEGE})
CONTRADICTIONS = (
    # the earlier fact, the later fact, where the sentence stands, its code
    ("birth_date", "death_date", "death_date", ProblemCode.DEATH_BEFORE_BIRTH),
    ("birth_date", "service_from", "service_from", ProblemCode.SERVICE_BEFORE_BIRTH),
    ("birth_date", "service_to", "service_to", ProblemCode.SERVICE_BEFORE_BIRTH),
    ("service_from", "death_date", "service_from", ProblemCode.SERVICE_AFTER_DEATH),
    ("service_from", "service_to", "service_to", ProblemCode.SERVICE_ENDS_BEFORE_START),
)


def date_of(facts: Mapping[str, FactValue], name: str) -> UncertainDate | None:
    """The date of fact ``name``, ``None`` when it is not stated or stated as not known."""
    stated = text_of(facts, name)
    understood = parse_edtf(stated) if stated else None
    return understood if understood is not None and understood.is_known else None


def problems_between(facts: Mapping[str, FactValue]) -> Iterator[Problem]:
    """Contradictions that no reading of the uncertain dates can resolve (design, section 3)."""
    for earlier, later, place, code in CONTRADICTIONS:
        first, second = date_of(facts, earlier), date_of(facts, later)
        if first is not None and second is not None and certainly_before(second, first):
            yield Problem(place, code)
    died = "death_date" in facts or text_of(facts, "fate") in DIED_IN_THE_WAR | {Fate.DIED_IN_REAR}
    if Living.YES.equals(text_of(facts, "living")) and died:
        yield Problem("living", ProblemCode.DEATH_OF_LIVING)


def warnings_about(facts: Mapping[str, FactValue]) -> Iterator[PlausibilityWarning]:
    """What is unlikely but can be true; each compares the bounds that speak *for* the family."""
    birth, death = date_of(facts, "birth_date"), date_of(facts, "death_date")
    if {Category.SOLDIER, Category.PARTISAN} & set(terms_of(facts, "categories")):
        born_first, born_last = _bounds(birth)
        if WAR_ENDS.year - born_first.year < YOUNGEST_TO_FIGHT:
            yield PlausibilityWarning("birth_date", WarningCode.VERY_YOUNG, {"age": YOUNGEST_TO_FIGHT})
        if WAR_BEGINS.year - born_last.year > OLDEST_TO_FIGHT:
            yield PlausibilityWarning("birth_date", WarningCode.VERY_OLD, {"age": OLDEST_TO_FIGHT})
    if _bounds(death)[0].year - _bounds(birth)[1].year > LONGEST_LIFE:
        yield PlausibilityWarning("death_date", WarningCode.LIVED_LONG, {"age": LONGEST_LIFE})
    died_first, died_last = _bounds(death)
    if text_of(facts, "fate") in DIED_IN_THE_WAR and (died_first > WAR_ENDS or died_last < WAR_BEGINS):
        yield PlausibilityWarning("fate", WarningCode.FATE_AND_DEATH)
    born_at = text_of(facts, "birth_point")
    if born_at and surely_outside(Point.stored(born_at), text_of(facts, "birth_country")):
        yield PlausibilityWarning("birth_point", WarningCode.POINT_OUTSIDE_COUNTRY)
    withheld = next((name for name in POINTS if name in facts), None)
    if withheld is not None and not shows_points(facts):
        yield PlausibilityWarning(withheld, WarningCode.POINT_OF_LIVING)


def _bounds(uncertain: UncertainDate | None) -> tuple[date, date]:
    """The first and last day; where one is open, the day that raises no warning."""
    first = uncertain.earliest if uncertain is not None else None
    last = uncertain.latest if uncertain is not None else None
    return first or date.min, last or date.max
