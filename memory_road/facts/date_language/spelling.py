"""Evens out how a date was typed, so that patterns need to know one spelling of everything."""

import re
import unicodedata

STRESS_MARK = "\u0301"
HYPHENS = "\u2010\u2011"
DASHES = "\u2012\u2014\u2015\u2212"
DASH = "–"
QUOTES = '«»„“”"'
APOSTROPHES = "’‘ʼ`´"
ARMENIAN_STOPS = "։․"

LETTERS = str.maketrans("ёіўәғқҳҷңөұүһӣӯ", "еиуагкхчноуухиу", STRESS_MARK)
"""An old telephone has no keys for letters that Russian lacks: «кыркуйек» and «қыркүйек» are read alike."""
MARKS = str.maketrans(
    dict.fromkeys(HYPHENS, "-")
    | dict.fromkeys(DASHES, DASH)
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(ARMENIAN_STOPS, ".")
    | dict.fromkeys(QUOTES, " ")
    | {"≈": "~", "№": " "}
)

SPACED_STOP = re.compile(r"(?<=[0-9])\. +(?=[0-9])")
IDLE_STOP = re.compile(r"\.(?![0-9?_xх])|(?<![0-9?_xх])\.")
DOUBTED = re.compile(r" *\( *\?+ *\)")
INSIDE_BRACKETS = re.compile(r"(?<=\() +| +(?=\))")
SPACES = re.compile(r" +")


def fold_letters(text: str) -> str:
    """``text`` without regard to case, ё/е, қ/к and the like, stress marks and how a letter is composed."""
    return unicodedata.normalize("NFKC", text).casefold().translate(LETTERS)


def even_out(text: str) -> str:
    """``text`` in lower case with single plain spaces, ``-`` for hyphens and ``–`` for dashes.

    Full stops stay between figures only ("12.05.1942"); those of abbreviations and at the end are gone.
    """
    shown = "".join(" " if letter.isspace() else letter for letter in text if unicodedata.category(letter) != "Cf")
    marked = fold_letters(shown).translate(MARKS).replace("--", DASH)
    marked = IDLE_STOP.sub(" ", SPACED_STOP.sub(".", SPACES.sub(" ", marked)))
    marked = DOUBTED.sub("(?)", marked)
    return INSIDE_BRACKETS.sub("", SPACES.sub(" ", marked)).strip(" ,;")
