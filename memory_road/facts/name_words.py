"""The words of a name: folded for search, and by their sound, which keeps what the folded letters lose."""

from dataclasses import dataclass

from memory_road.facts.name_sound import soundlike
from memory_road.facts.names import fold

LONGEST_WORD = 100
LONGEST_SOUND = 32


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """A word of a name, folded and by its sound."""

    word: str
    sound: str


def words_of(name: str) -> list[Word]:
    """The words of a name, in its order."""
    return [Word(word[:LONGEST_WORD], soundlike(word)[:LONGEST_SOUND]) for word in fold(name)]


def joined(name: str) -> Word | None:
    """A name of two or three parts as one word; None where it has one, or more."""
    words = fold(name)
    if not 1 < len(words) <= 3:
        return None
    word = "".join(words)[:LONGEST_WORD]
    return Word(word, soundlike(word)[:LONGEST_SOUND])
