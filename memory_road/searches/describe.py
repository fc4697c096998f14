"""A search in words, for letters: they are translated when the letter is sent."""

import re
from collections.abc import Mapping
from typing import Any, cast

from babel import Locale

from memory_road.searches.sought import Sought

TERMS = frozenset({"category", "fate"})
NO_LINK = re.compile(r"[^\w\s'’ʼ()№,.-]+|\.(?=\S)")
Described = list[tuple[str, str, bool]]
"""Label, what was asked for, and whether that is a term to be translated like its label."""


def described(sought: Sought, language: str) -> Described:
    """The parts of a search; a country has its name in ``language``."""
    return [
        (label, country_name(value, language) if name == "country" else value, name in TERMS)
        for name, label, value in sought.told()
    ]


def harmless(words: Described) -> Described:
    """The same for a letter to somebody who has perhaps not asked for it: of what was typed nothing is left that a mail
    program would make a link of, so that nobody sends strangers to a site through us."""
    return [(label, value if is_term else NO_LINK.sub(" ", value), is_term) for label, value, is_term in words]


def country_name(code: str, language: str) -> str:
    """The name of a country, of its ISO 3166-1 code."""
    names = cast(Mapping[str, Any], Locale(language).territories)  # pyright: ignore[reportUnknownMemberType] -- untyped
    return str(names.get(code, code))
