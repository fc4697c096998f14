"""Invite somebody to the desk, and see who was invited."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.db import db
from memory_road.people.appoint import GIVEN
from memory_road.people.invite import invite, open_invitations, take_back
from memory_road.people.refusal import PeopleRefused
from memory_road.web.administer.people import chosen_scope, scope_choices
from memory_road.web.asking import request_sentence
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.language import language
from memory_road.web.people_sentences import ROLES

staff_invitations = Blueprint(
    "staff_invitations", __name__, url_prefix="/<lang>/administer/invitations", template_folder="templates"
)


@staff_invitations.get("")
@audience(Audience.ADMINISTRATORS)
def page() -> ResponseReturnValue:
    """Whom to invite, and who has not answered yet."""
    return _page()


@staff_invitations.post("")
@audience(Audience.ADMINISTRATORS)
def send() -> ResponseReturnValue:
    """Send the letter."""
    languages, countries = chosen_scope()
    form = request.form
    try:
        invite(actor(), form.get("email", ""), form.get("role", ""), languages, countries, language())
    except PeopleRefused as refused:
        db.session.rollback()
        return _page(request_sentence(refused)), 422
    return redirect(url_for("staff_invitations.page", said="staff_invited"), 303)


@staff_invitations.post("/<invitation_id>/take-back")
@audience(Audience.ADMINISTRATORS)
def back(invitation_id: str) -> ResponseReturnValue:
    """Let an invitation open nothing any more."""
    take_back(actor(), invitation_id)
    return redirect(url_for("staff_invitations.page", said="invitation_back"), 303)


def _page(error: str = "") -> str:
    return render_template(
        "administer/invitations.html",
        waiting=open_invitations(),
        roles=[(role.value, ROLES[role]) for role in GIVEN],
        role_words=ROLES,
        choices=scope_choices(),
        error=error,
        typed=request.form,
    )
