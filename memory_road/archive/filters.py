"""What the gallery is narrowed by, beside a name."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists

from memory_road.archive.found_by import KIND_BIT, marked
from memory_road.archive.participant import Participant, ParticipantCategory
from memory_road.archive.participant_name import ParticipantName
from memory_road.archive.word_index import has_words
from memory_road.facts.vocabulary import Category, Fate

FIRST_YEAR, LAST_YEAR = 1800, 2000
"""Years of birth outside of these are nobody's, and are read as if they were not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """``country`` is an ISO 3166-1 code, years are of birth and stand for themselves, texts are words in any order that
    must all stand in places, in the unit, in an award, at work, or in the story."""

    category: Category | None = None
    fate: Fate | None = None
    country: str = ""
    born_from: int | None = None
    born_to: int | None = None
    place: str = ""
    unit: str = ""
    work: str = ""
    award: str = ""
    story: str = ""

    @property
    def some(self) -> bool:
        """Whether anything is asked for."""
        return self != _NOTHING

    @property
    def kind_alone(self) -> bool:
        """Whether a kind of participant is asked for, and nothing else."""
        return self.category is not None and self == Filters(category=self.category)

    @property
    def words(self) -> list[str]:
        """The words that must stand in the texts, each with its letter."""
        texts = {"p": self.place, "u": self.unit, "w": self.work, "a": self.award, "t": self.story}
        return [word for letter, text in texts.items() for word in marked(letter, text)]

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year of birth, if any is asked for."""
        if self.born_from is None and self.born_to is None:
            return None
        return self.born_from or FIRST_YEAR, self.born_to or LAST_YEAR


_NOTHING = Filters()


def of_entry(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What must be true of ``Participant``."""
    if filters.category is not None:
        yield exists().where(
            ParticipantCategory.participant_id == Participant.id, ParticipantCategory.category == filters.category
        )
    if filters.fate is not None:
        yield Participant.fate == filters.fate
    if filters.country:
        yield Participant.country == filters.country
    if filters.years is not None:
        yield Participant.birth_year.between(*filters.years)
    if filters.words:
        yield has_words(Participant.id, filters.words)


def of_name(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """The same of ``ParticipantName``, whose index has what most are narrowed by."""
    if filters.category is not None:
        yield ParticipantName.kinds.op("&")(KIND_BIT[filters.category.value]) != 0
    if filters.fate is not None:
        yield ParticipantName.fate == filters.fate
    if filters.country:
        yield ParticipantName.country == filters.country
    if filters.years is not None:
        yield ParticipantName.birth_year.between(*filters.years)
    if filters.words:
        yield has_words(ParticipantName.participant_id, filters.words)
