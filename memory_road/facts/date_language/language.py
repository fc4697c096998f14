"""What has to be known of a language to read and say dates in it. A further language fills these and adds no code."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What a sentence pattern says about the date or dates in it."""

    ABOUT = "about"
    PERHAPS = "perhaps"
    BETWEEN = "between"
    """Two dates: some time from the first to the second, both included."""
    NOT_BEFORE = "not_before"
    """Also "after": whether "after 1942" leaves out 1942 is not said, so nothing is left out."""
    NOT_AFTER = "not_after"
    """Also "before", which is as open."""
    BEGINNING = "beginning"
    MIDDLE = "middle"
    END = "end"
    """The thirds of a year (January to April) or of a month (its first ten days)."""
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What is read.

    Patterns are words of lower case with placeholders. A space stands for spaces and commas, ``(a|b)`` for either,
    ``(a )?`` for an optional word, a hyphen for every dash. Endings are such patterns too, glued behind a number. Full
    stops are left out everywhere: they are gone before a pattern is tried.
    """

    months: tuple[str, ...]
    """Twelve strings: every form of the month, abbreviations included, separated by spaces."""
    seasons: tuple[str, ...]
    """Spring, summer, autumn, winter, likewise."""
    name_endings: tuple[str, ...] = ("",)
    """Suffixes that any of these forms may carry, for languages that glue them."""
    day_endings: str
    year_endings: str
    decade_endings: str
    century_endings: str
    points: tuple[str, ...]
    """Patterns of one date, the common ones first, of ``{day} {month} {season} {year} {decade} {century}``, and
    ``{tens}``, a decade without its ending. One without a year is part of a pair. A lone ``{year}`` or ``{decade}``
    goes without saying."""
    winters: tuple[str, ...]
    """Patterns of ``{season}`` and ``{years}``, which is "1941/42"."""
    openings: tuple[str, ...]
    """Words before a date that add nothing, as "in"."""
    patterns: Mapping[Meaning, tuple[str, ...]]
    """Sentences around ``{date}``; those of BETWEEN hold it twice."""
    asides: Mapping[Meaning, str]
    """Patterns of ABOUT and PERHAPS in brackets behind one date of several."""
    or_words: str
    """A pattern of what stands between alternatives, as "or"."""
    either_words: str
    """The same for what may stand before the first of them, as "either"."""
    unknown: tuple[str, ...]
    """Patterns of whole answers that mean "not known"."""
    day_first: bool
    """Whether 03/04/1942 is plainly 3 April to its readers. With full stops it always is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How each kind of point is said where a sentence asks for this grammatical case.

    Templates hold ``{day}``, ``{month}``, ``{season}``, ``{year}``, ``{century}`` or a decade's ``{ending}``;
    ``day_months`` are the names that stand beside a day. Numbers are in figures. Of several templates the first is
    whole; the second leaves out the year, the third also the month, where a neighbouring date of the sentence says
    them.
    """

    day: tuple[str, str, str]
    month: tuple[str, str]
    season: tuple[str, str]
    year: str
    decade: str
    century: str
    day_months: tuple[str, ...]
    months: tuple[str, ...]
    seasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What is said. ``{0}`` and ``{1}`` are dates, ``{0:genitive}`` a date in the case of that name.

    Everything said is read back by the same language's Vocabulary to an equal date.
    """

    cases: Mapping[str, Case]
    """The first is the one that ``{0}`` means."""
    year_first: bool
    """Whether of several dates in one year the first says the year; otherwise the last does."""
    first_day: str = ""
    """The template of the first of several days of one month, where it says the year and the last the month: "1942
    жылғы 12" of "1942 жылғы 12 немесе 13 мамыр" in Kazakh. Empty where one of them says both."""
    months_alone: tuple[str, ...] = ()
    """The names of months beside a day without a year, where they are not those of the first case."""
    centuries: tuple[str, ...]
    """The names of the 11th to the 21st century, as ``{century}`` of a Case takes them."""
    decade_endings: tuple[str, ...] = ("",) * 10
    """What ``{ending}`` of a Case's decade is from the 00s to the 90s, where ordinals end differently."""
    unknown: str
    about: str
    perhaps: str
    perhaps_about: str
    about_all: str
    """As ``about``, for a sentence of several dates."""
    perhaps_all: str
    perhaps_about_all: str
    about_aside: str
    """The word in brackets behind the one of several dates that is only about right."""
    perhaps_aside: str
    between: str
    not_before: str
    not_after: str
    winter: str
    """The winter of two years; ``{year}`` and ``{next}``, two digits of the following year."""
    one_of: str
    comma: str
    """What stands between alternatives but the last two."""
    card_about: str
    """On a card a year stands for the date: ``{0}``."""
    card_born: str
    card_died: str
    card_dash: str
    """Between two years of which one is more than figures."""


@dataclass(frozen=True, slots=True)
class DateLanguage:
    code: str
    vocabulary: Vocabulary
    speech: Speech
    also: tuple[str, ...] = ()
    """Codes of the languages that its readers type as well, as many do Russian: what this one does not understand is
    read in them, one after the other, before all others are tried."""
