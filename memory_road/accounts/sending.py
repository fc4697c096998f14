"""How much may be sent in an hour: far more than anybody sends who means well. Counted for all workers together, for
the account and for the line that it comes from."""

from collections.abc import Mapping
from enum import StrEnum

from memory_road.accounts.flood import address_key, take_turn


class Sending(StrEnum):
    DRAFT = "draft"
    PICTURE = "picture"
    SUBMISSION = "submission"


FROM_ONE_ACCOUNT = {Sending.DRAFT: 300, Sending.PICTURE: 1000, Sending.SUBMISSION: 300}
FROM_ONE_LINE = {Sending.DRAFT: 1000, Sending.PICTURE: 5000, Sending.SUBMISSION: 1000}
"""In an hour. A whole school sends through one line, and often from one account."""


def may_send(account_id: int, ip_address: str, sent: Mapping[Sending, int]) -> bool:
    """Count what is about to be sent; whether it was not too much. To be asked before anything else is done: who sends
    at the same time waits here, and never for each other in turn."""
    line = address_key(ip_address)
    turns: list[bool] = []
    for each in sorted(each for each, times in sent.items() if times):
        turns.append(take_turn(f"{each}:{account_id}", FROM_ONE_ACCOUNT[each], times=sent[each]))
        if line:
            turns.append(take_turn(f"{each}:{line}", FROM_ONE_LINE[each], times=sent[each]))
    return all(turns)
