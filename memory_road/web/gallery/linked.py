"""Pages in words that search engines read: JSON-LD in the vocabulary of schema.org."""

import json
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from memory_road.facts.check import date_of
from memory_road.facts.document import Facts, records_of, text_of
from memory_road.facts.names import full_name, given_names, in_latin
from memory_road.facts.point import Point
from memory_road.facts.vocabulary import Sex
from memory_road.web.addresses import absolute
from memory_road.web.edge import parts
from memory_road.web.entry import EntryView
from memory_road.web.language import language, site_name

SCHEMA = "https://schema.org"
Document = dict[str, Any]
TEXTS = {
    "givenName": "given_name",
    "familyName": "surname",
    "additionalName": "patronymic",
    "jobTitle": "occupation",
}
DATES = {"birthDate": "birth_date", "deathDate": "death_date"}
GENDERS: dict[str, str] = {Sex.FEMALE: f"{SCHEMA}/Female", Sex.MALE: f"{SCHEMA}/Male"}


def linked_person(facts: Facts, entry: EntryView, address: str) -> Markup:
    """The person of an entry, and where its page stands; ``address`` is the one that never changes."""
    texts = {name: text_of(facts, field) for name, field in TEXTS.items()}
    dates = {name: _day(facts, field) for name, field in DATES.items()}
    portrait = entry.portrait
    shown = portrait is not None and portrait.sharing and not portrait.veiled
    person = {
        "@type": "Person",
        "@id": address,
        "url": entry.address,
        "name": entry.full_name,
        **texts,
        "alternateName": list(dict.fromkeys(_other_names(facts, entry))),
        "gender": GENDERS.get(text_of(facts, "sex"), ""),
        **dates,
        "birthPlace": _place(facts, "birth"),
        "deathPlace": _place(facts, "death"),
        "description": ", ".join(entry.categories),
        "award": [award for record in records_of(facts, "awards") if (award := record.get("award"))],
        "image": parts().settings.base_url + portrait.sharing if portrait is not None and shown else "",
    }
    return _written({"@graph": [_stated(person), _way_to(entry)]})


def linked_site() -> Markup:
    """The site, and how it is searched."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{absolute('gallery.grid')}?q={{name}}"},
        "query-input": "required name=name",
    }
    operator = parts().settings.operator_name
    site = {
        "@type": "WebSite",
        "name": site_name(),
        "url": absolute("gallery.home"),
        "inLanguage": language(),
        "publisher": {"@type": "Organization", "name": operator} if operator else {},
        "potentialAction": search,
    }
    return _written(_stated(site))


def _day(facts: Facts, name: str) -> str:
    date = date_of(facts, name)
    return date.iso if date is not None else ""


def _other_names(facts: Facts, entry: EntryView) -> Iterator[str]:
    """What somebody was called before, and the name in letters that others read."""
    if "former_surname" in facts:
        yield f"{text_of(facts, 'former_surname')} {given_names(facts)}"
    if entry.spelt is not None:
        yield entry.spelt.text
    latin = in_latin(full_name(facts))
    if latin != entry.full_name:
        yield latin


def _place(facts: Facts, event: str) -> Document:
    country, point = text_of(facts, f"{event}_country"), text_of(facts, f"{event}_point")
    where = Point.stored(point) if point else None
    place = {
        "name": text_of(facts, f"{event}_place"),
        "address": {"@type": "PostalAddress", "addressCountry": country} if country else {},
        "geo": {"@type": "GeoCoordinates", "latitude": where.latitude, "longitude": where.longitude} if where else {},
    }
    stated = _stated(place)
    return {"@type": "Place", **stated} if stated else {}


def _way_to(entry: EntryView) -> Document:
    steps = (
        (site_name(), absolute("gallery.home")),
        (gettext("Gallery"), absolute("gallery.grid")),
        (entry.full_name, entry.address),
    )
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }


def _stated(document: Document) -> Document:
    return {name: value for name, value in document.items() if value}


def _written(document: Document) -> Markup:
    """As it stands in a page: what families wrote cannot end the element that holds it. A browser runs nothing of it,
    so the policy of our pages does not forbid it."""
    return htmlsafe_json_dumps({"@context": SCHEMA, **document}, dumps=json.dumps, ensure_ascii=False)
