"""What a sender answers a moderator who has asked: kept like the form, and sent with it."""

from memory_road.accounts.permissions import Actor
from memory_road.contributions.contribution import Contribution
from memory_road.contributions.lifecycle import State
from memory_road.contributions.move import RefusalCode, Refused, written
from memory_road.contributions.queries import own
from memory_road.contributions.told import told_state
from memory_road.db import db, now


def keep_answer(contribution_id: str, actor: Actor, answer: str) -> Contribution:
    """Keep an answer to the moderator; it travels with the next submission as its message. Raises ``Refused`` when
    nothing is asked, and when it is too long."""
    answer = written(answer)
    contribution = own(contribution_id, actor)
    if told_state(contribution) is not State.RETURNED:
        raise Refused(RefusalCode.MOVED_ON)
    contribution.answer = answer
    contribution.updated_at = now()
    db.session.flush()
    return contribution
