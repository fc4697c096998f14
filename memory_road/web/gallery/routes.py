"""Home, gallery and entries: everything depends on the address alone."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.archive.gone import GoneReason
from memory_road.archive.participant import Participant
from memory_road.archive.queries import shown
from memory_road.archive.search import find
from memory_road.archive.tally import number_of_entries
from memory_road.archive.whole import whole
from memory_road.facts.names import slug
from memory_road.identifier import normal_identifier
from memory_road.web.audience import audience
from memory_road.web.edge import parts
from memory_road.web.gallery.anniversaries import of_today
from memory_road.web.gallery.asked import asked
from memory_road.web.gallery.cards import faces
from memory_road.web.gallery.life import life_page
from memory_road.web.gallery.linked import linked_site
from memory_road.web.gallery.page import counted_kinds, gallery_page
from memory_road.web.language import language

gallery = Blueprint("gallery", __name__, template_folder="templates")
LATEST = 12


@gallery.get("/")
@audience(Audience.EVERYONE)
def welcome() -> ResponseReturnValue:
    """To the reader's language, asked of the browser."""
    response = redirect(url_for("gallery.home", lang=language()))
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    return response


@gallery.get("/<lang>/")
@audience(Audience.EVERYONE)
def home() -> ResponseReturnValue:
    """Search, numbers, the latest entries, what this is."""
    return render_template(
        "gallery/home.html",
        number=number_of_entries(),
        kinds=counted_kinds(),
        faces=faces(find(size=LATEST).cards, language()),
        today=of_today(),
        linked=linked_site(),
    )


@gallery.get("/<lang>/gallery")
@audience(Audience.EVERYONE)
def grid() -> ResponseReturnValue:
    """One page of the gallery."""
    wish = asked()
    page = find(wish.query, wish.filters, request.args.get("after", ""))
    return gallery_page(wish, page)


@gallery.get("/<lang>/people/<participant_id>")
@gallery.get("/<lang>/people/<participant_id>/<name>")
@audience(Audience.EVERYONE)
def person(participant_id: str, name: str = "") -> ResponseReturnValue:
    """One entry; a wrong last part of the address is put right."""
    found = whole(participant_id)
    if found is None:
        abort(404)
    participant = found.participant
    if participant.gone_at is not None:
        return _tombstone(participant, name)
    right = slug(participant.facts)
    if participant.id != participant_id or name != right:
        return redirect(url_for("gallery.person", participant_id=participant.id, name=right), 301)
    return life_page(found)


@gallery.get("/p/<participant_id>")
@audience(Audience.EVERYONE)
def short(participant_id: str) -> ResponseReturnValue:
    """The short permanent address: to the entry in its own first language."""
    participant = shown(participant_id)
    if participant is None:
        abort(404)
    offered = parts().settings.languages
    own = participant.language if participant.language in offered else offered[0]
    name = slug(participant.facts) if participant.gone_at is None else None
    moved = participant.id != normal_identifier(participant_id)
    address = url_for("gallery.person", lang=own, participant_id=participant.id, name=name)
    return redirect(address, 301 if moved else 302)


@gallery.get("/<lang>/privacy")
@audience(Audience.EVERYONE)
def privacy() -> ResponseReturnValue:
    """What happens to data, in plain words."""
    return render_template("gallery/privacy.html")


def _tombstone(participant: Participant, name: str) -> ResponseReturnValue:
    """What stands in the place of an entry that was taken down: no name, not in the address either."""
    if name:
        return redirect(url_for("gallery.person", participant_id=participant.id))
    reason = gettext(GoneReason(participant.gone_reason).wording) if participant.gone_reason else ""  # pyright: ignore[reportCallIssue] -- a term is called with its value alone
    return render_template("gallery/gone.html", participant=participant, reason=reason), 410
