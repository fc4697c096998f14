"""What is suggested beside ranks, branches and awards."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from memory_road.accounts.permissions import Audience
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.suggestion import (
    Vocabulary,
    add_suggestion,
    retire_added,
    retire_shipped,
    suggestions,
)
from memory_road.db import db
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.language import language
from memory_road.web.sentences import refusal_sentence

vocabularies = Blueprint(
    "vocabularies", __name__, url_prefix="/<lang>/administer/suggestions", template_folder="templates"
)
NAMES: dict[Vocabulary, object] = {
    Vocabulary.BRANCH: _l("Branches of service"),
    Vocabulary.RANK: _l("Ranks"),
    Vocabulary.AWARD: _l("Awards"),
}


@vocabularies.get("")
@audience(Audience.ADMINISTRATORS)
def page() -> ResponseReturnValue:
    """The vocabularies."""
    return render_template("administer/vocabularies.html", names=NAMES)


@vocabularies.get("/<name>")
@audience(Audience.ADMINISTRATORS)
def one(name: str) -> ResponseReturnValue:
    """What is suggested in the language of the page."""
    return _page(_named(name))


@vocabularies.post("/<name>")
@audience(Audience.ADMINISTRATORS)
def add(name: str) -> ResponseReturnValue:
    """Suggest something more in that language."""
    vocabulary = _named(name)
    try:
        add_suggestion(actor(), vocabulary, language(), request.form.get("words", ""))
    except Refused as refused:
        db.session.rollback()
        return _page(vocabulary, refusal_sentence(refused)), 422
    return redirect(url_for("vocabularies.one", name=name, said="profile"), 303)


@vocabularies.post("/<name>/retire")
@audience(Audience.ADMINISTRATORS)
def retire(name: str) -> ResponseReturnValue:
    """Take one off the list, or put it back."""
    vocabulary, retired = _named(name), request.form.get("retired") == "yes"
    if request.form.get("id"):
        retire_added(actor(), request.form["id"], retired=retired)
    else:
        retire_shipped(actor(), vocabulary, request.form.get("words", ""), retired=retired)
    return redirect(url_for("vocabularies.one", name=name, said="profile"), 303)


def _named(name: str) -> Vocabulary:
    if name not in set(Vocabulary):
        raise Refused(RefusalCode.NOT_FOUND)
    return Vocabulary(name)


def _page(vocabulary: Vocabulary, error: str = "") -> str:
    listed = [
        (each, each.words if each.id else gettext(each.words))
        for each in suggestions(vocabulary)
        if each.language in {"", language()}
    ]
    return render_template(
        "administer/vocabulary.html",
        vocabulary=vocabulary,
        name=NAMES[vocabulary],
        listed=listed,
        error=error,
        typed=request.form,
    )
