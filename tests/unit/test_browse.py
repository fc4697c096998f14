"""Where a page of the gallery ends is said and read to the microsecond: a page loses nobody and shows nobody twice."""

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest

from memory_road.archive.browse import cursor, place_of

SOMEBODY = "8k2m4n6p1"


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (datetime(2026, 5, 9, 12, 30, 15, 123457, tzinfo=UTC), "today"),
        (datetime(2026, 5, 9, 12, 30, 15, tzinfo=UTC), "a whole second"),
        (datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), "before the epoch"),
        (datetime(2500, 5, 9, 12, 30, 15, 123457, tzinfo=UTC), "more microseconds than a float counts"),
        (datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC), "the last moment that there is"),
        (datetime(1, 1, 1, 0, 0, 0, 1, tzinfo=UTC), "the first"),
        (datetime(2026, 5, 9, 3, 0, 0, 1, tzinfo=timezone(timedelta(hours=5))), "said in another zone"),
    ],
)
def test_a_cursor_says_its_moment_exactly(moment: datetime, why: str) -> None:
    assert place_of(cursor(moment, SOMEBODY)) == (moment, SOMEBODY), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{10**18}.{SOMEBODY}", "after the last moment"),
        (f"{-(10**18)}.{SOMEBODY}", "before the first"),
        (f"{'9' * 60}.{SOMEBODY}", "more than any number of days"),
        (f"{'9' * 5000}.{SOMEBODY}", "more figures than are read"),
        (f"1.5.{SOMEBODY}", "no whole number"),
        (f"1e3.{SOMEBODY}", "no number of ours"),
        ("1.somebody else", "no identifier"),
        ("1", "nobody"),
    ],
)
def test_what_is_no_cursor_of_ours_is_the_first_page(text: str, why: str) -> None:
    assert place_of(base64.urlsafe_b64encode(text.encode()).decode()) is None, why
