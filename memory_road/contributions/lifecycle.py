"""Which state moves to which (design, section 4): one table, no database."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    HELD = "held"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    START = "start"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    HOLD = "hold"
    RELEASE = "release"
    REJECT = "reject"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    REOPEN = "reopen"
    VOTE = "vote"
    APPROVE = "approve"
    UNDO = "undo"


class Remark(StrEnum):
    """What stands in the log beside the moves: it leads nowhere, and its sender never learns of it."""

    NOTE = "note"


class Mover(StrEnum):
    SENDER = "sender"
    MODERATOR = "moderator"
    SENIOR_MODERATOR = "senior_moderator"


@dataclass(frozen=True, slots=True)
class Step:
    """What a move needs and does. An empty ``leaves`` means that the contribution begins with it; without ``enters`` it
    goes back to where it was. What is ``undoable`` can be taken back for a while by whoever made the move."""

    mover: Mover
    leaves: frozenset[State]
    enters: State | None
    needs_reason: bool = False
    needs_message: bool = False
    undoable: bool = False


STEPS: dict[Move, Step] = {
    Move.START: Step(Mover.SENDER, frozenset(), State.DRAFT),
    Move.SUBMIT: Step(Mover.SENDER, frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED),
    Move.WITHDRAW: Step(
        Mover.SENDER, frozenset({State.DRAFT, State.SUBMITTED, State.HELD, State.RETURNED}), State.WITHDRAWN
    ),
    Move.RETURN: Step(
        Mover.MODERATOR,
        frozenset({State.SUBMITTED}),
        State.RETURNED,
        needs_reason=True,
        needs_message=True,
        undoable=True,
    ),
    Move.HOLD: Step(Mover.MODERATOR, frozenset({State.SUBMITTED}), State.HELD, undoable=True),
    Move.RELEASE: Step(Mover.MODERATOR, frozenset({State.HELD}), State.SUBMITTED),
    Move.REJECT: Step(
        Mover.MODERATOR,
        frozenset({State.SUBMITTED}),
        State.REJECTED,
        needs_reason=True,
        needs_message=True,
        undoable=True,
    ),
    Move.APPEAL: Step(Mover.SENDER, frozenset({State.REJECTED}), State.APPEALED, needs_message=True),
    Move.UPHOLD: Step(
        Mover.SENIOR_MODERATOR, frozenset({State.APPEALED}), State.REJECTED, needs_message=True, undoable=True
    ),
    Move.REOPEN: Step(
        Mover.SENIOR_MODERATOR, frozenset({State.APPEALED}), State.SUBMITTED, needs_message=True, undoable=True
    ),
    Move.VOTE: Step(Mover.MODERATOR, frozenset({State.SUBMITTED}), State.SUBMITTED, undoable=True),
    Move.APPROVE: Step(Mover.MODERATOR, frozenset({State.SUBMITTED}), State.APPROVED, undoable=True),
    Move.UNDO: Step(
        Mover.MODERATOR,
        frozenset({State.RETURNED, State.HELD, State.REJECTED, State.SUBMITTED, State.APPROVED}),
        None,
    ),
}

CHANGEABLE = frozenset({State.DRAFT, State.RETURNED})
"""States in which the sender can still change facts and photographs."""
DECIDED = frozenset({State.APPROVED, State.REJECTED, State.APPEALED})
"""States that have a decider and a time of decision. What is appealed against stands until the appeal is heard."""
ANEW = frozenset({Move.SUBMIT, Move.RELEASE, Move.REOPEN})
"""Moves after which it is looked at as if nobody had approved of it."""
PERMITTED = frozenset({State.SUBMITTED, State.HELD})
"""States that only a contribution with the permission to publish can be in."""
SENT = frozenset({State.SUBMITTED, State.HELD, State.RETURNED, State.APPROVED, State.REJECTED, State.APPEALED})
"""States that only a contribution that was once submitted can be in."""


def allows(move: Move, state: State | None) -> bool:
    """Whether ``move`` leads out of ``state``; ``None`` is the state before the first move."""
    step = STEPS[move]
    return state is None if not step.leaves else state in step.leaves
