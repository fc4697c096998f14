"""Two other implementations of EDTF, the package edtf and the tests of edtf.js, agree with ours where they apply."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import edtf
import pytest
from hypothesis import assume, given, settings

from memory_road.facts.date_point import DatePoint
from memory_road.facts.uncertain_date import DateNotUnderstood, UncertainDate, parse_edtf
from tests.unit.uncertain_dates import uncertain_dates

EDTF_JS_TESTS = Path(__file__).parents[2] / "../shared/data/formats/edtf/edtf_js_parser_test.js"

# The edtf package reads the same standard, but these it reads otherwise or not at all.
ORACLE_DIFFERS = {
    "XXXX": "it gives what is unknown the bounds of years 0 to 9999",
    r".*-24.*": "its winter is December alone, which leaves out the January that families mean",
    r".*-2[1-4][~?%].*": "it knows no season with a doubt (in edtf.js that is a level of its own)",
    r"\[.*-2[1-4].*": "it knows no season in a set",
    r".*X.*/.*|.*/.*X.*": "a decade in an interval is beyond level 1, and it knows only some such intervals",
}


@settings(max_examples=50, deadline=None)
@given(uncertain_dates())
def test_the_days_agree_with_the_edtf_package(made: UncertainDate) -> None:
    assume(not any(re.fullmatch(pattern, made.edtf) for pattern in ORACLE_DIFFERS))
    theirs: Any = edtf.parse_edtf(made.edtf)
    assert _day(theirs.lower_strict()) == made.earliest
    assert _day(theirs.upper_strict()) == made.latest


def test_the_edtf_package_takes_a_day_that_was_not_there_and_we_do_not() -> None:
    assert edtf.parse_edtf("1900-02-29")
    with pytest.raises(DateNotUnderstood):
        parse_edtf("1900-02-29")


def _day(theirs: Any) -> date | None:
    return None if isinstance(theirs, float) else date(*theirs[:3])


# The tests of edtf.js are its authors' reading of the standard, level by level.
OUTSIDE_OUR_SUBSET = {
    r".*T.*": "a time of day",
    r"-.*|Y.*": "a year before Christ or of more than four digits",
    r"0\d{3}|9999": "a year before 1000 or after 2099",
    r"\d\d": "a century as two digits, which on paper is a short year",
    r"/.*": "an end that is unknown as against open; ours are open",
    r"\.\./\.\.": "open at both ends, which says nothing",
}
DIFFERENT_ON_PURPOSE = {
    "2018/2018-23": "seasons stand at either end of an interval here, since families say so",
    "2018-01?/2018-23": "the same",
    "2012-21/2012-22": "the same; edtf.js takes it at its own level 3",
}


@dataclass(frozen=True)
class Case:
    level: int
    text: str
    is_rejected: bool
    produced: dict[str, tuple[int, ...]]


def _edtf_js_cases() -> Iterator[Case]:
    source = EDTF_JS_TESTS.read_text(encoding="utf-8")
    levels = re.split(r"describe\('Level (\d)", source.split("describe('constrain'")[0])
    for level, tests in zip(levels[1::2], levels[2::2], strict=True):
        for statement in tests.split("expect(")[1:]:
            found = re.match(r"(?:\(\) => )?p\('([^']*)'", statement)
            if found:
                produced = re.findall(r"\.(produce|from|through)\(\[([\d, ]+)\]\)", statement)
                numbers = {name: tuple(int(number) for number in values.split(",")) for name, values in produced}
                yield Case(int(level), found[1], "to.be.rejected" in statement, numbers)


def _is_outside(text: str) -> bool:
    return any(re.fullmatch(pattern, text) for pattern in OUTSIDE_OUR_SUBSET)


needs_shared_data = pytest.mark.skipif(not EDTF_JS_TESTS.exists(), reason="needs ../shared/data beside the checkout")


def _begins(point: DatePoint | None, theirs: tuple[int, ...]) -> bool:
    """Whether a point is theirs: year, month counted from 0 (but a season by its number), day."""
    assert point is not None
    months = [month if month > 20 else month + 1 for month in theirs[1:2]]
    ours = (point.year, point.month, point.day)
    return ours == (*theirs[:1], *months, *theirs[2:], 0, 0)[:3]


@needs_shared_data
def test_what_edtf_js_reads_at_levels_0_and_1_we_read_alike() -> None:
    cases = [case for case in _edtf_js_cases() if case.level < 2 and not case.is_rejected]
    ours = [case for case in cases if not _is_outside(case.text)]
    assert len(ours) >= 40
    for case in ours:
        understood = parse_edtf(case.text)
        for name, theirs in case.produced.items():
            if "X" not in case.text and theirs != (0,):
                point = understood.points[-1 if name == "through" else 0]
                assert _begins(point, theirs), case


@needs_shared_data
def test_what_edtf_js_rejects_we_refuse() -> None:
    cases = [case for case in _edtf_js_cases() if case.is_rejected and case.text not in DIFFERENT_ON_PURPOSE]
    assert len(cases) >= 40
    for case in cases:
        with pytest.raises(DateNotUnderstood):
            parse_edtf(case.text)


@needs_shared_data
def test_of_what_edtf_js_reads_beyond_level_1_we_take_one_of_and_refuse_the_rest() -> None:
    taken = {"[1667, 1672-12]", "2004-06-XX/2004-07-03", "2018-21/2018-23"}
    beyond = {case.text for case in _edtf_js_cases() if case.level >= 2 and not case.is_rejected}
    assert taken < beyond
    for text in taken:
        assert parse_edtf(text).is_known
    for text in beyond - taken:
        with pytest.raises(DateNotUnderstood):
            parse_edtf(text)


@needs_shared_data
def test_every_reason_for_leaving_a_test_of_edtf_js_out_still_meets_one() -> None:
    texts = [case.text for case in _edtf_js_cases()]
    for pattern, reason in OUTSIDE_OUR_SUBSET.items():
        assert any(re.fullmatch(pattern, text) for text in texts), reason
    for text in DIFFERENT_ON_PURPOSE.keys() & set(texts):
        assert parse_edtf(text).is_known
