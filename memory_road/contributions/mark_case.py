"""Mark a contribution so that moderators look at it with care, or take the mark away; the queue shows it at once."""

from sqlalchemy import update

from memory_road.cases import Case
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.flag import Flag, flagged, set_flag
from memory_road.contributions.queries import locked
from memory_road.db import db
from memory_road.facts.check import warnings_about


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


def _mark(contribution_id: str, which: Flag, wanted: bool, by: int | None = None) -> None:
    locked(contribution_id)
    if set_flag(contribution_id, which, wanted, by):
        case = update(Case).where(Case.id == contribution_id)
        db.session.execute(case.values(flagged=flagged(contribution_id)))
