"""Reasons and their messages: what moderators choose from, in every language."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.contributions.move import Refused
from memory_road.contributions.reason import Listed, add_reason, change_reason, listed, write_words
from memory_road.db import db
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.language import NAMES, language
from memory_road.web.reason_words import TEMPLATES, label_of, shipped
from memory_road.web.sentences import REASONS, refusal_sentence

reasons = Blueprint("reasons", __name__, url_prefix="/<lang>/administer/reasons", template_folder="templates")


@reasons.get("")
@audience(Audience.ADMINISTRATORS)
def page() -> ResponseReturnValue:
    """The whole list, retired ones too."""
    return _list()


@reasons.post("")
@audience(Audience.ADMINISTRATORS)
def add() -> ResponseReturnValue:
    """Add one, with its words in the language of the page."""
    try:
        key = add_reason(actor(), language(), request.form.get("label", ""), request.form.get("template", ""))
    except Refused as refused:
        db.session.rollback()
        return _list(refusal_sentence(refused)), 422
    return redirect(url_for("reasons.one", key=key, said="profile"), 303)


@reasons.get("/<key>")
@audience(Audience.ADMINISTRATORS)
def one(key: str) -> ResponseReturnValue:
    """One reason: for what it is offered, and its words."""
    return _page(key)


@reasons.post("/<key>")
@audience(Audience.ADMINISTRATORS)
def change(key: str) -> ResponseReturnValue:
    """Keep for what it is offered, and where it stands."""
    form, place = request.form, request.form.get("place", "")
    try:
        change_reason(
            actor(),
            key,
            active=form.get("retired") != "yes",
            for_return="return" in form.getlist("offered"),
            for_reject="reject" in form.getlist("offered"),
            place=int(place) if place.isdecimal() and len(place) < 6 else _reason(key).place,
        )
    except Refused as refused:
        db.session.rollback()
        return _page(key, refusal_sentence(refused)), 422
    return redirect(url_for("reasons.one", key=key, said="profile"), 303)


@reasons.post("/<key>/<code>")
@audience(Audience.ADMINISTRATORS)
def words(key: str, code: str) -> ResponseReturnValue:
    """Keep its words in one language."""
    if code not in parts().settings.languages:
        abort(404)
    try:
        write_words(actor(), key, code, request.form.get("label", ""), request.form.get("template", ""))
    except Refused as refused:
        db.session.rollback()
        return _page(key, refusal_sentence(refused), code), 422
    return redirect(url_for("reasons.one", key=key, said="profile", _anchor=f"in-{code}"), 303)


def _list(error: str = "") -> str:
    found = [(reason, label_of(reason)) for reason in listed()]
    return render_template("administer/reasons.html", reasons_listed=found, error=error, typed=request.form)


def _reason(key: str) -> Listed:
    return next((reason for reason in listed() if reason.key == key), None) or abort(404)


def _page(key: str, error: str = "", mistyped: str = "") -> str:
    reason = _reason(key)
    return render_template(
        "administer/reason.html",
        reason=reason,
        label=label_of(reason),
        words=[(code, NAMES[code], _words_in(reason, code, mistyped)) for code in parts().settings.languages],
        error=error,
    )


def _words_in(reason: Listed, code: str, mistyped: str) -> dict[str, str]:
    """What stands in the form for a language, and what is shipped for it."""
    own = (
        request.form if code == mistyped else {"label": reason.labels.get(code), "template": reason.templates.get(code)}
    )
    return {
        "label": own.get("label") or "",
        "template": own.get("template") or "",
        "shipped_label": shipped(REASONS, reason.key, code),
        "shipped_template": shipped(TEMPLATES, reason.key, code),
    }
