"""The form: a new one, a draft, its pictures, its preview, and sending it."""

import secrets
from contextlib import suppress

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.permissions import Audience
from memory_road.contributions.attach import detach, put_away
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.draft import keep, start
from memory_road.contributions.lifecycle import CHANGEABLE
from memory_road.contributions.look import keep_answers
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.contributions.order import shift
from memory_road.contributions.queries import changeable, decisions_about, readable
from memory_road.contributions.quota import hold
from memory_road.contributions.receive import give_up, unfinished
from memory_road.contributions.submit import NeedsMending, read, submit
from memory_road.db import now
from memory_road.facts.date_words import say_date
from memory_road.facts.fields import FIELD
from memory_road.facts.problem import Problem
from memory_road.web.audience import audience
from memory_road.web.contribute.filled import extra_of, filled
from memory_road.web.contribute.form import ExtraForm, add_rows, facts_form, groups, kept_form, photograph_kinds
from memory_road.web.contribute.lookalikes import answers, resembling
from memory_road.web.contribute.pictures import MEGABYTE, Arrivals, attach_all, concern_about, received
from memory_road.web.contribute.tus import metadata
from memory_road.web.edge import actor, parts
from memory_road.web.language import language
from memory_road.web.sentences import REFUSALS, problem_sentence

FORM_BYTES = 256 * MEGABYTE
"""The plain form sends several pictures in one request."""
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
ONE_PICTURE_BYTES = 210 * MEGABYTE
PLACES = {"up": -1, "down": 1}
"""How far each button moves a picture."""

contribute = Blueprint("contribute", __name__, url_prefix="/<lang>/contribute", template_folder="templates")
contribute.add_app_template_global(concern_about)


@contribute.get("")
@audience(Audience.CONTRIBUTORS)
def new() -> ResponseReturnValue:
    """The empty form. Nothing is kept until something is sent: a GET writes nothing."""
    form = facts_form()
    return _page(form, None, form_key=secrets.token_urlsafe(32))


@contribute.post("")
@audience(Audience.CONTRIBUTORS, FORM_BYTES)
def begin() -> ResponseReturnValue:
    """Begin a draft with whatever was filled in."""
    with received(request.files.getlist("photos")) as arrivals:
        form = facts_form()
        contribution = start(actor(), request.form.get("form_key", "")[:43] or secrets.token_urlsafe(32), filled(form))
        if contribution.state not in CHANGEABLE:  # sent already, by the first of two clicks
            return redirect(url_for("my.contribution", contribution_id=contribution.id, said="sent_before"), 303)
        return _go_on(contribution, form, arrivals)


@contribute.get("/<contribution_id>")
@audience(Audience.CONTRIBUTORS)
def edit(contribution_id: str) -> ResponseReturnValue:
    """A draft, or what was returned, as it was left."""
    contribution = readable(contribution_id, actor())
    if contribution.sender_id != actor().id or contribution.state not in CHANGEABLE:
        return redirect(url_for("my.contribution", contribution_id=contribution_id))
    form = kept_form(contribution.typed, extra_of(contribution))
    return _page(form, contribution)


@contribute.post("/<contribution_id>")
@audience(Audience.CONTRIBUTORS, FORM_BYTES)
def save(contribution_id: str) -> ResponseReturnValue:
    """Keep what was filled in, and do what the pressed button says."""
    with received(request.files.getlist("photos")) as arrivals:
        form = facts_form()
        if arrivals.accepted:
            hold(actor().id)  # before the contribution, as everywhere
        try:
            contribution = keep(contribution_id, actor(), filled(form), request.form.get("revision", type=int))
        except Refused as refused:
            if refused.code is RefusalCode.CHANGED_ELSEWHERE:
                return _changed_elsewhere(contribution_id, form, arrivals)
            if refused.code is RefusalCode.MOVED_ON:  # sent already: a second click, or another window
                for arrived in arrivals.accepted:
                    put_away(parts().store, *arrived.keys)
                return redirect(url_for("my.contribution", contribution_id=contribution_id, said="sent_before"), 303)
            raise
        keep_answers(contribution, answers())
        return _go_on(contribution, form, arrivals)


