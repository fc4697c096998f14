"""The page behind the link of an invitation: who asks, and two buttons. Looking answers nothing."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.db import db
from memory_road.family.hand_over import accept, decline, invitation_at
from memory_road.family.refusal import FamilyRefusal
from memory_road.requests.refusal import RequestRefused
from memory_road.web.asking import request_sentence
from memory_road.web.audience import ANYBODY, audience
from memory_road.web.edge import actor

invitations = Blueprint("invitations", __name__, url_prefix="/<lang>/care", template_folder="templates")


@invitations.get("/<token>")
@audience(ANYBODY)
def letter(token: str) -> ResponseReturnValue:
    """What is asked; for everybody who holds the letter, with an account or without."""
    return _page(token)


@invitations.post("/<token>")
@audience(Audience.CONTRIBUTORS)
def take(token: str) -> ResponseReturnValue:
    """Yes."""
    try:
        taken = accept(token, actor())
    except RequestRefused as refused:
        return _page(token, refused)
    return redirect(url_for("entries.one", participant_id=taken.participant_id, said="care_taken"), 303)


@invitations.post("/<token>/no")
@audience(ANYBODY)
def leave(token: str) -> ResponseReturnValue:
    """No."""
    try:
        decline(token)
    except RequestRefused as refused:
        return _page(token, refused)
    return render_template("family/invitation.html", invitation=None, sentence="", name="")


def _page(token: str, refused: RequestRefused | None = None) -> ResponseReturnValue:
    db.session.rollback()
    try:
        invitation = invitation_at(token)
    except RequestRefused as gone:
        page = render_template("family/invitation.html", invitation=None, sentence=request_sentence(gone), name="")
        return page, 410 if gone.code is FamilyRefusal.INVITATION_GONE else 404
    sentence = request_sentence(refused) if refused is not None else ""
    page = render_template(
        "family/invitation.html",
        invitation=invitation,
        token=token,
        name=invitation.participant.called,
        sentence=sentence,
    )
    return page, 409 if refused is not None else 200
