"""Flask-Security's letters, among all others."""

from typing import Any, cast

from flask import request
from flask_security.mail_util import MailUtil

from memory_road.accounts.code import make_code
from memory_road.accounts.tell import tell
from memory_road.accounts.user import Account
from memory_road.mail.letter import LetterKind
from memory_road.web.edge import parts

KINDS = {
    "security/email/welcome": LetterKind.CONFIRM,
    "security/email/welcome_existing": LetterKind.REGISTERED_ALREADY,
    "security/email/confirmation_instructions": LetterKind.CONFIRM,
    "security/email/reset_instructions": LetterKind.NEW_PASSWORD,
    "security/email/reset_notice": LetterKind.PASSWORD_CHANGED,
    "security/email/change_notice": LetterKind.PASSWORD_CHANGED,
}
"""By the names of the library's templates, which are not read."""
REGISTERS = "security/email/welcome"
WITH_CODE = {REGISTERS, "security/email/welcome_existing"}


class Letters(MailUtil):
    """Puts them into the present transaction, in their receiver's language; addresses are kept in lower case, so that
    one mailbox has one account."""

    def normalize(self, email: str) -> str:
        return super().normalize(email).lower()

    def validate(self, email: str) -> str:
        return super().validate(email).lower()

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        account = cast(Account, kwargs["user"])
        link = str(kwargs.get("reset_link") or kwargs.get("confirmation_link") or "")
        # A link must lead to the site, by whichever of its names and ports the request came in.
        address = link.replace(request.host_url, f"{parts().settings.base_url}/")
        code = make_code(account.id, registers=template == REGISTERS) if template in WITH_CODE else ""
        tell(account, KINDS[template], address=address, code=code)
