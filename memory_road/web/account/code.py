"""Sign in by a code that comes by mail: ask for it, then type it. Known and unknown addresses are answered alike."""

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user, login_user
from flask_security.confirmable import confirm_user
from flask_security.forms import EmailValidation
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired

from memory_road.accounts.attempt import Attempt, may_attempt
from memory_road.accounts.code import SignInCode, make_code, use_code
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.facts.vocabulary import label
from memory_road.mail.letter import LetterKind, write
from memory_road.web.account.forms import CODE_FOR, allow, place_to_go
from memory_road.web.account.messages import MESSAGES, SUSPENDED
from memory_road.web.account.security import datastore
from memory_road.web.audience import ANYBODY, audience

code = Blueprint("code", __name__, url_prefix="/<lang>/account/code", template_folder="templates")
CODE_NEXT = "code_next"
"""In the session, where to go after signing in."""
TOO_MANY_LETTERS = label(
    "Several letters have gone to this address already. Type the digits from the newest one, or ask again in an hour."
)


class AddressForm(FlaskForm):
    """To which address the code is to go."""

    email = StringField(validators=[DataRequired(), EmailValidation(verify=True)])


@code.get("")
@audience(ANYBODY)
def page() -> ResponseReturnValue:
    """Type the code; or the address first, where it is not known any more."""
    if current_user.is_authenticated:
        return redirect(url_for("my.contributions"))
    return _page()


@code.post("/send")
@audience(ANYBODY)
def send() -> ResponseReturnValue:
    """Send a code, or to an address without an account a letter that says so."""
    if current_user.is_authenticated:
        return redirect(url_for("my.contributions"), 303)
    form = AddressForm()
    if not form.validate():
        session.pop(CODE_FOR, None)
        said = "INVALID_EMAIL_ADDRESS" if form.email.data else "EMAIL_NOT_PROVIDED"
        return _page(email=form.email.data or "", error=gettext(MESSAGES[said][0])), 422
    email = str(form.email.data)
    session[CODE_FOR] = email
    wanted = place_to_go(request.args.get("next"))
    if wanted:
        session[CODE_NEXT] = wanted
    if not may_attempt(Attempt.LETTER, email, request.remote_addr or ""):
        # Others may have asked as often: whoever reads the mailbox has the code, and types it here.
        return _page(email=email, error=gettext(TOO_MANY_LETTERS)), 429
    account = _account(email)
    if account is None:
        write(LetterKind.NO_ACCOUNT, email, str(g.language))
    else:
        tell(account, LetterKind.CODE, code=make_code(account.id), closing="")
    return redirect(url_for("code.page"), 303)


@code.post("")
@audience(ANYBODY)
def check() -> ResponseReturnValue:
    """Sign in with the code."""
    email = str(session.get(CODE_FOR, ""))
    if not email or current_user.is_authenticated:
        return redirect(url_for("code.page"), 303)
    allow(Attempt.CODE, email)
    account = _account(email)
    used = use_code(account.id, request.form.get("code", "")) if account is not None else None
    if account is None or used is None or not account.active:
        wrong = gettext("This code is not right, or no longer valid. Look at the newest letter, or ask for a new code.")
        return _page(email=email, error=wrong), 422
    if not account.is_active:
        return _page(email=email, error=gettext(SUSPENDED)), 422
    _confirm(account, used)
    del session[CODE_FOR]
    wanted = session.pop(CODE_NEXT, "") or url_for("my.contributions")
    login_user(account, authn_via=["email"])
    return redirect(wanted, 303)


def _account(email: str) -> Account | None:
    found = datastore.find_user(case_insensitive=True, email=email)
    return found if isinstance(found, Account) else None


def _confirm(account: Account, used: SignInCode) -> None:
    """Whoever reads the mailbox has the address. Somebody else may have registered with it before and chosen the
    password: unless the code answers the registration itself, that opens nothing any more."""
    if account.confirmed_at is not None:
        return
    if not used.registers and account.password:
        account.password = None
        flash(gettext("Your address is confirmed. If you wish a password, choose a new one in your profile."), "info")
    confirm_user(account)


def _page(email: str = "", error: str = "") -> str:
    return render_template(
        "account/code.html", sent_to=session.get(CODE_FOR, ""), email=email, error=error, next=request.args.get("next")
    )
