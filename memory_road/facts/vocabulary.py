"""Closed vocabularies of facts. Each term has a stable value (stored, sent in forms) and a wording in English that the
edge translates."""

from enum import StrEnum
from typing import Self


def label(text: str) -> str:
    """Mark ``text`` for translation and return it unchanged: this package knows no language but the source's."""
    return text


class Term(StrEnum):
    """A vocabulary term: the value that is stored, and its ``wording`` to be translated at the edge."""

    wording: str

    def __new__(cls, value: str, wording: str) -> Self:
        term = str.__new__(cls, value)
        term._value_ = value
        term.wording = wording
        return term

    def equals(self, value: str) -> bool:
        """Whether ``value``, as it is stored, is this term. (Type checkers take the pair above for the value, and
        ``==`` with text for a mistake.)"""
        return str(self) == value


class Category(Term):
    """The kinds of participant (design, section 1)."""

    SOLDIER = "soldier", label("Soldier")
    PARTISAN = "partisan", label("Partisan or underground fighter")
    DEFENCE_WORKER = "defence_worker", label("Worker of a defence enterprise")
    LENINGRAD = "leningrad", label("Resident of besieged Leningrad")
    CULTURE = "culture", label("Worker of a cultural institution")
    PRESS = "press", label("War correspondent")
    MEDICAL = "medical", label("Medical worker")
    HOME_FRONT = "home_front", label("Home-front worker")
    CAPTIVE = "captive", label("Prisoner or forced labourer")


class Sex(Term):
    FEMALE = "female", label("Female")
    MALE = "male", label("Male")
    NOT_STATED = "not_stated", label("Not stated")


class Living(Term):
    NO = "no", label("No")
    YES = "yes", label("Yes")
    NOT_KNOWN = "not_known", label("We do not know")


class Fate(Term):
    SURVIVED = "survived", label("Survived the war")
    KILLED = "killed", label("Killed in action")
    DIED_OF_WOUNDS = "died_of_wounds", label("Died of wounds")
    MISSING = "missing", label("Missing in action")
    DIED_IN_CAPTIVITY = "died_in_captivity", label("Died in captivity")
    SURVIVED_CAPTIVITY = "survived_captivity", label("Survived captivity")
    DIED_IN_SIEGE = "died_in_siege", label("Died in the siege")
    DIED_IN_REAR = "died_in_rear", label("Died on the home front")
    REPRESSED = "repressed", label("Victim of repression")
    NOT_KNOWN = "not_known", label("Fate not known")


class Relationship(Term):
    """Who the sender is to the participant."""

    CHILD = "child", label("Child")
    GRANDCHILD = "grandchild", label("Grandchild")
    GREAT_GRANDCHILD = "great_grandchild", label("Great-grandchild")
    SPOUSE = "spouse", label("Husband or wife")
    SIBLING = "sibling", label("Brother or sister")
    NEPHEW_OR_NIECE = "nephew_or_niece", label("Nephew or niece")
    OTHER_RELATIVE = "other_relative", label("Other relative")
    FELLOW_SOLDIER = "fellow_soldier", label("Fellow soldier")
    RESEARCHER = "researcher", label("Researcher")
    INSTITUTION = "institution", label("Institution")


class PhotographKind(Term):
    PORTRAIT = "portrait", label("Portrait")
    PHOTOGRAPH = "photograph", label("Photograph")
    DOCUMENT = "document", label("Document")
    AWARD = "award", label("Award")
    BELONGING = "belonging", label("Belonging")
