"""One entry as a relative meets it: everything that can be asked or done about it, from one page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.archive.participant import Participant
from memory_road.archive.queries import entry
from memory_road.facts.names import full_name
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.takedown import open_takedown
from memory_road.web.audience import audience
from memory_road.web.edge import actor

entries = Blueprint("entries", __name__, url_prefix="/<lang>/my/entries", template_folder="templates")


def published(participant_id: str) -> Participant:
    """The published entry at an address. Raises ``RequestRefused``."""
    found = entry(participant_id)
    if found is None:
        raise RequestRefused(RequestRefusal.NOT_FOUND)
    return found


@entries.get("/<participant_id>")
@audience(Audience.CONTRIBUTORS)
def one(participant_id: str) -> ResponseReturnValue:
    """What the reader can ask or do about one entry."""
    participant = published(participant_id)
    return render_template(
        "family/entry.html",
        participant=participant,
        name=full_name(participant.facts),
        takedown=open_takedown(participant.id, actor()),
    )
