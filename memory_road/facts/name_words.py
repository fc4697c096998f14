"""The words of names as search compares them: each folded to ASCII, and as it sounds."""

import re
import unicodedata
from typing import NamedTuple

from memory_road.facts.name_sound import LONGEST_SOUND, sound
from memory_road.facts.names import APOSTROPHES, fold

__all__ = ["LONGEST_SOUND", "Word", "joined", "words_of"]

LONGEST_WORD = 100
MOST_JOINED = 3
BETWEEN = re.compile(r"[\W_]+")
MARKS = re.compile("[\u0300-\u036f‘ʻʿʾ]")


class Word(NamedTuple):
    """One word: ``word`` as ``names.fold`` leaves it, ``sound`` as it was spelt."""

    word: str
    sound: str


def words_of(name: str) -> list[Word]:
    """The words of what an entry holds or somebody typed, in their order. A letter that folds to several words belongs
    to one."""
    return [word for written in _written(name) if (word := _word(written)) is not None]


def joined(name: str) -> Word | None:
    """A name of two or three parts as one word, since others write it so: Тер-Петросян, Terpetrosyan."""
    parts = [part for part in _written(name) if _word(part) is not None]
    return _word("".join(parts)) if 1 < len(parts) <= MOST_JOINED else None


def _written(name: str) -> list[str]:
    return BETWEEN.split(MARKS.sub("", APOSTROPHES.sub("", unicodedata.normalize("NFC", name))))


def _word(written: str) -> Word | None:
    folded = "".join(fold(written))[:LONGEST_WORD]
    return Word(folded, sound(written)) if folded else None
