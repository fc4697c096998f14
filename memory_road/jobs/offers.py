"""What a commit leaves to be done is offered to the executor, whoever wrote it: no route and no rule can forget to."""

from typing import cast

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.photograph import ContributionPhotograph
from memory_road.db import after_commit, now
from memory_road.jobs.executor import Executor, Work
from memory_road.mail.letter import Letter

EXTENSION = "memory_road_executor"
"""Under this name the application knows its executor."""


@event.listens_for(Session, "after_flush")
def _offer_what_is_due(session: Session, _flush: UOWTransaction) -> None:
    due = [work for row in (*session.new, *session.dirty) if (work := _due(row)) is not None]
    if not due:
        return
    executor = cast(Executor, current_app.extensions[EXTENSION])

    def offer() -> None:
        for work, row_id in dict.fromkeys(due):
            executor.offer(work, row_id)

    after_commit(offer)


def _due(row: object) -> tuple[Work, str] | None:
    if isinstance(row, Letter) and row.sent_at is None and row.leased_until is None:
        return (Work.LETTER, row.id) if row.due_at <= now() and not row.daily else None
    if isinstance(row, ContributionPhotograph) and row.derived_at is None and row.leased_until is None:
        return Work.PHOTOGRAPH, row.id
    if isinstance(row, Contribution) and row.publish_at is not None and row.publish_at <= now():
        return Work.PUBLICATION, row.id
    return None
