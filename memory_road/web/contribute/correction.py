"""Begin a correction of a published entry: a page with a button, and then the form that everything is sent with."""

import secrets

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.accounts.sending import Sending
from memory_road.archive.participant import Participant
from memory_road.archive.queries import entry
from memory_road.contributions.correct import correct, unfinished_about
from memory_road.facts.names import full_name, slug
from memory_road.web.audience import audience
from memory_road.web.contribute.turns import require_turn
from memory_road.web.edge import actor
from memory_road.web.entry import years
from memory_road.web.language import language

correction = Blueprint(
    "correction", __name__, url_prefix="/<lang>/contribute/about/<participant_id>", template_folder="templates"
)


@correction.get("")
@audience(Audience.CONTRIBUTORS)
def page(participant_id: str) -> ResponseReturnValue:
    """What a correction is, and the button that begins one."""
    participant = _published(participant_id)
    return render_template(
        "contribute/correct.html",
        participant=participant,
        name=full_name(participant.facts),
        slug=slug(participant.facts),
        years=years(participant.facts, language()),
        begun=unfinished_about(actor(), participant.id),
        form_key=secrets.token_urlsafe(32),
    )


@correction.post("")
@audience(Audience.CONTRIBUTORS)
def begin(participant_id: str) -> ResponseReturnValue:
    """Begin it, or go on with the one that was begun before."""
    participant = _published(participant_id)
    form_key = request.form.get("form_key", "")[:43] or secrets.token_urlsafe(32)
    if unfinished_about(actor(), participant.id) is None:
        require_turn(Sending.DRAFT)
    begun = correct(actor(), form_key, participant.id, participant.facts, language())
    return redirect(url_for("contribute.edit", contribution_id=begun.id), 303)


def _published(participant_id: str) -> Participant:
    participant = entry(participant_id)
    return participant if participant is not None else abort(404)
