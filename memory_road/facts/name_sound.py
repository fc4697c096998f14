"""A name as it sounds: one sign for each sound, made of the spelling that somebody used, in any script.

Signs are the letters of Czech and of phonetics for what is sure, and capitals and rare letters for what is not: ``J``
is a Latin j, whoever wrote it. What ends a surname differs between women and men, and between languages, and has signs
of its own: ``ɐ`` for a woman's ending, ``ÿ`` for й and its like, ``ṡ`` for the s that the Baltic puts behind a name.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from anyascii import anyascii

from memory_road.facts.name_letters import ARMENIAN, CYRILLIC, GEORGIAN, LATIN
from memory_road.facts.names import APOSTROPHES, WORDS_AT_HAND

LONGEST_SOUND = 32
VOWELS = "aeiouyäöüëəõãẽUIAEOQVYÿɐǶ"

BRACKETS = re.compile(r"\(\?<?=.*?[\])]\)|\(\?=.*|[$^]")
STRESS = dict.fromkeys(map(ord, "\u0300\u0301"), "")
LETTERS = re.compile(r"[^\W\d_]")
NOT_LETTERS = re.compile(r"[^a-z]+")
REPEATED = re.compile(r"(.)\1+")
ENDINGS = tuple(
    (re.compile(signs), ending)
    for signs, ending in (
        (r"([scCščʒ]|ts|z)k[iyYIjJɐ]+[jJYh]?\Z", r"\1kÿ"),  # Вишневский, Вішнеўскі, Wiśniewski, Vishnevskyi
        (r"([scCščʒ]|ts|z)k(a[jJiYI]+[ae]?|a)\Z", r"\1kɐ"),  # Вишневская, Višnevská
        (r"(?<=[oeiIëOEYy])([vWn])a\Z", r"\1ɐ"),  # Иванова, Iwanowa, Матицына
        (r"(?<=[oeëEI])f\Z", "v"),  # Ivanoff
        (r"(?<=[^aeiouyYI])[iyY][jJY]?\Z", "ÿ"),  # Юрий, Yuri, Jurij, Yury
        (r"(?<=[vk])s\Z", "ṡ"),  # Ivanovs, Petrauskas
    )
)
WITHOUT_WOMAN = re.compile(r"(?<=..)(i?[oe]([vW]ɐ|Wna)|i?anka)\Z")


Table = Mapping[str, tuple[tuple[str, re.Pattern[str] | None, str], ...]]


def _table(letters: Mapping[str, str]) -> Table:
    """Under each letter what can begin with it, the longest first: the letters, what must stand around them, and the
    signs."""
    rows = [(key, BRACKETS.sub("", key), signs) for key, signs in letters.items()]
    rows.sort(key=lambda row: (len(row[1]), len(row[0])), reverse=True)
    return {
        first: tuple(
            (plain, re.compile(key) if key != plain else None, signs)
            for key, plain, signs in rows
            if plain.startswith(first)
        )
        for first in {plain[0] for _, plain, _ in rows}
    }


TABLES = tuple(
    (first, last, _table(letters))
    for first, last, letters in (
        ("\u0400", "\u052f", CYRILLIC),
        ("\u0530", "\u058f", ARMENIAN),
        ("\u10a0", "\u10ff", GEORGIAN),
    )
)
LATIN_TABLE = _table(LATIN)


@lru_cache(WORDS_AT_HAND)
def sound(word: str) -> str:
    """The signs of one word; empty for what holds no letters. ``sound("Верещагина")`` and ``sound("Wereschtschagina")``
    are ``veresch…`` with signs that are near each other."""
    letters = APOSTROPHES.sub("", unicodedata.normalize("NFC", word.lower()).translate(STRESS))
    table = _table_of(letters)
    if table is LATIN_TABLE and not letters.isascii():
        letters = "".join(letter if letter in table else anyascii(letter).lower() for letter in letters)
    heard = "".join(_signs(letters, table))
    heard = REPEATED.sub(r"\1", heard)
    for ending, sign in ENDINGS:
        heard = ending.sub(sign, heard)
    return heard[:LONGEST_SOUND]


def without_woman(heard: str) -> str:
    """The sounds of a father's or husband's name in that of a daughter or wife, as in Nováková, Nowakowa, Nowakówna;
    empty where there is no such ending."""
    stem = WITHOUT_WOMAN.sub("", heard)
    return stem if stem != heard else ""


def _signs(letters: str, table: Table) -> Iterator[str]:
    place = 0
    while place < len(letters):
        for plain, around, signs in table.get(letters[place], ()):
            if letters.startswith(plain, place) and (around is None or around.match(letters, place)):
                yield signs
                place += len(plain)
                break
        else:
            # A letter of another script among these, or of a language that has no table.
            yield NOT_LETTERS.sub("", anyascii(letters[place]).lower())
            place += 1


def _table_of(letters: str) -> Table:
    found = LETTERS.search(letters)
    if found is not None:
        for first, last, table in TABLES:
            if first <= found[0] <= last:
                return table
    return LATIN_TABLE
