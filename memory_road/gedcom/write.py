"""An entry as a family-tree file: one person, by the standard FamilySearch GEDCOM 7.0.

Facts for which the standard has a place stand there; every other one stands as a FACT or EVEN with its label, so that a
new fact is written without a change here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from babel import Locale

from memory_road.facts.check import date_of
from memory_road.facts.document import Facts, records_of, terms_of, text_of
from memory_road.facts.fields import FIELD, FIELDS, Field, Kind
from memory_road.facts.names import given_names, in_latin
from memory_road.facts.point import Point
from memory_road.facts.uncertain_date import parse_edtf
from memory_road.facts.vocabulary import Living, label
from memory_road.gedcom.write_date import date_of_event, date_of_span, plain_day
from memory_road.gedcom.written import Written, document

Say = Callable[[str], str]
"""Translates a text that ``label`` marks."""

SEX = {"female": "F", "male": "M"}
SERVICE = label("Military service")
KINDS = label("Kinds of participant")
SHELF = (("fond", label("fond")), ("opis", label("opis")), ("delo", label("delo")), ("sheet", label("sheet")))
PLACED = frozenset(
    "surname given_name patronymic former_surname sex birth_date birth_place birth_point death_date death_place "
    "death_point burial_place burial_point service_from service_to unit occupation workplace conscription_place awards "
    "biography references living".split()
)
"""Facts that have a place of their own below; all others are told by their labels."""


@dataclass(frozen=True, slots=True)
class PublicPicture:
    """A published picture: its whole web address and its caption."""

    address: str
    media_type: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is written beside the facts. ``told_in`` is the language of the names and the story, ``language`` that of
    all labels; ``base`` and ``number`` together are the address that never changes; ``changed`` is a day in ISO
    8601."""

    site: str
    version: str
    base: str
    number: str
    language: str
    told_in: str
    changed: str
    pictures: Sequence[PublicPicture] = ()


def written(facts: Facts, source: Source, say: Say) -> str:
    """The file."""
    return document(list(_Writer(facts, source, say).records()))


