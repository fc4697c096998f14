"""The page that says where a contribution stands: decisions, what its sender can do now, and how long it takes."""

from typing import Any

from flask import render_template

from memory_road.contributions.appeal import may_appeal, needs_evidence, past_of
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import CHANGEABLE, STEPS, Move, State
from memory_road.contributions.pace import in_time, outlook
from memory_road.contributions.queries import decisions_about
from memory_road.contributions.told import told_decisions, told_state
from memory_road.contributions.waits import COUNTED_AHEAD, ahead_of, usual_days
from memory_road.db import now
from memory_road.facts.names import full_name
from memory_road.web.differences import about, changes, moderators_changes, rows
from memory_road.web.edge import actor, parts
from memory_road.web.language import language


def standing(item: Contribution, errors: list[str] | None = None, **typed: Any) -> str:
    """The page about ``item``; ``errors`` are sentences about an appeal or an answer that was not taken, and ``typed``
    is what stands in its fields again."""
    state, decisions = told_state(item), told_decisions(item, decisions_about(item.id))
    past = past_of(decisions)
    waits = state is State.SUBMITTED
    ahead = ahead_of(item) if waits else None
    soon = outlook(parts().settings.set_date, now().date()) if waits else None
    return render_template(
        "contribute/status.html",
        contribution=item,
        name=name_of(item),
        state=state,
        decisions=decisions,
        asked=decisions[-1] if state is State.RETURNED else None,
        own=item.sender_id == actor().id,
        changeable=state in CHANGEABLE,
        withdrawable=state in STEPS[Move.WITHDRAW].leaves,
        appealable=state is State.REJECTED and may_appeal(past),
        evidence=needs_evidence(past),
        ahead=ahead,
        set_date=soon.day if soon is not None else None,
        in_time=in_time(ahead, soon) if ahead is not None and soon is not None else None,
        counted_ahead=COUNTED_AHEAD,
        usual_days=usual_days() if waits else None,
        about=about(item),
        changes=rows(changes(item), language()),
        mended=moderators_changes(item, language()) if item.participant_id is not None else [],
        limits=parts().limits,
        errors=errors or [],
        typed=typed,
    )


def name_of(item: Contribution) -> str:
    """Whom it is about: as it is typed now while it can be changed, else as it was sent."""
    said = item.typed if told_state(item) in CHANGEABLE else item.facts or item.typed
    return " ".join(full_name(said).split())
