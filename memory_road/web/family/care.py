"""The carer's pages of one entry: hand the care over, name who shall have it later."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience, may_care, require
from memory_road.accounts.user import Account
from memory_road.archive.participant import Participant
from memory_road.db import db
from memory_road.facts.names import full_name
from memory_road.family.carer import carer_of
from memory_road.family.hand_over import hand_over, take_back
from memory_road.family.invitation import open_invitation
from memory_road.family.successor import Successor, forget_successor, name_successor, successor_of
from memory_road.requests.refusal import RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.family.entries import published

care = Blueprint("care", __name__, url_prefix="/<lang>/my/entries/<participant_id>", template_folder="templates")


@care.route("/hand-over", methods=["GET", "POST"])
@audience(Audience.CONTRIBUTORS)
def hand(participant_id: str) -> ResponseReturnValue:
    """Invite somebody to take the care."""
    if request.method == "GET":
        return _hand_page(_own(participant_id), {})
    try:
        hand_over(participant_id, actor(), request.form.get("email", ""), request.form.get("words", ""))
    except RequestRefused as refused:
        return ask_again(refused, lambda errors: _hand_page(_own(participant_id), errors))
    return redirect(url_for("care.hand", participant_id=participant_id, said="invited"), 303)


@care.post("/hand-over/take-back")
@audience(Audience.CONTRIBUTORS)
def withdraw(participant_id: str) -> ResponseReturnValue:
    """Take the invitation back."""
    take_back(participant_id, actor())
    return redirect(url_for("care.hand", participant_id=participant_id, said="invitation_taken_back"), 303)


@care.route("/successor", methods=["GET", "POST"])
@audience(Audience.CONTRIBUTORS)
def successor(participant_id: str) -> ResponseReturnValue:
    """Name who shall have the care later."""
    if request.method == "GET":
        return _successor_page(_own(participant_id), {})
    try:
        name_successor(participant_id, actor(), request.form.get("name", ""), request.form.get("email", ""))
    except RequestRefused as refused:
        return ask_again(refused, lambda errors: _successor_page(_own(participant_id), errors))
    return redirect(url_for("care.successor", participant_id=participant_id, said="successor_named"), 303)


@care.post("/successor/forget")
@audience(Audience.CONTRIBUTORS)
def forget(participant_id: str) -> ResponseReturnValue:
    """Name nobody."""
    forget_successor(participant_id, actor())
    return redirect(url_for("care.successor", participant_id=participant_id, said="successor_forgotten"), 303)


def _own(participant_id: str) -> Participant:
    participant = published(participant_id)
    require(may_care(actor(), carer_of(participant.id)))
    return participant


def _hand_page(participant: Participant, errors: dict[str, str]) -> str:
    return render_template(
        "family/hand_over.html",
        participant=participant,
        name=full_name(participant.facts),
        waiting=open_invitation(participant.id),
        giver=db.session.get_one(Account, actor().id).display_name,
        errors=errors,
    )


def _successor_page(participant: Participant, errors: dict[str, str]) -> str:
    named = successor_of(participant.id, actor(), carer_of(participant.id))
    shown = named or Successor(name="", email="")
    return render_template(
        "family/successor.html",
        participant=participant,
        name=full_name(participant.facts),
        named=named,
        called=request.form.get("name", shown.name),
        email=request.form.get("email", shown.email),
        errors=errors,
    )
