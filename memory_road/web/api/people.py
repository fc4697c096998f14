"""The people of the archive, for programs."""

from collections.abc import Mapping
from typing import Any

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.archive.card import Card
from memory_road.archive.filters import Filters
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import shown
from memory_road.archive.search import find
from memory_road.facts.public import public_facts
from memory_road.facts.vocabulary import Category, Fate
from memory_road.media.pyramid import WHOLE_PICTURE, has_tiles
from memory_road.web.addresses import absolute, entry_address, short_address
from memory_road.web.api.schemas import Asked, People, Person
from memory_road.web.api.service import Reads
from memory_road.web.audience import audience
from memory_road.web.edge import parts
from memory_road.web.problem import gone, problem

people = Reads("api_people", "/api/v1/people", "People of the archive")
TEXTS = ("place", "unit", "work", "award", "story", "country")
TOLD = ("kind", "caption", "taken", "taken_place", "credit", "enhanced", "veiled", "width", "height")


@people.route("")
@audience(Audience.EVERYONE)
@people.arguments(Asked, location="query", error_status_code=400)
@people.response(200, People, description="One page: the newest first, or those whose names fit, the best first")
@people.alt_response(422, "UNPROCESSABLE_ENTITY")
def listed(asked: dict[str, Any]) -> Any:
    """People whose names fit `q`, narrowed by all other parameters."""
    page = find(asked["q"], _filters(asked), asked["after"], asked["limit"])
    if page.too_slow:
        sentence = gettext("So much at once takes too long to look for. Leave something out, or add a name.")
        return problem(422, gettext("That did not work"), sentence)
    following = absolute("api_people.listed", **{**asked, "after": page.after}) if page.after else None
    return {"people": [summary(card) for card in page.cards], "next": following, "too_many": page.too_many}


@people.route("/<participant_id>")
@audience(Audience.EVERYONE)
@people.response(200, Person)
@people.alt_response(301, description="It has become part of another entry, or its number was written otherwise")
@people.alt_response(404, "NOT_FOUND")
@people.alt_response(410, "GONE")
def one(participant_id: str) -> ResponseReturnValue | dict[str, Any]:
    """Everything that is told of somebody."""
    participant = shown(participant_id)
    if participant is None:
        abort(404)
    if participant.gone_at is not None:
        return gone(participant)
    if participant.id != participant_id:
        return redirect(url_for("api_people.one", participant_id=participant.id), 301)
    languages = parts().settings.languages
    seen = [each for each in participant.photographs if not each.veiled]
    return {
        "id": participant.id,
        "facts": public_facts(participant.facts),
        "language": participant.language,
        "contributor": participant.contributor_name,
        "relationship": participant.contributor_relationship,
        "disputed": participant.disputed_at is not None,
        "published_at": participant.published_at,
        "updated_at": participant.updated_at,
        "pictures": [_picture(each) for each in participant.photographs],
        "page": short_address(participant.id),
        "pages": {language: entry_address(participant, language) for language in languages},
        "manifest": absolute("manifest.of_entry", participant_id=participant.id) if seen else None,
    }


def _filters(asked: Mapping[str, Any]) -> Filters:
    category, fate = asked.get("category"), asked.get("fate")
    return Filters(
        category=Category(category) if category else None,  # pyright: ignore[reportCallIssue] -- a term is called with its value alone
        fate=Fate(fate) if fate else None,  # pyright: ignore[reportCallIssue]
        born_from=asked.get("born_from"),
        born_to=asked.get("born_to"),
        **{name: asked.get(name, "") for name in TEXTS},
    )


def summary(card: Card) -> dict[str, Any]:
    """Somebody in a list."""
    return {
        "id": card.id,
        "surname": card.surname,
        "given_names": card.given,
        "birth_date": card.birth,
        "death_date": card.death,
        "portrait": _media(f"{card.portrait}-{card.files[0][0]}") if card.portrait and card.files else None,
        "url": absolute("api_people.one", participant_id=card.id),
        "page": short_address(card.id),
    }


def _picture(photograph: Photograph) -> dict[str, Any]:
    return {
        **{name: getattr(photograph, name) for name in TOLD},
        "image": _media(f"{photograph.key}/{WHOLE_PICTURE}"),
        "service": _media(photograph.key) if has_tiles(photograph.sizes) else None,
    }


def _media(name: str) -> str:
    return f"{parts().settings.base_url}/media/{name}"
