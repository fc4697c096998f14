"""Leave letters with one press, from the letter itself (RFC 8058): without a session, and without signing in."""

from flask import Blueprint, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from memory_road.accounts.permissions import Audience
from memory_road.accounts.tell import wish
from memory_road.accounts.user import Account
from memory_road.db import db
from memory_road.mail.letter import Wish
from memory_road.mail.unsubscribe import account_of
from memory_road.web.audience import audience
from memory_road.web.caching import NOT_KEPT
from memory_road.web.edge import parts

letters = Blueprint("letters", __name__, url_prefix="/<lang>/letters", template_folder="templates")


@letters.route("/<token>", methods=["GET", "POST"])
@audience(Audience.EVERYONE, from_anywhere=True)
def leave(token: str) -> ResponseReturnValue:
    """Ask, and on a POST do it: mail programs press the button themselves. Twice does the same as once."""
    account_id = account_of(token, parts().settings)
    if account_id is None:
        abort(404)
    done = request.method == "POST"
    if done:
        account = db.session.get(Account, account_id, with_for_update=True)
        if account is not None:
            wish(account, Wish.QUESTIONS)
    answer = make_response(render_template("account/letters.html", done=done))
    answer.headers["Cache-Control"] = NOT_KEPT
    return answer
