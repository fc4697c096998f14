"""The desk's requests: what visitors report and what contributors ask, and the answer to each."""

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import EVERYTHING, Audience, NotPermitted, may_oversee
from memory_road.db import db, now
from memory_road.facts.names import full_name
from memory_road.facts.vocabulary import label
from memory_road.moderation.answer_request import answer_request, may_answer, take_request
from memory_road.moderation.claim import holder_of, release
from memory_road.moderation.kin import Bar, bar_of
from memory_road.moderation.presence import look_at
from memory_road.moderation.skip import skip
from memory_road.moderation.undo_answer import undo_answer
from memory_road.requests.entry_request import EntryRequest, Ground, Outcome, RequestState
from memory_road.requests.queries import PAGE, number_waiting, others_about, readable_request, waiting_requests
from memory_road.requests.refusal import RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor
from memory_road.web.moderate.filters import kept
from memory_road.web.moderate.lately import answered_lately, just_decided, to_undo
from memory_road.web.moderate.presence import news_of_request
from memory_road.web.moderate.setting_aside import BARS

LEFT_BEHIND = label(
    "You have begun an answer that nobody has seen yet. Answer and close the request, or press the same button once "
    "more to go on without it."
)
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
    readable_request(request_id, actor())
    try:
        answer_request(request_id, actor(), field("outcome", ""), field("words", ""), field("note", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, request_id))
    return redirect(url_for("desk.following", after=request_id, said="answered", **kept(), **to_undo(request_id)), 303)


@request_desk.post("/<request_id>/undo")
@audience(Audience.MODERATORS)
def take_back(request_id: str) -> ResponseReturnValue:
    """Take one's own answer back before anybody is told; what was written stands in the form again."""
    readable_request(request_id, actor())
    try:
        outcome, words, note = undo_answer(request_id, actor())
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, request_id))
    return _page(request_id, {}, {"outcome": outcome, "words": words, "note": note})


@request_desk.post("/<request_id>/claim")
@audience(Audience.MODERATORS)
def take(request_id: str) -> ResponseReturnValue:
    """Take the request, or hold it for longer; an answer that was begun stays in the form."""
    readable_request(request_id, actor())
    try:
        take_request(request_id, actor())
    except RequestRefused as refused:
        return ask_again(refused, partial(_page, request_id))
    if _is_begun():
        return _page(request_id, {})
    return redirect(url_for(".one", request_id=request_id, said="claimed", **kept()), 303)


@request_desk.post("/<request_id>/release")
@audience(Audience.MODERATORS)
def give_back(request_id: str) -> ResponseReturnValue:
    """Give the request back, or leave it to others, and go to the next case; it does not come straight back. Whoever
    has begun an answer is asked once more."""
    readable_request(request_id, actor())
    if request.form.get("leave") != "yes" and _is_begun():
        return _page(request_id, {"form": gettext(LEFT_BEHIND)}, leaving=True), 422
    release(request_id, actor())
    skip(request_id, actor())
    return redirect(url_for("desk.following", after=request_id, said="released", **kept()), 303)


@request_desk.get("/<request_id>/notice")
@audience(Audience.MODERATORS)
def notice(request_id: str) -> ResponseReturnValue:
    """What others do with the request at present, as JSON (``presence.notice``)."""
    return _notice(readable_request(request_id, actor()))


@request_desk.post("/<request_id>/present")
@audience(Audience.MODERATORS)
def present(request_id: str) -> ResponseReturnValue:
    """An open page says that somebody looks; while they work on the request, their claim goes on."""
    asked = readable_request(request_id, actor())
    if asked.account_id != actor().id:
        look_at(request_id, actor())
    if request.form.get("active") == "yes" and holder_of(request_id) == actor().id:
        try:
            take_request(request_id, actor())
        except (RequestRefused, NotPermitted):  # answered a moment ago: the page learns of it when it asks
            db.session.rollback()
    return _notice(asked)


def _notice(asked: EntryRequest) -> dict[str, str | bool]:
    return {"sentence": news_of_request(asked), "waits": asked.state == RequestState.OPEN}


def _is_begun() -> bool:
    return any(request.form.get(name, "").strip() for name in ("outcome", "words", "note"))


def _page(
    request_id: str, errors: dict[str, str], typed: Mapping[str, str] | None = None, leaving: bool = False
) -> str:
    asked = readable_request(request_id, actor())
    bar = bar_of(actor(), asked.id, asked.account_id, asked.participant_id)
    holder = holder_of(asked.id)
    return render_template(
        "moderate/request.html",
        asked=asked,
        name=asked.participant.called,
        ground=_ground(asked.ground),
        outcomes=[(outcome.value, gettext(outcome.wording)) for outcome in Outcome],
        outcome=gettext(Outcome(asked.outcome).wording) if asked.outcome else "",
        beside=others_about(asked),
        may_settle=may_answer(asked, actor()),
        mine=holder == actor().id,
        elsewhere=holder is not None and holder != actor().id,
        news=news_of_request(asked),
        barred=BARS[bar] if bar is Bar.SAID or bar is Bar.TOLD else "",
        ground_of=_ground,
        errors=errors,
        typed=request.form if typed is None else typed,
        leaving=leaving,
        kept=kept(),
        just_decided=just_decided(),
        own=answered_lately(asked),
        name_of=full_name,
    )


def _ground(term: str) -> str:
    return gettext(Ground(term).wording)
