"""What moderators tell each other about a case without deciding it: a note, to look twice, that a picture is
harmless."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience, may_decide, require
from memory_road.contributions.bad_picture import bad_among, take_off_like
from memory_road.contributions.flag import Flag
from memory_road.contributions.mark_case import flag
from memory_road.contributions.move import Refused
from memory_road.contributions.queries import matter, photograph_of, readable
from memory_road.moderation.kin import require_no_kin
from memory_road.moderation.note import leave_note
from memory_road.moderation.unmark import take_mark_away
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.moderate.case_page import NOTED, again, refused
from memory_road.web.moderate.typed import remark

noting = Blueprint("noting", __name__, url_prefix="/<lang>/moderate/<contribution_id>")


@noting.post("/note")
@audience(Audience.MODERATORS)
def keep(contribution_id: str) -> ResponseReturnValue:
    """Leave a note for other moderators; the sender never sees it."""
    try:
        leave_note(contribution_id, actor(), remark())
    except Refused as refusal:
        return refused(contribution_id, refusal)
    return again(contribution_id, NOTED)


@noting.post("/mark")
@audience(Audience.MODERATORS)
def mark(contribution_id: str) -> ResponseReturnValue:
    """Ask whoever decides to look twice, or take that back."""
    item = readable(contribution_id, actor())
    require(may_decide(actor(), *matter(item)))
    wanted = request.form.get("wanted") == "yes"
    try:
        require_no_kin(item, actor())
        if wanted:
            flag(contribution_id, Flag.LOOK_TWICE, actor().id)
        else:
            take_mark_away(contribution_id, actor(), Flag.LOOK_TWICE)
    except Refused as refusal:
        return refused(contribution_id, refusal)
    return again(contribution_id, "marked" if wanted else "unmarked")


@noting.post("/photographs/<photograph_id>/harmless")
@audience(Audience.SENIOR_MODERATORS)
def harmless(contribution_id: str, photograph_id: str) -> ResponseReturnValue:
    """A picture is known as bad by mistake: it, and what is like it, comes off the list."""
    item = readable(contribution_id, actor())
    require(may_decide(actor(), *matter(item)))
    try:
        require_no_kin(item, actor())
        take_off_like(photograph_of(item, photograph_id))
        if not bad_among(item.photographs):
            take_mark_away(contribution_id, actor(), Flag.KNOWN_PICTURE)
    except Refused as refusal:
        return refused(contribution_id, refusal)
    return again(contribution_id, "harmless")
