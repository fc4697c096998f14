"""Keys under which the spellings of one name meet, whatever the script and whoever wrote it in other letters.

A key is a skeleton (``facts.name_skeleton``), or one with vowels and a sign left out, under which a word is met that
was mistyped.
A word has several keys; two words meet when they have one in common. Keys only find: how near two names are is judged
afterwards (``facts.name_likeness``). Changed rules mean that every stored key is made anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from memory_road.facts.name_skeleton import LONGEST_KEY, once_each, skeletons, with_vowels
from memory_road.facts.name_sound import without_woman
from memory_road.facts.name_words import words_of
from memory_road.facts.names import WORDS_AT_HAND, fold

__all__ = ["LONGEST_KEY", "index_keys", "is_whole", "name_keys", "spelled"]

LIKELIEST = 3
"""So many of them where nobody asked, and few strangers must come along: does this entry mean the same person?"""
STEM_KEYS = 3
SHORTEST_MISTYPED = 3
"""Of fewer signs too many other words have all but one."""
LEFT_OUT = "="
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
    return list(dict.fromkeys((*skeletons(heard), *_of_stem(heard), *_mistyped(heard))))


def _of_stem(heard: str) -> list[str]:
    stem = without_woman(heard)
    return skeletons(stem)[:STEM_KEYS] if stem else []


def is_whole(key: str) -> bool:
    """Whether no sign is left out."""
    return not key.startswith(LEFT_OUT)


def _mistyped(heard: str) -> Iterator[str]:
    """The likeliest skeleton with vowels, as it is and with one sign left out: two words that a typing mistake parts
    have one of them in common."""
    for key in with_vowels(heard)[:1]:
        if len(key) >= SHORTEST_MISTYPED:
            shorter = (once_each(key[:place] + key[place + 1 :]) for place in range(len(key)))
            yield from (f"{LEFT_OUT}{each}"[:LONGEST_KEY] for each in (key, *shorter))
