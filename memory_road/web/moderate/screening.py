"""The desk reads the first message between two relatives."""

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience, may_oversee, may_settle, require
from memory_road.accounts.user import Account
from memory_road.db import db
from memory_road.family.find import any_message
from memory_road.family.screen import deliver, hold_back
from memory_road.requests.refusal import RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor

screening = Blueprint(
    "screening", __name__, url_prefix="/<lang>/moderate/families/messages/<message_id>", template_folder="templates"
)


@screening.get("")
@audience(Audience.MODERATORS)
def message(message_id: str) -> ResponseReturnValue:
    """The message, and two buttons."""
    return _page(message_id, {})


@screening.post("/deliver")
@audience(Audience.MODERATORS)
def let_through(message_id: str) -> ResponseReturnValue:
    """Deliver it."""
    try:
        deliver(message_id, actor())
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, message_id))
    return redirect(url_for("families.waiting", said="message_delivered"), 303)


@screening.post("/hold-back")
@audience(Audience.MODERATORS)
def keep_back(message_id: str) -> ResponseReturnValue:
    """Do not deliver it, and tell the sender why."""
    try:
        hold_back(message_id, actor(), request.form.get("words", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, message_id))
    return redirect(url_for("families.waiting", said="message_held"), 303)


def _page(message_id: str, errors: dict[str, str]) -> str:
    found = any_message(message_id)
    begun = found.correspondence
    require(may_oversee(actor(), begun.participant.place))
    return render_template(
        "moderate/message.html",
        message=found,
        name=begun.participant.called,
        receiver=db.session.get_one(Account, begun.beside(found.sender_id)).display_name,
        may_settle=may_settle(actor(), begun.participant.place, begun.one_id, begun.other_id),
        errors=errors,
    )
