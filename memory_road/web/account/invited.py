"""The page behind the link of an invitation to the desk. Looking answers nothing."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.db import db
from memory_road.people.invite import accept, invitation_by
from memory_road.people.refusal import PeopleRefused
from memory_road.web.asking import request_sentence
from memory_road.web.audience import ANYBODY, audience
from memory_road.web.edge import actor
from memory_road.web.people_sentences import ROLES

invited = Blueprint("invited", __name__, url_prefix="/<lang>/account/invited", template_folder="templates")


@invited.get("/<token>")
@audience(ANYBODY)
def letter(token: str) -> ResponseReturnValue:
    """To what somebody is invited."""
    return _page(token)


@invited.post("/<token>")
@audience(Audience.CONTRIBUTORS)
def take(token: str) -> ResponseReturnValue:
    """Yes."""
    try:
        accept(actor(), token)
    except PeopleRefused as refused:
        db.session.rollback()
        return _page(token, request_sentence(refused))
    return redirect(url_for("desk.queue", said="welcome_to_desk"), 303)


def _page(token: str, error: str = "") -> ResponseReturnValue:
    try:
        invitation = invitation_by(token)
    except PeopleRefused as gone:
        return render_template("account/invited.html", invitation=None, error=request_sentence(gone)), 410
    page = render_template(
        "account/invited.html", invitation=invitation, role=ROLES[invitation.role], token=token, error=error
    )
    return page, 409 if error else 200
