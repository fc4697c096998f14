"""The form: a new one, a draft, its pictures, its preview, and sending it."""

import secrets
from collections.abc import Collection
from contextlib import suppress

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.accounts.sending import Sending
from memory_road.contributions.attach import detach, put_away
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.draft import begun_with, keep, start
from memory_road.contributions.lifecycle import CHANGEABLE
from memory_road.contributions.look import keep_answers
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.order import shift
from memory_road.contributions.parked import forget_parked
from memory_road.contributions.queries import changeable, own, readable
from memory_road.contributions.quota import hold
from memory_road.contributions.receive import give_up
from memory_road.contributions.submit import read
from memory_road.contributions.told import told_state
from memory_road.db import now
from memory_road.facts.steps import Step
from memory_road.moderation.same_person import tell_apart
from memory_road.web.audience import audience
from memory_road.web.contribute.filled import filled
from memory_road.web.contribute.form import ExtraForm, facts_form, photograph_kinds
from memory_road.web.contribute.lookalikes import answers, resembling
from memory_road.web.contribute.page import address_of, echoes, following, kept, on_its_way, page, said
from memory_road.web.contribute.pictures import MEGABYTE, Arrivals, attach_all, concern_about, received
from memory_road.web.contribute.send import send
from memory_road.web.contribute.ticket import require_own_form
from memory_road.web.contribute.turns import require_turn, too_often
from memory_road.web.edge import actor, parts
from memory_road.web.sentences import REFUSALS
from memory_road.web.wording import moment

FORM_BYTES = 256 * MEGABYTE
"""The plain form sends several pictures in one request."""
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
ONE_PICTURE_BYTES = 210 * MEGABYTE
PLACES = {"up": -1, "down": 1}
"""How far each button moves a picture."""
KEEP = "keep"
"""What the page's script does from time to time: keep, and say what was understood."""
STEP = f"/<contribution_id>/<any({', '.join(step.value for step in Step if step.value)}):step>"

contribute = Blueprint("contribute", __name__, url_prefix="/<lang>/contribute", template_folder="templates")
contribute.add_app_template_global(concern_about)


@contribute.get("")
@audience(Audience.CONTRIBUTORS)
def new() -> ResponseReturnValue:
    """The empty form. Nothing is kept until something is sent: a GET writes nothing."""
    return page(facts_form(), None, form_key=secrets.token_urlsafe(32))


@contribute.post("")
@audience(Audience.CONTRIBUTORS, FORM_BYTES)
def begin() -> ResponseReturnValue:
    """Begin a draft with whatever was filled in."""
    require_own_form()
    with received(request.files.getlist("photos"), request.files.getlist("signed_page")) as arrivals:
        form = facts_form()
        key = request.form.get("form_key", "")[:43] or secrets.token_urlsafe(32)
        by_itself = request.form.get("action") == KEEP
        if refusal := too_often(arrivals, Sending.DRAFT, *_sends()):
            if by_itself:
                return {"sentence": refusal}, 429
            return page(form, None, form_key=key, refusals=[refusal]), 429
        try:
            contribution = start(actor(), key, filled(form, Step.BRIEF), by_itself=by_itself)
        except Refused as refused:
            begun = begun_with(actor(), key)
            if refused.code is not RefusalCode.CHANGED_ELSEWHERE or begun is None:
                raise
            return _changed_elsewhere(begun.id, Step.BRIEF, form, arrivals)
        if told_state(contribution) not in CHANGEABLE:  # sent already, by the first of two clicks
            return redirect(url_for("my.contribution", contribution_id=contribution.id, said="sent_before"), 303)
        return _go_on(contribution, Step.BRIEF, form, arrivals)


@contribute.get("/<contribution_id>")
@audience(Audience.CONTRIBUTORS)
def edit(contribution_id: str) -> ResponseReturnValue:
    """A draft, or what was returned, as it was left: what is most important of it."""
    return _open(contribution_id, Step.BRIEF)


