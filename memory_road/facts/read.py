"""From what somebody typed to a facts document, or to the list of what to mend."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast
from urllib.parse import urlsplit

from babel import Locale

from memory_road.facts.check import problems_between
from memory_road.facts.date_refusal import DateNotUnderstood, DateRefusal
from memory_road.facts.date_words import LONGEST_TEXT, read_date
from memory_road.facts.document import Facts, FactValue, Typed
from memory_road.facts.fields import FIELDS, Field, Group, Kind
from memory_road.facts.point import PointRefusal, PointRefused
from memory_road.facts.point_words import read_point
from memory_road.facts.problem import Problem, ProblemCode
from memory_road.facts.uncertain_date import UncertainDate

# Control characters other than tab and line ends, the marks that reverse the order of reading, and spaces of no width
# have no place in a name or a story: they break the page or let one name pose as another. (The joiners U+200C, U+200D
# stay: some scripts are written with them.)
UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
LONGEST_DATE = LONGEST_TEXT
# CLDR lists these beside the countries of ISO 3166-1.
NOT_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
COUNTRIES: frozenset[str] = frozenset(
    code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code) and code not in NOT_COUNTRIES
)
DATE_PROBLEMS = {
    DateRefusal.EMPTY: ProblemCode.DATE_NOT_UNDERSTOOD,
    DateRefusal.NOT_UNDERSTOOD: ProblemCode.DATE_NOT_UNDERSTOOD,
    DateRefusal.IMPOSSIBLE_DAY: ProblemCode.DATE_IMPOSSIBLE,
    DateRefusal.AMBIGUOUS: ProblemCode.DATE_AMBIGUOUS,
    DateRefusal.SHORT_YEAR: ProblemCode.DATE_SHORT_YEAR,
    DateRefusal.NO_YEAR: ProblemCode.DATE_NO_YEAR,
    DateRefusal.YEAR_OUT_OF_RANGE: ProblemCode.DATE_YEAR_OUT_OF_RANGE,
    DateRefusal.REVERSED: ProblemCode.DATE_REVERSED,
}
POINT_PROBLEMS = {
    PointRefusal.NOT_UNDERSTOOD: ProblemCode.POINT_NOT_UNDERSTOOD,
    PointRefusal.OUT_OF_RANGE: ProblemCode.POINT_OUT_OF_RANGE,
    PointRefusal.NOWHERE: ProblemCode.POINT_NOWHERE,
    PointRefusal.NOT_IN_LINK: ProblemCode.POINT_NOT_IN_LINK,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood: the facts document (without what has problems), the problems in the form's order, and for
    every date the field's name with the date as understood."""

    facts: Facts
    problems: list[Problem]
    dates: dict[str, UncertainDate] = field(default_factory=dict[str, UncertainDate])


