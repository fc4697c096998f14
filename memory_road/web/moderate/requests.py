"""The desk's requests: what visitors report and what contributors ask, and the answer to each."""

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import EVERYTHING, Audience, may_oversee, may_settle, require
from memory_road.db import now
from memory_road.facts.names import full_name
from memory_road.family.carer import carer_of
from memory_road.moderation.kin import Bar, bar_of
from memory_road.requests.answer import close
from memory_road.requests.entry_request import Ground, Outcome
from memory_road.requests.queries import PAGE, number_waiting, others_about, readable_request, waiting_requests
from memory_road.requests.refusal import RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.moderate.filters import kept
from memory_road.web.moderate.lately import just_decided
from memory_road.web.moderate.setting_aside import BARS

request_desk = Blueprint("request_desk", __name__, url_prefix="/<lang>/moderate/requests", template_folder="templates")


@request_desk.get("")
@audience(Audience.MODERATORS)
def waiting() -> ResponseReturnValue:
    """What waits for an answer, the oldest first."""
    asked = waiting_requests(request.args.get("after", ""))
    seen = [each for each in asked if may_oversee(actor(), each.place)]
    return render_template(
        "moderate/requests.html",
        requests=seen,
        number=number_waiting() if actor().scope == EVERYTHING else len(seen),
        name_of=full_name,
        ground=_ground,
        after=asked[-1].id if len(asked) == PAGE else None,
        now=now(),
    )


@request_desk.get("/<request_id>")
@audience(Audience.MODERATORS)
def one(request_id: str) -> ResponseReturnValue:
    """One request, with the form for its answer."""
    return _page(request_id, {})


@request_desk.post("/<request_id>")
@audience(Audience.MODERATORS)
def answer(request_id: str) -> ResponseReturnValue:
    """Answer and close."""
    field = request.form.get
    asked = readable_request(request_id, actor())
    require(bar_of(actor(), asked.id, asked.account_id, asked.participant_id) is None)
    carer = carer_of(asked.participant_id)
    try:
        close(request_id, actor(), carer, field("outcome", ""), field("words", ""), field("note", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, request_id))
    return redirect(url_for("desk.following", after=request_id, said="answered", **kept()), 303)


def _page(request_id: str, errors: dict[str, str]) -> str:
    asked = readable_request(request_id, actor())
    bar = bar_of(actor(), asked.id, asked.account_id, asked.participant_id)
    return render_template(
        "moderate/request.html",
        asked=asked,
        name=asked.participant.called,
        ground=_ground(asked.ground),
        outcomes=[(outcome.value, gettext(outcome.wording)) for outcome in Outcome],
        outcome=gettext(Outcome(asked.outcome).wording) if asked.outcome else "",
        beside=others_about(asked),
        may_settle=bar is None and may_settle(actor(), asked.place, asked.account_id, carer_of(asked.participant_id)),
        barred=BARS[bar] if bar is Bar.SAID or bar is Bar.TOLD else "",
        ground_of=_ground,
        errors=errors,
        kept=kept(),
        just_decided=just_decided(),
        name_of=full_name,
    )


def _ground(term: str) -> str:
    return gettext(Ground(term).wording)
