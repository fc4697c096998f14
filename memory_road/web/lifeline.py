"""A life on one axis of years: birth, service as a band, awards, death."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask_babel import gettext

from memory_road.facts.check import date_of
from memory_road.facts.document import Facts, records_of
from memory_road.facts.uncertain_date import UncertainDate, parse_edtf

WIDTH = 640
MARGIN = 24
LABEL_WIDTH = 92
"""Room that a label takes, in units of the drawing: nearer ones go to another row."""


@dataclass(frozen=True, slots=True)
class Event:
    """A point of the line at ``x``. Its label stands in ``row`` 0 (below) or 1 (above); ``None``: there is no room for
    it in the drawing, and only the list has it."""

    year: int
    wording: str
    x: int
    row: int | None
    anchor: str


@dataclass(frozen=True, slots=True)
class LifeLine:
    """Everything the drawing needs, in units of a 640 wide view box; ``band`` is x and width of the service."""

    events: tuple[Event, ...]
    band: tuple[int, int] | None
    described: str


def life_line(facts: Facts) -> LifeLine | None:
    """The line of a life, or ``None`` when fewer than two years are known: one point tells nothing."""
    happened = sorted(_years(facts), key=lambda event: event[0])
    if len({year for year, _ in happened}) < 2:
        return None
    first, last = happened[0][0], happened[-1][0]

    def place(year: int) -> int:
        return MARGIN + round((year - first) * (WIDTH - 2 * MARGIN) / (last - first))

    begin, end = _year(date_of(facts, "service_from")), _year(date_of(facts, "service_to"))
    band = (place(begin), max(place(end) - place(begin), 6)) if begin and end and end >= begin else None
    described = "; ".join(f"{year}: {wording}" for year, wording in happened)
    return LifeLine(tuple(_placed(happened, place)), band, described)


def _placed(happened: list[tuple[int, str]], place: Callable[[int], int]) -> Iterator[Event]:
    """Beginning and end get their labels first, so that no award pushes them out."""
    ends = (0, len(happened) - 1)
    rows: dict[int, int] = {}
    for number in sorted(range(len(happened)), key=lambda number: number not in ends):
        x = place(happened[number][0])
        taken = {row for other, row in rows.items() if abs(place(happened[other][0]) - x) < LABEL_WIDTH}
        free = [row for row in (0, 1) if row not in taken]
        if free:
            rows[number] = free[0]
    for number, (year, wording) in enumerate(happened):
        x = place(year)
        anchor = "start" if x < LABEL_WIDTH // 2 else "end" if x > WIDTH - LABEL_WIDTH // 2 else "middle"
        yield Event(year, wording, x, rows.get(number), anchor)


def _year(date: UncertainDate | None) -> int | None:
    return date.year if date is not None else None


def _years(facts: Facts) -> Iterator[tuple[int, str]]:
    """Years with what happened in them, in the order in which things of one year are told."""
    death = _year(date_of(facts, "death_date"))
    service_ends = _year(date_of(facts, "service_to"))
    for year, wording in (
        (_year(date_of(facts, "birth_date")), gettext("born")),
        (_year(date_of(facts, "service_from")), gettext("service begins")),
    ):
        if year is not None:
            yield year, wording
    for record in records_of(facts, "awards"):
        year = _year(parse_edtf(record["date"])) if "date" in record else None
        if year is not None:
            yield year, gettext("award")
    if service_ends is not None and service_ends != death:
        yield service_ends, gettext("service ends")
    if death is not None:
        yield death, gettext("died")
