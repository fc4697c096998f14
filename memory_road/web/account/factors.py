"""With what the second step of signing in is taken: add and remove an app, passkeys and codes on paper."""

import segno
from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeTimedSerializer
from markupsafe import Markup

from memory_road.accounts.attempt import Attempt
from memory_road.accounts.passkey import add_passkey, remove_passkey
from memory_road.accounts.permissions import Audience
from memory_road.accounts.second_factor import (
    add_app,
    forget_second_factor,
    has_second_factor,
    make_recovery_codes,
    recovery_codes_left,
    remove_app,
)
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.facts.read import plain_name
from memory_road.mail.letter import LetterKind
from memory_road.web.account.forms import allow, place_to_go
from memory_road.web.account.second_factor import CHALLENGE, note, overview, own, party, require_manager, seal
from memory_road.web.audience import audience
from memory_road.web.edge import parts

factors = Blueprint("factors", __name__, url_prefix="/<lang>/account/second-factor", template_folder="templates")
AN_HOUR = 3600
LONGEST_NAME = 60


@factors.get("/app")
@audience(Audience.MODERATORS, one_step=True)
def app() -> ResponseReturnValue:
    """Show the square that an authenticator app reads, and ask for the first code."""
    account = own()
    require_manager(account)
    return _app_page(account, seal().new_secret())


@factors.post("/app")
@audience(Audience.MODERATORS, one_step=True)
def add_an_app() -> ResponseReturnValue:
    """Keep the app, once a code shows that it counts rightly."""
    account = own()
    require_manager(account)
    allow(Attempt.SECOND_FACTOR, account.email)
    try:
        kept = _ticket().loads(request.form.get("ticket", ""), max_age=AN_HOUR)
    except BadSignature:
        kept = {}
    if kept.get("account") != account.id:
        late = gettext("This square is too old. Please let the app read the new one below.")
        return _app_page(account, seal().new_secret(), late), 422
    if not add_app(account.id, kept["secret"], request.form.get("code", ""), seal()):
        wrong = gettext("This code is not right. Type the six digits that the app shows now; its clock must be right.")
        return _app_page(account, kept["secret"], wrong), 422
    return _added(account)


@factors.post("/app/remove")
@audience(Audience.MODERATORS, one_step=True)
def remove_the_app() -> ResponseReturnValue:
    """Forget the app."""
    account = own()
    require_manager(account)
    remove_app(account.id)
    return _removed(account)


@factors.post("/passkeys")
@audience(Audience.MODERATORS, one_step=True)
def add_a_passkey() -> ResponseReturnValue:
    """Keep the passkey that the browser has made."""
    account = own()
    require_manager(account)
    challenge = str(session.pop(CHALLENGE, ""))
    name = plain_name(request.form.get("name")) or ""
    if len(name) > LONGEST_NAME:
        return overview(gettext("This name is too long. Please choose a shorter one.")), 422
    answer = request.form.get("credential", "")
    if not challenge or not add_passkey(account.id, answer, challenge, party(), name or gettext("Passkey")):
        return overview(gettext("This passkey could not be added. Please try again.")), 422
    return _added(account)


@factors.post("/passkeys/<passkey_id>/remove")
@audience(Audience.MODERATORS, one_step=True)
def remove_a_passkey(passkey_id: str) -> ResponseReturnValue:
    """Forget a passkey."""
    account = own()
    require_manager(account)
    remove_passkey(account.id, passkey_id)
    return _removed(account)


@factors.post("/codes")
@audience(Audience.MODERATORS, one_step=True)
def new_codes() -> ResponseReturnValue:
    """New codes on paper; the old ones open nothing any more."""
    account = own()
    require_manager(account)
    if not has_second_factor(account.id):
        return redirect(url_for("second_factor.page"), 303)
    tell(account, LetterKind.SECOND_FACTOR, what="codes")
    return _codes_page(account)


def _added(account: Account) -> ResponseReturnValue:
    """Who has just added something has taken the step with it. The first time there are codes to be written down."""
    note(account)
    tell(account, LetterKind.SECOND_FACTOR, what="added")
    if recovery_codes_left(account.id):
        return redirect(url_for("second_factor.page", said="second_factor_added"), 303)
    return _codes_page(account)


def _removed(account: Account) -> ResponseReturnValue:
    if not has_second_factor(account.id):
        forget_second_factor(account.id)  # codes without anything whose place they could take
    tell(account, LetterKind.SECOND_FACTOR, what="removed")
    return redirect(url_for("second_factor.page", said="second_factor_removed"), 303)


def _codes_page(account: Account) -> str:
    codes = make_recovery_codes(account.id, seal())
    onward = place_to_go(request.args.get("next"))
    return render_template("account/recovery_codes.html", codes=codes, next=onward)


def _app_page(account: Account, secret: str, error: str = "") -> str:
    address = seal().address(secret, account.email)
    return render_template(
        "account/second_factor_app.html",
        square=_square(address),
        address=address,
        letters=seal().in_letters(secret),
        ticket=_ticket().dumps({"account": account.id, "secret": secret}),
        next=place_to_go(request.args.get("next")) or None,
        error=error,
    )


def _ticket() -> URLSafeTimedSerializer:
    """Carries the secret from the page to the form that answers it: looking at the page keeps nothing."""
    return URLSafeTimedSerializer(parts().settings.secret_key, salt="authenticator app")


def _square(address: str) -> Markup:
    """The QR code of ``address``, drawn dark on white in any scheme, with its quiet margin."""
    drawn = segno.make(address, error="m", micro=False)
    return Markup(  # noqa: S704 -- segno writes numbers alone
        drawn.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="square", lineclass=None)
    )