@contribute.get(STEP)
@audience(Audience.CONTRIBUTORS)
def step(contribution_id: str, step: str) -> ResponseReturnValue:
    """One step of a draft, as it was left."""
    return _open(contribution_id, Step(step))


def _open(contribution_id: str, here: Step) -> ResponseReturnValue:
    contribution = readable(contribution_id, actor())
    if contribution.sender_id != actor().id or told_state(contribution) not in CHANGEABLE:
        return redirect(url_for("my.contribution", contribution_id=contribution_id))
    return page(kept(contribution), contribution, here)


@contribute.post("/<contribution_id>")
@audience(Audience.CONTRIBUTORS, FORM_BYTES)
def save(contribution_id: str) -> ResponseReturnValue:
    """Keep what was filled in, and do what the pressed button says."""
    return _save(contribution_id, Step.BRIEF)


@contribute.post(STEP)
@audience(Audience.CONTRIBUTORS, FORM_BYTES)
def save_step(contribution_id: str, step: str) -> ResponseReturnValue:
    """Keep one step, and do what the pressed button says."""
    return _save(contribution_id, Step(step))


def _save(contribution_id: str, here: Step) -> ResponseReturnValue:
    require_own_form()
    with received(request.files.getlist("photos"), request.files.getlist("signed_page")) as arrivals:
        form = facts_form()
        refusal = too_often(arrivals, *_sends())
        if arrivals.all:
            hold(actor().id)  # before the contribution, as everywhere
        try:
            seen = request.form.get("revision", type=int)
            contribution = keep(contribution_id, actor(), filled(form, here), seen)
        except Refused as refused:
            if refused.code is RefusalCode.CHANGED_ELSEWHERE:
                return _changed_elsewhere(contribution_id, here, form, arrivals)
            if refused.code is RefusalCode.MOVED_ON:  # sent already: a second click, or another window
                for arrived in arrivals.all:
                    put_away(parts().store, *arrived.keys)
                return redirect(url_for("my.contribution", contribution_id=contribution_id, said="sent_before"), 303)
            raise
        keep_answers(contribution, answers())
        if refusal:
            return page(form, contribution, here, refusals=[refusal]), 429
        return _go_on(contribution, here, form, arrivals)


def _sends() -> Collection[Sending]:
    """What the pressed button sends, besides keeping."""
    return [Sending.SUBMISSION] if request.form.get("action") == "submit" else []


def _changed_elsewhere(contribution_id: str, here: Step, form: ExtraForm, arrivals: Arrivals) -> ResponseReturnValue:
    """The form as it was typed here, and pictures kept; saving it once more is then the sender's own decision."""
    contribution = changeable(contribution_id, actor())
    if request.form.get("action") == KEEP:
        return {"sentence": str(REFUSALS[RefusalCode.CHANGED_ELSEWHERE])}, 409
    attach_all(contribution_id, actor(), arrivals)
    refusals = [str(REFUSALS[RefusalCode.CHANGED_ELSEWHERE]), *arrivals.refusals]
    return page(form, contribution, here, refusals=refusals), 409


def _go_on(contribution: Contribution, here: Step, form: ExtraForm, arrivals: Arrivals) -> ResponseReturnValue:
    """After keeping: attach pictures, take one away, add a row, go to another step, preview or send."""
    identifier = contribution.id
    forget_parked(request.form.get("parked", ""), actor())
    attach_all(identifier, actor(), arrivals)
    refusals = arrivals.refusals
    action, _, what = request.form.get("action", "save").partition(":")
    with suppress(Refused):  # what the button is about is gone already; what was typed is kept all the same
        if action == "remove":
            detach(identifier, actor(), parts().store, what)
        elif action == "forget":
            give_up(identifier, what, actor(), parts().store)
        elif action in PLACES:
            shift(identifier, actor(), what, PLACES[action])
    if action == KEEP:
        return _kept(contribution, here)
    if action in {"remove", "add", "forget"} or refusals:
        status = 422 if refusals else 200
        return page(form, contribution, here, refusals=refusals, more=what if action == "add" else ""), status
    if action == "submit":
        return send(contribution, here)
    if action == "same":
        return redirect(url_for("same_person.ask", contribution_id=identifier), 303)
    if action == "apart":
        tell_apart(contribution, now().date())
        return redirect(address_of(contribution, here, said="apart"), 303)
    return _leave(contribution, here, action, what)


