"""Regular expressions made of one language's table of words and sentence patterns."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import product

from memory_road.facts.date_language.language import Meaning, Vocabulary
from memory_road.facts.date_language.languages import LANGUAGES
from memory_road.facts.date_language.spelling import fold_letters

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
FIGURES = frozenset({"day", "year", "mask", "decade", "tens", "years"})
BETWEEN_FIGURES = "[ ,./–-]+"
BETWEEN_PARTS = "[ ,./–-]*"
A_NAME = r"[^\W\d_]+"
"""Which name it is, a table of names decides: that is quicker than a pattern of all."""

QUALIFIERS = (Meaning.ABOUT, Meaning.PERHAPS)

# Written in figures alone, a date is the same in every language; only what may follow its year differs.
FIGURE_FORMS = (
    r"(?P<first>[0-9]{1,2}|[_?xх]{1,2})(?P<gap>[.,/ –-]) ?(?P<second>[0-9]{1,2}|[_?xх]{1,2})(?P=gap) ?{year}",
    r"(?P<iso_year>[0-9]{4})(?P<gap>[./–-])(?P<month_number>[0-9]{1,2})(?P=gap)(?P<iso_day>[0-9]{1,2})",
    r"(?P<iso_year>[0-9]{4})(?P<gap>[./–-])(?P<month_number>[0-9]{2})",
    r"{day}[./ –-]{1,2}(?P<roman>[ivхx]+)[./ –-]{1,2}{year}",
    r"(?P<roman>[ivхx]+)[./ –-]{1,2}{year}",
    r"(?P<lone_day>[0-9]{1,2})\.(?P<month_number>[0-9]{1,2})",
    r"(?P<month_number>[0-9]{1,2})[./–-]{year}",
    r"(?P<number>[0-9]{1,2}){day_endings}",
)
PLAIN_POINTS = ("{decade}", "{year}", "{mask}")
"""The decade goes first: its endings are some of a year's in Kazakh."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """A Vocabulary ready for matching, by ``fullmatch`` but for ``either``, ``opening`` and ``or_word``."""

    months: dict[str, int]
    seasons: dict[str, int]
    figures: tuple[re.Pattern[str], ...]
    points: tuple[re.Pattern[str], ...]
    winters: tuple[re.Pattern[str], ...]
    qualifiers: tuple[tuple[Meaning, re.Pattern[str]], ...]
    asides: tuple[tuple[Meaning, re.Pattern[str]], ...]
    sentences: tuple[tuple[Meaning, re.Pattern[str]], ...]
    opening: re.Pattern[str]
    either: re.Pattern[str]
    or_word: re.Pattern[str]
    unknown: re.Pattern[str]
    day_first: bool


@cache
def patterns_of(code: str) -> Patterns:
    """The patterns of the language ``code``, made when first asked for. Raises KeyError for a language without one."""
    vocabulary = LANGUAGES[code].vocabulary
    parts = _placeholders(vocabulary)
    sentences = [
        (meaning, re.compile(_expand(pattern, parts)))
        for meaning, patterns in vocabulary.patterns.items()
        for pattern in patterns
    ]
    return Patterns(
        months=_numbered(vocabulary.months, vocabulary.name_endings, first=1),
        seasons=_numbered(vocabulary.seasons, vocabulary.name_endings, first=21),
        figures=tuple(re.compile(PLACEHOLDER.sub(lambda found: parts[found[1]], form)) for form in FIGURE_FORMS),
        points=tuple(re.compile(_expand(pattern, parts)) for pattern in PLAIN_POINTS + vocabulary.points),
        winters=tuple(re.compile(_expand(pattern, parts)) for pattern in vocabulary.winters),
        qualifiers=tuple(entry for entry in sentences if entry[0] in QUALIFIERS),
        asides=tuple((meaning, re.compile(_words(words))) for meaning, words in vocabulary.asides.items()),
        sentences=tuple(entry for entry in sentences if entry[0] not in QUALIFIERS),
        opening=re.compile(f"(?:{_words('|'.join(vocabulary.openings))})[ ,]+"),
        either=re.compile(f"(?:{_words(vocabulary.either_words)})[ ,]+"),
        or_word=re.compile(f"[ ,]+(?:{_words(vocabulary.or_words)})[ ,]+"),
        unknown=re.compile("|".join(_words(words) for words in vocabulary.unknown)),
        day_first=vocabulary.day_first,
    )


def _numbered(names: tuple[str, ...], endings: tuple[str, ...], first: int) -> dict[str, int]:
    return {
        fold_letters(form + ending): number
        for number, forms in enumerate(names, first)
        for form, ending in product(forms.split(), endings)
    }


def _placeholders(vocabulary: Vocabulary) -> dict[str, str]:
    year_endings = _ending(vocabulary.year_endings)
    day_endings = _ending(vocabulary.day_endings)
    return {
        "day": f"(?P<day>[0-9]{{1,2}}){day_endings}",
        "day_endings": day_endings,
        "month": f"(?P<month>{A_NAME})",
        "season": f"(?P<season>{A_NAME})",
        "year": f"'?(?P<year>[0-9]{{4}}|[0-9]{{2}}){year_endings}",
        "mask": rf"(?P<mask>[0-9]{{3}}(?:-?[?xх*_]|-)|[0-9]{{2}}(?:\?\?|xx|хх|__|\*\*)){year_endings}",
        "decade": f"(?P<decade>[0-9]{{3}}0|[0-9]0){_words(vocabulary.decade_endings)}",
        "tens": "(?P<decade>[0-9]{3}0|[0-9]0)",
        "century": f"(?P<century>[0-9]{{1,2}}|[ivxх]+){_words(vocabulary.century_endings)}",
        "years": f"(?P<from_year>[0-9]{{4}}) ?[-–/] ?(?P<to_year>[0-9]{{4}}|[0-9]{{2}}){year_endings}",
    }


def _ending(pattern: str) -> str:
    """An ending ends a word: of "12мая" the day takes no "м"."""
    return rf"(?:{_words(pattern)}(?![^\W\d_])|)"


def _words(pattern: str) -> str:
    """A pattern of words alone as a regular expression without groups."""
    return fold_letters(pattern).replace("(", "(?:").replace(" ", "(?:[ ,]+)").replace("-", "[-–]")


def _expand(pattern: str, parts: dict[str, str]) -> str:
    pieces = PLACEHOLDER.split(pattern)
    expanded: list[str] = []
    dates = 0
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            before, after = pieces[index - 1 : index], pieces[index + 1 : index + 2]
            expanded.append(_between(before, after) if piece == " " else _words(piece))
        elif piece == "date":
            dates += 1
            expanded.append(f"(?P<date_{dates}>.+?)")
        else:
            expanded.append(parts[piece])
    return "".join(expanded)


def _between(before: list[str], after: list[str]) -> str:
    return BETWEEN_FIGURES if FIGURES.issuperset(before + after) else BETWEEN_PARTS
