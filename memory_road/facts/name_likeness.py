"""How near two spellings of a name are, once their keys have met: Верещагин and Wereschtschagin are one name, while
Петров and Бодров have one key and are two names."""

import re

from memory_road.facts.name_keys import spelled

LONGEST_COMPARED = 40
"""Letters of a word: comparing two words takes the product of their lengths."""

# One letter for each sound, whoever wrote it; the vowels too, but roughly.
ONE_LETTER = tuple(
    (re.compile(letters), letter)
    for letters, letter in (
        (r"schtsch|shtsh|stsch|shtch|shch|szcz", "x"),
        (r"tsch|tch|tsh|ch|cz", "c"),
        (r"dsch|ddzh|dzh|dj|zh|j(?=[aou])", "z"),
        (r"sch|sh|sz", "s"),
        (r"tz|ts", "c"),
        (r"kh|gh|h", "g"),
        (r"ck|q", "k"),
        (r"ph|w|f", "v"),
        (r"th", "t"),
        (r"(?<=ov|ev|in)a\Z|(?<=sk)(aya|aia|aja|a|iy|ij|yj|ii|y|i)\Z", ""),  # a surname of women, and of men
        (r"[iyj]+(?=[aeiou])|(?<=[aeou])[iyj]\Z", ""),
        (r"[yj]", "i"),
        (r"(.)\1+", r"\1"),
    )
)


def _soundlike(word: str) -> str:
    for letters, letter in ONE_LETTER:
        word = letters.sub(letter, word)
    return word[:LONGEST_COMPARED]


def nearness(first: str, second: str) -> float:
    """How near the nearest words of two names are: 1 for the same name, 0 for names without a letter in common."""
    return max((_near(_soundlike(a), _soundlike(b)) for a in spelled(first) for b in spelled(second)), default=0.0)


def _near(first: str, second: str) -> float:
    longest = max(len(first), len(second))
    return 1 - _distance(first, second) / longest if longest else 0.0


def _distance(first: str, second: str) -> int:
    """How many letters must be put in, left out or exchanged (Levenshtein)."""
    row = list(range(len(second) + 1))
    for number, letter in enumerate(first, start=1):
        before, row = row, [number]
        for place, other in enumerate(second):
            row.append(min(before[place] + (letter != other), before[place + 1] + 1, row[place] + 1))
    return row[-1]
