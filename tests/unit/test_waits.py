"""How long most of what was sent waited until somebody looked at it: measured, and not said of too few."""

from datetime import timedelta

import pytest

from memory_road.contributions.waits import FEWEST, days_for_most

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("waits", "days", "why"),
    [
        ([HOUR] * (FEWEST - 1), None, "too few to say anything"),
        ([HOUR] * FEWEST, 1, "less than a day is a day"),
        ([DAY] * FEWEST, 1, "a whole day is a day"),
        ([DAY + HOUR] * FEWEST, 2, "a little more is two"),
        ([HOUR] * 16 + [30 * DAY] * 4, 1, "four of five: the longest ones do not count"),
        ([HOUR] * 15 + [30 * DAY] * 5, 30, "three of four are not most"),
    ],
)
def test_most_of_them(waits: list[timedelta], days: int | None, why: str) -> None:
    assert days_for_most(waits) == days, why
