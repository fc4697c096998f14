"""Two pictures beside each other at the same size: of a case, like one of its own, or of the entry that it is about.
Turning and enlarging are for looking alone: nothing is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience, may_read
from memory_road.contributions.bad_picture import bad_among
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.contributions.queries import matter, readable
from memory_road.contributions.submit import read
from memory_road.db import now
from memory_road.facts.names import full_name
from memory_road.moderation.recognise import alike_in
from memory_road.web.audience import audience
from memory_road.web.differences import shown_about
from memory_road.web.edge import actor
from memory_road.web.entry import Picture
from memory_road.web.language import language
from memory_road.web.moderate.filters import kept
from memory_road.web.published import pictures_in_order, published_pictures
from memory_road.web.sent import sent_pictures

SIDES = ("left", "right")
ZOOMS = (1, 2, 4)
"""How many times as large as the whole picture."""
QUARTERS = 4
comparing = Blueprint("comparing", __name__, url_prefix="/<lang>/moderate", template_folder="templates")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that can be laid on a side. ``covered``: it was rejected for abuse, or has a veil."""

    picture: Picture
    called: str
    covered: bool


@comparing.get("/<contribution_id>/compare")
@audience(Audience.MODERATORS)
def page(contribution_id: str) -> ResponseReturnValue:
    """Two pictures that the address names, turned and enlarged as it says. The first one stands alone until another is
    chosen."""
    item = readable(contribution_id, actor())
    found = dict(_pictures(item))
    asked = {side: request.args.get(side, "") for side in SIDES}
    first = next(iter(found), "")
    state: dict[str, Any] = {
        "left": asked["left"] if asked["left"] in found else first,
        "right": asked["right"] if asked["right"] in found else "",
        "turn_left": request.args.get("turn_left", 0, type=int) % QUARTERS,
        "turn_right": request.args.get("turn_right", 0, type=int) % QUARTERS,
        "zoom": request.args.get("zoom", 1, type=int),
    }
    state["zoom"] = state["zoom"] if state["zoom"] in ZOOMS else 1
    return render_template(
        "moderate/compare.html",
        contribution=item,
        called=full_name(item.facts or {}),
        found=found,
        state=state,
        sides=[(side, found[state[side]], state[f"turn_{side}"]) for side in SIDES if state[side]],
        missing=any(key and key not in found for key in asked.values()),
        zooms=ZOOMS,
        kept=kept(),
    )


def _pictures(item: Contribution) -> Iterator[tuple[str, Shown]]:
    """Everything that can be laid on a side, by its key."""
    covered = bad_among(item.photographs)
    for number, shown in enumerate(_sent(item, item.photographs), start=1):
        what = gettext("Picture %(number)s", number=number)
        yield shown.key, Shown(shown, what, shown.key in covered)
    entry = shown_about(item)
    for shown in published_pictures(entry, language()) if entry is not None else []:
        yield shown.key, Shown(shown, gettext("In the entry now: %(what)s", what=shown.alt), shown.veiled)
    alike = alike_in(item)
    for number, photograph in enumerate(item.photographs, start=1):
        if photograph.id not in alike:
            continue
        for one in alike[photograph.id].published:
            name = full_name(one.participant.facts)
            [shown] = pictures_in_order(name, [one.photograph], language())
            yield shown.key, Shown(shown, _like(number, name), shown.veiled or photograph.id in covered)
        for other in alike[photograph.id].sent:
            if may_read(actor(), *matter(other.contribution)):
                bad = photograph.id in covered or bool(bad_among([other.photograph]))
                name = full_name(other.contribution.facts or {})
                for shown in _sent(other.contribution, [other.photograph]):
                    yield shown.key, Shown(shown, _like(number, name), bad)


def _sent(contribution: Contribution, which: Sequence[ContributionPhotograph]) -> list[Picture]:
    wanted = {photograph.id for photograph in which}
    address = url_for("desk.queue") + "photographs"
    shown = sent_pictures(contribution, read(contribution, now().date()), address, language())
    return [each for each in shown if each.key in wanted]


def _like(number: int, name: str) -> str:
    return gettext("Like picture %(number)s: %(name)s", number=number, name=name)
