"""The sender is faster than a decision that can still be taken back: it was never made."""

from memory_road.accounts.permissions import Actor
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.decision import Reason
from memory_road.contributions.lifecycle import Move, allows
from memory_road.contributions.move import move
from memory_road.contributions.queries import decisions_about
from memory_road.contributions.tell import forget_letter
from memory_road.contributions.told import told_state


def recall(contribution: Contribution) -> None:
    """Before a contribution that is locked is withdrawn: take back what its sender was not told of, in the name of who
    decided it. What was abuse stays, and so does what cannot be withdrawn as the sender knows it."""
    told = told_state(contribution)
    if told == contribution.state or not allows(Move.WITHDRAW, told):
        return
    last = decisions_about(contribution.id)[-1]
    if last.reason != Reason.ABUSE:
        move(contribution, Move.UNDO, Actor(last.actor_id))
        forget_letter(contribution, last)
