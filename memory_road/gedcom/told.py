"""Dates of a GEDCOM file (the standards' DATE_VALUE), as EDTF."""

import re
from dataclasses import dataclass, replace
from datetime import date

from ged4py.calendar import CalendarDate, CalendarType, GregorianDate
from ged4py.date import DateValue, DateValueTypes

from memory_road.facts.date_language.languages import LANGUAGES
from memory_road.facts.date_point import DatePoint
from memory_road.facts.date_words import read_date
from memory_road.facts.uncertain_date import DateNotUnderstood, UncertainDate, interval, one_of, single

LONGEST = 100
FIRST_ORDINAL = 1_721_424.5
"""The Julian day on which day 0 of Python's count begins."""
LADY_DAY = (3, 25)
"""Until 1752 the English year began with this day; years before it in the year are written double, "1712/13"."""
JULIAN_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
OF_VERSION_7 = re.compile(r"\b(GREGORIAN|JULIAN|HEBREW) (?=[0-9A-Z])")
GREGORIAN = re.compile(r"@#DGREGORIAN@ *", re.IGNORECASE)
ESCAPE = re.compile(r"@#D(\w+)@ *", re.IGNORECASE)
SECOND_DATE = re.compile(r"[0-9] (?:AND|TO) ", re.IGNORECASE)
BETWEEN = frozenset({DateValueTypes.RANGE, DateValueTypes.PERIOD})
NOT_BEFORE = frozenset({DateValueTypes.AFTER, DateValueTypes.FROM})
NOT_AFTER = frozenset({DateValueTypes.BEFORE, DateValueTypes.TO})
ABOUT = frozenset({DateValueTypes.ABOUT, DateValueTypes.CALCULATED, DateValueTypes.ESTIMATED})


@dataclass(frozen=True, slots=True)
class Told:
    """``edtf`` is empty where the date was not understood. ``words`` is what the file says beyond it: all of what was
    not understood, the phrase that a date was interpreted from, or the date as it stands in the ``julian`` calendar."""

    edtf: str = ""
    words: str = ""
    julian: bool = False


NOTHING = Told()


def read_told(value: str, phrase: str = "") -> Told:
    """The date ``value`` of GEDCOM 5.5.1 or 7.0, and in the latter its PHRASE. Nothing raises."""
    value, phrase = " ".join(value.split()), " ".join(phrase.split())
    if len(value) > LONGEST:
        return Told(words=value)
    understood = _read(value)
    if understood is None:
        return _in_words(phrase or value)
    if (calendars := value.upper().count("JULIAN")) and not phrase:
        is_all = calendars > len(SECOND_DATE.findall(value))
        return Told(understood.edtf, _plain(value) if is_all else value, is_all)
    inside = re.fullmatch(r"INT [^(]*\((.*)\)", value, re.IGNORECASE)
    return Told(understood.edtf, phrase or (inside[1] if inside else ""))


def _plain(value: str) -> str:
    return " ".join(re.sub("JULIAN", "", ESCAPE.sub("", value), flags=re.IGNORECASE).split())


def _in_words(words: str) -> Told:
    """What the standard does not know, as many programs write it: "12.05.1915", "ок. 1915". It counts if it means the
    same to the readers of all our languages."""
    words = words.removeprefix("(").removesuffix(")").strip() if words.startswith("(") else words
    understood: set[str] = set()
    for language in LANGUAGES:
        try:
            understood.add(read_date(words[:LONGEST], language).edtf)
        except DateNotUnderstood:
            return Told(words=words)
    return Told(understood.pop()) if len(understood) == 1 else Told(words=words)


def _read(value: str) -> UncertainDate | None:
    text = GREGORIAN.sub("", value)
    if "@" not in text:
        text = OF_VERSION_7.sub(r"@#D\1@ ", text.replace("GREGORIAN ", "")).replace(" BCE", " B.C.")
    try:
        return _meant(DateValue.parse(text))
    except (DateNotUnderstood, ValueError, OverflowError):
        return None


def _meant(told: DateValue) -> UncertainDate | None:
    if told.kind is DateValueTypes.PHRASE:
        return None
    first, last = (_points(end) for end in told.key())
    if told.kind in BETWEEN:
        return interval(first[0], last[-1]) if first[0] != last[-1] else single(first[0])
    if told.kind in NOT_BEFORE:
        return interval(first[0], None)
    if told.kind in NOT_AFTER:
        return interval(None, last[-1])
    points = [replace(point, about=told.kind in ABOUT) for point in first]
    return one_of(*points) if len(points) > 1 else single(points[0])


def _points(told: CalendarDate) -> list[DatePoint]:
    """What one date can mean in our calendar, earliest first. Raises ``DateNotUnderstood`` or ``ValueError``."""
    if told.bc or (told.month and told.month_num is None):
        raise ValueError("not in the years or months that we count")
    month, day = told.month_num or 0, told.day or 0
    if isinstance(told, GregorianDate):
        return [DatePoint(year, month, day) for year in _years(told, month, day)]
    if told.calendar is CalendarType.JULIAN:
        return [_from_julian(told, month, day)]
    # The library takes Tishri, the first month of the Hebrew year, for Nisan: its conversion is not to be trusted.
    raise ValueError("a calendar that is not converted")


def _years(told: GregorianDate, month: int, day: int) -> list[int]:
    """Of a double year the second is today's, if the day lies in the months that both claim; otherwise nobody knows."""
    if told.dual_year is None:
        return [told.year]
    if month and (month, day or 1) < LADY_DAY:
        return [told.dual_year]
    return sorted({told.year, told.dual_year})


def _from_julian(told: CalendarDate, month: int, day: int) -> DatePoint:
    """A whole day has one answer. A month or a year of the old calendar is called by the same name: it is what all
    papers of the time call it, and twelve or thirteen days of it lie in the next."""
    if not day:
        return DatePoint(told.year, month)
    is_leap = told.year % 4 == 0
    if day > JULIAN_MONTHS[month - 1] or ((month, day) == (2, 29) and not is_leap):
        raise ValueError("no such day")
    converted = date.fromordinal(int(told.key()[0] - FIRST_ORDINAL))
    return DatePoint(converted.year, converted.month, converted.day)
