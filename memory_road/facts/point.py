"""A point on the map: latitude and longitude in decimal degrees (WGS 84), as they are stored and said in every
language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

DIGITS = 4
"""Of a degree: eleven metres. More is hardly known of a grave, and still less of a village."""
ZOOM = 14
"""How near OpenStreetMap shows a point: a village with the fields around it."""


class PointRefusal(StrEnum):
    """Why a text is no point."""

    NOT_UNDERSTOOD = "not_understood"
    OUT_OF_RANGE = "out_of_range"
    NOWHERE = "nowhere"
    NOT_IN_LINK = "not_in_link"


class PointRefused(Exception):
    """The text means no point; ``code`` says why."""

    def __init__(self, code: PointRefusal) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Point:
    """Made by ``at`` alone. Its text, “55.7558, 37.6173”, is what is stored, shown, and understood when it is typed."""

    latitude: float
    longitude: float

    @classmethod
    def at(cls, latitude: float, longitude: float) -> Self:
        """The point, rounded to ``DIGITS``. Raises ``PointRefused``; also for 0, 0, which programs say of a place that
        they do not know."""
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise PointRefused(PointRefusal.OUT_OF_RANGE)
        point = cls(round(latitude, DIGITS) + 0.0, round(longitude, DIGITS) + 0.0)  # adding makes -0.0 plain
        if point == cls(0.0, 0.0):
            raise PointRefused(PointRefusal.NOWHERE)
        return point

    @classmethod
    def stored(cls, text: str) -> Self:
        """The point of a facts document."""
        latitude, longitude = text.split(", ")
        return cls(float(latitude), float(longitude))

    def __str__(self) -> str:
        return f"{_said(self.latitude)}, {_said(self.longitude)}"

    @property
    def geo(self) -> str:
        """As a geo URI (RFC 5870), which telephones open in the map that they have."""
        return f"geo:{_said(self.latitude)},{_said(self.longitude)}"

    @property
    def openstreetmap(self) -> str:
        """The address of OpenStreetMap's page with a marker on the point."""
        latitude, longitude = _said(self.latitude), _said(self.longitude)
        place = f"mlat={latitude}&mlon={longitude}#map={ZOOM}/{latitude}/{longitude}"
        return f"https://www.openstreetmap.org/?{place}"


def _said(degrees: float) -> str:
    """With as many digits as are known, and one at least, so that nobody takes it for another kind of number."""
    whole, _, digits = f"{degrees:.{DIGITS}f}".partition(".")
    return f"{whole}.{digits.rstrip('0') or '0'}"
