"""The desk gives an entry another face."""

from functools import partial

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.moderation.entry import entry_at_desk, governs
from memory_road.moderation.portrait import replace_portrait
from memory_road.moderation.proposal import ProposedMove, propose
from memory_road.requests.entry_refusal import EntryRefusal
from memory_road.requests.refusal import RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.language import language
from memory_road.web.moderate.entries import done
from memory_road.web.published import published_pictures

TWO_FOR = "portrait"
portrait = Blueprint(
    "portrait", __name__, url_prefix="/<lang>/moderate/entries/<participant_id>/portrait", template_folder="templates"
)


@portrait.route("", methods=["GET", "POST"])
@audience(Audience.MODERATORS)
def page(participant_id: str) -> ResponseReturnValue:
    """Choose another picture, look at the old one and the new one side by side, and then make it so."""
    if request.method == "GET":
        return _page(participant_id, {})
    field = request.form.get
    key, edition, note = field("picture", ""), field("edition", ""), field("note", "")
    try:
        if field("action") != "replace":
            return _page(participant_id, {}, beside=_among(participant_id, key))
        if TWO_FOR in parts().settings.two_approvals:
            content = {"key": key, "edition": edition}
            propose(_among(participant_id, key)[0], ProposedMove.REPLACE_PORTRAIT, content, actor(), note)
            return done(participant_id, "entry_proposed")
        replace_portrait(participant_id, actor(), key, edition, note)
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, participant_id, beside=(participant_id, key)))
    return done(participant_id, "portrait_replaced")


def _among(participant_id: str, key: str) -> tuple[str, str]:
    """The entry's id and the key, if it is that of another picture of the entry. Raises ``RequestRefused``."""
    participant = entry_at_desk(participant_id)
    if not any(picture.key == key and picture.position != 0 for picture in participant.photographs):
        raise RequestRefused(EntryRefusal.PICTURE_MISSING)
    return participant.id, key


def _page(participant_id: str, errors: dict[str, str], beside: tuple[str, str] | None = None) -> str:
    participant = entry_at_desk(participant_id)
    pictures = published_pictures(participant, language()) if participant.gone_at is None else []
    face = next((kept.key for kept in participant.photographs if kept.position == 0), None)
    return render_template(
        "moderate/portrait.html",
        participant=participant,
        face=next((shown for shown in pictures if shown.key == face), None),
        choices=[shown for shown in pictures if shown.key != face],
        chosen=next((shown for shown in pictures if beside is not None and shown.key == beside[1]), None),
        governs=governs(participant, actor(), senior=False),
        errors=errors,
    )