def clean(text: str) -> str:
    """``text`` in NFC, with one kind of line end, without spaces at the ends."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.strip()


def plain_name(text: str | None) -> str:
    """A name as somebody wishes to be called: on one line, without what cannot be read."""
    return " ".join(UNREADABLE.sub("", clean(text or "")).split())


def read_facts(typed: Typed, language: str, today: date) -> Reading:
    """Read everything that was typed in ``language``. Nothing raises: whatever cannot be understood is a problem, and
    ``typed`` itself is left as it was."""
    reading = Reading({}, [])
    for fact in FIELDS:
        value = _read_field(fact, typed.get(fact.name), language, reading)
        if value:
            reading.facts[fact.name] = value
    reading.problems.extend(dates_to_come(reading.dates, today))
    reading.problems.extend(problems_between(reading.facts))
    return reading


def dates_to_come(dates: Mapping[str, UncertainDate], today: date) -> Iterator[Problem]:
    """A problem for each date that lies wholly after ``today``."""
    for name, understood in dates.items():
        if understood.earliest is not None and understood.earliest > today:
            yield Problem(name, ProblemCode.DATE_IN_FUTURE)


def _read_field(fact: Field, value: object, language: str, reading: Reading) -> FactValue | None:
    if fact.kind is Kind.RECORDS:
        return _read_records(fact, value, language, reading)
    if fact.kind is Kind.TERMS:
        return _read_terms(fact, value, reading)
    text = clean(value) if isinstance(value, str) else ""
    wordless = fact.group is Group.NAME and fact.kind is Kind.TEXT and not any(letter.isalnum() for letter in text)
    if not text or wordless:
        if fact.required:
            code = ProblemCode.NONE_CHOSEN if fact.kind is Kind.TERM else ProblemCode.MISSING
            reading.problems.append(Problem(fact.name, code))
        return None
    return _read_text(fact, fact.name, text, language, reading)


def _read_text(fact: Field, name: str, text: str, language: str, reading: Reading) -> str | None:
    if fact.kind is Kind.DATE:
        return read_date_field(name, text, language, reading)
    if fact.kind is Kind.POINT:
        text = UNREADABLE.sub("", text)  # telephones put invisible marks around what is copied
    if fact.kind is Kind.FACTS:
        text = ",".join(dict.fromkeys(said for piece in text.split(",") if (said := " ".join(piece.split()))))
    problem = next(_text_problems(fact, name, text), None)
    if problem is not None:
        reading.problems.append(problem)
        return None
    if fact.kind is Kind.POINT:
        return _read_point(name, text, reading)
    return text if fact.kind is Kind.LONG_TEXT else " ".join(text.split())


def _read_point(name: str, text: str, reading: Reading) -> str | None:
    if not text.strip():
        return None
    try:
        return str(read_point(text))
    except PointRefused as refused:
        reading.problems.append(Problem(name, POINT_PROBLEMS[refused.code]))
        return None


def _text_problems(fact: Field, name: str, text: str) -> Iterator[Problem]:
    if UNREADABLE.search(text):
        yield Problem(name, ProblemCode.UNREADABLE_TEXT)
    if len(text) > fact.most:
        yield Problem(name, ProblemCode.TOO_LONG, {"most": fact.most, "length": len(text)})
    if fact.kind is Kind.TERM and (fact.terms is None or text not in set(fact.terms)):
        yield Problem(name, ProblemCode.NOT_IN_LIST)
    if fact.kind is Kind.COUNTRY and text not in COUNTRIES:
        yield Problem(name, ProblemCode.NOT_IN_LIST)
    if fact.kind is Kind.ADDRESS and not is_web_address(text):
        yield Problem(name, ProblemCode.ADDRESS_NOT_UNDERSTOOD)


def is_web_address(text: str) -> bool:
    """Whether ``text`` is an absolute http or https URL (RFC 3986) without a user part."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    named = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    return named and not re.search(r"\s", text)


def read_date_field(name: str, text: str, language: str, reading: Reading) -> str | None:
    """Read the date of field ``name`` into ``reading``: its EDTF string, or ``None`` and a problem. An empty text is
    no date and no problem."""
    if not text.strip():
        return None
    if len(text) > LONGEST_DATE:  # nobody writes a date so long, and none that is kept is said so
        reading.problems.append(Problem(name, ProblemCode.TOO_LONG, {"most": LONGEST_DATE, "length": len(text)}))
        return None
    try:
        understood = read_date(text, language)
    except DateNotUnderstood as refusal:
        reading.problems.append(Problem(name, DATE_PROBLEMS[refusal.code], refusal.values))
        return None
    reading.dates[name] = understood
    return understood.edtf


def _read_terms(fact: Field, value: object, reading: Reading) -> list[str] | None:
    listed = cast(list[object], value) if isinstance(value, list) else []
    chosen = {item for item in listed if isinstance(item, str)}
    known = [term.value for term in fact.terms or () if term.value in chosen]
    if len(known) < len(chosen):
        reading.problems.append(Problem(fact.name, ProblemCode.NOT_IN_LIST))
    elif fact.required and not known:
        reading.problems.append(Problem(fact.name, ProblemCode.NONE_CHOSEN))
    return known or None


def _read_records(fact: Field, value: object, language: str, reading: Reading) -> list[dict[str, str]] | None:
    listed = cast(list[object], value) if isinstance(value, list) else []
    rows = [cast(dict[str, object], row) for row in listed if isinstance(row, dict)]
    if len(rows) > fact.most:
        reading.problems.append(Problem(fact.name, ProblemCode.TOO_MANY, {"most": fact.most}))
        rows = rows[: fact.most]
    records: list[dict[str, str]] = []
    for number, row in enumerate(rows):
        record: dict[str, str] = {}
        for part in fact.parts:
            typed = row.get(part.name)
            text = clean(typed) if isinstance(typed, str) else ""
            understood = (
                _read_text(part, f"{fact.name}-{number}-{part.name}", text, language, reading) if text else None
            )
            if understood:
                record[part.name] = understood
        if record:
            records.append(record)
    return records or None
