"""Every move out of every state: what is allowed, and where it leads."""

import pytest

from memory_road.contributions.lifecycle import CHANGEABLE, DECIDED, SENT, STEPS, Move, Mover, State, allows

ALLOWED = {
    # move: the states that it leaves
    Move.START: [None],
    Move.SUBMIT: [State.DRAFT, State.RETURNED],
    Move.WITHDRAW: [State.DRAFT, State.SUBMITTED, State.RETURNED],
    Move.RETURN: [State.SUBMITTED],
    Move.REJECT: [State.SUBMITTED],
    Move.APPROVE: [State.SUBMITTED],
}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", [None, *State])
def test_a_move_leaves_only_its_states(move: Move, state: State | None) -> None:
    assert allows(move, state) is (state in ALLOWED[move])


@pytest.mark.parametrize(
    ("move", "mover", "enters", "needs_reason", "why"),
    [
        (Move.START, Mover.SENDER, State.DRAFT, False, "whoever begins has a draft"),
        (Move.SUBMIT, Mover.SENDER, State.SUBMITTED, False, "it waits for a moderator"),
        (Move.WITHDRAW, Mover.SENDER, State.WITHDRAWN, False, "the sender takes it back without a word"),
        (Move.RETURN, Mover.MODERATOR, State.RETURNED, True, "the sender must know what to change"),
        (Move.REJECT, Mover.MODERATOR, State.REJECTED, True, "the sender must know why"),
        (Move.APPROVE, Mover.MODERATOR, State.APPROVED, False, "publishing needs no reason"),
    ],
)
def test_a_move_has_its_mover_and_its_end(
    move: Move, mover: Mover, enters: State, needs_reason: bool, why: str
) -> None:
    step = STEPS[move]
    assert (step.mover, step.enters, step.needs_reason) == (mover, enters, needs_reason), why


@pytest.mark.parametrize("state", [State.APPROVED, State.REJECTED, State.WITHDRAWN])
def test_nothing_leads_out_of_an_end(state: State) -> None:
    assert not [move for move in Move if allows(move, state)]


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_reached(state: State) -> None:
    assert [step for step in STEPS.values() if step.enters is state]


@pytest.mark.parametrize(
    ("states", "expected", "why"),
    [
        (CHANGEABLE, {State.DRAFT, State.RETURNED}, "what the moderator looks at does not change under their eyes"),
        (DECIDED, {State.APPROVED, State.REJECTED}, "only these have a decider"),
        (
            SENT,
            {State.SUBMITTED, State.RETURNED, State.APPROVED, State.REJECTED},
            "a withdrawn one may never have been sent",
        ),
    ],
)
def test_groups_of_states(states: frozenset[State], expected: set[State], why: str) -> None:
    assert states == expected, why


def test_what_can_be_submitted_can_be_changed() -> None:
    assert STEPS[Move.SUBMIT].leaves == CHANGEABLE
