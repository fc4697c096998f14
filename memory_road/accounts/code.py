"""A code that is sent by mail, for those who have no password or have forgotten it.

It lies here as it is, since whoever asks again gets the same; the letter that carried it forgets it once it is sent. It
lives for a quarter of an hour, dies after a few wrong tries, and works once.
"""

import hmac
import re
import secrets
from datetime import timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from memory_road.accounts.user import Account
from memory_road.db import Base, Moment, db, now

DIGITS = 6
VALID = timedelta(minutes=15)
"""The letters say so too."""
MOST_TRIES = 5


class SignInCode(Base):
    """The one code of an account that is valid at present."""

    __tablename__ = "sign_in_code"
    __table_args__ = (CheckConstraint("tries >= 0", name="tries_counted"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(DIGITS))
    expires_at: Mapped[Moment]
    tries: Mapped[int] = mapped_column(default=0, comment="wrong ones")
    registers: Mapped[bool] = mapped_column(default=False, comment="came with the letter that answers registering")


def make_code(account_id: int, registers: bool = False) -> str:
    """The code to send, in the present transaction. Who asks again while one is valid gets the same, so that it does
    not matter which of the letters is read; but no more tries."""
    # Who asks twice at once waits here: there is one code.
    db.session.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    kept = db.session.get(SignInCode, account_id, populate_existing=True)
    if kept is None:
        kept = SignInCode(account_id=account_id, code="", tries=0, expires_at=now())
        db.session.add(kept)
    if not _is_valid(kept):
        kept.code, kept.tries = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}", 0
    kept.expires_at, kept.registers = now() + VALID, registers
    db.session.flush()
    return kept.code


def use_code(account_id: int, typed: str) -> SignInCode | None:
    """The code of ``account_id``, used up, if it is what somebody ``typed``, with whatever spaces; else ``None``, and
    that counts as a try."""
    kept = db.session.get(SignInCode, account_id, with_for_update=True, populate_existing=True)
    if kept is None or not _is_valid(kept):
        return None
    if not hmac.compare_digest(kept.code, re.sub(r"[^0-9]", "", typed)):
        kept.tries += 1
        db.session.flush()
        return None
    db.session.delete(kept)
    db.session.flush()
    return kept


def forget_codes() -> int:
    """Delete codes that are too old; returns how many."""
    old = delete(SignInCode).where(SignInCode.expires_at <= now()).returning(SignInCode.account_id)
    return len(db.session.scalars(old).all())


def _is_valid(kept: SignInCode) -> bool:
    return kept.expires_at > now() and kept.tries < MOST_TRIES
