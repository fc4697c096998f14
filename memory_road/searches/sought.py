"""What somebody searched for, as it is kept and said again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from memory_road.archive.filters import Filters
from memory_road.archive.matches import Asked, asked_for
from memory_road.archive.search import MOST_WORDS, NO_FILTERS
from memory_road.facts.vocabulary import Category, Fate, label

NAME = "q"
"""What the name is called in the address of the gallery; filters are called there as in ``Filters``."""
LABELS: Mapping[str, str] = {
    NAME: label("Surname, given name, patronymic"),
    "category": label("Kind of participant"),
    "born_from": label("Born from the year"),
    "born_to": label("Born until"),
    "place": label("Place of birth, death or burial"),
    "country": label("Country of birth"),
    "unit": label("Unit"),
    "work": label("Place of work, occupation"),
    "award": label("Award"),
    "fate": label("Fate"),
    "story": label("Words of the story"),
}


@dataclass(frozen=True, slots=True)
class Sought:
    """A search of the gallery: words of a name, and what it is narrowed by."""

    query: str
    filters: Filters = NO_FILTERS

    @property
    def asked(self) -> Asked:
        """The name as search understands it."""
        return asked_for(self.query, MOST_WORDS)

    @property
    def address(self) -> dict[str, str]:
        """The parts of the gallery's address that ask for it."""
        return {name: str(value) for name, value in self.document.items()}

    @property
    def document(self) -> dict[str, Any]:
        """It as it is kept; ``sought_in`` reads it."""
        said: dict[str, Any] = {NAME: self.query}
        said |= {field.name: getattr(self.filters, field.name) for field in fields(self.filters)}
        return {name: said[name] for name in LABELS if said[name] not in {None, ""}}

    def told(self) -> Iterator[tuple[str, str, str]]:
        """Its parts in the form's order: the name of each, its label, and what was asked for. That of a vocabulary is
        its wording; both are to be translated. A country stays a code."""
        for name, value in self.document.items():
            yield name, LABELS[name], _wording(name, value)


def sought_in(document: Mapping[str, Any]) -> Sought:
    """The search that was kept as ``document``."""
    said = {name: value for name, value in document.items() if name != NAME}
    if "category" in said:
        said["category"] = Category(said["category"])
    if "fate" in said:
        said["fate"] = Fate(said["fate"])
    return Sought(document.get(NAME, ""), Filters(**said))


def _wording(name: str, value: Any) -> str:
    if name == "category":
        return Category(value).wording
    return Fate(value).wording if name == "fate" else str(value)
