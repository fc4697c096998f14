"""Which state moves to which (design, section 4): one table, no database."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    START = "start"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    REJECT = "reject"
    APPROVE = "approve"


class Mover(StrEnum):
    SENDER = "sender"
    MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class Step:
    """What a move needs and does. An empty ``leaves`` means that the contribution begins with it."""

    mover: Mover
    leaves: frozenset[State]
    enters: State
    needs_reason: bool = False


STEPS: dict[Move, Step] = {
    Move.START: Step(Mover.SENDER, frozenset(), State.DRAFT),
    Move.SUBMIT: Step(Mover.SENDER, frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED),
    Move.WITHDRAW: Step(Mover.SENDER, frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED}), State.WITHDRAWN),
    Move.RETURN: Step(Mover.MODERATOR, frozenset({State.SUBMITTED}), State.RETURNED, needs_reason=True),
    Move.REJECT: Step(Mover.MODERATOR, frozenset({State.SUBMITTED}), State.REJECTED, needs_reason=True),
    Move.APPROVE: Step(Mover.MODERATOR, frozenset({State.SUBMITTED}), State.APPROVED),
}

CHANGEABLE = frozenset({State.DRAFT, State.RETURNED})
"""States in which the sender can still change facts and photographs."""
DECIDED = frozenset({State.APPROVED, State.REJECTED})
"""States that have a decider and a time of decision."""
SENT = frozenset({State.SUBMITTED, State.RETURNED, State.APPROVED, State.REJECTED})
"""States that only a contribution that was once submitted can be in."""


def allows(move: Move, state: State | None) -> bool:
    """Whether ``move`` leads out of ``state``; ``None`` is the state before the first move."""
    step = STEPS[move]
    return state is None if not step.leaves else state in step.leaves
