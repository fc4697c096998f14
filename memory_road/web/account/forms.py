"""Flask-Security's forms as the portal shows them, and how often each may be sent."""

import re
from typing import Any

from flask import abort, request, session
from flask_babel import gettext
from flask_security import ForgotPasswordForm, LoginForm, RegisterFormV2, ResetPasswordForm, SendConfirmationForm
from flask_security.forms import EmailValidation
from flask_security.utils import validate_redirect_url
from wtforms import PasswordField, StringField
from wtforms.validators import Length, Optional, StopValidation, ValidationError

from memory_road.accounts.attempt import Attempt, may_attempt
from memory_road.facts.read import plain_name
from memory_road.web.account.messages import MESSAGES, SUSPENDED

CODE_FOR = "code_for"
"""In the session, the address to which a code was sent."""


def allow(attempt: Attempt, email: str | None) -> None:
    """Answer 429 where there were too many attempts."""
    if not may_attempt(attempt, email or "", request.remote_addr or ""):
        abort(429)


def place_to_go(wanted: str | None) -> str:
    """The address of a page of ours to go to afterwards, as it came with the question; empty: it is none."""
    if wanted and re.fullmatch(r"/[^/\\\x00-\x1f][^\x00-\x1f]*", wanted) and validate_redirect_url(wanted):
        return wanted
    return ""


def say_if_no_address(form: ForgotPasswordForm | SendConfirmationForm) -> None:
    """Say of the whole form that no address was typed. The library answers known and unknown addresses alike, and takes
    what is said at the field away: whoever mistypes it would wait for a letter."""
    said = "INVALID_EMAIL_ADDRESS" if (form.email.data or "").strip() else "EMAIL_NOT_PROVIDED"
    try:
        EmailValidation(verify=True)(form, form.email)
    except (ValidationError, StopValidation):
        form.form_errors = [gettext(MESSAGES[said][0])]


class RegisterForm(RegisterFormV2):
    """Registration asks for a name besides: how the contributor is named where they wish it. A password is not needed:
    a code comes by mail instead."""

    password = PasswordField(validators=[Optional()])
    display_name = StringField(filters=[plain_name], validators=[Length(max=100)])

    def validate(self, **kwargs: Any) -> bool:
        allow(Attempt.LETTER, self.email.data)
        is_right = super().validate(**kwargs)
        session[CODE_FOR] = self.email.data  # for known and unknown addresses alike
        return is_right


class SignInForm(LoginForm):
    """No cookie that signs in by itself: a session ends with signing out, everywhere."""

    remember = None  # pyright: ignore[reportAssignmentType] -- so WTForms leaves a field out

    def validate(self, **kwargs: Any) -> bool:
        allow(Attempt.SIGN_IN, self.email.data)
        is_right = super().validate(**kwargs)
        if self.user_authenticated and self.user is not None and not self.user.is_active:
            # Said of the whole form: the library takes away what is said at its fields.
            self.email.errors, self.form_errors = [], [gettext(SUSPENDED)]
        return is_right


class ForgottenForm(ForgotPasswordForm):
    """Asks for the letter with which a new password is chosen."""

    def validate(self, **kwargs: Any) -> bool:
        allow(Attempt.LETTER, self.email.data)
        is_right = super().validate(**kwargs)
        say_if_no_address(self)
        return is_right


class ConfirmationForm(SendConfirmationForm):
    """Asks for the letter with which an address is confirmed."""

    def validate(self, **kwargs: Any) -> bool:
        allow(Attempt.LETTER, self.email.data)
        is_right = super().validate(**kwargs)
        say_if_no_address(self)
        return is_right


class ResetForm(ResetPasswordForm):
    """A new password, typed once: it can be looked at, and asked for again."""

    password_confirm = None  # pyright: ignore[reportAssignmentType] -- so WTForms leaves a field out
