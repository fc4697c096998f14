"""One document of facts out of an entry's and of those that somebody else tells of the same person."""

from collections.abc import Mapping
from datetime import date

from memory_road.facts.check import date_of
from memory_road.facts.document import Facts, FactValue, records_of, terms_of, text_of
from memory_road.facts.fields import FIELDS, Field, Group, Kind
from memory_road.facts.likeness import same_name
from memory_road.facts.names import fold, full_name
from memory_road.facts.vocabulary import Fate, Living, Sex

KNOWS_NOT = frozenset({str(Sex.NOT_STATED), str(Living.NOT_KNOWN), str(Fate.NOT_KNOWN)})


def joined(entry: Mapping[str, FactValue], told: Mapping[str, FactValue]) -> Facts:
    """The facts of ``entry`` with what is ``told`` beyond them. Lists and stories grow, a gap is filled, and what is
    told otherwise takes the place of what stood there, unless it only says less. A name in another spelling stays as
    the entry has it, and the spelling is noted among what is also recorded: nothing that was told is lost."""
    spelled_otherwise = same_name(entry, told) and fold(full_name(entry)) != fold(full_name(told))
    facts: Facts = {}
    for field in FIELDS:
        old, new = entry.get(field.name), told.get(field.name)
        if not old or not new:
            value = old or new
        elif field.group is Group.NAME and field.kind is Kind.TEXT and same_name(entry, told):
            value = old
        else:
            value = _joined(field, entry, told)
        if value:
            facts[field.name] = value
    if spelled_otherwise:
        records = records_of(facts, "also_recorded")
        spelling = {"value": full_name(told)}
        facts["also_recorded"] = records if spelling in records else [*records, spelling]
    return facts


def _joined(field: Field, entry: Mapping[str, FactValue], told: Mapping[str, FactValue]) -> FactValue:
    name = field.name
    match field.kind:
        case Kind.TERMS:
            chosen = {*terms_of(entry, name), *terms_of(told, name)}
            return [term.value for term in field.terms or () if term.value in chosen]
        case Kind.RECORDS:
            known = records_of(entry, name)
            return [*known, *(record for record in records_of(told, name) if record not in known)]
        case Kind.LONG_TEXT:
            return _longer(text_of(entry, name), text_of(told, name))
        case _:
            less = _says_less(field, entry, told)
            return entry[name] if less else told[name]


def _longer(old: str, new: str) -> str:
    if new in old:
        return old
    return new if old in new else f"{old}\n\n{new}"


def _says_less(field: Field, entry: Mapping[str, FactValue], told: Mapping[str, FactValue]) -> bool:
    """Whether what is told of a fact holds nothing that the entry does not say."""
    if field.kind is not Kind.DATE:
        new = text_of(told, field.name)
        return new in KNOWS_NOT or set(fold(new)) <= set(fold(text_of(entry, field.name)))
    old_date, new_date = date_of(entry, field.name), date_of(told, field.name)
    if new_date is None or old_date is None:
        return new_date is None
    earliest, latest = new_date.earliest or date.min, new_date.latest or date.max
    return earliest <= (old_date.earliest or date.min) and (old_date.latest or date.max) <= latest
