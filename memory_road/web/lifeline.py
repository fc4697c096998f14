"""A life on one axis of years: birth, the years of the war as a band, service, awards, death."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext, ngettext

from memory_road.facts.check import date_of
from memory_road.facts.date_words import say_year
from memory_road.facts.document import Facts, records_of, text_of
from memory_road.facts.uncertain_date import UncertainDate, parse_edtf
from memory_road.facts.vocabulary import Fate
from memory_road.web.inflection import wording_of

WIDTH = 640
MARGIN = 24
EDGE = 4
WAR = (date(1941, 6, 22), date(1945, 5, 9))
LETTER = 7
"""Room that a letter of a label takes, in units of the drawing, rather too much than too little."""
BETWEEN = 10
DOT = 5
ROWS = (0, 1)
"""Below the axis and above it."""
DEATHS = {
    Fate.KILLED,
    Fate.DIED_OF_WOUNDS,
    Fate.DIED_IN_CAPTIVITY,
    Fate.DIED_IN_SIEGE,
    Fate.DIED_IN_REAR,
}


@dataclass(frozen=True, slots=True)
class Event:
    """A point of the line at ``x``; ``when`` is its year in words. One that is not ``sure`` is drawn hollow, with the
    ``reach`` that it may have. Its label stands at ``text_x`` in ``row`` 0 (below) or 1 (above); ``None``: there is no
    room for it in the drawing, and only the list has it."""

    when: str
    wording: str
    x: int
    sure: bool
    reach: tuple[int, int] | None
    row: int | None = None
    text_x: int = 0
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class LifeLine:
    """Everything the drawing needs, in units of a 640 wide view box; ``war`` and ``service`` are where they begin and
    end."""

    events: tuple[Event, ...]
    war: tuple[int, int] | None
    service: tuple[int, int] | None
    described: str


@dataclass(frozen=True, slots=True)
class _Happened:
    """``first`` and ``last`` are the days between which it was; ``weight`` says whose label is placed first."""

    date: UncertainDate
    wording: str
    weight: int

    @property
    def first(self) -> int:
        day = self.date.earliest or self.date.latest
        assert day is not None
        return day.toordinal()

    @property
    def last(self) -> int:
        day = self.date.latest or self.date.earliest
        assert day is not None
        return day.toordinal()

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2

    @property
    def begins(self) -> float:
        """Where it is on the axis: at a point if its year is known, and from there on otherwise."""
        return self.middle if self.date.year is not None else self.first

    @property
    def ends(self) -> float:
        return self.middle if self.date.year is not None else self.last


def life_line(facts: Facts, language: str) -> LifeLine | None:
    """The line of a life, or ``None`` when fewer than two years are known: one point tells nothing."""
    happened = sorted(_happened(facts), key=lambda one: one.middle)
    if len({(one.begins, one.ends) for one in happened}) < 2:
        return None
    axis = _Axis(min(one.begins for one in happened), max(one.ends for one in happened))
    events = [_event(one, axis, language) for one in happened]
    ends = (0, len(events) - 1)
    order = sorted(range(len(events)), key=lambda number: (number not in ends, happened[number].weight))
    described = "; ".join(f"{event.when}: {event.wording}" for event in events)
    return LifeLine(tuple(_placed(events, order)), axis.part(*WAR), _service(facts, axis), described)


@dataclass(frozen=True, slots=True)
class _Axis:
    first: float
    last: float

    def at(self, day: float) -> int:
        return MARGIN + round((day - self.first) * (WIDTH - 2 * MARGIN) / (self.last - self.first))

    def part(self, first: date, last: date) -> tuple[int, int] | None:
        """From where to where the days between two days are on the axis, if any of them are."""
        begin, end = max(first.toordinal(), self.first), min(last.toordinal(), self.last)
        return (self.at(begin), self.at(end)) if begin < end else None


def _service(facts: Facts, axis: _Axis) -> tuple[int, int] | None:
    begin, end = date_of(facts, "service_from"), date_of(facts, "service_to")
    if begin is None or end is None or begin.earliest is None or end.latest is None:
        return None
    return axis.part(begin.earliest, end.latest)


def _event(one: _Happened, axis: _Axis, language: str) -> Event:
    sure = one.date.year is not None and not one.date.is_about and not one.date.is_perhaps
    reach = (axis.at(one.first), axis.at(one.last)) if one.date.year is None and one.first < one.last else None
    return Event(say_year(one.date, language), one.wording, axis.at(one.middle), sure, reach)


def _placed(events: list[Event], order: list[int]) -> Iterator[Event]:
    """Beginning and end get their labels first, so that no award pushes them out."""
    taken: dict[int, list[tuple[int, int]]] = {row: [] for row in ROWS}
    for number in order:
        place = next(_places(events[number], taken), None)
        if place is not None:
            row, text_x, anchor, room = place
            taken[row].append(room)
            events[number] = _labelled(events[number], row, text_x, anchor)
    yield from events


def _labelled(event: Event, row: int, text_x: int, anchor: str) -> Event:
    return Event(event.when, event.wording, event.x, event.sure, event.reach, row, text_x, anchor)


def _places(event: Event, taken: dict[int, list[tuple[int, int]]]) -> Iterator[tuple[int, int, str, tuple[int, int]]]:
    """Where the label has room: under or over its point, or beside it."""
    wide = LETTER * len(f"{event.wording} {event.when}")
    x = event.x
    rooms = (
        (x, "middle", (x - wide // 2, x + wide // 2)),
        (x - DOT, "start", (x - DOT, x - DOT + wide)),
        (x + DOT, "end", (x + DOT - wide, x + DOT)),
    )
    for text_x, anchor, (left, right) in rooms:
        for row in ROWS:
            free = all(right + BETWEEN < other or left - BETWEEN > end for other, end in taken[row])
            if free and left >= EDGE and right <= WIDTH - EDGE:
                yield row, text_x, anchor, (left, right)


def _happened(facts: Facts) -> Iterator[_Happened]:
    """What is known to have happened, and when; things of one year in the order in which they are told."""
    death, fate = _known(date_of(facts, "death_date")), text_of(facts, "fate")
    begins, ends = _known(date_of(facts, "service_from")), _known(date_of(facts, "service_to"))
    called_up = gettext("call-up") if text_of(facts, "conscription_place") else gettext("service begins")
    if born := _known(date_of(facts, "birth_date")):
        yield _Happened(born, gettext("born"), 0)
    if begins:
        yield _Happened(begins, called_up, 1)
    given = Counter(record["date"] for record in records_of(facts, "awards") if "date" in record)
    for edtf, number in _by_year(given):
        wording = gettext("award") if number == 1 else ngettext("%(num)s award", "%(num)s awards", number)
        yield _Happened(edtf, wording, 2)
    if ends and (death is None or ends.year != death.year or ends.year is None):
        yield _Happened(ends, gettext("service ends"), 1)
    if death:
        fallen = fate in {term.value for term in DEATHS}
        wording = wording_of(Fate(fate), text_of(facts, "sex")) if fallen else gettext("died")
        yield _Happened(death, wording[:1].lower() + wording[1:], 0)


def _by_year(given: Counter[str]) -> Iterator[tuple[UncertainDate, int]]:
    """The awards of one year together, at the first of their dates; those whose year is doubted by themselves."""
    years: Counter[object] = Counter()
    first: dict[object, UncertainDate] = {}
    for edtf, number in sorted(given.items()):
        awarded = _known(parse_edtf(edtf))
        if awarded is not None:
            key = awarded.year if awarded.year is not None else awarded.edtf
            years[key] += number
            first.setdefault(key, awarded)
    for key, number in years.items():
        yield first[key], number


def _known(moment: UncertainDate | None) -> UncertainDate | None:
    return moment if moment is not None and moment.is_known else None
