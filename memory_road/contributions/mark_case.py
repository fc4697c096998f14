"""Mark a contribution so that moderators look at it with care, or take the mark away; the queue shows it at once."""

from datetime import timedelta

from sqlalchemy import func, select, update

from memory_road.cases import Case
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import Flag, flagged, set_flag
from memory_road.contributions.queries import locked
from memory_road.db import db, now
from memory_road.facts.check import warnings_about

MANY = 30
"""Contributions of one account in an hour. A school that sends more is not refused: its cases wait behind others."""
AN_HOUR = timedelta(hours=1)


def flag(contribution_id: str, which: Flag, by: int | None = None) -> None:
    """Make a mark; ``by`` is the moderator who makes it, None: the program does. A second time nothing happens. Raises
    ``Refused``."""
    _mark(contribution_id, which, True, by)


def unflag(contribution_id: str, which: Flag) -> None:
    """Take a mark away; nothing happens when there is none. Raises ``Refused``."""
    _mark(contribution_id, which, False)


def mark_unlikely(contribution: Contribution) -> None:
    """Keep the mark of facts that are hard to believe as they are now; the contribution is locked and not in the queue
    yet."""
    set_flag(contribution.id, Flag.UNLIKELY, bool(list(warnings_about(contribution.facts or {}))))


def mark_many_at_once(contribution: Contribution) -> None:
    """Mark what comes from an account that has sent very much in the last hour; nobody is told, and nothing is lost.
    The contribution is locked and not in the queue yet."""
    of_account = Contribution.sender_id == contribution.sender_id, Contribution.id != contribution.id
    # What was sent was changed then, or since: the index of an account's contributions ends the search there.
    lately = Contribution.updated_at > now() - AN_HOUR, Contribution.submitted_at > now() - AN_HOUR
    sent = select(Contribution.id).where(*of_account, *lately).limit(MANY).subquery()
    number = db.session.scalar(select(func.count()).select_from(sent)) or 0
    set_flag(contribution.id, Flag.MANY_AT_ONCE, number >= MANY)


def _mark(contribution_id: str, which: Flag, wanted: bool, by: int | None = None) -> None:
    locked(contribution_id)
    if set_flag(contribution_id, which, wanted, by):
        case = update(Case).where(Case.id == contribution_id)
        db.session.execute(case.values(flagged=flagged(contribution_id)))
