"""Keys under which the spellings of one name meet, whatever the script and whoever wrote it in other letters.

A key is a skeleton: the consonants by the way they are formed, and one sign for whatever vowel a word begins with.
Other vowels differ most between languages, and between the surnames of men and women, and are left out. Where letters
can be read in two ways a word has several keys; two words meet when they have one in common. Keys only find: how near
two names are is judged afterwards (``facts.name_likeness``). Changed rows mean that every stored key is made anew.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from memory_road.facts.name_sound import VOWELS, without_woman
from memory_road.facts.name_words import words_of
from memory_road.facts.names import WORDS_AT_HAND, fold

LONGEST_KEY = 16
MOST_KEYS = 6
"""So many keys a word can have; the readings in front are the likelier ones."""
MOST_READ = 16
"""So many readings of the beginning of a word are followed to its end."""
LIKELIEST = 3
"""So many of them where nobody asked, and few strangers must come along: does this entry mean the same person?"""
STEM_KEYS = 3
MISTYPED = 2
"""So many of a word's readings can be met with a typing mistake."""
SHORTEST_MISTYPED = 4
LEFT_OUT = "-"
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

# How signs of a sound can be read, the likelier way first: P is b p, F f v w, T d t, K g h k q, S everything that
# hisses; L, M, N, R are themselves. Vowels and signs that are not here are not read.
READINGS: Mapping[str, tuple[str, ...]] = {
    sign: tuple(readings.split("|"))
    for signs, readings in (
        ("bp", "P"),
        ("fv", "F"),
        ("wW", "F|"),
        ("dt", "T"),
        ("Ť", "T|S"),
        ("θ", "T|F"),
        ("gkqɣ", "K"),
        ("Ġ", "K|S"),
        ("ʠ", "K|KF"),
        ("hxğ", "K|"),
        ("Ħ", "K|F|"),
        ("szSžšŜŞŽcč", "S"),
        ("ʒǰćĈ", "S|T"),
        ("Ď", "T|S"),
        ("ŝ", "S|ST"),
        ("Đ", "S|TS"),
        ("Hç", "S|K"),
        ("C", "K|S"),
        ("J", "S|"),
        ("ȷ", "|S"),
        ("ṡ", "|S"),
        ("X", "KS|S|K"),
        ("Ř", "RS|S"),
        ("Ɠ", "K|T|S"),
        ("l", "L"),
        ("m", "M"),
        ("n", "N"),
        ("ñ", "N|KN"),
        ("ŋ", "N|NK"),
        ("ãẽ", "N|"),
        ("AQ", "|F"),
        ("r", "R"),
    )
    for sign in signs
}
NOT_READ = ("",)
VOWEL = ("A",)
# At the beginning: Уладзімір and Владимир, Welker and Уэлкер, Eugen and Евгений, Auksenty and Авксентий; Ганна and
# Анна, Hakobyan and Акопян; Jan and Ян; Hovhannes is Оганес and Ованес.
BEGINS_LIKE_A_VOWEL = frozenset(VOWELS + "ls")
AT_THE_BEGINNING: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys("AQ", ("A", "AF")),
    "Ƕ": ("AK", "AF"),
    **dict.fromkeys("gxhĦ", ("K", "A")),
    **dict.fromkeys("wW", ("F", "A")),
    "J": ("S", "A"),
    "j": VOWEL,
}
# At the end: Іваноў is Ivanou; a Latvian or Greek name may have an s more, and a French one a letter that is not heard.
AT_THE_END = {"s": ("S", ""), "X": ("KS", ""), "t": ("T", ""), "d": ("T", "")}
U_AT_THE_END = frozenset(("", "skÿ", "skɐ"))
SELDOM_SILENT = frozenset("wW")
HALF_A_VOWEL = "uUAQ"
SOFT = frozenset("ieëÿj")
"""Before these and at the end дз may be a Belarusian д."""
REPEATED = re.compile(r"(.)\1+")


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
    """The keys under which a word of an entry is stored, by its sound."""
    read = skeletons(heard)
    return list(dict.fromkeys((*read, *_of_stem(heard), *_mistyped(read))))


def query_keys(heard: str) -> list[list[str]]:
    """The keys that find what a typed word may mean, by its sound: first other spellings, then also typing mistakes."""
    read = skeletons(heard)
    return [list(dict.fromkeys((*read, *_of_stem(heard)))), list(dict.fromkeys(_mistyped(read)))]


def skeletons(heard: str) -> list[str]:
    """The skeletons of a sound, in every way in which it can be read, the likelier first."""
    read = [("", 0.0)]
    for place, sign in enumerate(heard):
        readings = _readings(heard, sign, place)
        if len(readings) > 1:
            far = _unlikeliness(sign, place)
            read = [(key + more, less + rank * far) for key, less in read for rank, more in enumerate(readings)]
            if len(read) > MOST_READ:
                read.sort(key=_unlikely)
                del read[MOST_READ:]
        else:
            read = [(key + "".join(readings), less) for key, less in read]
    read.sort(key=_unlikely)
    found = dict.fromkeys(REPEATED.sub(r"\1", key)[:LONGEST_KEY] for key, _ in read if key)
    return list(found)[:MOST_KEYS]


def _readings(heard: str, sign: str, place: int) -> tuple[str, ...]:
    behind = heard[place + 1 : place + 2]
    if place == 0:
        if sign == "u" and behind in BEGINS_LIKE_A_VOWEL:
            return ("A", "F")
        return AT_THE_BEGINNING.get(sign) or (VOWEL if sign in VOWELS else READINGS.get(sign, NOT_READ))
    if sign in HALF_A_VOWEL:
        if sign == "u":
            return ("", "F") if behind and behind in VOWELS else NOT_READ
        if heard[place + 1 :] in U_AT_THE_END:
            return ("F", "")
    if not behind and place > 1 and sign in AT_THE_END:
        return AT_THE_END[sign]
    if heard[place - 1 : place + 1] == "ld":
        return ("T", "")  # Абдуллаев and Әбділдаев
    if sign == "ʒ" and behind and behind not in SOFT:
        return ("S",)
    return READINGS.get(sign, NOT_READ)


def _unlikeliness(sign: str, place: int) -> float:
    """How much less likely the second reading of a sign is: at the beginning of a word there are many of both kinds."""
    return 0.5 if place == 0 else 2.0 if sign in SELDOM_SILENT else 1.0


def _unlikely(read: tuple[str, float]) -> float:
    return read[1]


def _of_stem(heard: str) -> list[str]:
    stem = without_woman(heard)
    return skeletons(stem)[:STEM_KEYS] if stem else []


def _mistyped(read: list[str]) -> Iterator[str]:
    """Skeletons with one sign left out: two words that a typing mistake parts have one of them in common."""
    for key in read[:MISTYPED]:
        if len(key) >= SHORTEST_MISTYPED:
            yield from (f"{LEFT_OUT}{key[:place]}{key[place + 1 :]}"[:LONGEST_KEY] for place in range(len(key)))
            yield f"{LEFT_OUT}{key}"[:LONGEST_KEY]
