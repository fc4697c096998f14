"""The facts of an entry in reading order, each group as one row of lines, with the marks of their sources."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale
from flask_babel import gettext

from memory_road.facts.date_words import say_date
from memory_road.facts.document import Facts, records_of, text_of
from memory_road.facts.point import Point
from memory_road.facts.quadkey import quadkey
from memory_road.facts.uncertain_date import parse_edtf
from memory_road.facts.vocabulary import Fate
from memory_road.web.inflection import wording_of
from memory_road.web.marks import Mark, Marks


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of an entry: its label, its lines, the marks of each line, and where it was on the map."""

    label: str
    lines: tuple[str, ...]
    point: Point | None = None
    marks: tuple[tuple[Mark, ...], ...] = ()
    map_kind: str = ""

    @property
    def square(self) -> str:
        """Where the point is on the map of the site, with so much around it that coasts and borders are in sight."""
        return quadkey(self.point, AROUND) if self.point is not None else ""


AROUND = 6
MAPPED = {"birth_point": "b", "burial_point": "g"}
"""The points that are on the map of the site, and what it calls their kind."""

Line = tuple[str, tuple[str, ...]]
"""What is said, and the names of the facts that it says."""


@dataclass(frozen=True, slots=True)
class FactRows:
    """Reads ``facts`` in ``language``; ``marks`` are given to the lines."""

    facts: Facts
    language: str
    marks: Marks

    def all(self) -> Iterator[Fact]:
        """The rows of which something is known."""
        for label, lines, *point in self._rows():
            stated = [(text, names) for text, names in lines if text]
            at = self._point(point[0]) if point else None
            if stated or at is not None:
                marked = tuple(self.marks.beside(*names, *point) for _, names in stated)
                on_map = MAPPED.get(point[0], "") if point and at is not None else ""
                yield Fact(label, tuple(text for text, _ in stated), at, marked, on_map)

    def _rows(self) -> Iterator[tuple[str, tuple[Line, ...], *tuple[str, ...]]]:
        yield gettext("Born"), (self._line("birth_date", "birth_place", "birth_country"),), "birth_point"
        yield gettext("Former surname"), (self._line("former_surname"),)
        yield gettext("Called up from"), (self._line("conscription_place"),)
        yield (
            gettext("Served"),
            (
                self._line("rank", "position"),
                self._line("branch", "unit"),
                (self._period(), ("service_from", "service_to")),
            ),
        )
        yield gettext("Worked"), (self._line("occupation", "workplace"),)
        yield gettext("Awards"), tuple(self._awards())
        yield gettext("Fate"), ((self._fate(), ("fate",)),)
        yield gettext("Died"), (self._line("death_date", "death_place"),), "death_point"
        yield gettext("Buried"), (self._line("burial_place"),), "burial_point"

    def _line(self, *names: str) -> Line:
        return ", ".join(said for said in map(self._said, names) if said), names

    def _said(self, name: str) -> str:
        text = text_of(self.facts, name)
        if name == "birth_country" and text:
            return str(Locale(self.language).territories.get(text, text))
        return self._date(text) if name.endswith("_date") else text

    def _date(self, edtf: str) -> str:
        return say_date(parse_edtf(edtf), self.language) if edtf else ""

    def _point(self, name: str) -> Point | None:
        text = text_of(self.facts, name)
        return Point.stored(text) if text else None

    def _period(self) -> str:
        begin, end = (self._date(text_of(self.facts, name)) for name in ("service_from", "service_to"))
        if begin and end:
            return gettext("from %(begin)s to %(end)s", begin=begin, end=end)
        return gettext("from %(begin)s", begin=begin) if begin else gettext("until %(end)s", end=end) if end else ""

    def _awards(self) -> Iterator[Line]:
        awards = records_of(self.facts, "awards")
        for number, record in enumerate(awards, start=1):
            said = ", ".join(part for part in (record.get("award", ""), self._date(record.get("date", ""))) if part)
            # What confirms awards confirms all of them: its mark stands once, at the last.
            names = ("awards",) if number == len(awards) else ()
            yield (f"{said}. {record['deed']}" if "deed" in record else said), names

    def _fate(self) -> str:
        fate = text_of(self.facts, "fate")
        return wording_of(Fate(fate), text_of(self.facts, "sex")) if fate else ""
