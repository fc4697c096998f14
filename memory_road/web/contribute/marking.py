"""A picture's own page, for its sender: its crop, who is in it, and what it was coloured or restored from."""

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.archive.queries import existing
from memory_road.contributions.lifecycle import CHANGEABLE
from memory_road.contributions.mark import crop, forget_person, name_person, say_enhanced
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.photograph import ContributionPhotograph, preview_key
from memory_road.contributions.queries import changeable, photograph_of, readable
from memory_road.contributions.told import told_state
from memory_road.db import db
from memory_road.facts.vocabulary import PhotographKind
from memory_road.identifier import is_identifier, normal_identifier
from memory_road.media.area import Area
from memory_road.media.card import sensible
from memory_road.media.frame import Frame
from memory_road.media.proposal import propose
from memory_road.media.store import FileMissing
from memory_road.web.areas import named_area, typed_area
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.outline import drawing_height, outline
from memory_road.web.sentences import REFUSALS

marking = Blueprint(
    "marking",
    __name__,
    url_prefix="/<lang>/contribute/<contribution_id>/photographs/<photograph_id>",
    template_folder="templates",
)
_ADDRESS = re.compile(r"/(?:p|people)/([^/?#\s]+)")


@marking.get("")
@audience(Audience.CONTRIBUTORS)
def page(contribution_id: str, photograph_id: str) -> ResponseReturnValue:
    """The picture, and what can be marked in it."""
    contribution = readable(contribution_id, actor())
    if contribution.sender_id != actor().id or told_state(contribution) not in CHANGEABLE:
        return redirect(url_for("my.contribution", contribution_id=contribution_id))
    return _page(contribution_id, photograph_id)


@marking.post("/crop")
@audience(Audience.CONTRIBUTORS)
def set_crop(contribution_id: str, photograph_id: str) -> ResponseReturnValue:
    """Crop a portrait where the sliders stand, or as is proposed."""

    def verb() -> None:
        photograph = photograph_of(changeable(contribution_id, actor()), photograph_id)
        width, height = photograph.width, photograph.height
        db.session.rollback()  # no transaction stays open while a face is looked for
        if request.form.get("action") == "proposal":
            area = _proposed(photograph_id, width, height)
        else:
            across, down, size = (request.form.get(name, 50, type=int) for name in ("across", "down", "size"))
            area = Frame(across, down, size).area(width, height)
        crop(contribution_id, actor(), parts().store, photograph_id, area)

    return _done(contribution_id, photograph_id, "cropped", "crop", verb)


@marking.post("/people")
@audience(Audience.CONTRIBUTORS)
def add_person(contribution_id: str, photograph_id: str) -> ResponseReturnValue:
    """Say who is seen in a part of the picture."""

    def verb() -> None:
        entry = entry_named(request.form.get("entry", ""))
        if entry and not existing([entry]):
            raise Refused(RefusalCode.ENTRY_NOT_FOUND)
        name = request.form.get("name", "")
        name_person(contribution_id, actor(), photograph_id, typed_area(request.form), name, entry)

    return _done(contribution_id, photograph_id, "person_named", "people", verb)


@marking.post("/people/remove")
@audience(Audience.CONTRIBUTORS)
def remove_person(contribution_id: str, photograph_id: str) -> ResponseReturnValue:
    """Take somebody off the list."""

    def verb() -> None:
        forget_person(contribution_id, actor(), photograph_id, named_area(request.form.get("area", "")))

    return _done(contribution_id, photograph_id, "person_removed", "people", verb)


@marking.post("/original")
@audience(Audience.CONTRIBUTORS)
def set_original(contribution_id: str, photograph_id: str) -> ResponseReturnValue:
    """Say whether it was coloured or restored, and from which picture."""

    def verb() -> None:
        enhanced, original = request.form.get("enhanced") == "yes", request.form.get("original", "")
        say_enhanced(contribution_id, actor(), photograph_id, enhanced, original)

    return _done(contribution_id, photograph_id, "saved", "original", verb)


def _proposed(photograph_id: str, width: int, height: int) -> Area | None:
    """Where the portrait's face is, looked for once more in its preview; None: nothing proposes it."""
    with tempfile.TemporaryDirectory(prefix="memory-road-") as folder:
        preview = Path(folder) / "preview.webp"
        try:
            with parts().store.open(preview_key(photograph_id)) as stored, preview.open("wb") as copy:
                shutil.copyfileobj(stored, copy)
        except FileMissing:
            return None
        return propose(preview, parts().limits, width, height)


def entry_named(text: str) -> str:
    """The participant's id in an address or number as somebody may paste it. Raises ``Refused`` when there is none in
    it; empty stays empty."""
    text = text.strip()
    found = _ADDRESS.search(text)
    identifier = normal_identifier(found[1] if found else text)
    if text and not is_identifier(identifier):
        raise Refused(RefusalCode.ENTRY_NOT_FOUND)
    return identifier


def _done(
    contribution_id: str, photograph_id: str, said: str, part: str, verb: Callable[[], None]
) -> ResponseReturnValue:
    """After the verb: back to the part of the page it belongs to; or the page with a sentence and what was typed."""
    try:
        verb()
    except Refused as refused:
        if refused.code is RefusalCode.NOT_FOUND:
            raise
        if refused.code is RefusalCode.MOVED_ON:
            return redirect(url_for("my.contribution", contribution_id=contribution_id, said="sent_before"), 303)
        db.session.rollback()
        return _page(contribution_id, photograph_id, {part: str(REFUSALS[refused.code])}), 422
    where = url_for("marking.page", contribution_id=contribution_id, photograph_id=photograph_id, said=said)
    return redirect(f"{where}#{part}", 303)


def _page(contribution_id: str, photograph_id: str, errors: Mapping[str, str] | None = None) -> str:
    contribution = readable(contribution_id, actor())
    photograph = photograph_of(contribution, photograph_id)
    width, height = photograph.width, photograph.height
    cropped = Area.of(photograph.crop or ()) or sensible(width, height)
    linked = existing(person["entry"] for person in photograph.people)
    return render_template(
        "contribute/marking.html",
        contribution=contribution,
        photograph=photograph,
        number=contribution.photographs.index(photograph) + 1,
        shown=_shown(photograph),
        tall=drawing_height(width, height),
        is_portrait=PhotographKind.PORTRAIT.equals(photograph.kind),
        frame=Frame.around(cropped, width, height),
        cropped=outline(0, cropped, width, height),
        people=[
            (outline(number, person["area"], width, height), person, person["entry"] in linked)
            for number, person in enumerate(photograph.people, start=1)
        ],
        originals=[kept for kept in contribution.photographs if kept is not photograph and not kept.enhanced],
        errors=errors or {},
        typed=request.form if errors else {},
    )


def _shown(photograph: ContributionPhotograph) -> str:
    """Which of the picture's files the page shows."""
    wide = [size["name"] for size in photograph.sizes if size["name"].endswith(".webp") and size["name"][0].isdigit()]
    return next((name for name in wide if int(name.removesuffix(".webp")) >= 1280), wide[-1] if wide else "preview")
