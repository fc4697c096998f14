"""Who was added lately, for programs that follow sites: Atom feeds (RFC 4287)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flask import Blueprint, Response, abort, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.archive.newest import newest_entries
from memory_road.archive.participant import Participant
from memory_road.facts.document import terms_of, text_of
from memory_road.facts.names import full_name
from memory_road.facts.shorten import shorten
from memory_road.facts.vocabulary import Category
from memory_road.web.addresses import absolute, entry_address, short_address
from memory_road.web.audience import audience
from memory_road.web.edge import parts
from memory_road.web.entry import years
from memory_road.web.inflection import OF_MANY, wording_of
from memory_road.web.language import language, site_name

feed = Blueprint("feed", __name__, url_prefix="/<lang>")
ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
ENTRIES = 30
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was changed: it must say some time."""
LONGEST_SUMMARY = 400


@feed.get("/feed.atom")
@audience(Audience.EVERYONE)
def everybody() -> ResponseReturnValue:
    """The newest entries."""
    return _answer(None)


@feed.get("/feed/<category>.atom")
@audience(Audience.EVERYONE)
def of_kind(category: str) -> ResponseReturnValue:
    """The newest entries of one kind of participant."""
    if category not in set(Category):
        abort(404)
    return _answer(Category(category))  # pyright: ignore[reportCallIssue] -- a term is called with its value alone


def _answer(category: Category | None) -> Response:
    response = Response(_written(newest_entries(category, ENTRIES), category), mimetype=MEDIA_TYPE)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _written(participants: Sequence[Participant], category: Category | None) -> bytes:
    kind = category.value if category is not None else None
    own = absolute("feed.of_kind", category=kind) if kind else absolute("feed.everybody")
    root = Element("feed", {"xmlns": ATOM, "xml:lang": language()})
    _text(root, "id", own)
    _text(root, "title", f"{site_name()}: {OF_MANY[category]}" if category is not None else site_name())
    _text(root, "updated", _moment(max((each.updated_at for each in participants), default=NOTHING_YET)))
    _text(SubElement(root, "author"), "name", parts().settings.operator_name or site_name())
    SubElement(root, "link", {"rel": "self", "type": MEDIA_TYPE, "href": own})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": absolute("gallery.grid", category=kind)})
    for participant in participants:
        _entry(root, participant)
    indent(root, "")
    return tostring(root, "utf-8", xml_declaration=True)


def _entry(root: Element, participant: Participant) -> None:
    entry = SubElement(root, "entry")
    facts = participant.facts
    _text(entry, "id", short_address(participant.id))
    _text(entry, "title", ", ".join(part for part in (full_name(facts), years(facts, language())) if part))
    _text(entry, "published", _moment(participant.published_at))
    _text(entry, "updated", _moment(participant.updated_at))
    address = entry_address(participant, language())
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "hreflang": language(), "href": address})
    for link in _portrait(participant):
        SubElement(entry, "link", link)
    for term in terms_of(facts, "categories"):
        wording = wording_of(Category(term), text_of(facts, "sex"))  # pyright: ignore[reportCallIssue]
        SubElement(entry, "category", {"term": term, "label": wording})
    summary = text_of(facts, "biography").partition("\n\n")[0]
    if summary:
        told = _text(entry, "summary", shorten(summary, LONGEST_SUMMARY))
        told.set("xml:lang", participant.language)


def _portrait(participant: Participant) -> Iterator[dict[str, str]]:
    """The portrait as a file to be taken along, where there is one that everybody sees at once."""
    for photograph in participant.photographs[:1]:
        for size in photograph.sizes if photograph.position == 0 and not photograph.veiled else ():
            if size["name"] == "share.jpg":
                path = url_for("files.published", key=f"{photograph.key}-{size['name']}")
                address, length = parts().settings.base_url + path, str(size["bytes"])
                yield {"rel": "enclosure", "type": size["media_type"], "length": length, "href": address}


def _text(parent: Element, tag: str, text: str) -> Element:
    made = SubElement(parent, tag)
    made.text = text
    return made


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
