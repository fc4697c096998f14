"""Names of countries in the reader's language."""

from collections.abc import Collection
from functools import cache

from babel import Locale

from memory_road.facts.read import COUNTRIES


@cache
def countries(language: str) -> list[tuple[str, str]]:
    """All countries, their ISO 3166-1 codes and names, in alphabetical order."""
    names = Locale(language).territories
    named = [(country, str(names.get(country, country))) for country in COUNTRIES]
    return sorted(named, key=lambda choice: choice[1].casefold().replace("ё", "е"))


def some_countries(language: str, codes: Collection[str]) -> list[tuple[str, str]]:
    """Those of ``countries`` with one of these codes."""
    return [choice for choice in countries(language) if choice[0] in codes]
