"""Sentences whose wording depends on a number in them: one day, two days, and in many languages five days otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import ngettext


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence for ``one`` and for several. ``by`` names the value that decides, which is known when it is said."""

    one: str
    several: str
    by: str


def lazy_ngettext(one: str, several: str, by: str) -> Counted:
    """Mark both wordings for translation, as the function of this name does for a number that is known already."""
    return Counted(one, several, by)


def said(words: object, values: Mapping[str, Any]) -> str:
    """A sentence of a table, in the reader's language, with its values."""
    if isinstance(words, Counted):
        return ngettext(words.one, words.several, int(values[words.by]), **values)
    return str(words) % dict(values) if values else str(words)
