"""Ask that an entry be taken down, and see what became of one's requests."""

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.facts.names import full_name
from memory_road.family.queries import takeovers_by
from memory_road.requests.answer import is_told
from memory_road.requests.entry_request import GROUNDS, EntryRequest, Ground, Outcome, RequestKind
from memory_road.requests.queries import PAGE, own_request, requests_of
from memory_road.requests.refusal import RequestRefused
from memory_road.requests.takedown import ask_for_takedown, open_takedown
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.family.entries import published

requests = Blueprint("requests", __name__, url_prefix="/<lang>/my", template_folder="templates")


@requests.get("/requests")
@audience(Audience.CONTRIBUTORS)
def mine() -> ResponseReturnValue:
    """Everything the reader has asked, the newest first."""
    asked = requests_of(actor(), request.args.get("after", ""))
    return render_template(
        "family/requests.html",
        requests=asked,
        name_of=full_name,
        ground=_ground,
        state_of=_state_of,
        takeovers=[] if request.args.get("after") else takeovers_by(actor()),
        after=asked[-1].id if len(asked) == PAGE else None,
    )


@requests.get("/requests/<request_id>")
@audience(Audience.CONTRIBUTORS)
def one(request_id: str) -> ResponseReturnValue:
    """One request: what was asked, and the answer."""
    asked = own_request(request_id, actor())
    told = is_told(asked)
    return render_template(
        "family/request.html",
        asked=asked,
        name=asked.participant.called,
        ground=_ground(asked.ground),
        outcome=gettext(Outcome(asked.outcome).wording) if told and asked.answer else "",
        told=told,
        state_of=_state_of,
    )


@requests.route("/entries/<participant_id>/takedown", methods=["GET", "POST"])
@audience(Audience.CONTRIBUTORS)
def takedown(participant_id: str) -> ResponseReturnValue:
    """Ask that an entry be taken down."""
    if request.method == "GET":
        waiting = open_takedown(published(participant_id).id, actor())
        if waiting is not None:
            return redirect(url_for("requests.one", request_id=waiting.id))
        return _page(participant_id, {})
    try:
        field = request.form.get
        asked = ask_for_takedown(participant_id, actor(), field("ground", ""), field("words", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, participant_id))
    return redirect(url_for("requests.one", request_id=asked.id, said="asked"), 303)


def _page(participant_id: str, errors: dict[str, str]) -> str:
    participant = published(participant_id)
    return render_template(
        "family/takedown.html",
        participant=participant,
        name=full_name(participant.facts),
        grounds=[(ground.value, gettext(ground.wording)) for ground in GROUNDS[RequestKind.TAKEDOWN]],
        errors=errors,
    )


def _state_of(asked: EntryRequest) -> str:
    if not is_told(asked):
        return gettext("We are looking at it")
    return gettext("Answered") if asked.answer else gettext("Closed")


def _ground(term: str) -> str:
    return gettext(Ground(term).wording)
