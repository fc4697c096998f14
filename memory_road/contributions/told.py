"""What the sender is told of a decision: nothing, until it can be taken back no more."""

from collections.abc import Sequence

from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Decision
from memory_road.contributions.lifecycle import Move, State
from memory_road.db import now


def told_state(contribution: Contribution) -> State:
    """Where a contribution stands, as its sender knows it."""
    waits = contribution.undo_until is not None and contribution.undo_until > now()
    return State(contribution.undo_state if waits and contribution.undo_state is not None else contribution.state)


def told_decisions(contribution: Contribution, decisions: Sequence[Decision]) -> list[Decision]:
    """Those of all ``decisions`` about it, the first one first, that its sender knows of: not one that was taken back,
    and not the last as long as that is possible."""
    told: list[Decision] = []
    for decision in decisions:
        if decision.move == Move.UNDO:
            told.pop()
        else:
            told.append(decision)
    if told_state(contribution) != contribution.state:
        told.pop()
    return [decision for decision in told if decision.move != Move.VOTE]
