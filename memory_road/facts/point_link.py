"""The point in an address of a map: of OpenStreetMap, Yandex, 2GIS, Google, Apple and others, and in a geo URI.

Nothing is asked of any of those sites: what the address does not hold is not known.
"""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

LINK = re.compile(r"geo:\S+|https?://\S+|(?<!\S)(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+", re.IGNORECASE)
"""An address within a text, also as browsers show it, without its beginning."""
_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)"
_PAIR = re.compile(rf"(?:loc:)?\s*{_NUMBER}\s*[,~ +]\s*{_NUMBER}(?![\d.])")
_PLACE_OF_GOOGLE = re.compile(rf"!3d{_NUMBER}!4d{_NUMBER}")
_VIEW = re.compile(rf"/@{_NUMBER},{_NUMBER}")
_OPENSTREETMAP = re.compile(rf"(?:map=|^)\d{{1,2}}(?:\.\d+)?/{_NUMBER}/{_NUMBER}")
_GEO = re.compile(rf"geo:{_NUMBER},{_NUMBER}(?![\d.])", re.IGNORECASE)
_OTHER_GEODESY = re.compile(r";crs=(?!wgs84)", re.IGNORECASE)
_LONGITUDE_FIRST = re.compile(r"(?:^|\.)(?:yandex\.[a-z.]+|ya\.ru|2gis\.[a-z.]+)$")
_LATITUDE_FIRST = re.compile(r"(?:^|\.)(?:google\.[a-z.]+|apple\.com|bing\.com|waze\.com|here\.com)$")
_MARKERS = ("poi[point]", "whatshere[point]", "pt", "ll", "m")
"""Where Yandex and 2GIS put a point, what was chosen before what is only in view."""
_PLACES = ("q", "query", "coordinate", "ll", "cp", "center")
"""The same of those who put the latitude first."""
_NAMED = (("mlat", "mlon"), ("lat", "lon"), ("lat", "lng"), ("latitude", "longitude"))
_MOST_PARTS = 100


def point_in_link(link: str) -> tuple[float, float] | None:
    """Latitude and longitude of the first point that the address ``link`` tells; a marker counts before the middle of
    the map."""
    try:
        parts = urlsplit(link if "://" in link or link.lower().startswith("geo:") else f"https://{link}")
        asked = parse_qs(parts.query, max_num_fields=_MOST_PARTS)
        fragment = parse_qs(parts.fragment, max_num_fields=_MOST_PARTS)
    except ValueError:
        return None
    query = {name: values[0] for name, values in (fragment | asked).items()}
    found = _in_geo(link, query) if parts.scheme == "geo" else _in_address(parts, query)
    first = next(found, None)
    return (float(first[0]), float(first[1])) if first is not None else None


def _in_geo(link: str, query: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if _OTHER_GEODESY.search(link):
        return
    yield from _pair(query.get("q", ""))  # Android's marker; the point before it is then 0,0
    if found := _GEO.match(link):
        yield found[1], found[2]


def _in_address(parts: SplitResult, query: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    host, path = parts.hostname or "", unquote(parts.path)
    segments = path.split("/")
    if _LONGITUDE_FIRST.search(host):
        told = (*(query.get(name, "") for name in _MARKERS[:-2]), *segments, query.get("ll", ""), query.get("m", ""))
        for text in told:
            yield from ((latitude, longitude) for longitude, latitude in _pair(text))
        yield from _pair(query.get("text", ""))  # what was searched for, as people type it
        return
    for latitude, longitude in _NAMED:
        if latitude in query and longitude in query:
            yield from _pair(f"{query[latitude]},{query[longitude]}")
    yield from ((found[1], found[2]) for found in _PLACE_OF_GOOGLE.finditer(path))
    if _LATITUDE_FIRST.search(host):
        for text in (*(query.get(name, "") for name in _PLACES), *segments):
            yield from _pair(text)
    yield from ((found[1], found[2]) for found in _VIEW.finditer(path))
    yield from ((found[1], found[2]) for found in _OPENSTREETMAP.finditer(unquote(parts.fragment)))


def _pair(text: str) -> Iterator[tuple[str, str]]:
    if found := _PAIR.match(text):
        yield found[1], found[2]
