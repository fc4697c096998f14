"""The consonants of a name by the way they are formed: what stays the same when it is spelt in another language.

A skeleton has one sign for each consonant and for whatever vowel a word begins with. Other vowels differ most between
languages, and between the surnames of men and women: they are left out, or are one sign for all. Where letters can be
read in two ways a word has several skeletons.
"""

import re
from collections.abc import Iterable, Mapping

from memory_road.facts.name_sound import VOWELS

LONGEST_KEY = 16
MOST_KEYS = 6
"""So many skeletons a word can have; the readings in front are the likelier ones."""
MOST_READ = 16
"""So many readings of the beginning of a word are followed to its end."""

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
A_VOWEL = "a"
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


def skeletons(heard: str) -> list[str]:
    """The skeletons of a sound, in every way in which it can be read, the likelier first."""
    return _found(_read(heard, ()))[:MOST_KEYS]


def with_vowels(heard: str) -> list[str]:
    """The same with ``a`` for whatever vowels stand in front or within: what has few consonants is still told from
    others."""
    read = _read(heard, (A_VOWEL,))
    return _found((key.replace("A", A_VOWEL).rstrip(A_VOWEL), less) for key, less in read)[:MOST_KEYS]


def once_each(key: str) -> str:
    """A skeleton with vowels in which signs stand beside each other that were apart: as if it had been read so."""
    return REPEATED.sub(r"\1", key).rstrip(A_VOWEL)


def _read(heard: str, vowel: tuple[str, ...]) -> list[tuple[str, float]]:
    read = [("", 0.0)]
    for place, sign in enumerate(heard):
        readings = vowel if vowel and _is_within(heard, sign, place) else _readings(heard, sign, place)
        if len(readings) > 1:
            far = _unlikeliness(sign, place)
            read = [(key + more, less + rank * far) for key, less in read for rank, more in enumerate(readings)]
            if len(read) > MOST_READ:
                read.sort(key=_unlikely)
                del read[MOST_READ:]
        else:
            read = [(key + "".join(readings), less) for key, less in read]
    read.sort(key=_unlikely)
    return read


def _found(read: Iterable[tuple[str, float]]) -> list[str]:
    return list(dict.fromkeys(REPEATED.sub(r"\1", key)[:LONGEST_KEY] for key, _ in read if key))


def _is_within(heard: str, sign: str, place: int) -> bool:
    """Whether a sign is a vowel, and neither in front nor a ў at the end."""
    return (
        place > 0
        and (sign in VOWELS or sign in HALF_A_VOWEL)
        and (sign not in HALF_A_VOWEL or heard[place + 1 :] not in U_AT_THE_END)
    )


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
