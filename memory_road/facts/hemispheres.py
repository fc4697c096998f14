"""How people of our languages write north, south, east and west beside the degrees of a place."""

import re
import unicodedata
from collections.abc import Iterator

LATITUDE, LONGITUDE = "φ", "λ"

_NAMES = (
    # latitude, north, south; longitude, east, west: abbreviations, and stems with whatever ending
    ("lat|latitude", "n|north*", "s|south*", "lon|lng|long|longitude", "e|east*", "w|west*"),
    ("ш|шир|широт*", "с|сев|северн*", "ю|юж|южн*", "д|долг|долгот*", "в|вост|восточн*", "з|зап|западн*"),
    ("ш|шыр|шырат*", "пн|паўночн*", "пд|паўднёв*", "д|даўг|даўгат*", "у|усх|усходн*", "з|зах|заходн*"),
    ("ш|шир|широт*", "пн|північн*", "пд|південн*", "д|довг|довгот*", "сх|східн*", "зх|західн*"),
    ("е|ендік*", "с|солт|солтүстік*", "о|оңт|оңтүстік*", "б|бойлық*", "ш|шығ|шығыс*", "б|бат|батыс*"),
    # “т. к.” is both north and south in Kyrgyz, and so is not understood.
    ("к|кең|кеңдик*", "түн|түндүк*", "түш|түштүк*", "у|узун|узундук*", "ч|чыг|чыгыш*", "б|бат|батыш*"),
    ("լ|լայն|լայնությ*", "հս|հյուսիս*", "հվ|հրվ|հարավ*", "ե|երկ|երկայնությ*", "ավ|արլ|արևել*", "ամ|արմ|արևմտ*"),
    ("გ|განედ*", "ჩ|ჩრდ|ჩრდილო*", "ს|სამხრეთ*", "გ|გრძედ*", "ა|აღმ|აღმოსავლეთ*", "დ|დას|დასავლეთ*"),
)
_TAJIK = ("а|арз*", "ш|шим|шимол*", "ҷ|ҷан|ҷануб*", "т|тӯл*", "ш|шарқ*", "ғ|ғарб*")
"""The same, with the axis before its hemisphere: “арзи шимолӣ”."""
_CLEAR = frozenset("n s e w с ю в з у ч ҷ ғ ჩ ს ა დ".split())
"""The single letters that mean the same to whoever writes them without an axis."""
_LONG = 3
"""So many letters of an axis are understood without a hemisphere: “lat 55.75”."""


def plain(text: str) -> str:
    """``text`` in lower case, every letter and space in its most common form (NFKC)."""
    return unicodedata.normalize("NFKC", text).lower()


def marked(text: str) -> str:
    """``text``, which is plain, with a capital N, S, E or W for each hemisphere that it names, and ``LATITUDE`` or
    ``LONGITUDE`` for an axis without one."""
    for sign, pattern in _PATTERNS:
        text = pattern.sub(f" {sign} ", text)
    return text


def _either(words: list[str]) -> str:
    return "|".join(sorted((plain(word).replace("*", r"[^\W\d_]*") for word in words), key=len, reverse=True))


def _two(first: str, second: str) -> str:
    return rf"(?:{_either(first.split('|'))})\.?\s*(?:{_either(second.split('|'))})"


def _one(words: list[str]) -> str:
    return rf"(?:{_either(words)})"


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Both words first, then a hemisphere alone, then an axis alone."""
    rows = (*_NAMES, _TAJIK)
    for sign, axis, place in (("N", 0, 1), ("S", 0, 2), ("E", 3, 4), ("W", 3, 5)):
        both = [_two(row[place], row[axis]) for row in _NAMES]
        yield sign, _between("|".join([*both, _two(_TAJIK[axis], _TAJIK[place])]))
    for sign, place in (("N", 1), ("S", 2), ("E", 4), ("W", 5)):
        words = [word for row in rows for word in row[place].split("|")]
        yield sign, _between(_one([word for word in words if len(word) > 1 or word in _CLEAR]))
    for sign, place in ((LATITUDE, 0), (LONGITUDE, 3)):
        words = [word for row in rows for word in row[place].split("|")]
        yield sign, _between(_one([word for word in words if len(word) >= _LONG]))


def _between(words: str) -> re.Pattern[str]:
    """``words`` where no letter stands before or behind, and the dot of an abbreviation."""
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])\.?")


_PATTERNS = tuple(_patterns())
