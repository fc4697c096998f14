"""In which order facts are asked: the short way, which is enough to send, then one step after another, each for itself.

What is asked depends on the kinds of participant. What was told once is always shown, whatever the kinds are now: a
family can see it, change it and take it away.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from memory_road.facts.fields import FIELDS, Field, Group
from memory_road.facts.vocabulary import label


class Step(StrEnum):
    """A page of the form: the last part of its address, and its ``wording``."""

    wording: str

    def __new__(cls, value: str, wording: str) -> Self:
        step = str.__new__(cls, value)
        step._value_ = value
        step.wording = wording
        return step

    BRIEF = "", label("The most important")
    LIFE = "life", label("Life")
    SERVICE = "service", label("Service")
    WORK = "work", label("Work")
    AWARDS = "awards", label("Awards")
    BURIAL = "burial", label("Burial")
    PICTURES = "pictures", label("Further pictures")
    STORY = "story", label("Story and sources")


GROUPS: Mapping[Step, tuple[Group, ...]] = MappingProxyType(
    {
        Step.BRIEF: (Group.NAME, Group.BIRTH, Group.KIND, Group.FATE),
        Step.LIFE: (Group.NAME, Group.BIRTH, Group.FATE, Group.KIN),
        Step.SERVICE: (Group.SERVICE,),
        Step.WORK: (Group.WORK,),
        Step.AWARDS: (Group.AWARDS,),
        Step.BURIAL: (Group.BURIAL,),
        Step.PICTURES: (),
        Step.STORY: (Group.STORY, Group.SOURCES),
    }
)
"""What each step asks about, in the order of the page. Of a group that the short way asks too, it asks the rest."""


def facts_of(step: Step) -> tuple[Field, ...]:
    """Every fact that ``step`` can ask, in the order of the page."""
    brief = step is Step.BRIEF
    return tuple(fact for group in GROUPS[step] for fact in FIELDS if fact.group is group and fact.brief is brief)


def step_of(name: str) -> Step:
    """The step that asks the fact ``name``; the short way asks whatever is no fact."""
    return next((step for step in Step if any(fact.name == name for fact in facts_of(step))), Step.BRIEF)


def asked(step: Step, categories: Collection[str], told: Collection[str] = ()) -> tuple[Field, ...]:
    """The facts that ``step`` asks of a participant of ``categories`` (none chosen yet: of any); ``told`` are the names
    of facts that are stated already."""
    return tuple(
        fact
        for fact in facts_of(step)
        if not fact.asked_of or not categories or fact.asked_of & set(categories) or fact.name in told
    )


def steps(categories: Collection[str], told: Collection[str] = ()) -> tuple[Step, ...]:
    """The steps that have something to ask; pictures can always be added."""
    return tuple(step for step in Step if step is Step.PICTURES or asked(step, categories, told))


def label_of(fact: Field, categories: Collection[str]) -> str:
    """What ``fact`` is called where all of ``categories`` have a name of their own for it and agree on it."""
    called = {str(category): name for category, name in fact.called}
    names = {called.get(category, fact.label) for category in categories}
    return names.pop() if len(names) == 1 else fact.label
