"""Keys under which the spellings of one name meet, whatever the script and whoever wrote it in other letters.

A key is a skeleton: the consonants by the way they are formed, and one sign for whatever vowel a word begins with.
Other vowels differ most between languages, and between the surnames of men and women, and are left out. Where letters
can be read in two ways a word has several keys; two words meet when they have one in common. Keys only find: how near
two names are is judged afterwards (``facts.name_likeness``). Changed rows mean that every stored key is made anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from memory_road.facts.names import WORDS_AT_HAND, fold

LONGEST_KEY = 16
MOST_KEYS = 6
MOST_KEPT = 14
SHORTEST_MISTAKEN = 2
"""So many keys a word can have; the readings in front are the likelier ones."""

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

# What letters can be, by the first row that fits at a place. A is a vowel at the beginning; P is b p, F f v w, T d t,
# K g h k q, S everything that hisses; L, M, N, R are themselves.
ROWS = tuple(
    (re.compile(letters), tuple(readings.split("|")))
    for letters, readings in (
        # Vowels, and what is one in one language only: Уладзімір and Владимир, Eugen and Евгений, Іваноў and Ivanou.
        (r"\Ah?ovh", "AK|AF"),  # Hovhannes is Оганес and Ованес
        (r"\Au(?=[aeiouyls])", "A|F"),
        (r"\Aeu(?=[aeiouy]?[gfls])", "AF|A"),
        (r"\A[aeiouy]+", "A"),
        (r"\Aj(?=[aeiou])", "S|A"),
        (r"(?<=[ln])j|j\Z|j(?=[^aeiou])", ""),
        (r"j", "S|"),
        (r"[aoe]u(?=\Z|sk)", "F|"),
        (r"(?<=[klmnrv])[aeiou]?s\Z", "S|"),  # Ivanovs and Petrauskas end so on the Baltic alone
        (r"[aeiouy]+", ""),
        # Hissing.
        (r"schtsch|shtsh|stsch|shtch|shch|szcz", "S"),
        (r"tsch|dsch|tch|tsh|dsh|ddzh|dzh|sch|sh|zh|cz|sz", "S"),
        (r"rz(?!\Z)", "RS|S"),
        (r"ch", "S|K"),
        (r"(dz|ts)(?=[eijy])", "S|T"),
        (r"[dt]j", "S|T"),
        (r"ds(?=[aeiouy])", "S|TS"),
        (r"tz|ts|dz|dg(?=[ei])", "S"),
        (r"c(?=[eiy])|c\Z", "S|K"),
        (r"ck(?=[iy])", "SK|K"),
        (r"ck", "K"),
        (r"c", "K|S"),
        (r"\Ax", "K|S"),
        (r"x", "KS|K"),
        (r"[sz]", "S"),
        # In the throat: г is h in half of the languages, and h is often not heard.
        (r"kh|gh|qu|[gkq]", "K"),
        (r"\Ah", "K|A"),
        (r"h", "K|"),
        # The rest.
        (r"ph", "F|P"),
        (r"[pb]", "P"),
        (r"[fvw]", "F"),
        (r"ld", "LT|L"),
        (r"th|[dt]", "T"),
        (r"l", "L"),
        (r"m", "M"),
        (r"ng", "NK|N"),
        (r"n", "N"),
        (r"r", "R"),
        (r".", ""),
    )
)
REPEATED = re.compile(r"(.)\1+")


def spelled(text: str) -> list[str]:
    """The words of ``text`` in plain Latin letters, with the sounds that ``names.fold`` leaves out."""
    text = unicodedata.normalize("NFC", text.lower())
    for letters, latin in SPELLED:
        text = letters.sub(latin, text)
    return fold(text)


def name_keys(text: str) -> list[str]:
    """The keys of every word of ``text``, each once, the likelier ones first; none for what holds no letters. A double
    name has those of both parts. ``name_keys("Верещагина")`` and ``name_keys("Wereschtschagin")`` are ``["FRSKN"]``."""
    return list(dict.fromkeys(key for word in spelled(text) for key in _keys(word)))


@lru_cache(WORDS_AT_HAND)
def _keys(word: str) -> tuple[str, ...]:
    return tuple(_readings(word))


def _readings(word: str) -> Iterator[str]:
    read, place = [""], 0
    while place < len(word):
        found, readings = _at(word, place)
        read = list(dict.fromkeys(before + reading for before in read for reading in readings))[:MOST_KEYS]
        place = found.end()
    for signs in read:
        key = REPEATED.sub(r"\1", signs)[:LONGEST_KEY]
        if key:
            yield key


def _at(word: str, place: int) -> tuple[re.Match[str], tuple[str, ...]]:
    for letters, readings in ROWS:
        found = letters.match(word, place)
        if found is not None:
            return found, readings
    raise AssertionError("the last row fits every letter")


def index_keys(sound: str) -> list[str]:
    """The keys under which a word is kept: its readings, and each without one of its signs, for typing mistakes."""
    readings = name_keys(sound)
    return list(dict.fromkeys([*readings, *_shortened(readings)]))[:MOST_KEPT]


def query_keys(sound: str) -> list[list[str]]:
    """The keys under which a word is looked for: those of other spellings, and those of typing mistakes."""
    readings = name_keys(sound)
    return [readings, list(dict.fromkeys([*readings, *_shortened(readings)]))[:MOST_KEPT]]


def _shortened(readings: list[str]) -> Iterator[str]:
    for key in readings:
        if len(key) > SHORTEST_MISTAKEN:
            yield from (f"-{key[:place]}{key[place + 1 :]}" for place in range(len(key)))
