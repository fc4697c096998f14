"""Whether an entry fits a search: as the gallery shows it among the people themselves, not among those whose names
begin so or are only similar."""

from collections.abc import Collection, Iterable

from memory_road.archive.filters import Filters
from memory_road.archive.found_by import KIND_BIT, FoundBy
from memory_road.archive.word_index import stem
from memory_road.facts.name_keys import index_keys
from memory_road.facts.name_likeness import SAME_NAME, rank
from memory_road.facts.name_words import Word
from memory_road.searches.sought import Sought

WITHOUT_ONE = 3
"""Of so many words one may be missing: a patronymic is often known to the family alone, or to the documents."""


def fits(sought: Sought, found: FoundBy) -> bool:
    """Whether an entry that is found by ``found`` fits; one that says nothing fits nothing."""
    return bool(found.tallies) and _has_name(sought, found.words) and _has_rest(sought.filters, found)


def _has_name(sought: Sought, words: Collection[Word]) -> bool:
    asked = sought.asked
    if not all(any(word.word.startswith(initial) for word in words) for initial in asked.initials):
        return False
    if not asked.words:
        return bool(asked.initials) or not sought.query.strip()
    missing = sum(not _means(word, words) for word in asked.words)
    if missing == 0 or (missing == 1 and len(asked.words) >= WITHOUT_ONE):
        return True
    return asked.together is not None and _means(asked.together, words, asked.same_name)


def _means(asked: Word, words: Iterable[Word], same_name: float = SAME_NAME) -> bool:
    """Whether one of ``words`` is the one that was asked for, or another spelling of it (``archive.spellings``)."""
    keys = set(index_keys(asked.sound))
    return any(word.word == asked.word or _is_spelling(asked, word, keys, same_name) for word in words)


def _is_spelling(asked: Word, word: Word, keys: set[str], same_name: float) -> bool:
    return not keys.isdisjoint(index_keys(word.sound)) and any(like >= same_name for _, like in rank(asked, [word]))


def _has_rest(filters: Filters, found: FoundBy) -> bool:
    years = filters.years
    return (
        (filters.category is None or bool(found.kinds & KIND_BIT[filters.category.value]))
        and (filters.fate is None or filters.fate.equals(found.fate or ""))
        and (not filters.country or filters.country == found.country)
        and (years is None or (found.birth_year is not None and years[0] <= found.birth_year <= years[1]))
        and _has_texts(filters.words, found.text)
    )


def _has_texts(asked: Collection[str], text: str) -> bool:
    words = text.split() if asked else ()
    return all(any(word.startswith(beginning) for word in words) for beginning in map(stem, asked))
