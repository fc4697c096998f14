"""A picture's own page at the desk: parts of the published copy are hidden, a veil is put before it."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from memory_road.accounts.permissions import Audience, may_decide
from memory_road.archive.queries import existing
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import State
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.queries import matter, photograph_of, readable
from memory_road.db import db
from memory_road.moderation.claim import Claim
from memory_road.moderation.cover import covers, hide, show_again, veil
from memory_road.web.areas import named_area, typed_area
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.outline import drawing_height, outline
from memory_road.web.sentences import REFUSALS

covering = Blueprint(
    "covering",
    __name__,
    url_prefix="/<lang>/moderate/<contribution_id>/photographs/<photograph_id>",
    template_folder="templates",
)
_CONFLICTS = {RefusalCode.MOVED_ON, RefusalCode.CLAIMED_BY_ANOTHER, RefusalCode.NOT_CLAIMED}


@covering.get("")
@audience(Audience.MODERATORS)
def page(contribution_id: str, photograph_id: str) -> ResponseReturnValue:
    """The picture without covers, with what is hidden drawn over it, and as it will be published."""
    return _page(contribution_id, photograph_id)


@covering.post("/hide")
@audience(Audience.MODERATORS)
def cover(contribution_id: str, photograph_id: str) -> ResponseReturnValue:
    """Hide a part of the published copy."""

    def verb() -> None:
        hide(contribution_id, actor(), parts().store, photograph_id, typed_area(request.form))

    return _done(contribution_id, photograph_id, "hidden", verb)


@covering.post("/show")
@audience(Audience.MODERATORS)
def uncover(contribution_id: str, photograph_id: str) -> ResponseReturnValue:
    """Hide a part no longer."""

    def verb() -> None:
        area = named_area(request.form.get("area", ""))
        show_again(contribution_id, actor(), parts().store, photograph_id, area)

    return _done(contribution_id, photograph_id, "shown_again", verb)


@covering.post("/veil")
@audience(Audience.MODERATORS)
def set_veil(contribution_id: str, photograph_id: str) -> ResponseReturnValue:
    """Put a veil before the picture, or take it away."""

    def verb() -> None:
        veil(contribution_id, actor(), photograph_id, request.form.get("veiled") == "yes")

    return _done(contribution_id, photograph_id, "profile", verb)


def covers_in_words(contribution: Contribution) -> str:
    """What is covered, for the log: a line for each picture."""
    lines: list[str] = []
    for cover in covers(contribution):
        what = [ngettext("%(num)s part hidden", "%(num)s parts hidden", cover.hidden)] if cover.hidden else []
        what += [gettext("veiled")] if cover.veiled else []
        lines.append(gettext("Picture %(number)s: %(what)s.", number=cover.number, what=", ".join(what)))
    return "\n".join(lines)


def _done(contribution_id: str, photograph_id: str, said: str, verb: Callable[[], None]) -> ResponseReturnValue:
    """After the verb: the page again; or the page with a sentence and what was typed."""
    try:
        verb()
    except Refused as refused:
        if refused.code is RefusalCode.NOT_FOUND:
            raise
        db.session.rollback()
        status = 409 if refused.code in _CONFLICTS else 422
        return _page(contribution_id, photograph_id, str(REFUSALS[refused.code])), status
    where = url_for("covering.page", contribution_id=contribution_id, photograph_id=photograph_id, said=said)
    return redirect(where, 303)


def _page(contribution_id: str, photograph_id: str, error: str = "") -> str:
    contribution = readable(contribution_id, actor())
    photograph = photograph_of(contribution, photograph_id)
    width, height = photograph.width, photograph.height
    held = db.session.get(Claim, contribution.id)
    mine = held is not None and held.holds() and held.moderator_id == actor().id
    wide = [size["name"] for size in photograph.sizes if size["name"].endswith(".webp") and size["name"][0].isdigit()]
    large = next((name for name in wide if int(name.removesuffix(".webp")) >= 1280), wide[-1] if wide else "")
    linked = existing(person["entry"] for person in photograph.people)
    return render_template(
        "moderate/covering.html",
        contribution=contribution,
        photograph=photograph,
        number=contribution.photographs.index(photograph) + 1,
        shown=large if large and not photograph.hidden else "preview",
        published=large if photograph.hidden else "",
        tall=drawing_height(width, height),
        hidden=[outline(number, area, width, height) for number, area in enumerate(photograph.hidden, start=1)],
        people=[
            (outline(number, person["area"], width, height), person, person["entry"] in linked)
            for number, person in enumerate(photograph.people, start=1)
        ],
        may_cover=mine and contribution.state == State.SUBMITTED and may_decide(actor(), *matter(contribution)),
        error=error,
        typed=request.form if error else {},
    )
