"""How near two spellings of a name are, once their keys have met: Верещагин and Wereschtschagin are one name, while
Петров and Бодров have one key and are two names."""

from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from memory_road.facts.name_keys import spelled
from memory_road.facts.name_sound import soundlike
from memory_road.facts.name_words import Word


def nearness(first: str, second: str) -> float:
    """How near the nearest words of two names are: 1 for the same name, 0 for names without a letter in common."""
    near = Levenshtein.normalized_similarity
    pairs = ((soundlike(one), soundlike(other)) for one in spelled(first) for other in spelled(second))
    return max((near(one, other) for one, other in pairs), default=0.0)


LEAST = 0.65
"""Words that are less like each other are two names."""


def rank(asked: Word, candidates: Sequence[Word]) -> list[tuple[Word, float]]:
    """The candidates that can be meant by a word, the likeliest first, each with how like it is: 1 is the same."""
    judged = [(word, Levenshtein.normalized_similarity(asked.sound, word.sound)) for word in candidates]
    return sorted((each for each in judged if each[1] >= LEAST), key=lambda each: -each[1])
