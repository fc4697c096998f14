"""Close one's account: the page says what happens, and the password or a code from a letter confirms it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import logout_user

from memory_road.accounts.attempt import Attempt
from memory_road.accounts.code import make_code, use_code
from memory_road.accounts.permissions import Audience
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.db import db
from memory_road.mail.letter import LetterKind
from memory_road.owner.close import close
from memory_road.web.account.forms import allow
from memory_road.web.audience import ANYBODY, audience
from memory_road.web.edge import actor, parts

closing = Blueprint("closing", __name__, url_prefix="/<lang>/account", template_folder="templates")


@closing.get("/close")
@audience(Audience.CONTRIBUTORS)
def page() -> ResponseReturnValue:
    """What happens, and what is asked for."""
    return _page()


@closing.post("/close/code")
@audience(Audience.CONTRIBUTORS)
def send_code() -> ResponseReturnValue:
    """Send a code to confirm it with."""
    account = _own()
    allow(Attempt.LETTER, account.email)
    tell(account, LetterKind.CODE, code=make_code(account.id), closing="yes")
    return redirect(url_for("closing.page", said="code_sent"), 303)


@closing.post("/close")
@audience(Audience.CONTRIBUTORS)
def confirm() -> ResponseReturnValue:
    """Close it."""
    account = _own()
    password, code = request.form.get("password", ""), request.form.get("code", "").strip()
    if code:
        allow(Attempt.CODE, account.email)
        is_right = use_code(account.id, code) is not None
        wrong = gettext("This code is not right, or no longer valid. Look at the newest letter, or ask for a new code.")
    else:
        allow(Attempt.SIGN_IN, account.email)
        is_right = bool(password and account.password) and account.verify_and_update_password(password)
        wrong = gettext("Please write your password, or a code that we send you, so that nobody else closes it.")
    if not is_right:
        return _page({"code" if code or not account.password else "password": wrong}), 422
    logout_user()
    close(account.id, parts().store)
    return redirect(url_for("closing.closed"), 303)


@closing.get("/closed")
@audience(ANYBODY)
def closed() -> ResponseReturnValue:
    """Said once it is closed."""
    return render_template("account/closed.html")


def _own() -> Account:
    return db.session.get_one(Account, actor().id)


def _page(errors: dict[str, str] | None = None) -> str:
    return render_template("account/close.html", account=_own(), errors=errors or {})
