"""Who is seen where in a picture, as visitors and previews see it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import url_for

from memory_road.web.outline import Outline, outline


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody in a picture: where, the name, and the address of their entry, empty where none is published."""

    outline: Outline
    name: str
    address: str


def seen(photograph: Any, linked: Collection[str]) -> tuple[Seen, ...]:
    """Who is named in a picture, a row of either table; those in ``linked`` have an entry that is published."""
    return tuple(
        Seen(
            outline(number, person["area"], photograph.width, photograph.height),
            person["name"],
            url_for("gallery.person", participant_id=person["entry"]) if person["entry"] in linked else "",
        )
        for number, person in enumerate(photograph.people, start=1)
    )
