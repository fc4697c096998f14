"""Whether two documents of facts may be about the same person: by names, dates, father and place."""

import re
from collections.abc import Mapping

from memory_road.facts.check import date_of
from memory_road.facts.date_point import Precision
from memory_road.facts.document import FactValue, text_of
from memory_road.facts.father import father_keys
from memory_road.facts.name_keys import spelled
from memory_road.facts.name_likeness import nearness
from memory_road.facts.uncertain_date import DateShape, UncertainDate
from memory_road.facts.vocabulary import Sex

MAY_BE_SAME = 2.5
"""From here on somebody should be asked. The names alone give 2 at most: something else must agree."""
FEW = 5
MAY_BE_SAME_OF_FEW = 1.8
"""The same where at most ``FEW`` bear such a name: it is enough that nothing disagrees."""
NEAR_ENOUGH = 0.6
"""What is further off is another name that shares a key."""
YEARS_APART = 2
"""Papers of one person differ by so much about a year."""
YEARS_ABOUT = 5
"""And families mean so much when they say “about”."""
MOST_SPAN = 3
"""Years that a date may span to prove something: within a decade many are born."""
SAME_PLACE = 0.8

# Kinds of places and of districts as people write them, in plain Latin letters: they stand in every second address.
KIND_OF_PLACE = re.compile(
    "[dgspr]|pos|obl|gub|ssr|"
    "(selo|sela|derevn|posel|posiol|posyol|gorod|stanits|khutor|khutir|aul|auyl|ayl|vesk|vosk|vyosk|mist|mest|myast|"
    "gubern|oblast|voblast|rayon|raion|uezd|uyezd|pavet|povit|volost|okrug|kray|krai|respublik|dekh|deh|qishlo|kishlak|"
    "gyugh|sopel|region|district|village|town|city|county|province)[a-z]{0,4}"
)


def likeness(first: Mapping[str, FactValue], second: Mapping[str, FactValue]) -> float | None:
    """How much speaks for one person; ``None`` where something clearly speaks against it: other names, or births in
    years that are too far apart."""
    names = _names(first, second)
    births = _dates(date_of(first, "birth_date"), date_of(second, "birth_date"))
    if names is None or births is None or _other_sex(first, second):
        return None
    deaths = _dates(date_of(first, "death_date"), date_of(second, "death_date"))
    death = deaths / 2 if deaths is not None else -1.0  # of some, one side knows only that they did not come back
    return names + births + death + _fathers(first, second) + _places(first, second)


def likeliest(facts: Mapping[str, FactValue], others: Mapping[str, Mapping[str, FactValue]]) -> list[str]:
    """Those of ``others``, by their keys, that may be about the person of ``facts``, the likeliest first. They are all
    that could be found under such a name."""
    least = MAY_BE_SAME_OF_FEW if len(others) <= FEW else MAY_BE_SAME
    found = {key: likeness(facts, other) for key, other in others.items()}
    likely = {key: much for key, much in found.items() if much is not None and much >= least}
    return sorted(likely, key=lambda key: (-likely[key], key))


def same_name(first: Mapping[str, FactValue], second: Mapping[str, FactValue]) -> bool:
    """Whether two people may bear the same surname and given name."""
    return _names(first, second) is not None


def _names(first: Mapping[str, FactValue], second: Mapping[str, FactValue]) -> float | None:
    surname = max(
        nearness(text_of(first, one), text_of(second, other))
        for one, other in (
            ("surname", "surname"),
            ("surname", "former_surname"),
            ("former_surname", "surname"),
            ("former_surname", "former_surname"),
        )
    )
    given = nearness(text_of(first, "given_name"), text_of(second, "given_name"))
    return surname + given if min(surname, given) >= NEAR_ENOUGH else None


def _other_sex(first: Mapping[str, FactValue], second: Mapping[str, FactValue]) -> bool:
    """A brother and a sister: their names have one key."""
    return {text_of(first, "sex"), text_of(second, "sex")} == {str(Sex.FEMALE), str(Sex.MALE)}


def possible_years(uncertain: UncertainDate | None) -> tuple[int, int] | None:
    """The first and the last year that a date can mean, “about” taken as families mean it; ``None`` if one is open."""
    if uncertain is None or uncertain.earliest is None or uncertain.latest is None:
        return None
    margin = YEARS_ABOUT if uncertain.is_about or uncertain.is_perhaps else 0
    return uncertain.earliest.year - margin, uncertain.latest.year + margin


def day_of(uncertain: UncertainDate | None) -> tuple[int, int, int] | None:
    """Year, month and day of a date that is known to the day."""
    if uncertain is None or uncertain.shape is not DateShape.SINGLE or possible_years(uncertain) is None:
        return None
    (point,) = uncertain.known_points
    return (point.year, point.month, point.day) if point.precision is Precision.DAY else None


def _dates(first: UncertainDate | None, second: UncertainDate | None) -> float | None:
    """3 for the same day, down to 0 where nothing is known; ``None`` for years that are too far apart."""
    mine, other = possible_years(first), possible_years(second)
    if mine is None or other is None:
        return 0.0
    apart = max(mine[0], other[0]) - min(mine[1], other[1])
    if apart > YEARS_APART:
        return None
    day, other_day = day_of(first), day_of(second)
    if day is not None and other_day is not None:
        return (1.0, 1.0, 2.0, 3.0)[sum(one == another for one, another in zip(day, other_day, strict=True))]
    known = max(mine[1] - mine[0], other[1] - other[0]) <= MOST_SPAN
    return 2.0 if apart <= 0 and known else 1.0


def _fathers(first: Mapping[str, FactValue], second: Mapping[str, FactValue]) -> float:
    mine, other = set(father_keys(first)), set(father_keys(second))
    if not mine or not other:
        return 0.0
    return 2.0 if mine & other else -2.5


def _places(first: Mapping[str, FactValue], second: Mapping[str, FactValue]) -> float:
    """One word in common, a region for example, proves less than two."""
    mine, other = (_words(text_of(facts, "birth_place")) for facts in (first, second))
    shared = sum(any(nearness(word, another) >= SAME_PLACE for another in other) for word in mine)
    return (0.0, 1.0, 1.5)[min(shared, 2)]


def _words(place: str) -> set[str]:
    return {word for word in spelled(place) if not KIND_OF_PLACE.fullmatch(word)}
