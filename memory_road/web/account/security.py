"""Flask-Security as the portal uses it: its settings, and the audience of each of its views."""

from datetime import timedelta
from typing import Any, cast

from flask import Flask, g, render_template, request, session
from flask_login import user_logged_in, user_logged_out
from flask_security import Security, SQLAlchemyUserDatastore, user_registered

from memory_road.accounts.permissions import Audience
from memory_road.accounts.permissions import Role as RoleName
from memory_road.accounts.user import Account, Role
from memory_road.config import Settings
from memory_road.db import db, now
from memory_road.mail.words import TRANSLATIONS
from memory_road.web.account.forms import ConfirmationForm, ForgottenForm, RegisterForm, ResetForm, SignInForm
from memory_road.web.account.mail import Letters
from memory_road.web.account.messages import MESSAGES
from memory_road.web.audience import ANYBODY, audience
from memory_road.web.edge import SECOND_FACTOR

datastore = SQLAlchemyUserDatastore(db, Account, Role)
VIEWS: dict[str, Audience | str] = {
    "login": ANYBODY,
    "logout": ANYBODY,
    "register": ANYBODY,
    "send_confirmation": ANYBODY,
    "confirm_email": ANYBODY,
    "forgot_password": ANYBODY,
    "reset_password": ANYBODY,
    "change_password": Audience.CONTRIBUTORS,
}


def install(app: Flask, settings: Settings) -> None:
    """Add accounts to the application."""
    app.config.update(
        SECURITY_URL_PREFIX="/<lang>/account",
        SECURITY_PASSWORD_HASH="argon2",
        # Argon2 salts each password itself; a pepper from the secret key would end all passwords with it.
        SECURITY_PASSWORD_SINGLE_HASH=True,
        # What the links of letters hold, salted: an address, or the hash of a password. They are signed as well. The
        # usual kind, which stands second for letters that are under way, is reckoned in Python, for a third of a second
        # in which no other request is answered.
        SECURITY_HASHING_SCHEMES=["pbkdf2_sha256", "sha256_crypt"],
        SECURITY_PASSWORD_LENGTH_MIN=8,
        SECURITY_PASSWORD_CONFIRM_REQUIRED=False,
        SECURITY_REGISTERABLE=True,
        SECURITY_CONFIRMABLE=True,
        SECURITY_RECOVERABLE=True,
        SECURITY_CHANGEABLE=True,
        # Changing the password asks for the present one; nothing else here needs a fresh sign-in.
        SECURITY_FRESHNESS=timedelta(minutes=-1),
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_LOGOUT_METHODS=["POST"],
        # Whether an address exists is shown by the letter that is sent to it; asking DNS would hold up the request, and
        # refuse everybody where there is no network.
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_DATETIME_FACTORY=now,
        # Letters are put into words when they are sent (web/account/mail.py).
        SECURITY_EMAIL_PLAINTEXT=False,
        SECURITY_EMAIL_HTML=False,
        SECURITY_POST_LOGIN_VIEW="my.contributions",
        SECURITY_POST_LOGOUT_VIEW="gallery.home",
        SECURITY_POST_REGISTER_VIEW="code.page",
        SECURITY_POST_CHANGE_VIEW="account.profile",
        SECURITY_DEFAULT_REMEMBER_ME=False,
        SECURITY_STATIC_FOLDER=None,
        SECURITY_I18N_DOMAIN="messages",
        SECURITY_I18N_DIRNAME=str(TRANSLATIONS),
        **{f"SECURITY_MSG_{name}": message for name, message in MESSAGES.items()},
    )
    security = Security(mail_util_cls=Letters)  # init_app does not take it
    security.init_app(
        app,
        datastore,
        register_blueprint=True,
        register_form=RegisterForm,
        login_form=SignInForm,
        forgot_password_form=ForgottenForm,
        send_confirmation_form=ConfirmationForm,
        reset_password_form=ResetForm,
    )
    # No tokens in addresses or headers: they would outlive signing out, and stand in logs.
    app.login_manager.request_loader(lambda _request: None)  # pyright: ignore[reportAttributeAccessIssue] -- set by init_app
    for name, who in VIEWS.items():
        app.view_functions[f"security.{name}"] = audience(who)(app.view_functions[f"security.{name}"])
    _ask_before_confirming(app)
    user_registered.connect(_welcome, app)
    user_logged_in.connect(_forget_second_step, app)
    user_logged_out.connect(_forget_second_step, app)


def _ask_before_confirming(app: Flask) -> None:
    """Flask-Security confirms an address on GET; mail scanners follow links, so a page with a button comes before."""
    confirm = app.view_functions["security.confirm_email"]

    @audience(ANYBODY)
    def confirm_email(token: str) -> Any:
        if request.method == "POST":
            return confirm(token)
        return render_template("account/confirm.html")

    app.view_functions["security.confirm_email"] = confirm_email


def _forget_second_step(app: Flask, **extra: object) -> None:
    """It is taken anew with every signing in. What stands in a session outlasts signing out, in the cookie."""
    session.pop(SECOND_FACTOR, None)


def _welcome(app: Flask, user: object, **extra: object) -> None:
    account = cast(Account, user)
    datastore.add_role_to_user(account, RoleName.CONTRIBUTOR.value)
    account.language = str(g.language)
    account.password = account.password or None
