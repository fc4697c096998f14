"""A form that is sent after its session has ended is not lost: it waits, apart, until its sender has signed in again.

Every form carries a ticket, signed for the account that it was given to. It opens nothing: with it, what was typed is
put aside for that account, and only who has signed in as it sees it again, and decides whether to keep it.
"""

import re

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, Unauthorized

from memory_road.accounts.permissions import Audience
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import CHANGEABLE
from memory_road.contributions.move import RefusalCode
from memory_road.contributions.parked import ParkedForm, park, parked_form
from memory_road.contributions.queries import readable
from memory_road.contributions.told import told_state
from memory_road.db import db, writing
from memory_road.facts.steps import Step
from memory_road.web.audience import SMALL_BODY, audience
from memory_road.web.contribute.filled import words_of
from memory_road.web.contribute.form import typed_form
from memory_road.web.contribute.page import page
from memory_road.web.contribute.routes import KEEP, contribute
from memory_road.web.contribute.ticket import holder_of
from memory_road.web.edge import actor
from memory_road.web.errors import form_too_old, http_error
from memory_road.web.sentences import REFUSALS

parked = Blueprint("parked", __name__, url_prefix="/<lang>/contribute/parked", template_folder="templates")
NOT_TYPED = frozenset({"csrf_token", "ticket", "action", "parked"})
_ADDRESS = re.compile(r"/[a-z]+/contribute(?:/([0-9a-z]{9})(?:/([a-z]+))?)?")


@contribute.errorhandler(Unauthorized)
@contribute.errorhandler(CSRFError)
def signed_out(error: HTTPException) -> ResponseReturnValue:
    """Put aside what was typed, and lead to the sign-in."""
    account_id = holder_of(request.form.get("ticket", "")) if _may_be_read() else None
    if account_id is None or request.form.get("action") == KEEP:
        return form_too_old(error) if isinstance(error, CSRFError) else http_error(error)
    typed = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_TYPED]
    fields = [(name, value) for name, value in typed if "\x00" not in name + value]  # no keyboard makes one
    db.session.rollback()
    # The request was refused before its own transaction began; what was typed must be kept all the same.
    with writing():
        kept = park(account_id, request.path, fields)
        db.session.commit()
    return render_template("contribute/signed_out.html", address=url_for("parked.back", parked_id=kept.id)), 401


def _may_be_read() -> bool:
    """Whether it is a form at all, and not the large body of a stranger: those are not even read."""
    known = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    small = (request.content_length or 0) <= SMALL_BODY
    return _ADDRESS.fullmatch(request.path) is not None and (known or small)


@parked.get("/<parked_id>")
@audience(Audience.CONTRIBUTORS)
def back(parked_id: str) -> ResponseReturnValue:
    """The form as it was typed, to be looked at and saved. Nothing is kept before."""
    kept = parked_form(parked_id, actor())
    fields = MultiDict([(name, value) for name, value in kept.fields])
    contribution, step = _where(kept)
    if contribution is None:
        return page(typed_form(fields), None, form_key=fields.get("form_key", ""), parked=kept.id)
    if told_state(contribution) not in CHANGEABLE:
        return redirect(url_for("my.contribution", contribution_id=contribution.id))
    _put_back(contribution, fields)
    changed = fields.get("revision", type=int) not in {None, contribution.revision}
    refusals = [str(REFUSALS[RefusalCode.CHANGED_ELSEWHERE])] if changed else []
    return page(typed_form(fields), contribution, step, refusals=refusals, parked=kept.id)


def _where(kept: ParkedForm) -> tuple[Contribution | None, Step]:
    """The draft and the step that the form was sent to."""
    found = _ADDRESS.fullmatch(kept.address)
    if found is None or not found[1]:
        return None, Step.BRIEF
    return readable(found[1], actor()), Step(found[2]) if found[2] in set(Step) else Step.BRIEF


def _put_back(contribution: Contribution, fields: MultiDict[str, str]) -> None:
    """Show the pictures with the words that were typed, outside of any session: they are not kept yet."""
    for photograph in contribution.photographs:
        db.session.expunge(photograph)
        if f"photograph-{photograph.id}-kind" in fields:
            words = words_of(photograph.id, fields)
            photograph.kind, photograph.caption, photograph.taken = words.kind, words.caption, words.taken
            photograph.taken_place, photograph.credit = words.taken_place, words.credit
            photograph.enhanced = words.enhanced
