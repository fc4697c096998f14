"""Uncertain dates of every shape, drawn by hypothesis."""

from calendar import monthrange

from hypothesis import assume
from hypothesis import strategies as draws

from memory_road.facts.date_point import FIRST_YEAR, LAST_YEAR, DatePoint
from memory_road.facts.date_refusal import DateNotUnderstood
from memory_road.facts.uncertain_date import UNKNOWN, UncertainDate, interval, one_of, single

LIKELY_YEARS = draws.integers(1935, 1946)
"""Most dates are drawn from few years, so that dates of one sentence often share a year or a month."""


@draws.composite
def date_points(draw: draws.DrawFn) -> DatePoint:
    year = draw(LIKELY_YEARS | draws.integers(FIRST_YEAR, LAST_YEAR))
    years = draw(draws.sampled_from([1, 1, 1, 1, 10, 100]))
    month = draw(draws.sampled_from([0, 1, 2, 5, 6, 12, 21, 22, 23, 24])) if years == 1 else 0
    day = draw(draws.integers(0, monthrange(year, month)[1])) if 1 <= month <= 12 else 0
    doubts = draw(draws.sampled_from([(False, False), (False, False), (True, False), (False, True), (True, True)]))
    return DatePoint(year - year % years, month, day, years, *doubts)


@draws.composite
def _intervals(draw: draws.DrawFn) -> UncertainDate:
    start, end = draw(draws.none() | date_points()), draw(draws.none() | date_points())
    try:
        return interval(start, end)
    except DateNotUnderstood:
        assume(condition=False)
        raise


def _days(point: DatePoint) -> tuple[int, ...]:
    return point.year, point.month, point.day, point.years


def uncertain_dates() -> draws.SearchStrategy[UncertainDate]:
    alternatives = draws.lists(date_points(), min_size=2, max_size=4, unique_by=_days)
    return (
        draws.just(UNKNOWN)
        | date_points().map(single)
        | _intervals()
        | alternatives.map(lambda points: one_of(*points))
    )
