"""Understand a point as people copy it from maps, telephones and encyclopedias: in decimal degrees or with minutes and
seconds, with the hemispheres in any of our languages, or as the address of a map."""

import re

from memory_road.facts.hemispheres import LATITUDE, LONGITUDE, marked, plain
from memory_road.facts.point import Point, PointRefusal, PointRefused
from memory_road.facts.point_link import LINK, point_in_link

LONGEST = 150
"""Characters that a point has beside an address, at most."""
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("º˚", "°"),
        **dict.fromkeys("′’‘‛´`ʹʼ", "'"),
        **dict.fromkeys("″”“„ʺ", '"'),
        **dict.fromkeys("−–‐‑‒", "-"),
    }
)
_DECIMAL_POINT = re.compile(r"\d\.\d")
_DECIMAL_COMMA = re.compile(r"(\d+),(\d+)")
_HEADING = re.compile(rf"^[^\d:+\-NSEW{LATITUDE}{LONGITUDE}]*:")
_DEGREES = r"([+-]?\d{1,3}(?:\.\d+)?)"
_PART = r"(\d{1,2}(?:\.\d+)?)"
_PLAIN = rf"{_DEGREES}(?:\s*°(?:\s*{_PART}\s*'(?:\s*{_PART}\s*\")?)?)?"
# Where the hemispheres are named, spaces are enough: “N 55 45.350 E 037 37.070”, as hikers write it.
_LOOSE = rf"{_DEGREES}(?:(?:\s*°\s*|\s+){_PART}(?:(?:\s*'\s*|\s+){_PART}\s*\"?|\s*')?|\s*°)?\s*"
_BETWEEN = r"[\s,;/]*"
_BARE = re.compile(rf"{_PLAIN}(?:\s*[,;/]\s*|\s+|(?<=[°'\"])){_PLAIN}")
_BEFORE = re.compile(
    rf"([NSEW{LATITUDE}{LONGITUDE}])[\s:=]*{_LOOSE}{_BETWEEN}([NSEW{LATITUDE}{LONGITUDE}])[\s:=]*{_LOOSE}"
)
# Some encyclopedias have the letters of three map sites behind the coordinates.
_BEHIND = re.compile(rf"{_LOOSE}([NSEW]){_BETWEEN}{_LOOSE}([NSEW])[\s()hgoяi]*")
_SIGN = {"N": 1, "S": -1, "E": 1, "W": -1, LATITUDE: 1, LONGITUDE: 1}
_OF_LATITUDE = frozenset({"N", "S", LATITUDE})


def read_point(text: str) -> Point:
    """The point that ``text`` means. Raises ``PointRefused``."""
    link = LINK.search(text)
    if link is not None and (found := point_in_link(link[0])) is not None:
        return Point.at(*found)
    rest = LINK.sub(" ", text).strip()
    if link is not None and not any(sign.isdigit() for sign in rest):
        raise PointRefused(PointRefusal.NOT_IN_LINK)
    if len(rest) > LONGEST:
        raise PointRefused(PointRefusal.NOT_UNDERSTOOD)
    return _read(_prepared(rest))


def _prepared(text: str) -> str:
    """Signs, letters and numbers in one form: "'" and '"' for minutes and seconds, N, S, E and W for hemispheres, a
    point before decimals."""
    text = marked(plain(text.translate(_SIGNS)).translate(_SIGNS).replace("''", '"'))
    if not _DECIMAL_POINT.search(text):
        text = _DECIMAL_COMMA.sub(r"\1.\2", text)
    if any(sign in text for sign in "NSEW"):
        text = re.sub(rf"[{LATITUDE}{LONGITUDE}][\s:=]*", "", text)
    return _HEADING.sub("", text).strip(" ()[]{}.,;\n\t")


def _read(text: str) -> Point:
    if found := _BARE.fullmatch(text):
        if not re.search(r"[.°]", text):  # two whole numbers can be anything
            raise PointRefused(PointRefusal.NOT_UNDERSTOOD)
        return Point.at(_angle(*found.group(1, 2, 3)), _angle(*found.group(4, 5, 6)))
    if found := _BEFORE.fullmatch(text):
        first, second = found.group(2, 3, 4, 1), found.group(6, 7, 8, 5)
    elif found := _BEHIND.fullmatch(text):
        first, second = found.group(1, 2, 3, 4), found.group(5, 6, 7, 8)
    else:
        raise PointRefused(PointRefusal.NOT_UNDERSTOOD)
    latitude, longitude = (first, second) if first[3] in _OF_LATITUDE else (second, first)
    if latitude[3] not in _OF_LATITUDE or longitude[3] in _OF_LATITUDE:
        raise PointRefused(PointRefusal.NOT_UNDERSTOOD)
    return Point.at(_towards(*latitude), _towards(*longitude))


def _towards(degrees: str, minutes: str | None, seconds: str | None, hemisphere: str) -> float:
    if degrees[0] in "+-" and hemisphere in "NSEW":  # south of minus what?
        raise PointRefused(PointRefusal.NOT_UNDERSTOOD)
    return _SIGN[hemisphere] * _angle(degrees, minutes, seconds)


def _angle(degrees: str, minutes: str | None, seconds: str | None) -> float:
    """In degrees. Of degrees, minutes and seconds only the last can have decimals, and there are 60 in each."""
    parts = [part for part in (degrees, minutes, seconds) if part is not None]
    if any("." in part for part in parts[:-1]) or any(float(part) >= 60 for part in parts[1:]):
        raise PointRefused(PointRefusal.NOT_UNDERSTOOD)
    size = sum(abs(float(part)) / 60**place for place, part in enumerate(parts))
    return -size if degrees.startswith("-") else size