def _changed_elsewhere(contribution_id: str, form: ExtraForm, arrivals: Arrivals) -> ResponseReturnValue:
    """The form as it was typed here, and pictures kept; saving it once more is then the sender's own decision."""
    contribution = changeable(contribution_id, actor())
    attach_all(contribution_id, actor(), arrivals)
    refusals = [str(REFUSALS[RefusalCode.CHANGED_ELSEWHERE]), *arrivals.refusals]
    return _page(form, contribution, refusals=refusals), 409


def _go_on(contribution: Contribution, form: ExtraForm, arrivals: Arrivals) -> ResponseReturnValue:
    """After keeping: attach pictures, take one away, add a row, preview or send."""
    identifier = contribution.id
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
    if action in {"remove", "add", "forget"} or refusals:
        status = 422 if refusals else 200
        return _page(form, contribution, refusals=refusals, more=what if action == "add" else ""), status
    if action == "picture":  # to a picture's own page: what is typed here is kept first
        return redirect(url_for("marking.page", contribution_id=identifier, photograph_id=what), 303)
    if action in PLACES:
        return redirect(url_for("contribute.edit", contribution_id=identifier, _anchor=f"photograph-{what}"), 303)
    if action == "submit":
        return _send(contribution)
    if action == "preview":
        return redirect(url_for("my.preview", contribution_id=identifier), 303)
    return redirect(url_for("contribute.edit", contribution_id=identifier, said="saved"), 303)


def _send(contribution: Contribution) -> ResponseReturnValue:
    try:
        submit(contribution.id, actor(), now().date())
    except NeedsMending as mending:
        # From what is kept: empty rows of lists are not, and a sentence must stand at its own row.
        form = kept_form(contribution.typed, extra_of(contribution))
        return _page(form, contribution, problems=mending.problems), 422
    return redirect(url_for("my.contribution", contribution_id=contribution.id, said="sent"), 303)


@contribute.post("/<contribution_id>/submit")
@audience(Audience.CONTRIBUTORS)
def send(contribution_id: str) -> ResponseReturnValue:
    """Send from the preview."""
    try:
        contribution = changeable(contribution_id, actor())
    except Refused as refused:
        if refused.code is RefusalCode.MOVED_ON:
            return redirect(url_for("my.contribution", contribution_id=contribution_id), 303)
        raise
    return _send(contribution)


@contribute.post("/<contribution_id>/photographs")
@audience(Audience.CONTRIBUTORS, ONE_PICTURE_BYTES)
def upload(contribution_id: str) -> ResponseReturnValue:
    """One picture, sent by the page's script: answers with its card, or with a sentence."""
    with received(request.files.getlist("photos")[:1]) as arrivals:
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


def _page(
    form: ExtraForm,
    contribution: Contribution | None,
    *,
    form_key: str = "",
    problems: list[Problem] | None = None,
    refusals: list[str] | None = None,
    more: str = "",
) -> str:
    """The form with everything in its place: the summary above, a sentence at each field, dates as understood."""
    add_rows(form, more)
    reading = read(contribution, now().date()) if contribution is not None else None
    returned = None
    if contribution is not None and contribution.state == "returned":
        returned = decisions_about(contribution.id)[-1]
    return render_template(
        "contribute/form.html",
        form=form,
        groups=groups(),
        contribution=contribution,
        form_key=form_key,
        errors={problem.field: problem_sentence(problem) for problem in problems or []},
        labels=_labels(problems or [], contribution),
        refusals=refusals or [],
        understood={name: say_date(date, language()) for name, date in reading.dates.items()} if reading else {},
        returned=returned,
        kinds=photograph_kinds(),
        resembling=resembling(contribution.photographs) if contribution is not None else {},
        uploads=[(upload, metadata(upload.described)) for upload in unfinished(contribution.id, actor())]
        if contribution
        else [],
        limits=parts().limits,
    )


def _labels(problems: list[Problem], contribution: Contribution | None) -> dict[str, str]:
    """What the summary calls each field that has a problem."""
    names = {
        "photos": gettext("Photographs"),
        "permission": gettext("Permission"),
        "living_consent": gettext("Consent"),
    }
    for photograph in contribution.photographs if contribution is not None else []:
        names[f"photograph-{photograph.id}-taken"] = gettext("When the picture was taken")
    for problem in problems:
        first, *rest = problem.field.split("-")
        if problem.field in names or first not in FIELD:
            continue
        fact = FIELD[first]
        part = next((part for part in fact.parts if rest and part.name == rest[-1]), None)
        names[problem.field] = gettext(fact.label) + (f": {gettext(part.label)}" if part else "")
    return names
