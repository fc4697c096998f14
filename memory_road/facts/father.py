"""The father's name: from a patronymic, or from the family that documents name. It tells namesakes apart."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from memory_road.facts.document import FactValue, records_of, text_of
from memory_road.facts.name_keys import name_keys, spelled
from memory_road.facts.names import WORDS_AT_HAND

# Of plain Latin letters, as `spelled` leaves them: Иванович, Ильинична, Іванаўна, Iwanowicz; Мурат оглы, Жұмабайұлы,
# Асанкызы; Саидзода.
ENDINGS = re.compile(
    r"(?<=[a-z]{2})("
    r"((?<=[bmpv])le|[aeio])[uvw](i|y|ie)?(tch|ch|cz|c|tsch|tj)[a-z]{0,3}|((?<=[bmpv])le|au|[aeio])[uvw]na|"
    r"in[iy](tch|ch)na|[iy](tch|ch|cz|c)(na)?|"
    r"(o|u)gh?l[yiu]|ohli|u{1,2}l[yiu]|[kqg][yi]z[yi]|zod[ae]?|zade(h|gi)?"
    r")\Z"
)
PARTICLES = frozenset("ogly oglu oghlu ohli uly ulu uulu kyzy kizi qyzy qizi gyzy zoda zade dze asuli ibn bin".split())
FATHER = re.compile(r"\b(отец|отца|папа|бацьк|батьк|әке|эке|ата\b|падар|հայր|მამა|father\b(?!-in)|dad)")


def father_keys(facts: Mapping[str, FactValue]) -> list[str]:
    """The keys of the father's name, without the surname that he shares; none when nothing tells it."""
    surname = set(name_keys(text_of(facts, "surname")))
    return list(dict.fromkeys(key for name in _names(facts) for key in name_keys(name) if key not in surname))


def _names(facts: Mapping[str, FactValue]) -> Iterator[str]:
    yield from _of_patronymic(text_of(facts, "patronymic"))
    for record in records_of(facts, "kin"):
        if FATHER.search(record.get("relation", "").lower()):
            yield record.get("name", "")


@lru_cache(WORDS_AT_HAND)
def _of_patronymic(patronymic: str) -> tuple[str, ...]:
    return tuple(ENDINGS.sub("", word) for word in spelled(patronymic) if word not in PARTICLES)
