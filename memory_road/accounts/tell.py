"""Tell somebody who has an account, by a letter, as they wish letters to come."""

from datetime import timedelta
from typing import Any, cast

from flask import current_app
from sqlalchemy import delete, update

from memory_road.accounts.user import Account
from memory_road.db import db, now
from memory_road.mail.letter import ALWAYS, DECISIONS, Letter, LetterKind, Wish, write

UNDO_TIME = "MEMORY_ROAD_UNDO_TIME"
"""Under this name the application's configuration holds for how long a decision can be undone, as a timedelta."""


def undo_time() -> timedelta:
    """For how long a decision can be taken back."""
    return cast(timedelta, current_app.config[UNDO_TIME])


def tell(account: Account, kind: LetterKind, **content: Any) -> Letter | None:
    """Put a letter to ``account`` into the present transaction, in their language; none where they wish none of that
    kind, or have closed the account. One about a decision waits for the time in which that can be undone."""
    always = kind in ALWAYS
    if not account.active or (account.letters == Wish.QUESTIONS and not always):
        return None
    return write(
        kind,
        account.email,
        account.language,
        after=undo_time() if kind in DECISIONS else timedelta(0),
        account_id=account.id,
        daily=account.letters == Wish.DAILY and not always,
        **content,
    )


def wish(account: Account, letters: Wish) -> None:
    """Keep which letters are wished. It holds at once: also for those that wait to be sent."""
    account.letters = letters
    free = (Letter.leased_until.is_(None)) | (Letter.leased_until < now())
    waiting = (Letter.account_id == account.id, Letter.sent_at.is_(None), Letter.kind.not_in(ALWAYS), free)
    if letters is Wish.QUESTIONS:
        db.session.execute(delete(Letter).where(*waiting))
    else:
        daily = letters is Wish.DAILY
        # The letter of a day waits for none other.
        db.session.execute(update(Letter).where(*waiting, Letter.kind != LetterKind.DIGEST).values(daily=daily))
    db.session.flush()
