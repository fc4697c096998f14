"""What of a facts document visitors may see."""

from collections.abc import Mapping

from memory_road.facts.document import Facts, FactValue, text_of
from memory_road.facts.fields import FIELDS, Kind
from memory_road.facts.vocabulary import Living


def shows_points(facts: Mapping[str, FactValue]) -> bool:
    """Whether points on the map may be shown: only of somebody who is said to be no longer living. A point leads
    strangers to a house."""
    return Living.NO.equals(text_of(facts, "living"))


def public_facts(facts: Mapping[str, FactValue]) -> Facts:
    """The facts that visitors may see."""
    hidden = {field.name for field in FIELDS if field.private}
    if not shows_points(facts):
        hidden |= {field.name for field in FIELDS if field.kind is Kind.POINT}
    return {name: value for name, value in facts.items() if name not in hidden}
