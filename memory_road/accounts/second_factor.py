"""The second step of signing in at the desk: an authenticator app (TOTP, RFC 6238), and codes on paper for whoever has
lost it. Passkeys lie beside them (``accounts/passkey.py``).

What an app counts with is encrypted, and the codes on paper are kept as digests; the keys for both are made of the
site's secret key, so that a copy of the database alone opens nothing.
"""

import hashlib
import hmac
from dataclasses import dataclass

from passlib.totp import TOTP, TokenError
from sqlalchemy import ForeignKey, String, Text, delete, exists, func, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.passkey import Passkey
from memory_road.accounts.user import Account
from memory_road.db import Base, Moment, db, now
from memory_road.identifier import is_identifier, new_identifier, normal_identifier

CODES = 10
EITHER_SIDE = 30
"""Seconds that a clock may be wrong by: the code before and the one after are taken as well."""


class AuthenticatorApp(Base):
    """The one app of an account."""

    __tablename__ = "authenticator_app"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(Text, comment="what it counts with, encrypted")
    last_counter: Mapped[int] = mapped_column(comment="of the newest code that was used: none is taken twice")
    added_at: Mapped[Moment] = mapped_column(default=now)


class RecoveryCode(Base):
    """One code on paper that was not used yet."""

    __tablename__ = "recovery_code"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True, comment="keyed SHA-256")


@dataclass(frozen=True, slots=True)
class Seal:
    """What secrets are encrypted and digested with: made of the site's ``secret_key``. ``issuer`` is the site's
    name, as an app shows it."""

    secret_key: str
    issuer: str

    def new_secret(self) -> str:
        """What a new app is to count with, encrypted."""
        return str(self._apps.new().to_json(encrypt=True))

    def address(self, secret: str, email: str) -> str:
        """The ``otpauth:`` address that an app reads from a square."""
        return str(self._apps.from_source(secret).to_uri(email))

    def in_letters(self, secret: str) -> str:
        """The same for whoever types it."""
        return str(self._apps.from_source(secret).pretty_key())

    def counter_of(self, typed: str, secret: str, last_counter: int | None = None) -> int | None:
        """Which of the app's codes somebody has ``typed``; ``None``: none that holds now and was not used before."""
        try:
            found = self._apps.verify(typed, secret, window=EITHER_SIDE, last_counter=last_counter)
        except TokenError:
            return None
        return int(found.counter)

    def digest(self, code: str) -> str:
        """The digest of a code on paper."""
        return hmac.new(self._key("codes on paper"), code.encode(), hashlib.sha256).hexdigest()

    @property
    def _apps(self) -> type[TOTP]:
        return TOTP.using(secrets={"1": self._key("authenticator app").hex()}, issuer=self.issuer.replace(":", " "))

    def _key(self, purpose: str) -> bytes:
        return hmac.new(self.secret_key.encode(), purpose.encode(), hashlib.sha256).digest()


def has_second_factor(account_id: int) -> bool:
    """Whether the account has an app or a passkey."""
    app = exists().where(AuthenticatorApp.account_id == account_id)
    passkey = exists().where(Passkey.account_id == account_id)
    return bool(db.session.scalar(select(app | passkey)))


def app_of(account_id: int) -> AuthenticatorApp | None:
    """The account's app, if it has one."""
    return db.session.get(AuthenticatorApp, account_id)


def add_app(account_id: int, secret: str, typed: str, seal: Seal) -> bool:
    """Keep an app that counts with ``secret``, instead of one that was there; whether what was ``typed`` shows that it
    does."""
    counter = seal.counter_of(_digits(typed), secret)
    if counter is None:
        return False
    # Two windows wait for each other here: there is one app.
    db.session.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    remove_app(account_id)
    db.session.add(AuthenticatorApp(account_id=account_id, secret=secret, last_counter=counter))
    db.session.flush()
    return True


def remove_app(account_id: int) -> None:
    """Forget the account's app."""
    db.session.execute(delete(AuthenticatorApp).where(AuthenticatorApp.account_id == account_id))


def check_app(account_id: int, typed: str, seal: Seal) -> bool:
    """Whether somebody has ``typed`` a code of the account's app that was not used before."""
    app = db.session.get(AuthenticatorApp, account_id, with_for_update=True, populate_existing=True)
    counter = seal.counter_of(_digits(typed), app.secret, app.last_counter) if app is not None else None
    if app is None or counter is None:
        return False
    app.last_counter = counter
    db.session.flush()
    return True


def use_recovery_code(account_id: int, typed: str, seal: Seal) -> bool:
    """Whether somebody has ``typed`` one of the account's codes on paper. It is used up by that."""
    code = normal_identifier(typed)
    if not is_identifier(code):
        return False
    mine = (RecoveryCode.account_id == account_id, RecoveryCode.digest == seal.digest(code))
    return bool(db.session.scalars(delete(RecoveryCode).where(*mine).returning(RecoveryCode.digest)).all())


def make_recovery_codes(account_id: int, seal: Seal) -> list[str]:
    """New codes on paper instead of all there were; they can be seen only now."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = [new_identifier() for _ in range(CODES)]
    db.session.add_all(RecoveryCode(account_id=account_id, digest=seal.digest(code)) for code in codes)
    db.session.flush()
    return codes


def recovery_codes_left(account_id: int) -> int:
    """How many codes on paper were not used yet."""
    return db.session.scalar(select(func.count()).where(RecoveryCode.account_id == account_id)) or 0


def forget_second_factor(account_id: int) -> None:
    """Forget app, passkeys and codes: the account signs in with one step until it adds something again."""
    for table in (AuthenticatorApp, Passkey, RecoveryCode):
        db.session.execute(delete(table).where(table.account_id == account_id))


def _digits(typed: str) -> str:
    return "".join(letter for letter in typed if letter.isdecimal())
