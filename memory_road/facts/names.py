"""Names: how they are shown, and how they are folded for search."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

from anyascii import anyascii

from memory_road.facts.document import FactValue, text_of

NAME_FIELDS = ("surname", "given_name", "patronymic", "former_surname")
APOSTROPHES = re.compile("['’ʼ`´ʹʺ\"]")
LONGEST_SLUG = 80
WORDS_AT_HAND = 1 << 17
"""So many words are remembered folded: names repeat."""
NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def given_names(facts: Mapping[str, FactValue]) -> str:
    """Given name and patronymic, in the order in which they are read."""
    return " ".join(part for part in (text_of(facts, "given_name"), text_of(facts, "patronymic")) if part)


def full_name(facts: Mapping[str, FactValue]) -> str:
    """Surname first, as lists and documents of the time have it."""
    return " ".join(part for part in (text_of(facts, "surname"), given_names(facts)) if part)


def initials(facts: Mapping[str, FactValue]) -> str:
    """Two letters for the place of a portrait that does not survive."""
    return "".join(part[0].upper() for part in (text_of(facts, "given_name"), text_of(facts, "surname")) if part)


def in_latin(text: str) -> str:
    """``text`` in Latin letters (AnyAscii's table), as it is shown beside a name in another script."""
    return " ".join(filter(None, map(_latin, text.split())))


@lru_cache(WORDS_AT_HAND)
def _latin(written: str) -> str:
    words = APOSTROPHES.sub("", anyascii(written)).split()
    return " ".join(word[:1].upper() + word[1:] for word in words)


def fold(text: str) -> list[str]:
    """The words of ``text`` as search keys: ASCII, lower case; ё is е, and hyphens, apostrophes and diacritics do
    not count. ``fold("Семёнова-Тян")`` is ``["semenova", "tyan"]``."""
    return list(chain.from_iterable(map(_folded, text.split())))


@lru_cache(WORDS_AT_HAND)
def _folded(written: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFC", written.lower().replace("ё", "е"))
    return tuple(NOT_LETTERS.sub(" ", APOSTROPHES.sub("", anyascii(plain).lower())).split())


def slug(facts: Mapping[str, FactValue]) -> str:
    """The readable last part of an entry's address."""
    return "-".join(fold(full_name(facts)))[:LONGEST_SLUG].strip("-") or "-"
