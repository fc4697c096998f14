"""Two moderators at one case notice each other: an open page asks now and then, and says that somebody looks."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience, NotPermitted
from memory_road.accounts.user import Account
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import Move, State
from memory_road.contributions.move import Refused
from memory_road.contributions.queries import decisions_about, readable
from memory_road.db import db
from memory_road.moderation.claim import claim, holder_of
from memory_road.moderation.presence import look_at, others_looking
from memory_road.requests.entry_request import EntryRequest
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.wording import MOVES

presence = Blueprint("presence", __name__, url_prefix="/<lang>/moderate/<contribution_id>")


@presence.get("/notice")
@audience(Audience.MODERATORS)
def notice(contribution_id: str) -> ResponseReturnValue:
    """What others do with the case at present, as JSON: ``sentence`` is empty where there is nothing to say, ``waits``
    whether it can still be decided."""
    item = readable(contribution_id, actor())
    return {"sentence": news_of(item), "waits": item.state in {State.SUBMITTED, State.APPEALED}}


@presence.post("/present")
@audience(Audience.MODERATORS)
def present(contribution_id: str) -> ResponseReturnValue:
    """An open page says that somebody looks; while they work on the case, their claim goes on."""
    item = readable(contribution_id, actor())
    if item.sender_id != actor().id:
        look_at(contribution_id, actor())
    if request.form.get("active") == "yes" and holder_of(item.id) == actor().id:
        try:
            claim(contribution_id, actor())
        except (Refused, NotPermitted):  # decided a moment ago: the page learns of it when it asks
            db.session.rollback()
    return {"sentence": news_of(item), "waits": item.state in {State.SUBMITTED, State.APPEALED}}


def news_of(item: Contribution) -> str:
    """Who works on a case, has decided it, or looks at it, too; empty: nobody but the reader."""
    if item.sender_id == actor().id:
        return ""
    if item.state not in {State.SUBMITTED, State.APPEALED}:
        last = decisions_about(item.id)[-1]
        if last.actor_id == actor().id:
            return ""
        if last.actor_id == item.sender_id:
            return gettext("The sender has changed this: %(what)s.", what=str(MOVES[Move(last.move)]))
        return gettext(
            "%(name)s has decided: %(what)s.", name=called(last.actor.pen_name), what=str(MOVES[Move(last.move)])
        )
    return others_at(item.id)


def news_of_request(asked: EntryRequest) -> str:
    """The same of a request."""
    if asked.account_id == actor().id:
        return ""
    if asked.closed_by_id is None:
        return others_at(asked.id)
    if asked.closed_by_id == actor().id:
        return ""
    name = called(db.session.get_one(Account, asked.closed_by_id).pen_name)
    return gettext("%(name)s has answered this request.", name=name)


def others_at(case_id: str) -> str:
    """Who works on a case that waits, or looks at it, too; empty: nobody but the reader."""
    holder = holder_of(case_id)
    if holder is not None and holder != actor().id:
        account = db.session.get_one(Account, holder)
        return gettext("%(name)s is working on this case.", name=called(account.pen_name))
    looking = [called(name) for name in others_looking(case_id, actor())]
    return gettext("Looking at this case, too: %(names)s.", names=", ".join(looking)) if looking else ""


def called(pen_name: str) -> str:
    """What other moderators call somebody."""
    return pen_name or gettext("A moderator")
