"""Gather what somebody is to be told once a day into one letter.

The rows say everything: letters that wait for the day's, and the day's letter itself. So it can be tried at any time
and by several at once, and nobody gets two in a day.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select

from memory_road.accounts.user import Account
from memory_road.db import db, writing
from memory_road.mail.letter import Letter, LetterKind, write

FROM_HOUR = 15
"""By the site's clock: most of what happens on a day has happened, and it is not yet evening."""
MOST_ACCOUNTS = 100
MOST_LETTERS = 100
"""In one letter; what is left comes the next day."""


def gather(at: datetime) -> int:
    """Write the day's letters that are to be sent ``at`` this time, each in a transaction of its own; returns how
    many. The day is that of the zone of ``at``. Not more than ``MOST_ACCOUNTS`` at once: the sweep comes again."""
    if at.hour < FROM_HOUR:
        return 0
    waiting = select(Letter.account_id).where(_waits(at), ~_told_today(at)).distinct().limit(MOST_ACCOUNTS)
    accounts = [account_id for account_id in db.session.scalars(waiting) if account_id is not None]
    db.session.rollback()
    return sum(_gather_for(account_id, at) for account_id in accounts)


def _waits(at: datetime) -> ColumnElement[bool]:
    return Letter.sent_at.is_(None) & Letter.daily.is_(True) & (Letter.due_at <= at)


def _told_today(at: datetime) -> ColumnElement[bool]:
    digest = Letter.__table__.alias("digest")
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return exists().where(
        digest.c.account_id == Letter.account_id,
        digest.c.kind == LetterKind.DIGEST,
        digest.c.created_at >= day,
    )


def _gather_for(account_id: int, at: datetime) -> bool:
    with writing():
        # Whoever gathers for the same account at the same time waits here, and then finds nothing left.
        account = db.session.get(Account, account_id, with_for_update=True, populate_existing=True)
        found = select(Letter).where(_waits(at), Letter.account_id == account_id, ~_told_today(at))
        letters = db.session.scalars(found.order_by(Letter.created_at).limit(MOST_LETTERS)).all()
        if account is None or not letters:
            db.session.rollback()
            return False
        for letter in letters:
            letter.sent_at = at
        told = [{"kind": letter.kind, "content": letter.content} for letter in letters]
        digest = write(LetterKind.DIGEST, account.email, account.language, account_id=account.id, letters=told)
        digest.created_at = digest.due_at = at
        db.session.commit()
    return True
