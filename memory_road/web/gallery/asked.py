"""What a visitor asks of the gallery, as the address says it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from memory_road.archive.filters import FIRST_YEAR, LAST_YEAR, Filters
from memory_road.facts.read import COUNTRIES
from memory_road.facts.vocabulary import Category, Fate

LONGEST_QUERY = 200
TEXTS = ("place", "unit", "work", "award", "story")
NARROWED_BY = ("fate", "country", "born_from", "born_to", *TEXTS)
"""Filters beside the kind of participant, which has links of its own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``said`` are the parts of the address, for the form and for the links that keep them; ``problems`` says of those
    that are not understood what to do."""

    query: str
    filters: Filters
    said: Mapping[str, str]
    problems: Mapping[str, str]

    @property
    def narrowed(self) -> bool:
        """Whether anything but the kind of participant is asked for beside the name."""
        return any(self.said.get(name) for name in NARROWED_BY)


def asked() -> Asked:
    """What the present address asks for. What is no filter of ours is left out."""
    said = {name: _said(name) for name in ("q", "category", *NARROWED_BY)}
    problems: dict[str, str] = {}
    category, fate, country = said["category"], said["fate"], said["country"].upper()
    filters = Filters(
        category=Category(category) if category in set(Category) else None,
        fate=Fate(fate) if fate in set(Fate) else None,
        country=country if country in COUNTRIES else "",
        born_from=_year(said, "born_from", problems),
        born_to=_year(said, "born_to", problems),
        **{name: said[name] for name in TEXTS},
    )
    if filters.born_from and filters.born_to and filters.born_from > filters.born_to:
        problems["born_to"] = gettext("The second year is before the first. Exchange them.")
    kept = {name: value for name, value in said.items() if value}
    if filters.category is None:
        kept.pop("category", None)
    return Asked(said["q"], filters, kept, problems)


def _said(name: str) -> str:
    return " ".join(request.args.get(name, "")[:LONGEST_QUERY].replace("\x00", "").split())


def _year(said: Mapping[str, str], name: str, problems: dict[str, str]) -> int | None:
    text = said[name]
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR):
        problems[name] = gettext(
            "Write a year between %(first)s and %(last)s, like 1915.", first=FIRST_YEAR, last=LAST_YEAR
        )
        return None
    return int(text[:5])
