"""A visitor lays a flower at an entry: without account, cookie or token, and without a script."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.archive.flower import TooManyFlowers, lay_flower
from memory_road.archive.queries import entry
from memory_road.db import db
from memory_road.facts.names import slug
from memory_road.web.audience import audience

flowers = Blueprint("flowers", __name__, url_prefix="/<lang>/people/<participant_id>/flower")
THANKS = "flower-laid"
"""The part of the page that thanks: what an address names after # is seen by the browser alone."""


@flowers.post("")
@audience(Audience.EVERYONE)
def lay(participant_id: str) -> ResponseReturnValue:
    """Lay it, and go back to the entry, which thanks."""
    found = entry(participant_id)
    if found is None:
        abort(404)
    address = url_for("gallery.person", participant_id=found.id, name=slug(found.facts), _anchor=THANKS)
    try:
        lay_flower(found.id, request.remote_addr or "")
    except TooManyFlowers:
        db.session.rollback()
        title = gettext("Thank you for remembering")
        sentence = gettext("Very many flowers came from your network within an hour. Please come again a little later.")
        return render_template("error.html", title=title, sentence=sentence, typed=[]), 429
    return redirect(address, 303)
