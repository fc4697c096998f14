"""Checks between facts: contradictions, which must be mended, and implausible facts, which a moderator looks at."""

from collections.abc import Iterator, Mapping
from datetime import date

from memory_road.facts.document import FactValue, terms_of, text_of
from memory_road.facts.problem import PlausibilityWarning, Problem, ProblemCode, WarningCode
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
    if text_of(facts, "living") == Living.YES and "death_date" in facts:
        yield Problem("living", ProblemCode.DEATH_OF_LIVING)


def warnings_about(facts: Mapping[str, FactValue]) -> Iterator[PlausibilityWarning]:
    """What is unlikely but can be true; each compares the bounds that speak *for* the family."""
    birth, death = date_of(facts, "birth_date"), date_of(facts, "death_date")
    fought = {Category.SOLDIER, Category.PARTISAN} & set(terms_of(facts, "categories"))
    if birth is not None and fought:
        if birth.earliest is not None and WAR_ENDS.year - birth.earliest.year < YOUNGEST_TO_FIGHT:
            yield PlausibilityWarning("birth_date", WarningCode.VERY_YOUNG, {"age": YOUNGEST_TO_FIGHT})
        if birth.latest is not None and WAR_BEGINS.year - birth.latest.year > OLDEST_TO_FIGHT:
            yield PlausibilityWarning("birth_date", WarningCode.VERY_OLD, {"age": OLDEST_TO_FIGHT})
    if birth is not None and death is not None and birth.latest is not None and death.earliest is not None:
        if death.earliest.year - birth.latest.year > LONGEST_LIFE:
            yield PlausibilityWarning("death_date", WarningCode.LIVED_LONG, {"age": LONGEST_LIFE})
    if death is not None and text_of(facts, "fate") in DIED_IN_THE_WAR:
        if (death.earliest is not None and death.earliest > WAR_ENDS) or (
            death.latest is not None and death.latest < WAR_BEGINS
        ):
            yield PlausibilityWarning("fate", WarningCode.FATE_AND_DEATH)
