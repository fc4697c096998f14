"""The pictures of a published entry, as its page and the preview of a correction show them."""

from collections.abc import Sequence

from memory_road.archive.participant import Participant
from memory_road.archive.photograph import Photograph
from memory_road.archive.queries import existing
from memory_road.facts.names import full_name
from memory_road.media.pyramid import has_tiles
from memory_road.web.entry import Picture, picture
from memory_road.web.who import seen


def published_pictures(participant: Participant, language: str) -> list[Picture]:
    """The pictures of an entry, in its order."""
    return pictures_in_order(full_name(participant.facts), participant.photographs, language)


def pictures_in_order(name: str, photographs: Sequence[Photograph], language: str) -> list[Picture]:
    """These published pictures of somebody called ``name``."""
    linked = existing(person["entry"] for kept in photographs for person in kept.people)
    shown: list[Picture] = []
    for kept in photographs:
        addresses = {size["name"]: f"/media/{kept.key}-{size['name']}" for size in kept.sizes}
        place = {"key": kept.key, "original_key": kept.enhanced_of_key or "", "people": seen(kept, linked)}
        place["tiles"] = f"/media/{kept.key}/info.json" if has_tiles(kept.sizes) else ""
        shown.append(picture(kept, kept.taken, addresses, kept.sizes, name, language, **place))
    return shown
