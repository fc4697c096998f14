"""A case that is left to others for good, since it concerns one's family."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from memory_road.accounts.permissions import Audience
from memory_road.contributions.queries import readable
from memory_road.moderation.claim import release
from memory_road.moderation.kin import Bar, recuse
from memory_road.requests.queries import readable_request
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.moderate.filters import kept

BARS: dict[Bar, object] = {
    Bar.SENT: _l("This is your own contribution: another moderator decides about it."),
    Bar.SAID: _l("You have said that this concerns your family: another moderator decides about it."),
    Bar.CARE: _l("You have the care of the entry that this is about: another moderator decides about it."),
    Bar.TOLD: _l("You have told of the person that this is about: another moderator decides about it."),
}
setting_aside = Blueprint("setting_aside", __name__, url_prefix="/<lang>/moderate")


@setting_aside.post("/<contribution_id>/family")
@audience(Audience.MODERATORS)
def family(contribution_id: str) -> ResponseReturnValue:
    """The case concerns the moderator's family: they are out of it for ever."""
    readable(contribution_id, actor())
    release(contribution_id, actor())
    recuse(contribution_id, actor())
    return redirect(url_for("desk.following", after=contribution_id, said="kin", **kept()), 303)


@setting_aside.post("/requests/<request_id>/family")
@audience(Audience.MODERATORS)
def family_of_request(request_id: str) -> ResponseReturnValue:
    """The same of a request."""
    readable_request(request_id, actor())
    release(request_id, actor())
    recuse(request_id, actor())
    return redirect(url_for("desk.following", after=request_id, said="kin", **kept()), 303)
