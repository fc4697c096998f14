"""What two entries about one person say differently, and what their merged entry says: no database."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from memory_road.facts.check import problems_between
from memory_road.facts.difference import Difference, differences
from memory_road.facts.document import Facts, FactValue, records_of, terms_of
from memory_road.facts.fields import FIELD, Field, Kind
from memory_road.facts.public import public_facts
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefused

LISTS = frozenset({Kind.TERMS, Kind.RECORDS})
FATEFUL = frozenset({"fate", "living"})
"""Nobody's answer to these is chosen beforehand."""
ALONE = frozenset({"living"})
"""Of these only one answer can stand."""
ALSO_RECORDED = "also_recorded"


class Choice(StrEnum):
    """Whose word a merged entry takes."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


def conflicts(kept: Mapping[str, FactValue], other: Mapping[str, FactValue]) -> list[Difference]:
    """Every fact of which two entries say different things, ``old`` in the one that is kept."""
    return differences(kept, other, kept)


def choices_for(field: Field, kept: Mapping[str, FactValue], other: Mapping[str, FactValue]) -> tuple[Choice, ...]:
    """What can be chosen of a fact of which they say different things."""
    both_say = bool(kept.get(field.name)) and bool(other.get(field.name))
    if not both_say or field.name in ALONE or field.kind is Kind.POINT:
        return Choice.KEPT, Choice.OTHER
    return tuple(Choice)


def proposed_choice(field: Field, kept: Mapping[str, FactValue], other: Mapping[str, FactValue]) -> Choice | None:
    """What is chosen until a moderator chooses otherwise: nothing that either says is lost. None: they must choose."""
    if field.name in FATEFUL:
        return None
    if not kept.get(field.name):
        return Choice.OTHER
    if field.kind in LISTS and other.get(field.name):
        return Choice.BOTH
    return Choice.KEPT


def merged_facts(
    kept: Mapping[str, FactValue],
    other: Mapping[str, FactValue],
    chosen: Mapping[str, str],
    in_words: Mapping[str, str],
) -> Facts:
    """The facts of the merged entry. ``chosen`` has a choice for every conflict, by the fact's name; where both are to
    stand, what the other entry says is also recorded, as ``in_words`` says it. Raises ``RequestRefused`` for a choice
    that is missing, for more than there is room for, and for what would contradict itself."""
    found = [change.field for change in conflicts(kept, other)]
    facts: Facts = dict(kept)
    beside: list[dict[str, str]] = []
    for field in found:
        choice = chosen.get(field.name, "")
        if choice not in choices_for(field, kept, other):
            raise RequestRefused(EntryRefusal.CHOICE_MISSING)
        if choice == Choice.OTHER:
            facts[field.name] = other.get(field.name) or ""
        elif choice == Choice.BOTH and field.kind in LISTS:
            facts[field.name] = _together(field, kept, other)
        elif choice == Choice.BOTH and field.kind is Kind.LONG_TEXT:
            facts[field.name] = f"{kept[field.name]}\n\n{other[field.name]}"
        elif choice == Choice.BOTH:
            beside.append({"field": field.name, "value": in_words.get(field.name, "")})
    said: Facts = {name: value for name, value in facts.items() if value}
    if beside:
        said[ALSO_RECORDED] = [*records_of(said, ALSO_RECORDED), *beside]
    said = public_facts(said)
    if any(_is_too_much(FIELD[name], value) for name, value in said.items() if name in FIELD):
        raise RequestRefused(EntryRefusal.TOO_MUCH)
    if any(True for _ in problems_between(said)):
        raise RequestRefused(EntryRefusal.CONTRADICTS)
    return said


def _together(field: Field, kept: Mapping[str, FactValue], other: Mapping[str, FactValue]) -> FactValue:
    if field.terms is not None:
        either = {*terms_of(kept, field.name), *terms_of(other, field.name)}
        return [term.value for term in field.terms if term.value in either]
    first, second = records_of(kept, field.name), records_of(other, field.name)
    return [*first, *_new_among(second, first)]


def _new_among(records: Iterable[dict[str, str]], known: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    there = list(known)
    return [record for record in records if record not in there]


def _is_too_much(field: Field, value: FactValue) -> bool:
    return field.kind in {Kind.RECORDS, Kind.LONG_TEXT} and len(value) > field.most
