"""Error pages: a sentence that says what to do, in the reader's language."""

import errno
import logging

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from passlib.exc import PasswordSizeError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, MethodNotAllowed, NotFound, SecurityError

from memory_road.accounts.permissions import NotPermitted
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.db import db
from memory_road.facts.fields import FIELD
from memory_road.facts.vocabulary import label
from memory_road.identifier import new_identifier
from memory_road.media.store import StoreUnavailable
from memory_road.people.refusal import PeopleRefusal
from memory_road.requests.refusal import RequestRefusal, RequestRefused
from memory_road.web.asking import request_sentence
from memory_road.web.problem import for_programs, problem
from memory_road.web.same_origin import SentFromElsewhere
from memory_road.web.sentences import REFUSALS, refusal_sentence

log = logging.getLogger(__name__)
OWN_WORDS = {
    "words": label("Your words"),
    "message": label("Message"),
    "note": label("Note for moderators"),
    "remark": label("Your note"),
}
"""Fields in which people write at length, beside those of the facts. At the desk what they are for stands before."""


def install(app: Flask) -> None:
    """Answer every failure with a page."""
    app.register_error_handler(CSRFError, form_too_old)
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(SentFromElsewhere, _from_elsewhere)
    app.register_error_handler(RequestRefused, _request_refused)
    app.register_error_handler(PasswordSizeError, _password_too_long)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotPermitted, _not_permitted)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(Exception, _unexpected)


def _page(status: int, title: str, sentence: str) -> ResponseReturnValue:
    # What the failed transaction had changed must not be written by the page about it.
    db.session.rollback()
    if for_programs():
        return problem(status, title, sentence)
    typed = _typed() if status in {400, 401, 429, 503} else []
    return render_template("error.html", title=title, sentence=sentence, typed=typed), status


def _typed() -> list[tuple[str, str]]:
    """What a form held that could not be taken: shown once more, so that nothing is lost. Never a password."""
    shown: list[tuple[str, str]] = []
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return shown  # a stranger's body is not even read
    try:
        form = request.form
    except HTTPException:
        return shown
    for name, value in form.items(multi=True):
        first, *rest = name.removeprefix("edit-").split("-")
        own = OWN_WORDS.get(rest[-1] if rest else first) if first not in FIELD else None
        if own is not None and value.strip():
            shown.append((gettext(own), value))
        if first not in FIELD or not value.strip():
            continue
        part = next((part for part in FIELD[first].parts if rest and part.name == rest[-1]), FIELD[first])
        shown.append((gettext(part.label), value))
    return shown


def http_error(error: HTTPException) -> ResponseReturnValue:
    """The page for an error of HTTP."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    title, sentence = {
        400: (gettext("This request is not complete"), gettext("Please go back, reload the page and try again.")),
        401: (
            gettext("You were signed out meanwhile"),
            gettext(
                "Nothing of it could be kept. What you typed stands below: sign in again in another window, open the "
                "form there, and copy it over."
            ),
        ),
        403: (
            gettext("You cannot open this page"),
            gettext("It is for moderators and those who run this site. If you think that is a mistake, sign in again."),
        ),
        404: (
            gettext("There is nothing here"),
            gettext("The address may be misspelt, or what stood here is gone. Try the search on the first page."),
        ),
        405: (
            gettext("This does not work that way"),
            gettext("Programs can only read here: ask with GET.")
            if for_programs()
            else gettext("Please go back and use the buttons of the page."),
        ),
        413: (
            gettext("That is too much at once"),
            gettext("Go back: what you typed is still there. Send fewer or smaller pictures at a time."),
        ),
        429: (gettext("Too many attempts"), gettext("Please wait a few minutes and try again.")),
    }.get(status, (gettext("That did not work"), gettext("Please go back and try again.")))
    response = make_response(_page(status, title, sentence))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _wrong_host(_error: SecurityError) -> ResponseReturnValue:
    # Without a host that is ours no address can be written, and so no page with links.
    return str(REFUSALS[RefusalCode.NOT_FOUND]) + "\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def _from_elsewhere(_error: SentFromElsewhere) -> ResponseReturnValue:
    sentence = gettext(
        "A form can only be sent from its own page on this site. Go back, copy what you typed, open the page anew and "
        "send it from there."
    )
    return _page(403, gettext("This did not come from our page"), sentence)


def _request_refused(refused: RequestRefused) -> ResponseReturnValue:
    if refused.code in {RequestRefusal.NOT_FOUND, PeopleRefusal.NO_SUCH_ACCOUNT}:
        return http_error(NotFound())
    return _page(409, gettext("That did not work"), request_sentence(refused))


def _password_too_long(_error: PasswordSizeError) -> ResponseReturnValue:
    # Over 4,096 characters: nobody's password, and hashing it would only keep the machine busy.
    return http_error(BadRequest())


def form_too_old(error: CSRFError) -> ResponseReturnValue:
    """The page for a form whose token no longer holds, with what was typed."""
    sentence = gettext(
        "You were signed out meanwhile, or the page stood open for very long. What you typed stands below: open the "
        "form anew in another window, and copy it over."
    )
    return _page(400, gettext("This form is too old"), sentence)


def _refused(refused: Refused) -> ResponseReturnValue:
    if refused.code is RefusalCode.NOT_FOUND:
        return http_error(NotFound())
    status = 429 if refused.code is RefusalCode.TOO_OFTEN else 409
    return _page(status, gettext("That did not work"), refusal_sentence(refused))


def _not_permitted(_error: NotPermitted) -> ResponseReturnValue:
    return http_error(Forbidden())


def _disk(error: OSError) -> ResponseReturnValue:
    """The store of pictures does not answer, or a disk is full: soon mended, and no fault of the request."""
    if not isinstance(error, StoreUnavailable) and error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        return _unexpected(error)
    log.error("The store cannot be used: %s", error)
    sentence = gettext(
        "Pictures cannot be kept or shown at the moment. Nothing you saved is lost. Please try again in a few minutes: "
        "what you typed just now stands below, or is still there when you go back."
    )
    response = make_response(_page(503, gettext("Please try again soon"), sentence))
    response.headers["Retry-After"] = "120"
    return response


def _database(error: OperationalError) -> ResponseReturnValue:
    """The database does not answer, its disk is full, or it ended one of two transactions that waited for each other:
    the same request can succeed later. What it was about stays out of the log."""
    log.error("The database cannot be used: %s", error.orig)
    sentence = gettext(
        "This cannot be kept at the moment. Nothing you saved is lost. Please try again in a few minutes: "
        "what you typed just now stands below, or is still there when you go back."
    )
    response = make_response(_page(503, gettext("Please try again soon"), sentence))
    response.headers["Retry-After"] = "120"
    return response


def _unexpected(_error: Exception) -> ResponseReturnValue:
    number = new_identifier()
    log.exception("Unexpected failure %s", number)
    sentence = gettext(
        "The fault is ours, and it has been noted. Nothing you saved is lost. Please try again in a few minutes; "
        "if it happens again, tell us this number: %(number)s",
        number=number,
    )
    return _page(500, gettext("Something went wrong"), sentence)
