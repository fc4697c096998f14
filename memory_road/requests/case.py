"""A request waits in the same queue as everything else that moderators look at."""

from memory_road.cases import Case, CaseKind, open_case
from memory_road.db import db
from memory_road.requests.entry_request import EntryRequest


def let_wait(asked: EntryRequest) -> None:
    """Put a request that was just made into the queue, in the present transaction."""
    db.session.refresh(asked, ["participant"])
    case = Case(
        id=asked.id,
        kind=CaseKind(asked.kind),
        language=asked.language,
        since=asked.made_at,
        flagged=False,
        sender_id=asked.account_id,
        about_id=asked.participant_id,
    )
    open_case(case, asked.participant.facts)
