"""Every move out of every state: what is allowed, and where it leads."""

import pytest

from memory_road.contributions.lifecycle import CHANGEABLE, DECIDED, PERMITTED, SENT, STEPS, Move, Mover, State, allows

ALLOWED = {
    # move: the states that it leaves
    Move.START: [None],
    Move.SUBMIT: [State.DRAFT, State.RETURNED],
    Move.WITHDRAW: [State.DRAFT, State.SUBMITTED, State.HELD, State.RETURNED],
    Move.RETURN: [State.SUBMITTED],
    Move.HOLD: [State.SUBMITTED],
    Move.RELEASE: [State.HELD],
    Move.REJECT: [State.SUBMITTED],
    Move.APPEAL: [State.REJECTED],
    Move.UPHOLD: [State.APPEALED],
    Move.REOPEN: [State.APPEALED],
    Move.VOTE: [State.SUBMITTED],
    Move.APPROVE: [State.SUBMITTED],
    Move.UNDO: [State.RETURNED, State.HELD, State.REJECTED, State.SUBMITTED, State.APPROVED],
}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", [None, *State])
def test_a_move_leaves_only_its_states(move: Move, state: State | None) -> None:
    assert allows(move, state) is (state in ALLOWED[move])


@pytest.mark.parametrize(
    ("move", "mover", "enters", "needs", "why"),
    [
        (Move.START, Mover.SENDER, State.DRAFT, "", "whoever begins has a draft"),
        (Move.SUBMIT, Mover.SENDER, State.SUBMITTED, "", "it waits for a moderator"),
        (Move.WITHDRAW, Mover.SENDER, State.WITHDRAWN, "", "the sender takes it back without a word"),
        (Move.RETURN, Mover.MODERATOR, State.RETURNED, "reason message", "the sender must know what to change"),
        (Move.HOLD, Mover.MODERATOR, State.HELD, "", "it is the case that waits, not the sender who must do something"),
        (Move.RELEASE, Mover.MODERATOR, State.SUBMITTED, "", "it waits for a moderator again"),
        (Move.REJECT, Mover.MODERATOR, State.REJECTED, "reason message", "the sender must know why"),
        (Move.APPEAL, Mover.SENDER, State.APPEALED, "message", "somebody must know what to look at"),
        (Move.UPHOLD, Mover.SENIOR_MODERATOR, State.REJECTED, "message", "the sender must know why once more"),
        (Move.REOPEN, Mover.SENIOR_MODERATOR, State.SUBMITTED, "message", "the sender was right to ask"),
        (Move.VOTE, Mover.MODERATOR, State.SUBMITTED, "", "where two are needed, it waits for the second"),
        (Move.APPROVE, Mover.MODERATOR, State.APPROVED, "", "publishing needs no reason"),
        (Move.UNDO, Mover.MODERATOR, None, "", "it goes back to where it was, and nobody was told of it"),
    ],
)
def test_a_move_has_its_mover_its_end_and_its_needs(
    move: Move, mover: Mover, enters: State | None, needs: str, why: str
) -> None:
    step = STEPS[move]
    words = [word for word, needed in (("reason", step.needs_reason), ("message", step.needs_message)) if needed]
    assert (step.mover, step.enters, " ".join(words)) == (mover, enters, needs), why


def test_every_move_is_in_both_tables() -> None:
    assert set(ALLOWED) == set(STEPS) == set(Move)


@pytest.mark.parametrize("state", [State.APPROVED, State.WITHDRAWN])
def test_nothing_leads_out_of_an_end(state: State) -> None:
    assert not [move for move in Move if allows(move, state) and move is not Move.UNDO]


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_reached(state: State) -> None:
    assert [step for step in STEPS.values() if step.enters is state]


@pytest.mark.parametrize(
    ("states", "expected", "why"),
    [
        (CHANGEABLE, {State.DRAFT, State.RETURNED}, "what the moderator looks at does not change under their eyes"),
        (DECIDED, {State.APPROVED, State.REJECTED, State.APPEALED}, "an appeal leaves the decision as it stands"),
        (PERMITTED, {State.SUBMITTED, State.HELD}, "what can be approved next has the permission"),
        (SENT, set(State) - {State.DRAFT, State.WITHDRAWN}, "a withdrawn one may never have been sent"),
    ],
)
def test_groups_of_states(states: frozenset[State], expected: set[State], why: str) -> None:
    assert states == expected, why


def test_a_moderators_decision_can_be_undone_and_nothing_else() -> None:
    kept = {Move.RELEASE, Move.UNDO}  # a release is followed by any other decision
    assert {move for move, step in STEPS.items() if step.undoable} == {
        move for move, step in STEPS.items() if step.mover is not Mover.SENDER and move not in kept
    }


def test_every_end_of_what_can_be_undone_can_be_left_by_undoing() -> None:
    assert {step.enters for step in STEPS.values() if step.undoable} == STEPS[Move.UNDO].leaves


def test_what_can_be_submitted_can_be_changed() -> None:
    assert STEPS[Move.SUBMIT].leaves == CHANGEABLE
