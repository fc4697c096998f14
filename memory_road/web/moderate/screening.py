"""The desk reads the first message between two relatives."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience, may_settle
from memory_road.accounts.user import Account
from memory_road.db import db
from memory_road.facts.names import full_name
from memory_road.family.find import any_message
from memory_road.family.screen import deliver, hold_back
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.web.asking import at_its_field
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
        return _refused(message_id, refused)
    return redirect(url_for("families.waiting", said="message_delivered"), 303)


@screening.post("/hold-back")
@audience(Audience.MODERATORS)
def keep_back(message_id: str) -> ResponseReturnValue:
    """Do not deliver it, and tell the sender why."""
    try:
        hold_back(message_id, actor(), request.form.get("words", ""))
    except RequestRefused as refused:
        return _refused(message_id, refused)
    return redirect(url_for("families.waiting", said="message_held"), 303)


def _refused(message_id: str, refused: RequestRefused) -> ResponseReturnValue:
    if refused.code is RequestRefusal.NOT_FOUND:
        raise refused
    db.session.rollback()
    return _page(message_id, at_its_field(refused)), 422 if refused.code is RequestRefusal.ANSWER_MISSING else 409


def _page(message_id: str, errors: dict[str, str]) -> str:
    found = any_message(message_id)
    begun = found.correspondence
    return render_template(
        "moderate/message.html",
        message=found,
        name=full_name(begun.participant.facts),
        receiver=db.session.get_one(Account, begun.beside(found.sender_id)).display_name,
        may_settle=may_settle(actor(), begun.one_id, begun.other_id),
        errors=errors,
    )
