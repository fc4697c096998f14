"""Birth, death, burial, work and service of somebody, as facts. Dates that say more than our fields hold, or the same
differently, are kept beside them: both stay."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from memory_road.facts.document import Facts
from memory_road.facts.point import PointRefused
from memory_road.facts.point_words import read_point
from memory_road.facts.uncertain_date import DateShape, parse_edtf, single
from memory_road.gedcom.lifetime import BAPTISM, BIRTH, BURIAL, DEATH
from memory_road.gedcom.line import Node
from memory_road.gedcom.service import military, said
from memory_road.gedcom.text import fit, on_one_line
from memory_road.gedcom.told import Told, read_told

ADDRESS_PARTS = ("ADR1", "ADR2", "ADR3", "CITY", "STAE", "CTRY")


@dataclass(slots=True)
class Events:
    """What is read from the events of one record. ``cited`` holds the nodes that facts come from: their sources support
    them. ``unread`` and ``also_recorded`` are those of ``Person``."""

    facts: Facts = field(default_factory=Facts)
    unread: dict[str, str] = field(default_factory=dict[str, str])
    also_recorded: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    cited: dict[str, list[Node]] = field(default_factory=dict[str, list[Node]])

    def read(self, person: Node) -> None:
        """Read all events of a person's record."""
        self._date("birth_date", person.all(*BIRTH))
        if "birth_date" not in self.facts and "birth_date" not in self.unread:
            self._baptised(person)
        self._place("birth_place", person.all(*BIRTH), "birth_point")
        self._date("death_date", person.all(*DEATH))
        self._place("death_place", person.all(*DEATH), "death_point")
        self._place("burial_place", person.all(*BURIAL), "burial_point")
        self._words("occupation", list(person.all("OCCU")))
        self._text("workplace", [node.text("AGNC") for node in person.all("OCCU")])
        self._service(person)

    def _date(self, name: str, events: Iterable[Node]) -> None:
        """The first date; what others say of the same is kept as also recorded."""
        for event in events:
            told = _told(event)
            if not (told.edtf or told.words):
                continue
            self.cited.setdefault(name, []).append(event)
            if name in self.facts or name in self.unread:
                if told.edtf != self.facts.get(name):
                    self._also(name, told.words, told.edtf, told.julian)
                continue
            if told.edtf:
                self.facts[name] = told.edtf
            if told.words and told.edtf:
                self._also(name, told.words, "", told.julian)
            elif told.words:
                self.unread[name] = told.words

    def _also(self, name: str, words: str, edtf: str, julian: bool = False) -> None:
        said = {"field": name, "value": words, "date": "" if words else edtf, "julian": "yes" if julian else ""}
        kept = {key: value for key, value in said.items() if value}
        if kept not in self.also_recorded:
            self.also_recorded.append(kept)

    def _baptised(self, person: Node) -> None:
        """Who was baptised was born by then, and most often a few days before."""
        for event in person.all(*BAPTISM):
            told = _told(event)
            latest = parse_edtf(told.edtf).known_points[-1:] if told.edtf else ()
            if latest:
                self.facts["birth_date"] = f"../{latest[0].edtf}"
                self.cited.setdefault("birth_date", []).append(event)
                return

    def _place(self, name: str, events: Iterable[Node], point: str = "") -> None:
        """The first place; if it stands on a map, and the form asks for that, its ``point``."""
        for event in events:
            place, found = place_of(event), point_of(event) if point else ""
            if place:
                self.facts[name] = fit(name, place)
                self.cited.setdefault(name, []).append(event)
            if found:
                self.facts[point] = found
            if place or found:
                return

    def _text(self, name: str, texts: Iterable[str]) -> None:
        words = dict.fromkeys(words for text in texts if (words := on_one_line(text)))
        if words:
            self.facts[name] = fit(name, "; ".join(words))

    def _words(self, name: str, nodes: list[Node]) -> None:
        self._text(name, map(said, nodes))
        if name in self.facts:
            self.cited.setdefault(name, []).extend(nodes)

    def _service(self, person: Node) -> None:
        of_kind: dict[str, list[Node]] = {}
        for kind, node in military(person):
            of_kind.setdefault(kind, []).append(node)
        calls, services = of_kind.get("call", []), of_kind.get("service", [])
        self._span(services)
        for name, events in (("service_from", calls), ("service_to", of_kind.get("discharge", []))):
            told = next((told for told in map(_told, events) if told.edtf), None)
            if told is not None:
                self.facts[name] = told.edtf
                self.cited.setdefault(name, []).extend(events)
        self._place("conscription_place", calls)
        self._words("unit", services)
        self._words("rank", of_kind.get("rank", []))
        awards = [_award(node) for node in of_kind.get("award", [])]
        if awards:
            self.facts["awards"] = awards
            self.cited["awards"] = of_kind["award"]

    def _span(self, services: list[Node]) -> None:
        """One event stands for the whole service: a period has two ends, a single date is taken for the first."""
        told = next((told for told in map(_told, services) if told.edtf), None)
        if told is None:
            return
        understood = parse_edtf(told.edtf)
        ends = understood.points if understood.shape is DateShape.INTERVAL else (None, None)
        for name, end in zip(("service_from", "service_to"), ends, strict=True):
            if end is not None:
                self.facts[name] = single(end).edtf
        if understood.shape is not DateShape.INTERVAL:
            self.facts["service_from"] = told.edtf


def _told(event: Node) -> Told:
    stated = event.first("DATE")
    return read_told(stated.value, stated.text("PHRASE")) if stated is not None else Told()


def place_of(event: Node) -> str:
    """Where an event was: its place, and the cemetery or address that programs write beside it."""
    address = event.first("ADDR")
    parts = [event.text("CEME", "_CEME", "_CEMETERY")]
    if address is not None:
        parts.append(address.value or ", ".join(filter(None, (address.text(part) for part in ADDRESS_PARTS))))
    parts.append(event.text("PLAC"))
    return ", ".join(dict.fromkeys(words for part in parts if (words := on_one_line(part))))


def point_of(event: Node) -> str:
    """The point of an event's place (the standards' MAP). What cannot be read is left out, and so is 0, 0, which
    programs write for a place that they do not know."""
    place = event.first("PLAC")
    where = place.first("MAP") if place is not None else None
    if where is None:
        return ""
    try:
        return str(read_point(f"{on_one_line(where.text('LATI'))}, {on_one_line(where.text('LONG'))}"))
    except PointRefused:
        return ""


def _award(node: Node) -> dict[str, str]:
    """Its name stands in the event, or only in its type."""
    note = node.first("NOTE")
    words = said(node) or (note.value.split("\n")[0] if note is not None else "") or node.text("TYPE")
    award = {"award": fit("awards", on_one_line(words), "award"), "date": _told(node).edtf}
    return {name: value for name, value in award.items() if value}
