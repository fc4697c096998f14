"""Relatives of one participant find each other, write through the site, and stop."""

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience, require
from memory_road.accounts.user import Account
from memory_road.db import db
from memory_road.facts.names import full_name
from memory_road.family.contact import resume_contact, stop_contact, wish_contact, write_to
from memory_road.family.correspondence import MessageState
from memory_road.family.find import both_wish, is_family, messages, relative, wishes
from memory_road.family.find import relatives as relatives_of
from memory_road.requests.refusal import RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.family.entries import published

relatives = Blueprint(
    "relatives", __name__, url_prefix="/<lang>/my/entries/<participant_id>/relatives", template_folder="templates"
)


@relatives.get("")
@audience(Audience.CONTRIBUTORS)
def found(participant_id: str) -> ResponseReturnValue:
    """The reader's own wish; who else has wished it, for whom has wished it."""
    participant = published(participant_id)
    require(is_family(participant.id, actor()))
    return render_template(
        "family/relatives.html",
        participant=participant,
        name=full_name(participant.facts),
        wished=wishes(participant.id, actor()),
        relatives=relatives_of(participant.id, actor()),
        own_name=db.session.get_one(Account, actor().id).display_name,
    )


@relatives.post("")
@audience(Audience.CONTRIBUTORS)
def wish(participant_id: str) -> ResponseReturnValue:
    """Wish it, or no longer."""
    wished = request.form.get("wished") == "yes"
    wish_contact(participant_id, actor(), wished)
    said = "contact_on" if wished else "contact_off"
    return redirect(url_for("relatives.found", participant_id=participant_id, said=said), 303)


@relatives.get("/<wish_id>")
@audience(Audience.CONTRIBUTORS)
def one(participant_id: str, wish_id: str) -> ResponseReturnValue:
    """What the two have written."""
    return _page(participant_id, wish_id, {})


@relatives.post("/<wish_id>")
@audience(Audience.CONTRIBUTORS)
def write(participant_id: str, wish_id: str) -> ResponseReturnValue:
    """Write a message."""
    try:
        message = write_to(participant_id, wish_id, actor(), request.form.get("words", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, participant_id, wish_id))
    said = "message_waits" if message.state == MessageState.WAITING else "message_sent"
    return _back(participant_id, wish_id, said)


@relatives.post("/<wish_id>/stop")
@audience(Audience.CONTRIBUTORS)
def stop(participant_id: str, wish_id: str) -> ResponseReturnValue:
    """Neither writes any more."""
    stop_contact(participant_id, wish_id, actor())
    return _back(participant_id, wish_id, "contact_stopped")


@relatives.post("/<wish_id>/resume")
@audience(Audience.CONTRIBUTORS)
def resume(participant_id: str, wish_id: str) -> ResponseReturnValue:
    """Both may write again."""
    resume_contact(participant_id, wish_id, actor())
    return _back(participant_id, wish_id, "contact_resumed")


def _back(participant_id: str, wish_id: str, said: str) -> ResponseReturnValue:
    try:
        relative(participant_id, wish_id, actor())
    except RequestRefused:  # nothing was written yet, and one of them no longer wishes it
        return redirect(url_for("relatives.found", participant_id=participant_id, said=said), 303)
    return redirect(url_for("relatives.one", participant_id=participant_id, wish_id=wish_id, said=said), 303)


def _page(participant_id: str, wish_id: str, errors: dict[str, str]) -> str:
    participant = published(participant_id)
    other, begun = relative(participant.id, wish_id, actor())
    return render_template(
        "family/relative.html",
        participant=participant,
        name=full_name(participant.facts),
        other=other,
        begun=begun,
        messages=messages(begun, actor()) if begun is not None else [],
        me=actor().id,
        open=both_wish(other, actor()) and (begun is None or begun.stopped_at is None),
        errors=errors,
    )
