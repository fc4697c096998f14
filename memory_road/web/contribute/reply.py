"""What a sender says to a decision: an answer to a question, or an appeal."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.accounts.sending import Sending
from memory_road.contributions.answer import keep_answer
from memory_road.contributions.appeal import appeal
from memory_road.contributions.attach import join, put_away
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import readable
from memory_road.contributions.quota import hold
from memory_road.db import db
from memory_road.moderation.recognise import look_for
from memory_road.web.audience import audience
from memory_road.web.contribute.pictures import MEGABYTE, Arrivals, quota, received
from memory_road.web.contribute.send import send
from memory_road.web.contribute.standing import standing
from memory_road.web.contribute.turns import require_turn
from memory_road.web.edge import actor, parts
from memory_road.web.sentences import refusal_sentence

PICTURES_BYTES = 256 * MEGABYTE

reply = Blueprint("reply", __name__, url_prefix="/<lang>/my/<contribution_id>", template_folder="templates")


@reply.post("/answer")
@audience(Audience.CONTRIBUTORS)
def answer(contribution_id: str) -> ResponseReturnValue:
    """Keep the answer to the moderator; then send everything again, or go to the form."""
    said = request.form.get("answer", "")
    try:
        if request.form.get("action") != "change":
            require_turn(Sending.SUBMISSION)
        contribution = keep_answer(contribution_id, actor(), said)
    except Refused as refused:
        return _again(contribution_id, refused, answer=said)
    if request.form.get("action") == "change":
        return redirect(url_for("contribute.edit", contribution_id=contribution_id), 303)
    return send(contribution)


@reply.post("/appeal")
@audience(Audience.CONTRIBUTORS, PICTURES_BYTES)
def look_again(contribution_id: str) -> ResponseReturnValue:
    """Ask that somebody else looks at it once more. Pictures that cannot be taken are said before anything is sent."""
    message, source = request.form.get("message", ""), request.form.get("source", "")
    with received(request.files.getlist("photos")) as arrivals:
        if arrivals.refusals:
            _give_back(arrivals)
            return standing(readable(contribution_id, actor()), arrivals.refusals, message=message, source=source), 422
        try:
            require_turn(pictures=len(arrivals.accepted))
            hold(actor().id)  # before the contribution, as everywhere
            digests = [arrived.verified.sha256 for arrived in arrivals.accepted]
            contribution = appeal(contribution_id, actor(), message, source, digests)
            _join(contribution, arrivals)
        except Refused as refused:
            _give_back(arrivals)
            return _again(contribution_id, refused, message=message, source=source)
    return redirect(url_for("my.contribution", contribution_id=contribution_id, said="appealed"), 303)


def _join(contribution: Contribution, arrivals: Arrivals) -> None:
    for arrived in arrivals.accepted:
        look_for(join(contribution, parts().store, arrived, quota()))


def _give_back(arrivals: Arrivals) -> None:
    for arrived in arrivals.accepted:
        put_away(parts().store, *arrived.keys)


def _again(contribution_id: str, refused: Refused, **typed: str) -> ResponseReturnValue:
    """Where it stands, with a sentence and everything that was written."""
    if refused.code is RefusalCode.NOT_FOUND:
        raise refused
    db.session.rollback()
    status = {RefusalCode.MOVED_ON: 409, RefusalCode.TOO_OFTEN: 429}.get(refused.code, 422)
    return standing(readable(contribution_id, actor()), [refusal_sentence(refused)], **typed), status
