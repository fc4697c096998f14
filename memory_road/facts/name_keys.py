"""Keys under which the spellings of one name meet, whatever the script and whoever wrote it in other letters.

A key is a skeleton (``facts.name_skeleton``), or one with a sign left out, under which a word is met that was mistyped.
A word has several keys; two words meet when they have one in common. Keys only find: how near two names are is judged
afterwards (``facts.name_likeness``). Changed rules mean that every stored key is made anew.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from memory_road.facts.name_skeleton import LONGEST_KEY, skeletons, with_vowels
from memory_road.facts.name_sound import without_woman
from memory_road.facts.name_words import words_of
from memory_road.facts.names import WORDS_AT_HAND, fold

__all__ = ["LONGEST_KEY", "index_keys", "name_keys", "spelled"]

LIKELIEST = 3
"""So many of them where nobody asked, and few strangers must come along: does this entry mean the same person?"""
STEM_KEYS = 3
MISTYPED = 2
"""So many of a word's readings can be met with a typing mistake."""
LONG = range(5, LONGEST_KEY + 1)
SHORT = range(3, 9)
"""Skeletons with vowels that are so long: of few consonants alone too many others have all but one."""
LEFT_OUT, LEFT_OUT_OF_SHORT = "-", "="
"""Before a skeleton in which a sign may be missing, so that it meets no whole one."""

# Letters that the Latin fold would lose, or spell so that they can be mistaken for others.
SPELLED = (
    (re.compile(r"\bո(?![ւվ])"), "vo"),
    (re.compile("ու"), "u"),
    (re.compile("և"), "ev"),
    (re.compile("[țţ]"), "ts"),
    (re.compile("[ćčç]"), "ch"),
    (re.compile("[śšş]"), "sh"),
    (re.compile("[źžż]"), "zh"),
    (re.compile("[ўŭ]"), "v"),
    (re.compile("[чճչჩჭ]"), "tch"),
    (re.compile("[ҷջჯ]"), "dzh"),
    (re.compile("ј"), "y"),
)


def spelled(text: str) -> list[str]:
    """The words of ``text`` in plain Latin letters, with the sounds that ``names.fold`` leaves out."""
    text = unicodedata.normalize("NFC", text.lower())
    for letters, latin in SPELLED:
        text = letters.sub(latin, text)
    return fold(text)


def name_keys(text: str) -> list[str]:
    """The likeliest keys of every word of ``text``, each once; none for what holds no letters. A double name has those
    of both parts. ``name_keys("Верещагина")`` is ``["FRSKN", "FRSTKN"]``, and ``name_keys("Wereschtschagin")`` begins
    so."""
    return list(_name_keys(text))


@lru_cache(WORDS_AT_HAND)
def _name_keys(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for word in words_of(text) for key in skeletons(word.sound)[:LIKELIEST]))


def index_keys(heard: str) -> list[str]:
    """The keys of a word by its sound: under these it is stored, and by these others are looked for."""
    read = skeletons(heard)
    long = _mistyped(LEFT_OUT, [key for key in read[:MISTYPED] if len(key) in LONG])
    short = _mistyped(LEFT_OUT_OF_SHORT, [key for key in with_vowels(heard)[:MISTYPED] if len(key) in SHORT])
    return list(dict.fromkeys((*read, *_of_stem(heard), *long, *short)))


def _of_stem(heard: str) -> list[str]:
    stem = without_woman(heard)
    return skeletons(stem)[:STEM_KEYS] if stem else []


def _mistyped(mark: str, keys: Sequence[str]) -> Iterator[str]:
    """Skeletons with one sign left out: two words that a typing mistake parts have one of them in common."""
    for key in keys:
        yield from (f"{mark}{key[:place]}{key[place + 1 :]}"[:LONGEST_KEY] for place in range(len(key)))
        yield f"{mark}{key}"[:LONGEST_KEY]