@dataclass(frozen=True, slots=True)
class _Writer:
    facts: Facts
    source: Source
    say: Say

    def records(self) -> Iterator[Written]:
        source, changed = self.source, [Written("DATE", plain_day(self.source.changed))]
        program = [Written("NAME", source.site), Written("VERS", source.version)]
        head = [Written("GEDC", "", [Written("VERS", "7.0")]), Written("SOUR", "MEMORY_ROAD", program)]
        yield Written("HEAD", "", [*head, *changed, Written("LANG", source.language)])
        yield Written("INDI", "", [*self._person(), Written("CHAN", "", changed)], name="I1")
        for number, reference in enumerate(records_of(self.facts, "references"), start=1):
            published = [Written("PUBL", reference["url"])] if "url" in reference else []
            title = reference.get("archive") or reference.get("url") or self.say(FIELD["references"].label)
            yield Written("SOUR", "", [Written("TITL", title), *published], name=f"S{number}")
        for number, picture in enumerate(source.pictures, start=1):
            about = [Written("FORM", picture.media_type)]
            about += [Written("TITL", picture.caption)] if picture.caption else []
            yield Written("OBJE", "", [Written("FILE", picture.address, about)], name=f"O{number}")

    def _person(self) -> Iterator[Written]:
        yield from self._names()
        if sex := SEX.get(self._text("sex")):
            yield Written("SEX", sex)
        yield from self._event("BIRT", "birth")
        yield from self._event("DEAT", "death", said="Y" if Living.NO.equals(self._text("living")) else "")
        yield from self._event("BURI", "burial")
        yield from self._service()
        yield from self._work()
        for award in records_of(self.facts, "awards"):
            yield self._award(award)
        for field in FIELDS:
            if field.name in self.facts and field.name not in PLACED and not field.private:
                yield from self._otherwise(field)
        if "biography" in self.facts:
            yield Written("NOTE", self._text("biography"), [Written("LANG", self.source.told_in)])
        for number, reference in enumerate(records_of(self.facts, "references"), start=1):
            yield Written("SOUR", pointer=f"S{number}", below=list(self._cited(reference)))
        for number, _ in enumerate(self.source.pictures, start=1):
            yield Written("OBJE", pointer=f"O{number}")
        yield Written("EXID", self.source.number, [Written("TYPE", self.source.base)])

    def _text(self, name: str) -> str:
        return text_of(self.facts, name)

    def _names(self) -> Iterator[Written]:
        given, surname = given_names(self.facts), self._text("surname")
        below = [Written("GIVN", given), Written("SURN", surname)]
        latin = f"{in_latin(given)} /{in_latin(surname)}/"
        if latin != f"{given} /{surname}/":
            below.append(Written("TRAN", latin, [Written("LANG", f"{self.source.told_in}-Latn")]))
        yield Written("NAME", f"{given} /{surname}/", below)
        if former := self._text("former_surname"):
            phrase = Written("PHRASE", self.say(FIELD["former_surname"].label))
            yield Written("NAME", f"{given} /{former}/", [Written("TYPE", "BIRTH", [phrase])])

    def _event(self, tag: str, name: str, said: str = "") -> Iterator[Written]:
        stated = self._text(f"{name}_date")
        below = date_of_event(parse_edtf(stated), self.source.language) if stated else []
        below += self._place(self._text(f"{name}_place"), self._text(f"{name}_point"))
        if below or said:
            yield Written(tag, "" if below else said, below)

    def _place(self, place: str, point: str) -> list[Written]:
        if not point:
            return [Written("PLAC", place)] if place else []
        where = Point.stored(point)
        latitude = f"{'N' if where.latitude >= 0 else 'S'}{abs(where.latitude)}"
        longitude = f"{'E' if where.longitude >= 0 else 'W'}{abs(where.longitude)}"
        on_map = Written("MAP", "", [Written("LATI", latitude), Written("LONG", longitude)])
        return [Written("PLAC", place or point, [on_map])]

    def _service(self) -> Iterator[Written]:
        if place := self._text("conscription_place"):
            kind = Written("TYPE", self.say(FIELD["conscription_place"].label))
            yield Written("EVEN", "", [kind, Written("PLAC", place)])
        begin, end = date_of(self.facts, "service_from"), date_of(self.facts, "service_to")
        span = date_of_span(begin, end, self.source.language)
        if span or "unit" in self.facts:
            yield Written("EVEN", self._text("unit"), [Written("TYPE", self.say(SERVICE)), *span])

    def _work(self) -> Iterator[Written]:
        occupation, workplace = self._text("occupation"), self._text("workplace")
        if occupation:
            yield Written("OCCU", occupation, [Written("AGNC", workplace)] if workplace else [])
        elif workplace:
            yield self._fact(FIELD["workplace"], workplace)

    def _award(self, award: dict[str, str]) -> Written:
        parts = {part.name: part for part in FIELD["awards"].parts}
        below = [Written("TYPE", self.say(parts["award"].label))]
        below += date_of_event(parse_edtf(award["date"]), self.source.language) if "date" in award else []
        if "document_number" in award:
            below.append(Written("NOTE", f"{self.say(parts['document_number'].label)}: {award['document_number']}"))
        if "deed" in award:
            below.append(Written("NOTE", award["deed"]))
        return Written("FACT", award.get("award", ""), below)

    def _cited(self, reference: dict[str, str]) -> Iterator[Written]:
        shelf = [f"{self.say(word)} {reference[name]}" for name, word in SHELF if name in reference]
        if shelf:
            yield Written("PAGE", ", ".join(shelf))
        if "supports" in reference:
            label = next(part.label for part in FIELD["references"].parts if part.name == "supports")
            yield Written("NOTE", f"{self.say(label)}: {self._named(reference['supports'])}")

    def _named(self, names: str) -> str:
        pieces = [piece.strip() for piece in names.split(",") if piece.strip()]
        return ", ".join(self.say(FIELD[piece].label) if piece in FIELD else piece for piece in pieces)

    def _fact(self, field: Field, value: str) -> Written:
        return Written("FACT", value, [Written("TYPE", self.say(KINDS if field.name == "categories" else field.label))])

    def _otherwise(self, field: Field) -> Iterator[Written]:
        """A fact for which the standard has no place."""
        if field.kind is Kind.RECORDS:
            for record in records_of(self.facts, field.name):
                said = [self._part(part, record[part.name]) for part in field.parts if part.name in record]
                yield Written("NOTE", f"{self.say(field.label)}: {'; '.join(said)}")
        elif field.kind is Kind.DATE:
            below = date_of_event(parse_edtf(self._text(field.name)), self.source.language)
            yield Written("EVEN", "", [Written("TYPE", self.say(field.label)), *below])
        elif field.kind is Kind.TERMS and field.terms is not None:
            wordings = {term.value: term.wording for term in field.terms}
            for term in terms_of(self.facts, field.name):
                yield self._fact(field, self.say(wordings[term]))
        else:
            yield self._fact(field, self._part(field, self._text(field.name)))

    def _part(self, field: Field, value: str) -> str:
        """A value in words."""
        match field.kind:
            case Kind.TERM:
                wordings = {term.value: term.wording for term in field.terms or ()}
                return self.say(wordings[value])
            case Kind.COUNTRY:
                countries = cast(dict[str, str], Locale(self.source.language).territories)
                return countries.get(value, value)
            case Kind.FACT | Kind.FACTS:
                return self._named(value)
            case _:
                return value
