"""What can be looked at before a set date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from memory_road.config import Settings, SettingWrong
from memory_road.contributions.pace import MEASURED, Outlook, a_day, in_time, next_of
from memory_road.contributions.waits import COUNTED_AHEAD

NOW = datetime(2026, 4, 9, 12, tzinfo=UTC)
DAY = date(2026, 5, 9)


def looks(number: int, days: float) -> list[datetime]:
    """So many, evenly over the last days."""
    return [NOW - timedelta(days=days * (each + 0.5) / number) for each in range(number)]


@pytest.mark.parametrize(
    ("today", "expected", "why"),
    [
        (date(2026, 4, 9), date(2026, 5, 9), "this year's"),
        (date(2026, 5, 9), date(2026, 5, 9), "today"),
        (date(2026, 5, 10), date(2027, 5, 9), "the next year's"),
    ],
)
def test_the_next_set_date(today: date, expected: date, why: str) -> None:
    assert next_of("05-09", today) == expected, why


@pytest.mark.parametrize(
    ("moments", "expected", "why"),
    [
        ([], None, "nothing was decided"),
        (looks(19, 5), None, "too little to say anything"),
        (looks(140, 14), 10.0, "ten a day for two weeks"),
        (looks(140, 14) + looks(9, 9000), 10.0, "what lies farther back is left out"),
        (looks(28, 1), 2.0, "all on one day, after two weeks of nothing"),
        (looks(MEASURED, 2), MEASURED / 2, "more than is counted: as far back as that reaches"),
    ],
)
def test_the_pace_is_measured(moments: list[datetime], expected: float | None, why: str) -> None:
    found = a_day(moments, NOW)
    assert (found is None) == (expected is None), why
    assert found is None or found == pytest.approx(expected, rel=0.02), why


@pytest.mark.parametrize(
    ("ahead", "can_decide", "expected", "why"),
    [
        (0, 1, True, "the next one"),
        (9, 10, True, "the last that fits"),
        (10, 10, False, "the first that does not"),
        (0, 0, False, "the day is today"),
        (5, None, None, "nothing is known of the pace"),
        (COUNTED_AHEAD, 900, False, "more wait than can be decided"),
        (COUNTED_AHEAD, 5000, None, "nobody has counted how many more wait"),
    ],
)
def test_whether_a_case_is_looked_at_in_time(
    ahead: int, can_decide: int | None, expected: bool | None, why: str
) -> None:
    assert in_time(ahead, Outlook(DAY, 30, can_decide)) is expected, why


@pytest.mark.parametrize("wrong", ["9 May", "5-9", "05-32", "02-29", "13-01", "05/09"])
def test_a_set_date_that_is_none_stops_the_start(wrong: str) -> None:
    with pytest.raises(SettingWrong, match="SET_DATE"):
        Settings.from_environ({"MEMORY_ROAD_SECRET_KEY": "x" * 40, "MEMORY_ROAD_SET_DATE": wrong})


def test_a_set_date_is_a_month_and_a_day() -> None:
    environ = {"MEMORY_ROAD_SECRET_KEY": "x" * 40}
    assert Settings.from_environ({**environ, "MEMORY_ROAD_SET_DATE": "05-09"}).set_date == "05-09"
    assert Settings.from_environ(environ).set_date == ""
