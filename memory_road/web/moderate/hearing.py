"""Cases that are put on hold and released, and appeals that are heard."""

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.contributions.lifecycle import Move
from memory_road.contributions.move import Refused
from memory_road.moderation.hear import reopen, uphold
from memory_road.moderation.hold import hold, release
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.moderate.case_page import again, decided, refused
from memory_road.web.moderate.typed import typed, words

hearing = Blueprint("hearing", __name__, url_prefix="/<lang>/moderate/<contribution_id>")


@hearing.post("/hold")
@audience(Audience.MODERATORS)
def put_on_hold(contribution_id: str) -> ResponseReturnValue:
    """Out of the queue, for a historian's opinion."""
    return _done(contribution_id, lambda: hold(contribution_id, actor(), *words(Move.HOLD)[1:]), "held")


@hearing.post("/resume")
@audience(Audience.MODERATORS)
def resume(contribution_id: str) -> ResponseReturnValue:
    """Back to the queue; the page shows the case, which may be taken at once."""
    try:
        release(contribution_id, actor(), typed(Move.RELEASE, "note"))
    except Refused as refusal:
        return refused(contribution_id, refusal)
    return again(contribution_id, "resumed")


@hearing.post("/uphold")
@audience(Audience.SENIOR_MODERATORS)
def stands(contribution_id: str) -> ResponseReturnValue:
    """The decision not to publish stands."""
    return _done(contribution_id, lambda: uphold(contribution_id, actor(), *words(Move.UPHOLD)[1:]), "upheld")


@hearing.post("/reopen")
@audience(Audience.SENIOR_MODERATORS)
def goes_on(contribution_id: str) -> ResponseReturnValue:
    """The case is decided anew."""
    return _done(contribution_id, lambda: reopen(contribution_id, actor(), *words(Move.REOPEN)[1:]), "reopened")


def _done(contribution_id: str, verb: Callable[[], object], said: str) -> ResponseReturnValue:
    try:
        verb()
    except Refused as refusal:
        return refused(contribution_id, refusal)
    return decided(contribution_id, said)
