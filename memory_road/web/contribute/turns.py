"""Whether somebody sends more in an hour than can be meant well: asked before anything else is done."""

from flask import request

from memory_road.accounts.sending import Sending, may_send
from memory_road.contributions.attach import put_away
from memory_road.contributions.move import RefusalCode, Refused
from memory_road.web.contribute.pictures import Arrivals
from memory_road.web.edge import actor, parts
from memory_road.web.sentences import refusal_sentence


def require_turn(*sent: Sending, pictures: int = 0) -> None:
    """Count what is about to be sent. Raises ``Refused`` when it is too much."""
    counted = {**dict.fromkeys(sent, 1), Sending.PICTURE: pictures}
    if not may_send(actor().id, request.remote_addr or "", counted):
        raise Refused(RefusalCode.TOO_OFTEN)


def too_often(arrivals: Arrivals, *sent: Sending) -> str:
    """The same for a form with its pictures: a sentence where it is too much, and then the pictures are put away. What
    was typed is still to be kept. Empty: go on."""
    try:
        require_turn(*sent, pictures=len(arrivals.all))
    except Refused as refused:
        put_away(parts().store, *(key for arrived in arrivals.all for key in arrived.keys))
        arrivals.accepted.clear()
        arrivals.signed.clear()
        return refusal_sentence(refused)
    return ""
