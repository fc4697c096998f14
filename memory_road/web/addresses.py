"""Addresses with the site's name before them, as other sites and programs need them."""

from typing import Any

from flask import url_for

from memory_road.archive.listing import Listed
from memory_road.archive.participant import Participant
from memory_road.facts.names import slug
from memory_road.web.edge import parts


def absolute(endpoint: str, **values: Any) -> str:
    """The address of a page at the site's public address."""
    return parts().settings.base_url + url_for(endpoint, **values)


def short_address(participant_id: str) -> str:
    """The address of an entry that never changes."""
    return absolute("gallery.short", participant_id=participant_id)


def entry_address(participant: Participant | Listed, language: str) -> str:
    """The address of an entry's page in ``language``."""
    return absolute("gallery.person", lang=language, participant_id=participant.id, name=slug(participant.facts))


def own_language(participant: Participant) -> str:
    """The language in which an entry was told, or the site's first one where that is not offered."""
    offered = parts().settings.languages
    return participant.language if participant.language in offered else offered[0]
