"""Ways from an entry to others: of the same name, unit, place and work. Of all but the namesakes they are addresses of
the gallery, and nothing is asked of the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from flask import url_for
from flask_babel import gettext

from memory_road.archive.participant import Participant
from memory_road.archive.same_name import SameName
from memory_road.facts.date_words import say_years
from memory_road.facts.document import Facts, text_of
from memory_road.facts.uncertain_date import UncertainDate, parse_edtf
from memory_road.web.gallery.asked import LONGEST_QUERY
from memory_road.web.gallery.cards import before_people
from memory_road.web.language import language

PLAIN = "!$'()*,/:;?@"
"""What may stand in a question as it is."""


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody of the same name: their address, the name, and what tells them apart."""

    address: str
    name: str
    apart: str


@dataclass(frozen=True, slots=True)
class Related:
    """``searches`` are addresses of the gallery with what each looks for; ``same_name`` is the address of all who bear
    the name."""

    namesakes: tuple[Namesake, ...]
    same_name: str
    searches: tuple[tuple[str, str, str], ...]


def related(participant: Participant, namesakes: Sequence[SameName]) -> Related:
    """The ways from an entry to others."""
    gallery = url_for("gallery.grid")
    name = f"{text_of(participant.facts, 'surname')} {text_of(participant.facts, 'given_name')}"
    people = before_people(language()) if namesakes else ""
    return Related(
        namesakes=tuple(_namesake(one, people) for one in namesakes),
        same_name=_asking(gallery, "q", name),
        searches=tuple(_searches(participant.facts, gallery)),
    )


def _searches(facts: Facts, gallery: str) -> Iterator[tuple[str, str, str]]:
    for filter_, fact, label in (
        ("unit", "unit", gettext("Others of the same unit")),
        ("work", "workplace", gettext("Others from the same place of work")),
        ("place", "birth_place", gettext("Others from the same place")),
    ):
        if text := text_of(facts, fact):
            yield _asking(gallery, filter_, text), label, text


def _asking(gallery: str, filter_: str, text: str) -> str:
    return f"{gallery}?{filter_}={quote_plus(text[:LONGEST_QUERY], safe=PLAIN)}"


def _namesake(one: SameName, people: str) -> Namesake:
    years = say_years(_date(one.birth), _date(one.death), language())
    apart = ", ".join(part for part in (years, one.place) if part)
    return Namesake(f"{people}{one.id}/{one.slug}", f"{one.surname} {one.given}", apart)


def _date(edtf: str) -> UncertainDate | None:
    return parse_edtf(edtf) if edtf else None
