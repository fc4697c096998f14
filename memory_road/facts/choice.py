"""What a moderator makes of each proposed fact: it is taken, left out, or taken otherwise."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from memory_road.facts.difference import Difference
from memory_road.facts.fields import FIELD, Field, Kind
from memory_road.facts.problem import Problem
from memory_road.facts.read import read_facts


class Choice(StrEnum):
    TAKE = "take"
    LEAVE = "leave"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What becomes of one fact; ``value`` as it stands in the facts document, where it is taken otherwise."""

    choice: Choice
    value: str = ""


Choices = Mapping[str, Chosen]
"""By the names of facts; a fact that is not named is taken as it is."""

EDITABLE = frozenset({Kind.TEXT, Kind.DATE, Kind.TERM, Kind.COUNTRY})
"""A story and lists are taken, left out or returned: nobody rewrites what a family wrote."""
WEIGHTY = frozenset({"fate"})
"""Where an entry says something else already, a moderator answers expressly."""
UNTOUCHED = frozenset({"living"})
"""What only the sender can answer."""


def editable(field: Field) -> bool:
    """Whether a moderator can take the fact otherwise than it was proposed."""
    return field.kind in EDITABLE and field.name not in UNTOUCHED


def removable(field: Field) -> bool:
    """Whether an entry does without the fact."""
    return not field.required and field.name not in UNTOUCHED


def edited(name: str, typed: str, language: str, today: date) -> tuple[Chosen, list[Problem]]:
    """The fact ``name`` as a moderator typed it in ``language``, and what is to be mended in that."""
    reading = read_facts({name: typed}, language, today)
    value = reading.facts.get(name, "")
    problems = [problem for problem in reading.problems if problem.field == name]
    return Chosen(Choice.EDIT, value if isinstance(value, str) else ""), problems


def chosen(changes: Iterable[Difference], choices: Choices) -> Iterator[Difference]:
    """Those of ``changes`` that are made, as they are made."""
    for change in changes:
        made = choices.get(change.field.name, Chosen(Choice.TAKE))
        if made.choice is Choice.LEAVE:
            continue
        yield replace(change, new=made.value or None, items=()) if made.choice is Choice.EDIT else change


def as_document(choices: Choices) -> dict[str, dict[str, str]]:
    """``choices`` as they are kept."""
    return {name: {"choice": each.choice.value, "value": each.value} for name, each in choices.items()}


def from_document(kept: Mapping[str, Mapping[str, str]]) -> dict[str, Chosen]:
    """What ``as_document`` has kept."""
    return {name: Chosen(Choice(each["choice"]), each["value"]) for name, each in kept.items() if name in FIELD}
