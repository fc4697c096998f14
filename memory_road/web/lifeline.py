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
    """A point of the line at ``x``; its label stands in ``row`` 0 (below) or 1 (above)."""

    year: int
    wording: str
    x: int
    row: int
    anchor: str


@dataclass(frozen=True, slots=True)
class LifeLine:
    """Everything the drawing needs, in units of a 640 wide view box; ``band`` is x and width of the service."""

    events: tuple[Event, ...]
    band: tuple[int, int] | None
    described: str


def life_line(facts: Facts) -> LifeLine | None:
    """The line of a life, or ``None`` when fewer than two years are known: one point tells nothing."""
    happened = sorted(_years(facts))
    if len({year for year, _ in happened}) < 2:
        return None
    first, last = happened[0][0], happened[-1][0]

    def place(year: int) -> int:
        return MARGIN + round((year - first) * (WIDTH - 2 * MARGIN) / (last - first))

    begin, end = _year(date_of(facts, "service_from")), _year(date_of(facts, "service_to"))
    band = (place(begin), max(place(end) - place(begin), 6)) if begin and end and end >= begin else None
    return LifeLine(
        tuple(_placed(happened, place)),
        band,
        "; ".join(f"{year}: {wording}" for year, wording in happened),
    )


def _placed(happened: list[tuple[int, str]], place: Callable[[int], int]) -> Iterator[Event]:
    reached = [-WIDTH, -WIDTH]
    for year, happening in happened:
        x, wording = place(year), happening
        anchor = "start" if x < LABEL_WIDTH // 2 else "end" if x > WIDTH - LABEL_WIDTH // 2 else "middle"
        row = 0 if x - reached[0] >= LABEL_WIDTH else 1
        if row == 1 and x - reached[1] < LABEL_WIDTH:
            wording, row = "", 0  # the list beside the drawing has it in words
        else:
            reached[row] = x
        yield Event(year, wording, x, row, anchor)


def _year(date: UncertainDate | None) -> int | None:
    return date.year if date is not None else None


def _years(facts: Facts) -> Iterator[tuple[int, str]]:
    for name, wording in (
        ("birth_date", gettext("born")),
        ("service_from", gettext("called up")),
        ("service_to", gettext("service ends")),
        ("death_date", gettext("died")),
    ):
        year = _year(date_of(facts, name))
        if year is not None:
            yield year, wording
    for record in records_of(facts, "awards"):
        year = _year(parse_edtf(record["date"])) if "date" in record else None
        if year is not None:
            yield year, gettext("award")
