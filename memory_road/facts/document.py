"""The facts document: the JSON object that holds what is asserted of one participant.

Keys are names from ``FIELDS``; a fact that is not stated is absent. Text is normalised (NFC, trimmed), dates are EDTF
strings, terms are vocabulary values, records are lists of such documents.
"""

from collections.abc import Mapping
from typing import TypeAlias

FactValue: TypeAlias = str | list[str] | list[dict[str, str]]
Facts: TypeAlias = dict[str, FactValue]
Typed: TypeAlias = Mapping[str, str | list[str] | list[dict[str, str]]]
"""What somebody typed into the form, kept as it was typed until it is understood."""


def text_of(facts: Mapping[str, FactValue], name: str) -> str:
    """The text of fact ``name``, empty when it is not stated."""
    value = facts.get(name, "")
    return value if isinstance(value, str) else ""


def terms_of(facts: Mapping[str, FactValue], name: str) -> list[str]:
    """The chosen terms of fact ``name``."""
    value = facts.get(name, [])
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def records_of(facts: Mapping[str, FactValue], name: str) -> list[dict[str, str]]:
    """The records of fact ``name``."""
    value = facts.get(name, [])
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
