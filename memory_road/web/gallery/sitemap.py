"""What crawlers ask first: which pages are for them, and the addresses of all entries in all languages."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.archive.listing import DEEPEST, Listed, depth, part
from memory_road.facts.names import slug
from memory_road.web.addresses import absolute
from memory_road.web.audience import audience
from memory_road.web.caching import A_DAY
from memory_road.web.edge import parts

sitemap = Blueprint("sitemap", __name__)
MOST_ADDRESSES = 50_000
"""So many addresses the protocol of sitemaps allows in a part (sitemaps.org)."""
XML = "application/xml"
BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = ("gallery.home", "gallery.grid", "gallery.privacy")
CLOSED = ("account", "administer", "care", "contribute", "letters", "moderate", "my", "searches")
"""Behind the language in an address: what is for accounts and desks, or for whoever has a letter."""
Addresses = Mapping[str, str]
"""Those of one page, by language."""


@sitemap.get("/robots.txt")
@audience(Audience.EVERYONE)
def robots() -> ResponseReturnValue:
    """Which pages are worth reading by machines: not those of accounts and desks, and no results of a search, of which
    there is no end (RFC 9309)."""
    languages = parts().settings.languages
    closed = [f"Disallow: /{code}/{folder}" for folder in CLOSED for code in languages]
    searches = [f"Disallow: /{code}/gallery?*{name}=" for name in ("q", "after") for code in languages]
    lines = ["User-agent: *", *closed, *searches, "", f"Sitemap: {absolute('sitemap.index')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain", headers={"Cache-Control": A_DAY})


@sitemap.get("/sitemap.xml")
@audience(Audience.EVERYONE)
def index() -> ResponseReturnValue:
    """The addresses of all parts."""
    now = depth()
    addresses = [absolute("sitemap.pages")]
    addresses += [absolute("sitemap.entries", depth=now, number=number) for number in range(2**now)]
    listed = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    document = f'{BEGIN}<sitemapindex xmlns="{NAMESPACE}">\n{listed}</sitemapindex>\n'
    return Response(document, mimetype=XML, headers={"Cache-Control": A_DAY})


@sitemap.get("/sitemap-pages.xml")
@audience(Audience.EVERYONE)
def pages() -> ResponseReturnValue:
    """The pages that are about nobody."""
    languages = parts().settings.languages
    listed = ({code: absolute(page, lang=code) for code in languages} for page in PAGES)
    return Response("".join(_document((addresses, None) for addresses in listed)), mimetype=XML)


@sitemap.get("/sitemap-<int:depth>-<int:number>.xml")
@audience(Audience.EVERYONE)
def entries(depth: int, number: int) -> ResponseReturnValue:
    """One part of all entries; also of a depth that was right before the archive grew. It is written as it is sent."""
    if depth > DEEPEST or number >= 2**depth:
        abort(404)
    languages = parts().settings.languages
    listed = part(depth, number, MOST_ADDRESSES // len(languages))
    templates = {code: _entry_template(code) for code in languages}
    written = _document((_filled(templates, each), each.updated_at) for each in listed)
    response = Response(written, mimetype=XML)
    response.automatically_set_content_length = False  # measuring it would gather all of it first
    response.set_etag(_digest(listed))
    return response


def _entry_template(language: str) -> tuple[str, str]:
    """The address of an entry in ``language`` up to its number, and between that and its name: so that not each of
    thousands is built by the map of all routes."""
    number, name = "0" * 9, "name"
    address = parts().settings.base_url + url_for("gallery.person", lang=language, participant_id=number, name=name)
    before, _, rest = address.partition(number)
    return before, rest.removesuffix(name)


def _filled(templates: Mapping[str, tuple[str, str]], entry: Listed) -> Addresses:
    name = slug(entry.facts)
    return {code: f"{before}{entry.id}{between}{name}" for code, (before, between) in templates.items()}


def _document(listed: Iterable[tuple[Addresses, datetime | None]]) -> Iterator[str]:
    yield f'{BEGIN}<urlset xmlns="{NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for addresses, changed in listed:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
            for code, address in addresses.items()
        )
        when = f"<lastmod>{changed.astimezone(UTC).isoformat(timespec='seconds')}</lastmod>" if changed else ""
        for address in addresses.values():
            yield f"<url><loc>{escape(address)}</loc>{when}{others}</url>\n"
    yield "</urlset>\n"


def _digest(listed: Iterable[Listed]) -> str:
    digest = hashlib.sha256()
    for entry in listed:
        digest.update(f"{entry.id}{entry.updated_at.isoformat()}".encode())
    return digest.hexdigest()[:32]
