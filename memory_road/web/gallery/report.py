"""A visitor reports a problem with an entry: a page of its own, without account, cookie or token."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.archive.participant import Participant
from memory_road.archive.queries import entry
from memory_road.db import db
from memory_road.facts.names import full_name
from memory_road.requests.entry_request import GROUNDS, RequestKind
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.requests.report import Report, report
from memory_road.web.asking import at_its_field
from memory_road.web.audience import audience
from memory_road.web.language import language

ADDRESS = "/<lang>/people/<participant_id>/report"
reporting = Blueprint("reporting", __name__, url_prefix=ADDRESS, template_folder="templates")
NOT_KEPT = {"Cache-Control": "no-store"}
FLOODS = {RequestRefusal.FLOOD, RequestRefusal.FLOOD_ABOUT_ENTRY, RequestRefusal.FLOOD_FROM_YOU}


@reporting.get("")
@audience(Audience.EVERYONE)
def form(participant_id: str) -> ResponseReturnValue:
    """The empty form."""
    return _page(_published(participant_id), Report("", ""), {}), NOT_KEPT


@reporting.post("")
@audience(Audience.EVERYONE)
def send(participant_id: str) -> ResponseReturnValue:
    """Take a report, or show the form again with a sentence and everything that was typed."""
    participant = _published(participant_id)
    field = request.form.get
    given = Report(field("ground", ""), field("words", ""), field("email", ""), field("website", ""))
    try:
        report(participant.id, given, language(), request.remote_addr or "")
    except RequestRefused as refused:
        db.session.rollback()
        flooded = refused.code in FLOODS
        return _page(_published(participant_id), given, at_its_field(refused)), 429 if flooded else 422, NOT_KEPT
    return redirect(url_for("reporting.sent", participant_id=participant.id), 303)


@reporting.get("/sent")
@audience(Audience.EVERYONE)
def sent(participant_id: str) -> ResponseReturnValue:
    """Thanks."""
    participant = _published(participant_id)
    page = render_template("gallery/reported.html", participant=participant, name=full_name(participant.facts))
    return page, NOT_KEPT


def _published(participant_id: str) -> Participant:
    found = entry(participant_id)
    if found is None:
        abort(404)
    return found


def _page(participant: Participant, given: Report, errors: dict[str, str]) -> str:
    return render_template(
        "gallery/report.html",
        participant=participant,
        name=full_name(participant.facts),
        grounds=[(ground.value, gettext(ground.wording)) for ground in GROUNDS[RequestKind.REPORT]],
        given=given,
        errors=errors,
    )
