"""The second step of signing in, asked for where somebody opens a page of the desk: whichever way they came in."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from memory_road.accounts.attempt import Attempt
from memory_road.accounts.passkey import (
    Party,
    new_challenge,
    options_to_add,
    options_to_use,
    passkeys_of,
    use_passkey,
)
from memory_road.accounts.permissions import Audience
from memory_road.accounts.second_factor import (
    Seal,
    app_of,
    check_app,
    has_second_factor,
    recovery_codes_left,
    use_recovery_code,
)
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.db import db
from memory_road.mail.letter import LetterKind
from memory_road.web.account.forms import allow, place_to_go
from memory_road.web.audience import audience
from memory_road.web.edge import SECOND_FACTOR, actor, parts

second_factor = Blueprint(
    "second_factor", __name__, url_prefix="/<lang>/account/second-factor", template_folder="templates"
)
CHALLENGE = "passkey_challenge"
"""In the session, what a passkey is to sign; it holds for one try."""


@second_factor.get("")
@audience(Audience.MODERATORS, one_step=True)
def page() -> ResponseReturnValue:
    """Take the second step; or see and change with what it is taken."""
    account = own()
    return overview() if may_manage(account) else _ask(account)


@second_factor.post("")
@audience(Audience.MODERATORS, one_step=True)
def check() -> ResponseReturnValue:
    """Take it with a code from the app, or with one from paper."""
    account = own()
    allow(Attempt.SECOND_FACTOR, account.email)
    typed = request.form.get("code", "")
    if check_app(account.id, typed, seal()):
        return passed(account)
    if use_recovery_code(account.id, typed, seal()):
        tell(account, LetterKind.SECOND_FACTOR, what="used", left=recovery_codes_left(account.id))
        return passed(account)
    wrong = gettext("This code is not right, or was used already. Wait for the next one in the app, and type that.")
    return _ask(account, wrong), 422


@second_factor.post("/passkey")
@audience(Audience.MODERATORS, one_step=True)
def check_passkey() -> ResponseReturnValue:
    """Take it with a passkey."""
    account = own()
    challenge = str(session.pop(CHALLENGE, ""))
    if challenge and use_passkey(account.id, request.form.get("credential", ""), challenge, party()):
        return passed(account)
    return _ask(account, passkey_error=gettext("That passkey was not accepted. Please try again.")), 422


@second_factor.post("/challenge")
@audience(Audience.MODERATORS, one_step=True)
def challenge() -> ResponseReturnValue:
    """What the browser is to ask a passkey for: for the script of the page."""
    account = own()
    session[CHALLENGE] = made = new_challenge()
    if request.form.get("purpose") == "use":
        return jsonify(options_to_use(account.id, made, party()))
    require_manager(account)
    return jsonify(options_to_add(account, made, party()))


def own() -> Account:
    """The account that acts."""
    return db.session.get_one(Account, actor().id)


def may_manage(account: Account) -> bool:
    """Whether the present session may change the second step: it has taken it, or there is none yet."""
    return session.get(SECOND_FACTOR) == account.id or not has_second_factor(account.id)


def require_manager(account: Account) -> None:
    """Answer 403 where it may not."""
    if not may_manage(account):
        abort(403)


def passed(account: Account) -> ResponseReturnValue:
    """Note in the session that the step was taken, and lead to where it was asked for."""
    note(account)
    return redirect(place_to_go(request.args.get("next")) or url_for("desk.queue"), 303)


def note(account: Account) -> None:
    """Note in the session that the step was taken. It may do more from now on: copies of its cookie may not."""
    session[SECOND_FACTOR] = account.id
    session.renew()  # pyright: ignore[reportAttributeAccessIssue] -- accounts.sessions.LazySession


def seal() -> Seal:
    """With what the secrets of second steps are kept."""
    return Seal(parts().settings.secret_key, parts().settings.site_name or "Memory Road")


def party() -> Party:
    """The site as a passkey knows it, by the name under which it was opened."""
    settings = parts().settings
    host = urlsplit(request.host_url).hostname or ""
    return Party(host, (settings.base_url, request.host_url.rstrip("/")), settings.site_name or "Memory Road")


def overview(error: str = "") -> str:
    """With what the second step is taken, and how to change it."""
    account = own()
    return render_template(
        "account/second_factor.html",
        app=app_of(account.id),
        passkeys=passkeys_of(account.id),
        codes_left=recovery_codes_left(account.id),
        next=place_to_go(request.args.get("next")) or None,
        error=error,
        typed=request.form.get("name", ""),
    )


def _ask(account: Account, error: str = "", passkey_error: str = "") -> str:
    return render_template(
        "account/second_factor_ask.html",
        app=app_of(account.id),
        passkeys=passkeys_of(account.id),
        codes_left=recovery_codes_left(account.id),
        next=place_to_go(request.args.get("next")) or None,
        error=error,
        passkey_error=passkey_error,
    )