def _leave(contribution: Contribution, here: Step, action: str, what: str) -> ResponseReturnValue:
    """To where the pressed button leads: what is typed here is kept."""
    identifier = contribution.id
    if action == "picture":
        return redirect(url_for("marking.page", contribution_id=identifier, photograph_id=what), 303)
    if action in PLACES:
        return redirect(address_of(contribution, here, _anchor=f"photograph-{what}"), 303)
    if action == "preview":
        return redirect(url_for("my.preview", contribution_id=identifier), 303)
    if action == "next":
        if on_its_way(contribution, here):
            return page(kept(contribution), contribution, here), 422
        there = following(contribution, here)
        if there is None:
            return redirect(url_for("my.preview", contribution_id=identifier), 303)
        return redirect(address_of(contribution, there, said="saved"), 303)
    if action == "go" and what in set(Step):
        return redirect(address_of(contribution, Step(what)), 303)
    return redirect(address_of(contribution, here, said="saved"), 303)


def _kept(contribution: Contribution, here: Step) -> ResponseReturnValue:
    """The answer to a page's script that keeps what is typed from time to time."""
    reading = read(contribution, now().date())
    noted = echoes(reading)
    return {
        "address": address_of(contribution, here),
        "revision": contribution.revision,
        "saved": gettext("Saved: %(moment)s", moment=moment(contribution.updated_at)),
        "understood": {
            name: {"words": gettext("We understood: %(date)s", date=words), "echo": f"{name}={noted.get(name, '')}"}
            for name, words in said(reading).items()
        },
        "wrong": on_its_way(contribution, here),
        "alike": render_template("contribute/same_person_hint.html", contribution=contribution)
        if here is Step.BRIEF
        else "",
    }


@contribute.post("/<contribution_id>/submit")
@audience(Audience.CONTRIBUTORS)
def send_previewed(contribution_id: str) -> ResponseReturnValue:
    """Send from the preview."""
    contribution = own(contribution_id, actor())
    if told_state(contribution) not in CHANGEABLE:  # sent already: a second click, or another window
        return redirect(url_for("my.contribution", contribution_id=contribution_id), 303)
    require_turn(Sending.SUBMISSION)
    return send(contribution)


@contribute.post("/<contribution_id>/photographs")
@audience(Audience.CONTRIBUTORS, ONE_PICTURE_BYTES)
def upload(contribution_id: str) -> ResponseReturnValue:
    """One picture, sent by the page's script: answers with its card, or with a sentence."""
    with received(request.files.getlist("photos")[:1]) as arrivals:
        if refusal := too_often(arrivals):
            return refusal, 429, PLAIN
        photographs = attach_all(contribution_id, actor(), arrivals)
        if arrivals.refusals:
            return arrivals.refusals[0], 422, PLAIN
        if not photographs:
            return gettext("No picture has arrived. Please choose it again."), 422, PLAIN
        return render_template(
            "contribute/photograph.html",
            photograph=photographs[0],
            kinds=photograph_kinds(),
            errors={},
            understood={},
            resembling=resembling(photographs),
        )


@contribute.post("/<contribution_id>/photographs/<photograph_id>/place")
@audience(Audience.CONTRIBUTORS)
def place(contribution_id: str, photograph_id: str) -> ResponseReturnValue:
    """Move a picture up or down, as the page's script asks: answers with its new place."""
    step = PLACES.get(request.form.get("step", ""), 0)
    return str(shift(contribution_id, actor(), photograph_id, step)), 200, PLAIN
