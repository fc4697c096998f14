"""The queue's row of a contribution: kept in the transaction of every move."""

from datetime import datetime

from sqlalchemy import func, select

from memory_road.cases import Case, CaseKind, close_case, open_case
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.flag import flagged
from memory_road.contributions.lifecycle import Move, State
from memory_road.db import db, now


def keep_case(contribution: Contribution) -> None:
    """Make the row of a contribution that waits anew, or take it away when it waits no longer: it was decided, or put
    on hold. To be called after every move."""
    if contribution.state == State.SUBMITTED and contribution.submitted_at is not None:
        kind = CaseKind.ENTRY if contribution.about_id is None else CaseKind.CORRECTION
        since = contribution.submitted_at
    elif contribution.state == State.APPEALED:
        kind, since = CaseKind.APPEAL, _appealed_at(contribution.id)
    else:
        close_case(contribution.id)
        return
    made = Case(
        id=contribution.id,
        kind=kind,
        language=contribution.language,
        since=since,
        flagged=flagged(contribution.id),
        sender_id=contribution.sender_id,
        about_id=contribution.about_id,
    )
    open_case(made, contribution.facts or {})


def _appealed_at(contribution_id: str) -> datetime:
    appeals = select(func.max(Decision.made_at)).where(
        Decision.contribution_id == contribution_id, Decision.move == Move.APPEAL
    )
    return db.session.scalar(appeals) or now()
