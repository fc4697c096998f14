"""Ways from an entry to others: of the same name, unit, place and work. Of all but the namesakes they are addresses of
the gallery, and nothing is asked of the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from memory_road.archive.participant import Participant
from memory_road.archive.same_name import SameName
from memory_road.facts.date_words import say_years
from memory_road.facts.document import Facts, text_of
from memory_road.facts.uncertain_date import UncertainDate, parse_edtf
from memory_road.web.gallery.asked import LONGEST_QUERY
from memory_road.web.language import language


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


def related(participant: Participant, namesakes: Iterable[SameName]) -> Related:
    """The ways from an entry to others."""
    name = f"{text_of(participant.facts, 'surname')} {text_of(participant.facts, 'given_name')}"
    return Related(
        namesakes=tuple(map(_namesake, namesakes)),
        same_name=url_for("gallery.grid", q=name[:LONGEST_QUERY]),
        searches=tuple(_searches(participant.facts)),
    )


def _searches(facts: Facts) -> Iterator[tuple[str, str, str]]:
    for filter_, fact, label in (
        ("unit", "unit", gettext("Others of the same unit")),
        ("work", "workplace", gettext("Others from the same place of work")),
        ("place", "birth_place", gettext("Others from the same place")),
    ):
        if text := text_of(facts, fact):
            asked: dict[str, Any] = {filter_: text[:LONGEST_QUERY]}
            yield url_for("gallery.grid", **asked), label, text


def _namesake(one: SameName) -> Namesake:
    years = say_years(_date(one.birth), _date(one.death), language())
    address = url_for("gallery.person", participant_id=one.id, name=one.slug)
    return Namesake(address, f"{one.surname} {one.given}", ", ".join(part for part in (years, one.place) if part))


def _date(edtf: str) -> UncertainDate | None:
    return parse_edtf(edtf) if edtf else None
