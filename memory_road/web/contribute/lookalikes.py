"""The question whether a picture shows the person of a published entry: as the form asks it, and the answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from memory_road.archive.photograph import Photograph
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.facts.names import full_name, slug
from memory_road.moderation.recognise import questions
from memory_road.web.entry import years
from memory_road.web.language import language

_FIELD = re.compile(r"photograph-([0-9a-z]{9})-alike-([0-9a-z]{9})")


@dataclass(frozen=True, slots=True)
class Resembling:
    """A published entry as the question shows it. ``picture`` is the address of a small picture or empty."""

    id: str
    name: str
    years: str
    address: str
    picture: str
    answer: str


def resembling(photographs: Sequence[ContributionPhotograph]) -> dict[str, list[Resembling]]:
    """What to ask about each picture, by its id."""
    return {
        photograph_id: [
            Resembling(
                id=question.participant.id,
                name=full_name(question.participant.facts),
                years=years(question.participant.facts, language()),
                address=url_for(
                    "gallery.person", participant_id=question.participant.id, name=slug(question.participant.facts)
                ),
                picture=small_picture(question.photograph),
                answer=question.answer,
            )
            for question in asked
        ]
        for photograph_id, asked in questions(photographs).items()
    }


def answers() -> dict[tuple[str, str], str]:
    """The answers in the request, by picture and entry."""
    found = ((_FIELD.fullmatch(name), said) for name, said in request.form.items())
    return {(field[1], field[2]): said for field, said in found if field is not None}


def small_picture(photograph: Photograph | None) -> str:
    """Nobody meets a distressing picture unasked."""
    if photograph is None or photograph.veiled:
        return ""
    sizes = [size for size in photograph.sizes if size["name"].endswith(".webp")]
    smallest = min(sizes, key=lambda size: int(size["width"]), default=None)
    return f"/media/{photograph.key}-{smallest['name']}" if smallest is not None else ""
