"""The keys under which new entries and kept searches meet.

It is the search turned round: what is kept is few, and known, and what is new comes with all of its words. A search
lies under its rarest word alone, so that nobody who is called Ivan meets everybody who looks for some Ivan. Of three
words and more one may be missing in an entry, as in the gallery; then the two rarest stand for it.
"""

from collections.abc import Callable, Iterator

from memory_road.archive.found_by import FoundBy
from memory_road.archive.word_index import stem
from memory_road.facts.name_keys import index_keys
from memory_road.facts.name_words import Word
from memory_road.searches.sought import Sought

WRITTEN, HEARD = "=", "~"
"""Before a word of a name as it is written, and before a key of how it sounds. Words of texts begin with a letter."""
NOBODY = WRITTEN
"""Under this, which no entry has, lies a search that was narrow by rules of before: it has been given its keys, too."""
SHORT_TEXTS = frozenset("puwa")
"""The texts that can stand without a name: places, units, work, awards. A story has too many words."""


def is_narrow(sought: Sought) -> bool:
    """Whether the search can be kept: it has a word of a name, or of a short text. Everybody born in 1920 is too
    many."""
    return bool(sought.asked.words) if sought.query.strip() else bool(_short_words(sought))


def keys_of_search(sought: Sought, entries: Callable[[Word], int]) -> set[str]:
    """Under what a search lies; ``entries`` tells how many have a word. No entry fits that has none of these keys."""
    asked = sought.asked
    if not asked.words:
        return {max(map(stem, _short_words(sought)), key=len)} if is_narrow(sought) else set()
    rarest = sorted(asked.words, key=entries)[: 2 if len(asked.words) > 2 else 1]
    words = [*rarest, *([asked.together] if asked.together is not None else [])]
    return {key for word in words for key in (WRITTEN + word.word, *(HEARD + key for key in index_keys(word.sound)))}


def keys_of_entry(found: FoundBy) -> set[str]:
    """Under what an entry looks for searches. Searches for texts lie under the beginning of a word, as it is asked for
    there, so it looks under all beginnings."""
    return set(_of_names(found)) | set(_of_texts(found))


def _of_names(found: FoundBy) -> Iterator[str]:
    for word in found.words:
        yield WRITTEN + word.word
        yield from (HEARD + key for key in index_keys(word.sound))


def _of_texts(found: FoundBy) -> Iterator[str]:
    for word in found.text.split():
        if word[0] in SHORT_TEXTS:
            yield from (word[:end] for end in range(2, len(word) + 1))


def _short_words(sought: Sought) -> list[str]:
    return [word for word in sought.filters.words if word[0] in SHORT_TEXTS]
