"""My entries: what is in one's care, and one entry with everything that can be asked or done about it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience, may_care
from memory_road.archive.participant import Participant
from memory_road.archive.queries import entry
from memory_road.facts.names import full_name
from memory_road.family.carer import carer_of
from memory_road.family.dispute import running_dispute
from memory_road.family.find import wishes
from memory_road.family.queries import PAGE, asked_of, has_told, in_care_of, told_by, waiting_takeover
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


@entries.get("")
@audience(Audience.CONTRIBUTORS)
def mine() -> ResponseReturnValue:
    """The entries in the reader's care, and those of which they have told, too. Of either list the pages that follow
    show it alone."""
    after, told_after = request.args.get("after", ""), request.args.get("told", "")
    held = [] if told_after else in_care_of(actor(), after)
    return render_template(
        "family/entries.html",
        held=held,
        told=None if after else told_by(actor(), told_after),
        further=bool(told_after),
        name_of=full_name,
        after=held[-1].participant.id if len(held) == PAGE else None,
    )


@entries.get("/<participant_id>")
@audience(Audience.CONTRIBUTORS)
def one(participant_id: str) -> ResponseReturnValue:
    """What the reader can ask or do about one entry."""
    participant = published(participant_id)
    cares = may_care(actor(), carer_of(participant.id))
    disputed = running_dispute(participant.id)
    return render_template(
        "family/entry.html",
        participant=participant,
        name=full_name(participant.facts),
        cares=cares,
        asked=asked_of(actor(), participant.id),
        asking=waiting_takeover(actor(), participant.id),
        side=disputed.side_of(actor().id) if disputed is not None else None,
        family=cares or has_told(actor(), participant.id),
        wishes=wishes(participant.id, actor()),
        takedown=open_takedown(participant.id, actor()),
    )
