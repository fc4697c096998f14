"""Kin ask for the care of an entry, and the carer answers them."""

from functools import partial

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.contributions.queries import sent_by
from memory_road.facts.names import full_name
from memory_road.facts.vocabulary import Relationship
from memory_road.family.ask_care import answer_kin, ask_for_care, withdraw_asking
from memory_road.family.queries import takeover_for, takeover_of, waiting_takeover
from memory_road.requests.refusal import RequestRefused
from memory_road.web.ask_again import ask_again
from memory_road.web.audience import audience
from memory_road.web.edge import actor, parts
from memory_road.web.family.entries import published

takeovers = Blueprint("takeovers", __name__, url_prefix="/<lang>/my", template_folder="templates")


@takeovers.route("/entries/<participant_id>/takeover", methods=["GET", "POST"])
@audience(Audience.CONTRIBUTORS)
def ask(participant_id: str) -> ResponseReturnValue:
    """Ask for the care."""
    if request.method == "GET":
        waiting = waiting_takeover(actor(), published(participant_id).id)
        if waiting is not None:
            return redirect(url_for("takeovers.one", takeover_id=waiting.id))
        return _ask_page(participant_id, {})
    field, days = request.form.get, parts().settings.care_answer_days
    given = (field("relationship", ""), field("words", ""), field("contribution", ""))
    try:
        asked = ask_for_care(participant_id, actor(), *given, days)
    except RequestRefused as refused:
        return ask_again(refused, partial(_ask_page, participant_id))
    return redirect(url_for("takeovers.one", takeover_id=asked.id, said="care_asked"), 303)


@takeovers.get("/requests/care/<takeover_id>")
@audience(Audience.CONTRIBUTORS)
def one(takeover_id: str) -> ResponseReturnValue:
    """Where it stands, for whoever asked."""
    found = takeover_of(takeover_id, actor())
    return render_template("family/takeover.html", takeover=found, name=found.participant.called)


@takeovers.post("/requests/care/<takeover_id>/withdraw")
@audience(Audience.CONTRIBUTORS)
def withdraw(takeover_id: str) -> ResponseReturnValue:
    """No longer ask."""
    withdraw_asking(takeover_id, actor())
    return redirect(url_for("takeovers.one", takeover_id=takeover_id, said="care_not_asked"), 303)


@takeovers.route("/entries/<participant_id>/takeover/<takeover_id>", methods=["GET", "POST"])
@audience(Audience.CONTRIBUTORS)
def answer(participant_id: str, takeover_id: str) -> ResponseReturnValue:
    """The carer agrees or objects."""
    if request.method == "GET":
        return _answer_page(takeover_id, {})
    try:
        answer_kin(takeover_id, actor(), request.form.get("answer", ""), request.form.get("words", ""))
    except RequestRefused as refused:
        return ask_again(refused, partial(_answer_page, takeover_id))
    return redirect(url_for("entries.one", participant_id=participant_id, said="kin_answered"), 303)


def _ask_page(participant_id: str, errors: dict[str, str]) -> str:
    participant = published(participant_id)
    sent = [item for item in sent_by(actor()) if item.submitted_at is not None]
    return render_template(
        "family/ask_care.html",
        participant=participant,
        name=full_name(participant.facts),
        relationships=[(term.value, gettext(term.wording)) for term in Relationship],
        sent=[(item.id, f"{full_name(item.facts or {})} · {item.id}") for item in sent],
        days=parts().settings.care_answer_days,
        errors=errors,
    )


def _answer_page(takeover_id: str, errors: dict[str, str]) -> str:
    found = takeover_for(takeover_id, actor())
    return render_template(
        "family/answer_kin.html",
        takeover=found,
        name=found.participant.called,
        answers=[("agrees", gettext("I agree: they shall have the care")), ("objects", gettext("I object"))],
        errors=errors,
    )
