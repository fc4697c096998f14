"""Tell that an entry is told differently, and one's own account of it."""

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.facts.names import full_name
from memory_road.family.disagree import dispute, tell_side
from memory_road.family.dispute import running_dispute
from memory_road.requests.refusal import RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.family.entries import published

disputes = Blueprint(
    "disputes", __name__, url_prefix="/<lang>/my/entries/<participant_id>/dispute", template_folder="templates"
)


@disputes.get("")
@audience(Audience.CONTRIBUTORS)
def page(participant_id: str) -> ResponseReturnValue:
    """One's own account; nobody else's is shown."""
    return _page(participant_id, {})


@disputes.post("")
@audience(Audience.CONTRIBUTORS)
def begin(participant_id: str) -> ResponseReturnValue:
    """Tell it for the first time."""
    try:
        dispute(participant_id, actor(), request.form.get("subject", ""), request.form.get("words", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, participant_id))
    return redirect(url_for("disputes.page", participant_id=participant_id, said="disputed"), 303)


@disputes.post("/side")
@audience(Audience.CONTRIBUTORS)
def side(participant_id: str) -> ResponseReturnValue:
    """Answer when asked, or change what was told."""
    try:
        tell_side(participant_id, actor(), request.form.get("words", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, participant_id))
    return redirect(url_for("disputes.page", participant_id=participant_id, said="side_told"), 303)


def _page(participant_id: str, errors: dict[str, str]) -> str:
    participant = published(participant_id)
    running = running_dispute(participant.id)
    own = running.side_of(actor().id) if running is not None else None
    return render_template(
        "family/dispute.html",
        participant=participant,
        name=full_name(participant.facts),
        running=running if own is not None else None,
        own=own,
        errors=errors,
    )
