"""Evens out how a date was typed, so that patterns need to know one spelling of everything."""

import re
import unicodedata

STRESS_MARK = "\u0301"
HYPHENS = "\u2010\u2011\u058a"
DASHES = "\u2012\u2014\u2015\u2212"
DASH = "–"
QUOTES = '«»„“”"'
APOSTROPHES = "’‘ʼ`´"
STOPS = "։․:"
"""An Armenian full stop, and what is typed for one."""
ARMENIAN_TONES = "՛՜՟"
"""They stand inside a word and only say how it sounds."""

LETTERS = str.maketrans("ёіўәғқҳҷңөұүһӣӯէօ", "еиуагкхчноуухиуեո", STRESS_MARK + ARMENIAN_TONES)
"""An old telephone has no keys for letters that Russian lacks: «кыркуйек» and «қыркүйек» are read alike. Armenian has
been spelt by three rules within one lifetime: «մոտ» and «մօտ»."""
MARKS = str.maketrans(
    dict.fromkeys(HYPHENS, "-")
    | dict.fromkeys(DASHES, DASH)
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(STOPS, ".")
    | dict.fromkeys(QUOTES, " ")
    | {"≈": "~", "№": " ", "՝": ","}
)

ARMENIAN_QUESTION = re.compile(r"(\w*)՞(\w*)")
TYPED_TONE = re.compile("(?<=[ա-ֆ])['’`](?=[ա-ֆ])")
TYPED_PAUSE = re.compile("(?<=[ա-ֆ])['’`]")
"""Keyboards without ՛ and ՝ have an apostrophe; after an Armenian letter it is nothing else."""

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
    folded = TYPED_PAUSE.sub(",", TYPED_TONE.sub("", ARMENIAN_QUESTION.sub(r"\1\2?", fold_letters(shown))))
    marked = folded.translate(MARKS).replace("--", DASH)
    marked = IDLE_STOP.sub(" ", SPACED_STOP.sub(".", SPACES.sub(" ", marked)))
    marked = DOUBTED.sub("(?)", marked)
    return INSIDE_BRACKETS.sub("", SPACES.sub(" ", marked)).strip(" ,;")
